//! Unwelcome words that hide: digits for letters, spelled out, masked, split, stretched, swapped.
//!
//! Full-width, mathematical, look-alike and invisible characters are the normaliser's business;
//! here begins what changes letters, and so could turn one word into another. Every step asks
//! for a sign that somebody meant it (a digit among letters, a letter three times, ...), and what
//! comes out must be a whole word of the lexicon.

use std::ops::Range;

use crate::text::words::hash_of;
use crate::text::{EntityKind, PartText, lanes};

use super::lexicon::{Category, Entry, Lexicon, Needs, swap_of};
use super::phrases::hash;
use super::reading::{Mark, Token};
use super::table::Table;

/// How many letters written apart are read as one word at most.
const SPELLED: usize = 24;

/// The words that are looked for behind disguises.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    /// By skeleton (see [`skeleton`]).
    skeletons: Table<Option<u32>>,
    /// As written.
    plain: Table<Option<u32>>,
    /// By length and first letter, for masks.
    masked: Table<Vec<(Box<str>, u32)>>,
    /// With two neighbouring letters swapped. The lexicon's table of words holds these too: what
    /// a word of a text means and what it is a swap of are told by one look.
    swaps: Table<Option<u32>>,
}

impl Hidden {
    /// Adds a word of the lexicon, if it is of the kind that people disguise.
    pub(crate) fn add(&mut self, word: &str, tag: u32, entry: &Entry) {
        let Some(tone) = entry.tone else { return };
        if !matches!(tone.category, Category::Insult | Category::Profanity | Category::Slur)
            || !word.bytes().all(|b| b.is_ascii_lowercase())
            || word.len() < 4
        {
            return;
        }
        // Of two meanings the one that needs no target stands first: the disguise shows the intent.
        let first = tone.needs != Needs::Target;
        put(&mut self.plain, hash(word), tag, first);
        let bones = skeleton(word);
        if bones.len() >= 4 {
            put(&mut self.skeletons, hash(&bones), tag, first);
        }
        if word.len() <= 16 {
            let words = self.masked.entry(mask_key(word));
            words.insert(if first { 0 } else { words.len() }, (word.into(), tag));
        }
        if word.len() >= 5 {
            let mut letters = word.as_bytes().to_vec();
            // The first letter stays: nobody stumbles over that one.
            for at in 1..letters.len() - 1 {
                if letters.get(at) != letters.get(at + 1) {
                    letters.swap(at, at + 1);
                    put(&mut self.swaps, hash_of(&letters), tag, first);
                    letters.swap(at, at + 1);
                }
            }
        }
    }

    fn word(&self, word: &str) -> Option<u32> {
        self.plain.get(hash(word)).copied().flatten()
    }

    fn bones(&self, word: &str) -> Option<u32> {
        let bones = skeleton(word);
        (bones.len() >= 4).then(|| *self.skeletons.get(hash(&bones))?).flatten()
    }

    fn behind_mask(&self, masked: &str) -> Option<u32> {
        let known = masked.bytes().filter(u8::is_ascii_alphabetic).count();
        let fits = |word: &str| {
            masked.bytes().zip(word.bytes()).all(|(m, w)| !m.is_ascii_alphabetic() || m == w)
        };
        let words = self.masked.get(mask_key(masked))?;
        let mut found = words.iter().filter(|(word, _)| fits(word));
        let first = found.next()?;
        // "f***": the first letter alone says enough only of the commonest words.
        if known < 2 && !matches!(&*first.0, "fuck" | "shit" | "cunt" | "bitch") {
            return None;
        }
        Some(first.1)
    }

    /// The words that are others with two letters swapped, each with the tag of the other.
    pub(crate) fn swaps(&self) -> impl Iterator<Item = (u64, u32)> {
        self.swaps.iter().filter_map(|(word, tag)| Some((*word, (*tag)?)))
    }
}

fn put(table: &mut Table<Option<u32>>, key: u64, tag: u32, first: bool) {
    let known = table.entry(key);
    if first || known.is_none() {
        *known = Some(tag);
    }
}

/// A word without what disguises play with: signs read as letters, `l` as `i`, runs as one letter.
fn skeleton(word: &str) -> String {
    let mut bones = String::with_capacity(word.len());
    for c in word.chars().filter_map(letter_of) {
        let c = if c == 'l' { 'i' } else { c };
        if !bones.ends_with(c) {
            bones.push(c);
        }
    }
    bones
}

/// The letter that a character stands for.
fn letter_of(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' => c,
        '4' | '@' => 'a',
        '8' => 'b',
        '(' => 'c',
        '3' | '€' => 'e',
        '6' | '9' => 'g',
        '#' => 'h',
        '1' | '!' | '|' | '¡' => 'i',
        '0' => 'o',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '2' => 'z',
        // Look-alikes that the confusable table leads to small capitals or other letters, not to ASCII.
        'τ' | 'ᴛ' | 'т' => 't',
        'ҽ' | 'є' | 'ɛ' | 'ε' | 'ᴇ' | 'ǝ' => 'e',
        'ӏ' | 'ɩ' | 'ı' | 'ι' | 'ɪ' => 'i',
        'ո' | 'η' | 'п' | 'ɴ' => 'n',
        'ɑ' | 'α' | 'ᴀ' => 'a',
        'ϲ' | 'ᴄ' => 'c',
        'υ' | 'ʋ' | 'ᴜ' | 'ս' => 'u',
        'ԁ' | 'ᴅ' => 'd',
        'κ' | 'ᴋ' | 'к' | 'ĸ' => 'k',
        'ρ' | 'ᴘ' => 'p',
        'ѕ' | 'ꜱ' => 's',
        'ʀ' | 'г' | 'я' => 'r',
        'ʙ' | 'ь' | 'ƅ' | 'в' => 'b',
        'ᴍ' | 'ʍ' | 'м' => 'm',
        'ʟ' => 'l',
        'ᴏ' | 'σ' | 'ο' => 'o',
        'ʏ' | 'у' => 'y',
        'ᴠ' | 'ν' => 'v',
        'ᴡ' | 'ѡ' => 'w',
        'ꜰ' => 'f',
        'ɢ' | 'ɡ' => 'g',
        'ʜ' | 'һ' | 'н' => 'h',
        _ => return None,
    })
}

fn mask_key(word: &str) -> u64 {
    let first = word.bytes().next().unwrap_or_default();
    (word.len() as u64) << 8 | u64::from(first)
}

/// Looks through disguises in the stretches of text that no space divides. `swaps`: tokens that are
/// a word of the lexicon with two letters swapped, and its tag.
pub(crate) fn find(
    part: &PartText,
    tokens: &[Token],
    swaps: &[(usize, u32)],
    marks: &mut Vec<Mark>,
) {
    let lexicon = Lexicon::get();
    let mut spelled: Vec<(Range<usize>, char)> = Vec::new();
    let mut found: Vec<(Range<usize>, u32, &'static str)> = Vec::new();
    for (token, tag) in swaps {
        if let Some(chunk) = plain_around(part, tokens, *token)
            && !in_address(part, &part.to_raw(chunk.clone()), "swap")
        {
            found.push((chunk, *tag, "swap"));
        }
    }
    odd_stretches(&part.folded, |stretch| {
        let parted = spelled.last().is_some_and(|(last, _)| {
            let between = part.folded.get(last.end..stretch.start).unwrap_or_default();
            !between.trim().is_empty()
        });
        if parted {
            spelled_out(&mut spelled, lexicon, &mut found);
        }
        for chunk in chunks(part.folded.get(stretch.clone()).unwrap_or_default()) {
            let chunk = stretch.start + chunk.start..stretch.start + chunk.end;
            let Some(text) = part.folded.get(chunk.clone()) else { continue };
            // Between spaces that are not ASCII; of plain words only swaps could count.
            if plain_word(text).is_some() {
                spelled_out(&mut spelled, lexicon, &mut found);
                continue;
            }
            let core = text.trim_matches(|c: char| !c.is_alphanumeric());
            let mut letters = core.chars();
            if let (Some(one), None) = (letters.next(), letters.next()) {
                spelled.push((chunk.clone(), one));
                continue;
            }
            spelled_out(&mut spelled, lexicon, &mut found);
            if let Some((tag, how)) = look(text, core, lexicon) {
                let raw = part.to_raw(chunk.clone());
                if !in_address(part, &raw, how) {
                    found.push((chunk.clone(), tag, how));
                }
            }
        }
    });
    spelled_out(&mut spelled, lexicon, &mut found);
    for (folded, tag, disguise) in found {
        let Some(entry) = lexicon.entries.get(tag as usize) else { continue };
        let text = part.folded.get(folded.clone()).unwrap_or_default();
        let lead = text.len() - text.trim_start_matches(is_wrapping).len();
        let kept = text.trim_matches(is_wrapping).len();
        let raw = part.to_raw(folded.start + lead..folded.start + lead + kept);
        let from = tokens.partition_point(|t| t.raw.end <= raw.start);
        let to = tokens.partition_point(|t| t.raw.start < raw.end);
        marks.push(Mark {
            tokens: from..to.max(from),
            raw,
            cues: entry.cues,
            tone: entry.tone,
            disguise: Some(disguise),
        });
    }
}

/// Signs that may stand behind a plain word.
const STOPS: [char; 5] = ['.', ',', ':', ';', '?'];

/// Calls `found` with every stretch between white space of ASCII that is not a plain word (see
/// [`plain_word`]), in order. Most stretches are; nothing but a swap can hide in those, and so they
/// are passed over 64 bytes at a time.
fn odd_stretches(text: &str, mut found: impl FnMut(Range<usize>)) {
    /// What of the bytes before a block its first bits need: whether the last is white space, a
    /// stop, a letter, the same letter as the one before, and whether the one before is space.
    struct Before {
        space: u64,
        stop: u64,
        letter: u64,
        same: u64,
        space_before: u64,
        byte: u8,
    }
    let bytes = text.as_bytes();
    let is_space = |b: &u8| matches!(b, b'\t'..=b'\r' | b' ');
    let mut before = Before { space: 1, stop: 0, letter: 0, same: 0, space_before: 0, byte: b' ' };
    let mut done = 0;
    lanes::blocks(bytes, b' ', |block, at| {
        let space = lanes::mask_where(block, |b| (b.wrapping_sub(b'\t') < 5) | (b == b' '));
        let letter = lanes::mask_where(block, |b| b.wrapping_sub(b'a') < 26);
        let stop = lanes::mask_where(block, |b| {
            (b == b'.') | (b == b',') | (b == b':') | (b == b';') | (b == b'?')
        });
        let mut shifted = [before.byte; lanes::BLOCK];
        if let (Some(to), Some(from)) = (shifted.get_mut(1..), block.get(..lanes::BLOCK - 1)) {
            to.copy_from_slice(from);
        }
        let same = lanes::mask_same(block, &shifted) & letter;
        let behind_space = space << 1 | before.space;
        let behind_letter = letter << 1 | before.letter;
        // Seen from the byte behind it, which is where a letter is known to stand alone.
        let alone = behind_letter & !letter & (behind_space << 1 | before.space_before);
        let mut odd = !(space | letter | stop)
            | stop & behind_space
            | letter & (stop << 1 | before.stop)
            | same & (same << 1 | before.same)
            | alone;
        while odd != 0 {
            let bit = odd.trailing_zeros();
            odd &= odd - 1;
            let place = (at + bit as usize).saturating_sub((alone >> bit & 1) as usize);
            if place < done {
                continue;
            }
            let start = bytes.get(done..place).unwrap_or_default().iter().rposition(is_space);
            let end = bytes.get(place..).unwrap_or_default().iter().position(is_space);
            let start = start.map_or(done, |n| done + n + 1);
            done = end.map_or(bytes.len(), |n| place + n);
            found(start..done);
        }
        let last = |mask: u64| mask >> (lanes::BLOCK - 1);
        before = Before {
            space: last(space),
            stop: last(stop),
            letter: last(letter),
            same: last(same),
            space_before: last(behind_space),
            byte: block[lanes::BLOCK - 1],
        };
    });
}

/// The stretch of a token that is a plain word between white space, stops included.
fn plain_around(part: &PartText, tokens: &[Token], token: usize) -> Option<Range<usize>> {
    let word = part.words.get(tokens.get(token)?.word? as usize)?.folded.clone();
    let before = part.folded.get(..word.start)?.chars().next_back();
    let rest = part.folded.get(word.end..)?;
    let after = rest.trim_start_matches(STOPS);
    let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
    (apart(before) && apart(after.chars().next()))
        .then_some(word.start..word.end + (rest.len() - after.len()))
        .filter(|chunk| part.folded.get(chunk.clone()).and_then(plain_word).is_some())
}

/// A stretch of two or more plain letters, none three times in a row, with nothing around them
/// but a full stop, a comma or the like.
fn plain_word(text: &str) -> Option<&str> {
    let word = text.trim_end_matches(STOPS);
    let (mut before, mut run) = (0, 0);
    for byte in word.bytes() {
        if !byte.is_ascii_lowercase() {
            return None;
        }
        run = if byte == before { run + 1 } else { 1 };
        if run >= 3 {
            return None;
        }
        before = byte;
    }
    (word.len() >= 2).then_some(word)
}

/// Signs around a word that are not part of its disguise.
fn is_wrapping(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | ':' | ';' | '"' | '\'' | '“' | '”' | '(' | ')' | '…' | '-')
}

fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split(|c: char| c.is_whitespace()).filter_map(move |chunk| {
        let start = at;
        // The separator is one character; white space beyond ASCII has up to three bytes.
        at += chunk.len();
        at += text.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        (!chunk.is_empty()).then_some(start..start + chunk.len())
    })
}

/// Whether a stretch is part of an address. "@sshole" is no account, "@idiot" may be one.
fn in_address(part: &PartText, raw: &Range<usize>, how: &str) -> bool {
    part.entities_in(raw).iter().any(|e| match e.kind {
        EntityKind::Link | EntityKind::Mail => true,
        EntityKind::Mention => how != "leet",
        EntityKind::Hashtag => false,
    })
}

/// What one stretch without a space hides.
fn look(text: &str, core: &str, lexicon: &Lexicon) -> Option<(u32, &'static str)> {
    let hidden = &lexicon.hidden;
    let (mut letters, mut digits, mut signs, mut masks, mut others) = (0, 0, 0, 0, 0);
    let mut run = 1;
    let mut longest = 1;
    let mut before = '\0';
    for c in core.chars() {
        match c {
            'a'..='z' => letters += 1,
            '0'..='9' => digits += 1,
            '@' | '$' | '!' | '|' | '+' | '(' | '€' | '¡' => signs += 1,
            '*' => masks += 1,
            c if letter_of(c).is_some() => signs += 1,
            _ => others += 1,
        }
        run = if c == before { run + 1 } else { 1 };
        longest = longest.max(if c.is_ascii_lowercase() { run } else { 1 });
        before = c;
    }
    if core.len() > 64 {
        return None;
    }
    let joined = || core.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    if digits == 0 && signs == 0 && masks == 0 && others == 0 {
        if longest >= 3 {
            return hidden.bones(core).map(|t| (t, "repeat"));
        }
        if core.len() >= 5
            && let Some(tag) = lexicon.phrases.alone(hash(core)).find_map(swap_of)
        {
            return Some((tag, "swap"));
        }
        // "$hit", "@sshole": a sign for the first letter, or a mask at an end.
        let wide = text.trim_matches(|c: char| is_wrapping(c) && c != '!' && c != '(');
        let wide = wide.trim_end_matches(['!', ')']);
        if wide.len() > core.len() && wide.chars().count() >= 4 {
            if wide.contains('*') && !wide.starts_with('*') {
                return hidden.behind_mask(wide).map(|t| (t, "masked"));
            }
            if wide.starts_with(['@', '$', '!', '(', '|'])
                && wide.chars().all(|c| letter_of(c).is_some())
            {
                return hidden.bones(wide).map(|t| (t, "leet"));
            }
        }
        return None;
    }
    if letters == 0 {
        return None;
    }
    if others > 0 || masks > 0 {
        let joined = joined();
        if masks > 0
            && others == 0
            && let Some(tag) = hidden.behind_mask(core)
        {
            return Some((tag, "masked"));
        }
        // Two words with a hyphen are two words, unless together they are one of ours.
        if digits == 0
            && let Some(tag) = hidden.word(&joined)
        {
            return Some((tag, "split"));
        }
        let letters = core.chars().filter(|c| letter_of(*c).is_some()).collect::<String>();
        if digits + signs > 0 || longest >= 3 || single_letters(core) {
            return hidden.bones(&letters).map(|t| (t, "split"));
        }
        return None;
    }
    // "f@ck": the sign may be a letter or a mask.
    hidden
        .bones(core)
        .map(|t| (t, "leet"))
        .or_else(|| {
            hidden.bones(text.trim_matches(|c| is_wrapping(c) && c != '!')).map(|t| (t, "leet"))
        })
        .or_else(|| {
            (digits == 0).then(|| hidden.behind_mask(core).map(|t| (t, "masked"))).flatten()
        })
}

fn single_letters(core: &str) -> bool {
    core.split(|c: char| !c.is_alphanumeric()).all(|piece| piece.chars().count() <= 1)
}

/// Letters written apart: `i d i o t`, also behind "a" or before "u".
fn spelled_out(
    spelled: &mut Vec<(Range<usize>, char)>,
    lexicon: &Lexicon,
    found: &mut Vec<(Range<usize>, u32, &'static str)>,
) {
    if spelled.len() >= 4 && spelled.len() <= SPELLED {
        let little = |c: char| matches!(c, 'a' | 'i' | 'u');
        let lead = usize::from(spelled.first().is_some_and(|(_, c)| little(*c)));
        let tail = usize::from(spelled.last().is_some_and(|(_, c)| little(*c)));
        'search: for skip in 0..=lead {
            for cut in 0..=tail {
                let Some(run) = spelled.get(skip..spelled.len() - cut) else { continue };
                let word: String = run.iter().map(|(_, c)| *c).collect();
                let tag = lexicon.hidden.word(&word).or_else(|| lexicon.hidden.bones(&word));
                if let (Some(tag), Some((first, _)), Some((last, _))) =
                    (tag, run.first(), run.last())
                    && word.len() >= 4
                {
                    found.push((first.start..last.end, tag, "spelled"));
                    break 'search;
                }
            }
        }
    }
    spelled.clear();
}

#[cfg(test)]
mod tests;
