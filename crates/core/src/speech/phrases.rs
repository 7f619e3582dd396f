//! Words and phrases, many at a time: one look-up for each word of a text.

use std::ops::Range;

use super::lines::{Lines, PhraseWords};
use super::reading::{Reading, Token};
use super::table::{Gate, Table};
use crate::text::words::join;

/// The hash of a folded word, as [`Word::hash`](crate::text::Word::hash) has it: what a draft's
/// words have been hashed for once is not done again.
pub(crate) use crate::text::hash;

/// How many words may stand where a phrase has `…`.
const GAP: usize = 3;

/// A table of so many first words or fewer is first looked for in the words of the whole text: most
/// names and phrases of a policy are in no sentence of a draft.
const FEW: usize = 48;

/// Words and phrases, each with a tag.
///
/// A common word begins many phrases ("i", "the", "you"): those whose second word follows at once
/// are found by both words together, so that only the few with a gap are tried one by one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    begins: Gate,
    heads: Table<Head>,
    goes_on: Gate,
    pairs: Table<Chain>,
    links: Vec<Link>,
    all: Vec<Phrase>,
    /// The words of `all` after the first.
    rests: PhraseWords,
}

/// What begins with a word.
#[derive(Debug, Clone, Copy, Default)]
struct Head {
    /// The first tag of the word alone, one more: most words have one at most.
    tag: u32,
    /// Its other tags.
    others: Chain,
    /// Phrases with a gap behind the word.
    gaps: Chain,
}

/// A list among others in one vector: places of its first and last link, each one more.
#[derive(Debug, Clone, Copy, Default)]
struct Chain {
    first: u32,
    last: u32,
}

#[derive(Debug, Clone, Copy)]
struct Link {
    value: u32,
    /// The place of the next, one more; 0 at the end.
    next: u32,
}

#[derive(Debug, Clone)]
struct Phrase {
    /// The words after the first.
    rest: Range<u32>,
    tag: u32,
}

impl Chain {
    fn add(&mut self, value: u32, links: &mut Vec<Link>) {
        links.push(Link { value, next: 0 });
        let place = links.len() as u32;
        match (self.last as usize).checked_sub(1).and_then(|at| links.get_mut(at)) {
            Some(last) => last.next = place,
            None => self.first = place,
        }
        self.last = place;
    }

    /// The values, in the order in which they came.
    fn values(self, links: &[Link]) -> impl Iterator<Item = u32> {
        let link = |place: u32| links.get((place as usize).checked_sub(1)?);
        std::iter::successors(link(self.first), move |before| link(before.next)).map(|l| l.value)
    }
}

impl Phrases {
    /// A table with room for so many phrases.
    pub(crate) fn for_phrases(count: usize) -> Self {
        Self {
            heads: Table::for_keys(count),
            pairs: Table::for_keys(count / 2),
            links: Vec::with_capacity(count),
            all: Vec::with_capacity(count),
            rests: Vec::with_capacity(count),
            ..Self::default()
        }
    }

    /// The table, once everything is in it.
    pub(crate) fn ready(mut self) -> Self {
        self.begins = Gate::of(self.heads.keys());
        self.goes_on = Gate::of(self.pairs.keys());
        self
    }

    /// Adds a phrase as its words' hashes; `true` where other words may stand before the word.
    pub(crate) fn insert(&mut self, words: &[(bool, u64)], tag: u32) {
        let Some(((_, head), rest)) = words.split_first() else { return };
        let entry = self.heads.entry(*head);
        let index = self.all.len() as u32;
        match rest.first() {
            None if entry.tag == 0 => {
                entry.tag = tag + 1;
                return;
            }
            None => {
                entry.others.add(tag, &mut self.links);
                return;
            }
            Some((true, _)) => entry.gaps.add(index, &mut self.links),
            Some((false, second)) => {
                self.pairs.entry(join(*head, *second)).add(index, &mut self.links);
            }
        }
        let start = self.rests.len() as u32;
        self.rests.extend(rest);
        self.all.push(Phrase { rest: start..self.rests.len() as u32, tag });
    }

    /// A table of phrases as an author writes them, each with its tag. Only `…` has a meaning.
    pub(crate) fn of<S: AsRef<str>>(phrases: impl IntoIterator<Item = (S, u32)>) -> Self {
        let mut lines = Lines::default();
        for (phrase, tag) in phrases {
            lines.add(phrase.as_ref(), tag);
        }
        let mut table = Self::default();
        lines.each(|words, tag| table.insert(words, tag));
        table.ready()
    }

    /// Whether nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.heads.len() == 0
    }

    /// Tags of a word alone.
    pub(crate) fn alone(&self, word: u64) -> impl Iterator<Item = u32> {
        let head = self.heads.get(word).copied().unwrap_or_default();
        head.tag.checked_sub(1).into_iter().chain(head.others.values(&self.links))
    }

    /// Reports every phrase that starts at a token, with the tokens it covers.
    #[inline]
    pub(crate) fn starting_at(
        &self,
        tokens: &[Token],
        at: usize,
        found: &mut impl FnMut(u32, Range<usize>),
    ) {
        let Some(token) = tokens.get(at) else { return };
        if !self.begins.passes(token.hash) {
            return;
        }
        self.begun_by(token.hash, tokens, at, found);
        if let Some(next) = tokens.get(at + 1) {
            self.going_on(join(token.hash, next.hash), tokens, at, found);
        }
    }

    /// Reports every phrase that starts at one of the tokens, in order. What a token or two may
    /// begin is asked of the gates for all of them first, without a branch: every second word of a
    /// text begins something, and a processor cannot guess which.
    pub(crate) fn in_order(&self, tokens: &[Token], found: &mut impl FnMut(u32, Range<usize>)) {
        let mut begins = vec![0_u32; tokens.len() + 1];
        let mut goes_on = vec![0_u32; tokens.len() + 1];
        let (mut begin, mut pair) = (0, 0);
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1).map_or(0, |next| next.hash);
            if let (Some(begins), Some(goes_on)) = (begins.get_mut(begin), goes_on.get_mut(pair)) {
                (*begins, *goes_on) = (at as u32, at as u32);
            }
            begin += usize::from(self.begins.passes(token.hash));
            pair += usize::from(self.goes_on.passes(join(token.hash, next)));
        }
        let mut pairs = goes_on.get(..pair).unwrap_or_default().iter().copied().peekable();
        for at in begins.into_iter().take(begin) {
            let at = at as usize;
            let hash = |at: usize| tokens.get(at).map(|token| token.hash);
            let Some(first) = hash(at) else { continue };
            self.begun_by(first, tokens, at, found);
            while let Some(with_next) = pairs.next_if(|with_next| *with_next as usize <= at) {
                if with_next as usize == at
                    && let Some(second) = hash(at + 1)
                {
                    self.going_on(join(first, second), tokens, at, found);
                }
            }
        }
    }

    /// Reports the word alone, and the phrases with a gap behind it.
    #[inline]
    fn begun_by(
        &self,
        word: u64,
        tokens: &[Token],
        at: usize,
        found: &mut impl FnMut(u32, Range<usize>),
    ) {
        let Some(head) = self.heads.get(word) else { return };
        if let Some(tag) = head.tag.checked_sub(1) {
            found(tag, at..at + 1);
            for tag in head.others.values(&self.links) {
                found(tag, at..at + 1);
            }
        }
        if head.gaps.first > 0 {
            self.follow_each(head.gaps, tokens, at, found);
        }
    }

    /// Reports the phrases whose second word follows at once.
    fn going_on(
        &self,
        pair: u64,
        tokens: &[Token],
        at: usize,
        found: &mut impl FnMut(u32, Range<usize>),
    ) {
        if self.goes_on.passes(pair)
            && let Some(candidates) = self.pairs.get(pair)
        {
            self.follow_each(*candidates, tokens, at, found);
        }
    }

    fn follow_each(
        &self,
        candidates: Chain,
        tokens: &[Token],
        at: usize,
        found: &mut impl FnMut(u32, Range<usize>),
    ) {
        for phrase in candidates.values(&self.links).filter_map(|n| self.all.get(n as usize)) {
            let rest = phrase.rest.start as usize..phrase.rest.end as usize;
            let rest = self.rests.get(rest).unwrap_or_default();
            if let Some(end) = follow(tokens, at + 1, rest) {
                found(phrase.tag, at..end);
            }
        }
    }

    /// Whether one of the phrases may begin somewhere in a text.
    pub(crate) fn may_begin_in(&self, reading: &Reading) -> bool {
        self.heads.len() > FEW || self.heads.keys().any(|head| reading.words.passes(head))
    }

    /// Reports every phrase that begins with one of these tokens of a text.
    pub(crate) fn each_within(
        &self,
        reading: &Reading,
        tokens: Range<usize>,
        found: &mut impl FnMut(u32, Range<usize>),
    ) {
        if self.may_begin_in(reading) {
            for at in tokens {
                self.starting_at(&reading.tokens, at, found);
            }
        }
    }

    /// Reports every phrase of a text.
    pub(crate) fn each(&self, reading: &Reading, mut found: impl FnMut(u32, Range<usize>)) {
        self.each_within(reading, 0..reading.tokens.len(), &mut found);
    }
}

/// The end of the rest of a phrase that continues at `at`.
fn follow(tokens: &[Token], at: usize, rest: &[(bool, u64)]) -> Option<usize> {
    let Some(((gap, word), rest)) = rest.split_first() else { return Some(at) };
    let reach = if *gap { GAP } else { 0 };
    (at..=at + reach)
        .find_map(|i| (tokens.get(i)?.hash == *word).then(|| follow(tokens, i + 1, rest)).flatten())
}
