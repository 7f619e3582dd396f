//! Folding: the text as an unsuspecting reader would read it aloud.
//!
//! One pass over the text. ASCII is lower-cased in place. Every other character is
//! - composed where it came in parts (kana and their sound marks, Hangul and its letters),
//! - replaced by its folding in the generated table: compatibility decomposition, full case
//!   folding, accents and default-ignorable characters taken away (what joins an emoji
//!   sequence stays),
//! - or by the ASCII letter it imitates, where its word gives reason to think so: a word that
//!   mixes Latin with another script, or one that is made of look-alikes alone and stands in
//!   no text of its script. A Russian word in a Russian sentence stays Russian.
//!
//! Character references of HTML (`&#98;`, `&amp;`) count as what they stand for.

use super::map::Map;
use super::table;

/// Folds a text.
pub(super) fn fold(raw: &str) -> (String, Map) {
    fold_as(raw, true)
}

/// Folds a text; with `imitations` unset, no letter is taken for the Latin one it looks like.
pub(super) fn fold_as(raw: &str, imitations: bool) -> (String, Map) {
    if raw.is_ascii() && memchr::memchr(b'&', raw.as_bytes()).is_none() {
        return (raw.to_ascii_lowercase(), Map::in_place(raw.len()));
    }
    let mut fold = Fold {
        raw,
        folded: String::with_capacity(raw.len()),
        map: Map::default(),
        last: None,
        judged: Judged::default(),
        imitations,
    };
    let mut at = 0;
    while at < raw.len() {
        at = fold.step(at);
    }
    fold.map.finish(fold.folded.len(), raw.len());
    (fold.folded, fold.map)
}

struct Fold<'a> {
    raw: &'a str,
    folded: String,
    map: Map,
    /// The character last written: where it begins in both texts.
    last: Option<(usize, usize)>,
    judged: Judged,
    imitations: bool,
}

/// What is known of the words around the place that is folded.
#[derive(Default)]
struct Judged {
    /// Up to here the answer below holds.
    until: usize,
    imitates: bool,
    /// Whether the text has a word that is plainly of another script, by script, once asked.
    plainly: [Option<bool>; 3],
}

impl Fold<'_> {
    /// Folds what begins at `at`; answers where to go on.
    fn step(&mut self, at: usize) -> usize {
        let bytes = self.raw.as_bytes();
        let run = bytes
            .get(at..)
            .unwrap_or_default()
            .iter()
            .position(|b| !b.is_ascii() || *b == b'&')
            .unwrap_or(bytes.len() - at);
        if run > 0 {
            let text = self.raw.get(at..at + run).unwrap_or_default();
            self.map.even(self.folded.len(), at);
            self.last = Some((self.folded.len() + run - 1, at + run - 1));
            let from = self.folded.len();
            self.folded.push_str(text);
            if let Some(tail) = self.folded.get_mut(from..) {
                tail.make_ascii_lowercase();
            }
            return at + run;
        }
        let rest = self.raw.get(at..).unwrap_or_default();
        if rest.starts_with('&') {
            match reference(rest) {
                Some((c, len)) => self.character(c, at, len),
                None => {
                    self.map.even(self.folded.len(), at);
                    self.last = Some((self.folded.len(), at));
                    self.folded.push('&');
                    return at + 1;
                }
            }
            .unwrap_or(at + 1)
        } else {
            match rest.chars().next() {
                Some(c) => self.character(c, at, c.len_utf8()).unwrap_or(at + c.len_utf8()),
                None => self.raw.len(),
            }
        }
    }

    /// Folds a character that takes `len` bytes of the text as typed.
    fn character(&mut self, c: char, at: usize, len: usize) -> Option<usize> {
        let next = at + len;
        if self.compose(c) {
            return Some(next);
        }
        if c.is_ascii() {
            self.write(c.to_ascii_lowercase().encode_utf8(&mut [0; 4]), at, len);
            return Some(next);
        }
        if c == '\u{200D}' && self.joins(next) {
            self.write(c.encode_utf8(&mut [0; 4]), at, len);
            return Some(next);
        }
        // The flags of England, Scotland and Wales are a black flag and tags.
        if matches!(c, '\u{E0020}'..='\u{E007F}')
            && self.folded.ends_with(|b| matches!(b, '🏴' | '\u{E0020}'..='\u{E007E}'))
        {
            self.write(c.encode_utf8(&mut [0; 4]), at, len);
            return Some(next);
        }
        match look_up(c) {
            Folding::Itself => {
                let mut lower = c.to_lowercase();
                match (lower.next(), lower.next()) {
                    (Some(one), None) => self.write(one.encode_utf8(&mut [0; 4]), at, len),
                    _ => self.write(&c.to_lowercase().to_string(), at, len),
                }
            }
            Folding::Text { plain: "", look: "" } => self.drop(),
            Folding::Text { plain, look: "" } => self.write(plain, at, len),
            Folding::Text { plain, look } => {
                let text = if self.imitates(c, at, len) { look } else { plain };
                self.write(text, at, len);
            }
        }
        Some(next)
    }

    fn write(&mut self, text: &str, at: usize, len: usize) {
        if text.is_empty() {
            return self.drop();
        }
        if text.len() == len && text.chars().nth(1).is_none() {
            self.map.even(self.folded.len(), at);
        } else {
            self.map.odd(self.folded.len(), at);
        }
        self.last = Some((self.folded.len(), at));
        self.folded.push_str(text);
    }

    /// Nothing is written for what stands here; it goes with the character before.
    fn drop(&mut self) {
        if let Some((folded, raw)) = self.last {
            self.map.dropped_after(folded, raw);
        }
    }

    /// Writes a character together with the one before, where the two compose: kana with
    /// sound marks, and the letters of a Hangul syllable.
    fn compose(&mut self, c: char) -> bool {
        if !matches!(c, '\u{3099}' | '\u{309A}' | '\u{FF9E}' | '\u{FF9F}' | '\u{1161}'..='\u{11C2}')
        {
            return false;
        }
        let Some((folded, raw)) = self.last else { return false };
        let Some(before) = self.folded.get(folded..).and_then(|t| {
            let mut chars = t.chars();
            chars.next().filter(|_| chars.next().is_none())
        }) else {
            return false;
        };
        let Some(composed) = compose(before, c) else { return false };
        self.folded.truncate(folded);
        self.folded.push(composed);
        self.map.dropped_after(folded, raw);
        // The stretch is no longer even, whatever the lengths: it must be one of its own.
        self.last = Some((folded, raw));
        true
    }

    /// Whether a joiner stands between two pictures.
    fn joins(&self, next: usize) -> bool {
        let before = self.folded.chars().next_back();
        let after = self.raw.get(next..).and_then(|t| t.chars().next());
        before.is_some_and(is_picture) && after.is_some_and(is_picture)
    }

    /// Whether a character that looks like ASCII is meant to.
    fn imitates(&mut self, c: char, at: usize, len: usize) -> bool {
        if !c.is_alphabetic() || !self.imitations {
            return !c.is_alphabetic();
        }
        if at < self.judged.until {
            return self.judged.imitates;
        }
        let word = word_around(self.raw, at, at + len);
        let text = self.raw.get(word.clone()).unwrap_or_default();
        self.judged.until = word.end;
        self.judged.imitates = match kind(text) {
            WordKind::Mixed => true,
            WordKind::Plain(_) => false,
            WordKind::Imitation(script) => match self.judged.plainly[script as usize] {
                Some(known) => !known,
                None => {
                    let plainly = self
                        .raw
                        .split(|c: char| !in_word(c))
                        .any(|w| kind(w) == WordKind::Plain(script));
                    self.judged.plainly[script as usize] = Some(plainly);
                    !plainly
                }
            },
        };
        self.judged.imitates
    }
}

/// The scripts whose letters pass for Latin ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Cyrillic,
    Greek,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordKind {
    /// Latin letters and others.
    Mixed,
    /// Another script, by at least one letter that no Latin one looks like.
    Plain(Script),
    /// Another script, by look-alikes alone.
    Imitation(Script),
}

/// Judges a word that has at least one letter beyond ASCII.
fn kind(word: &str) -> WordKind {
    let mut script = Script::Other;
    let mut plain = false;
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if is_latin(c) {
            return WordKind::Mixed;
        }
        script = match c {
            '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' => Script::Cyrillic,
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
            _ => Script::Other,
        };
        plain |= !matches!(look_up(c), Folding::Text { look, .. } if !look.is_empty());
    }
    if plain { WordKind::Plain(script) } else { WordKind::Imitation(script) }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FF21}'..='\u{FF5A}' | '\u{1D400}'..='\u{1D6A5}')
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(look_up(c), Folding::Text { plain: "", look: "" })
}

fn word_around(raw: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let len = |chars: &mut dyn Iterator<Item = char>| -> usize {
        chars.take_while(|c| in_word(*c)).map(char::len_utf8).sum()
    };
    let before = raw.get(..start).unwrap_or_default();
    let after = raw.get(end..).unwrap_or_default();
    start - len(&mut before.chars().rev())..end + len(&mut after.chars())
}

enum Folding {
    /// Its lower case.
    Itself,
    /// What the table says.
    Text { plain: &'static str, look: &'static str },
}

fn look_up(c: char) -> Folding {
    let code = u32::from(c);
    if code >= table::END {
        return match code {
            // Compatibility ideographs go by the table of their own in no table: they are rare
            // enough in posts to stay themselves. Tags and variation selectors are ignorable.
            0xE0000..=0xE0FFF => Folding::Text { plain: "", look: "" },
            _ => Folding::Itself,
        };
    }
    let block = table::INDEX.get((code / table::BLOCK) as usize).copied().unwrap_or_default();
    let leaf = usize::from(block) * table::BLOCK as usize + (code % table::BLOCK) as usize;
    let entry = table::BLOCKS.get(leaf).copied().unwrap_or_default();
    let Some(&(at, plain, look)) =
        usize::from(entry).checked_sub(1).and_then(|n| table::MAPS.get(n))
    else {
        return Folding::Itself;
    };
    let (at, plain, look) = (usize::from(at), usize::from(plain), usize::from(look));
    Folding::Text {
        plain: table::POOL.get(at..at + plain).unwrap_or_default(),
        look: table::POOL.get(at + plain..at + plain + look).unwrap_or_default(),
    }
}

/// Pictographs, roughly by block: what a joiner may join. Anything else drops its joiners.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Composes two characters of the folded text, where Unicode composes them.
fn compose(before: char, c: char) -> Option<char> {
    const VOICED: &str = "かきくけこさしすせそたちつてとはひふへほうカキクケコサシスセソタチツテトハヒフヘホウワヰヱヲ";
    let (b, m) = (u32::from(before), u32::from(c));
    match c {
        '\u{3099}' | '\u{FF9E}' if VOICED.contains(before) => char::from_u32(match before {
            'う' => 0x3094,
            'ウ' => 0x30F4,
            'ワ'..='ヲ' => b + 8,
            _ => b + 1,
        }),
        '\u{309A}' | '\u{FF9F}' if "はひふへほハヒフヘホ".contains(before) => {
            char::from_u32(b + 2)
        }
        '\u{1161}'..='\u{1175}' if ('\u{1100}'..='\u{1112}').contains(&before) => {
            char::from_u32(0xAC00 + ((b - 0x1100) * 21 + (m - 0x1161)) * 28)
        }
        '\u{11A8}'..='\u{11C2}'
            if ('가'..='힣').contains(&before) && (b - 0xAC00).is_multiple_of(28) =>
        {
            char::from_u32(b + (m - 0x11A7))
        }
        _ => None,
    }
}

/// A character reference of HTML at the start of a text: the character and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    const NAMED: &[(&str, char)] = &[
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("shy", '\u{AD}'),
        ("zwnj", '\u{200C}'),
        ("zwj", '\u{200D}'),
        ("ZeroWidthSpace", '\u{200B}'),
        ("hyphen", '-'),
        ("dash", '-'),
        ("period", '.'),
        ("commat", '@'),
        ("num", '#'),
        ("lowbar", '_'),
        ("dollar", '$'),
        ("percnt", '%'),
        ("sol", '/'),
        ("colon", ':'),
    ];
    // The longest name has 14 characters, the longest number 8: no need to look further.
    let body = text.get(1..)?;
    let end = body.bytes().take(16).position(|b| b == b';')?;
    let name = body.get(..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            // Control characters and the like stay what is written.
            char::from_u32(code.ok()?).filter(|c| !c.is_control())?
        }
        None => NAMED.iter().find(|(n, _)| *n == name)?.1,
    };
    Some((c, end + 2))
}
