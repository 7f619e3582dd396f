//! Finding the terms of a list in a text.

use std::ops::Range;

use super::shape::{self, Reach, Shape};
use super::views::{self, View};
use super::{FLAG_ANYWHERE, FLAG_ANYWHERE_ASCII, ListIndex, forms, passes, record};
use crate::policy::Entry;
use crate::text::words::{hash_at, hash_of, join};
use crate::text::{PartText, Word};

/// A term found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Bytes of the text as typed.
    pub raw: Range<usize>,
    /// Where its entry lies; see [`ListIndex::entry`].
    pub record: u32,
    /// Whether there is nothing to the entry but the term.
    pub plain: bool,
}

/// What the words of a text may be forms of: made once for all lists.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forms(Vec<Form>);

#[derive(Debug, Clone, Copy)]
struct Form {
    word: u32,
    /// Whether it takes Indonesian derivation.
    derived: bool,
    hash: u64,
}

impl Forms {
    /// The forms of the words of a part. `derive`: with what Indonesian derivation leads to.
    pub(crate) fn new(part: &PartText, derive: bool) -> Self {
        Self::of(&part.folded, &part.words, derive)
    }

    /// What a word may be a form of, Indonesian derivation aside: hashes and texts.
    pub(crate) fn plain_of(&self, part: &PartText, word: usize) -> Vec<(u64, String)> {
        let mut all = Vec::new();
        if self.of_word(word).iter().any(|f| !f.derived)
            && let Some(word) = part.words.get(word)
        {
            forms::each(part.word(word).as_bytes(), false, |candidate, _| {
                if let Ok(text) = std::str::from_utf8(candidate) {
                    all.push((hash_of(candidate), text.to_owned()));
                }
            });
        }
        all
    }

    fn of(text: &str, words: &[Word], derive: bool) -> Self {
        let text = text.as_bytes();
        // First which words may be forms at all, without a branch, then those alone.
        let mut maybe = vec![0_u32; words.len() + 1];
        let mut count = 0;
        for (n, word) in words.iter().enumerate() {
            let until = text.get(..word.folded.end).unwrap_or_default();
            if let Some(slot) = maybe.get_mut(count) {
                *slot = n as u32;
            }
            count += usize::from(forms::may_be_form(until, word.folded.len(), derive));
        }
        maybe.truncate(count);
        let mut all = Vec::with_capacity(2 * count);
        for n in maybe {
            let Some(word) = words.get(n as usize) else { continue };
            let bytes = text.get(word.folded.clone()).unwrap_or_default();
            forms::each(bytes, derive, |candidate, derived| {
                all.push(Form { word: n, derived, hash: hash_of(candidate) });
            });
        }
        Self(all)
    }

    fn of_word(&self, word: usize) -> &[Form] {
        let from = self.0.partition_point(|f| (f.word as usize) < word);
        let to = self.0.partition_point(|f| f.word as usize <= word);
        self.0.get(from..to).unwrap_or_default()
    }
}

/// One search: the list, the text, and what has been found.
struct Search<'a> {
    list: &'a ListIndex,
    part: &'a PartText,
    /// An English draft uses no Indonesian derivation.
    english: bool,
    found: &'a mut Vec<Found>,
}

impl ListIndex {
    /// Finds every term in a text, overlapping ones included, in no order.
    pub(crate) fn find(&self, part: &PartText, english: bool, found: &mut Vec<Found>) {
        let mut search = Search { list: self, part, english, found };
        let forms = part.forms.get_or_init(|| Forms::new(part, !english));
        search.words(&View::plain(part), forms);
        let disguises = self.disguises;
        for view in views::pieces(part)
            .into_iter()
            .chain(disguises.leet.then(|| views::letters_for_signs(part)).into_iter().flatten())
            .chain(disguises.repeats.then(|| views::squeezed(part)).flatten())
            .chain(disguises.spelled.then(|| views::spelled(part)).flatten())
        {
            let forms = Forms::of(&view.text, &view.words, !english);
            search.words(&view, &forms);
        }
        if disguises.swapped {
            search.swapped();
        }
        if disguises.masked {
            search.masked();
        }
        search.run_together();
        search.anywhere();
    }
}

impl Search<'_> {
    fn words(&mut self, view: &View<'_>, forms: &Forms) {
        let list = self.list;
        let singles = list.part(&list.singles).as_chunks::<8>().0;
        let pairs = list.part(&list.pairs).as_chunks::<8>().0;
        let words = &*view.words;
        if !singles.is_empty() {
            for (n, word) in words.iter().enumerate() {
                if passes(singles, word.hash) {
                    self.look_up(word.hash, view, n, 1);
                }
            }
            for form in &forms.0 {
                if passes(singles, form.hash) && !(form.derived && self.english) {
                    self.look_up(form.hash, view, form.word as usize, 1);
                }
            }
        }
        if pairs.is_empty() {
            return;
        }
        for (n, two) in words.windows(2).enumerate() {
            let [first, second] = two else { continue };
            let pair = join(first.hash, second.hash);
            if passes(pairs, pair) {
                self.look_up(pair, view, n, 2);
                self.longer(pair, view, n, forms);
            }
        }
        for form in &forms.0 {
            let last = form.word as usize;
            let Some(before) = last.checked_sub(1).and_then(|n| words.get(n)) else { continue };
            let pair = join(before.hash, form.hash);
            if passes(pairs, pair) && !(form.derived && self.english) {
                self.look_up(pair, view, last - 1, 2);
            }
        }
    }

    /// Terms of more than two words that begin with a pair.
    fn longer(&mut self, pair: u64, view: &View<'_>, first: usize, forms: &Forms) {
        let mut key = pair;
        for count in 3..=self.list.max_words {
            let last = first + count - 1;
            let Some(word) = view.words.get(last) else { return };
            let english = self.english;
            for form in forms.of_word(last).iter().filter(|f| !(f.derived && english)) {
                self.look_up(join(key, form.hash), view, first, count);
            }
            key = join(key, word.hash);
            self.look_up(key, view, first, count);
        }
    }

    #[inline]
    fn look_up(&mut self, key: u64, view: &View<'_>, first: usize, count: usize) {
        if self.list.may_hold(key) {
            self.confirm(key, view, first, count);
        }
    }

    fn confirm(&mut self, key: u64, view: &View<'_>, first: usize, count: usize) {
        let list = self.list;
        for record in list.candidates(key) {
            self.verify(record, view, first, count);
        }
    }

    /// Compares a candidate with its entry.
    fn verify(&mut self, record: u32, view: &View<'_>, first: usize, count: usize) {
        let Some((term, plain)) = record::plain_term(&mut self.list.record(record)) else { return };
        let (Some(start), Some(end)) = (view.words.get(first), view.words.get(first + count - 1))
        else {
            return;
        };
        let raw = start.raw.start..end.raw.end;
        let written = view.text.get(start.folded.start..end.folded.end).unwrap_or_default();
        // Most hits are the term as it is written, but for case.
        if plain && written.eq_ignore_ascii_case(term) {
            self.found.push(Found { raw, record, plain });
            return;
        }
        let Some(entry) = self.list.entry(record) else { return };
        let fits = std::iter::once(&entry.term)
            .chain(&entry.variants)
            .find_map(|term| self.is_term(term, entry.exact_case, view, first, count));
        if let Some(raw) = fits.filter(|raw| !self.excused(&entry, raw)) {
            self.found.push(Found { raw, record, plain });
        }
    }

    /// The stretch that is this term, if the words from `first` on are it.
    fn is_term(
        &self,
        term: &str,
        exact_case: bool,
        view: &View<'_>,
        first: usize,
        count: usize,
    ) -> Option<Range<usize>> {
        Shape::of(term).iter().find_map(|shape| {
            let length = shape.words.len();
            let one = || view.word(first);
            let all = if length == count || length > shape::MAX_WORDS {
                length
            } else if count == 1
                && (shape.reduplicated().is_some_and(|r| r == one())
                    || (view.joins && shape.joined() == one()))
            {
                1
            } else {
                return None;
            };
            let (start, end) = (view.words.get(first)?, view.words.get(first + all - 1)?);
            if all == length {
                for n in 0..length {
                    let (text, term) = (view.word(first + n), shape.word(n));
                    let same = text == term
                        || (view.squeezes && shape::squeezed(term) == text)
                        || (n + 1 == length && self.is_form(text, term));
                    if !same || (n + 1 < length && !gap_fits(shape, n, view.gap(first + n))) {
                        return None;
                    }
                }
            }
            let (lead, trail) = shape.signs();
            let before = view.text.get(..start.folded.start).unwrap_or_default();
            let after = view.text.get(end.folded.end..).unwrap_or_default();
            if !before.ends_with(lead) || !after.starts_with(trail) {
                return None;
            }
            if exact_case && all == length {
                for (n, word) in shape.words.iter().enumerate() {
                    let typed = self.part.raw_text(view.words.get(first + n)?.raw.clone());
                    if !typed.contains(term.get(word.raw.clone())?) {
                        return None;
                    }
                }
            }
            if view.in_place {
                let folded = start.folded.start - lead.len()..end.folded.end + trail.len();
                return Some(self.part.to_raw(folded));
            }
            Some(start.raw.start..end.raw.end)
        })
    }

    fn is_form(&self, text: &str, term: &str) -> bool {
        let mut yes = false;
        forms::each(text.as_bytes(), !self.english, |candidate, _| {
            yes |= candidate == term.as_bytes()
        });
        yes
    }

    /// Whether an exception of the entry stands around a hit.
    fn excused(&self, entry: &Entry, hit: &Range<usize>) -> bool {
        let inside = self.part.words_in(hit.clone());
        entry.exceptions.iter().flat_map(|e| Shape::of(e)).any(|exception| {
            let length = exception.words.len();
            if length == 0 {
                return false;
            }
            let same_at = |first: usize| {
                (0..length).all(|n| {
                    self.part.words.get(first + n).is_some_and(|word| {
                        let text = self.part.word(word);
                        text == exception.word(n)
                            || (n + 1 == length && self.is_form(text, exception.word(n)))
                    })
                })
            };
            // The exception contains the term ...
            let reach = inside.start.saturating_sub(length)..=inside.start;
            if reach.clone().any(|at| at + length >= inside.end && same_at(at)) {
                return true;
            }
            // ... or names something that makes it harmless in the same sentence.
            let about = Shape::of(&entry.term).iter().any(|term| {
                exception.words.iter().any(|w| Some(w.hash) == term.words.first().map(|t| t.hash))
            });
            let sentence = self.part.words_in(self.part.sentence_at(hit.start));
            !about && sentence.into_iter().any(same_at)
        })
    }

    /// Neighbouring letters that changed places: `bluehwak`.
    fn swapped(&mut self) {
        let list = self.list;
        let view = View::plain(self.part);
        let singles = list.part(&list.singles).as_chunks::<8>().0;
        for (n, word) in self.part.words.iter().enumerate().filter(|(_, w)| w.folded.len() >= 5) {
            let text = view.word(n);
            let key = shape::swapped_key(text);
            if !passes(singles, key) {
                continue;
            }
            for record in list.candidates(key) {
                let Some(entry) = list.entry(record) else { continue };
                let swaps = std::iter::once(&entry.term).chain(&entry.variants).any(|term| {
                    Shape::of(term)
                        .iter()
                        .any(|s| s.words.len() == 1 && shape::is_swap(text, s.word(0)))
                });
                if swaps && !self.excused(&entry, &word.raw) {
                    self.found.push(Found { raw: word.raw.clone(), record, plain: false });
                }
            }
        }
    }

    /// Letters hidden behind signs: `bl**hawk`.
    fn masked(&mut self) {
        let list = self.list;
        let table = list.part(&list.masked).as_chunks::<8>().0;
        let key_of = |slot: &[u8; 8]| u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]);
        for folded in views::masked(&self.part.folded) {
            let text = self.part.folded.get(folded.clone()).unwrap_or_default();
            let Some(first) = text.chars().next() else { continue };
            let key = shape::masked_key(first, text.chars().count());
            let from = table.partition_point(|slot| key_of(slot) < key);
            let same =
                table.get(from..).unwrap_or_default().iter().take_while(|s| key_of(s) == key);
            for slot in same {
                let record = u32::from_le_bytes([slot[4], slot[5], slot[6], slot[7]]);
                let Some(entry) = list.entry(record) else { continue };
                let unmasks = std::iter::once(&entry.term).chain(&entry.variants).any(|term| {
                    Shape::of(term)
                        .iter()
                        .any(|s| s.words.len() == 1 && shape::unmasks(text, s.word(0)))
                });
                let raw = self.part.to_raw(folded.clone());
                if unmasks && !self.excused(&entry, &raw) {
                    self.found.push(Found { raw, record, plain: false });
                }
            }
        }
    }

    /// Words that are written as one, in hashtags, handles and addresses: `#projectbluehawk`.
    fn run_together(&mut self) {
        let list = self.list;
        let singles = list.part(&list.singles).as_chunks::<8>().0;
        let pairs = list.part(&list.pairs).as_chunks::<8>().0;
        let part = self.part;
        for entity in &part.entities {
            for n in part.words_in(entity.raw.clone()) {
                let Some(word) = part.words.get(n) else { continue };
                // The longest labels have 63 letters; a longer run is no name.
                if !(8..=63).contains(&word.folded.len()) || !part.word(word).is_ascii() {
                    continue;
                }
                let bytes = part.folded.as_bytes();
                let (start, end) = (word.folded.start, word.folded.end);
                for cut in start + 2..end - 1 {
                    let (first, second) = (hash_at(bytes, start, cut), hash_at(bytes, cut, end));
                    let pair = join(first, second);
                    // A single term at either end must be long enough to be no accident.
                    let head = cut - start >= 6 && end - cut >= 3 && passes(singles, first);
                    let tail = end - cut >= 6 && cut - start >= 3 && passes(singles, second);
                    if !(head || tail || passes(pairs, pair)) {
                        continue;
                    }
                    let view = View::cut(part, word, cut);
                    if head {
                        self.look_up(first, &view, 0, 1);
                    }
                    if tail {
                        self.look_up(second, &view, 1, 1);
                    }
                    self.look_up(pair, &view, 0, 2);
                }
            }
        }
    }

    /// Terms of scripts without spaces, and terms of signs alone.
    fn anywhere(&mut self) {
        let list = self.list;
        let ascii = list.flags & FLAG_ANYWHERE_ASCII != 0;
        let beyond = list.flags & FLAG_ANYWHERE != 0;
        let text = self.part.folded.as_str();
        if !ascii && (!beyond || text.is_ascii()) {
            return;
        }
        let singles = list.part(&list.singles).as_chunks::<8>().0;
        for (at, c) in text.char_indices() {
            if !(if c.is_ascii() { ascii } else { beyond }) || !shape::begins_anywhere(c) {
                continue;
            }
            let two = shape::anywhere_key(text.get(at..).unwrap_or_default());
            let one = shape::anywhere_key_of_one(c);
            for key in [Some(two), (one != two).then_some(one)].into_iter().flatten() {
                if passes(singles, key) {
                    for record in list.candidates(key) {
                        self.verify_anywhere(record, at);
                    }
                }
            }
        }
    }

    fn verify_anywhere(&mut self, record: u32, at: usize) {
        let Some(entry) = self.list.entry(record) else { return };
        let text = self.part.folded.as_str();
        let range = std::iter::once(&entry.term).chain(&entry.variants).find_map(|term| {
            Shape::of(term).iter().find_map(|shape| {
                let Reach::Anywhere(offset) = shape.reach() else { return None };
                let term = shape.folded.trim();
                let offset = offset - (shape.folded.len() - shape.folded.trim_start().len());
                let start = at.checked_sub(offset)?;
                let end = start + term.len();
                // Where the term begins or ends with a letter of a spaced script, a word does.
                let letter = |c: Option<char>| {
                    c.is_some_and(|c| c.is_alphanumeric() && !shape::begins_anywhere(c))
                };
                let glued =
                    |inner: Option<char>, outer: Option<char>| letter(inner) && letter(outer);
                (text.get(start..end)? == term
                    && !glued(term.chars().next(), text.get(..start)?.chars().next_back())
                    && !glued(term.chars().next_back(), text.get(end..)?.chars().next()))
                .then_some(start..end)
            })
        });
        let Some(folded) = range else { return };
        let raw = self.part.to_raw(folded);
        if !self.excused(&entry, &raw) {
            self.found.push(Found { raw, record, plain: false });
        }
    }
}

/// Whether what stands between two words of the text can stand between the words of the term.
fn gap_fits(shape: &Shape, n: usize, text: &str) -> bool {
    let term = shape.gap(n);
    if term == text {
        return true;
    }
    let soft = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '\'' | '.' | '‐' | '–' | '·');
    let signs = |gap: &str| gap.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    // `AT&T` needs its sign, `A. I.` its dots: single letters follow each other by accident.
    if !term.chars().all(soft) || shape.word(n).len() == 1 || shape.word(n + 1).len() == 1 {
        return signs(term) == signs(text);
    }
    let mut last = ' ';
    let mut lines = 0;
    for (count, c) in text.chars().enumerate() {
        lines += u32::from(c == '\n');
        // A dot before a space ends a sentence.
        if count >= 3 || !soft(c) || lines > 1 || (last == '.' && c.is_whitespace()) {
            return false;
        }
        last = c;
    }
    true
}
