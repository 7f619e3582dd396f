//! Words and phrases, many at a time: one look-up for each word of a text.

use std::ops::Range;

use super::reading::{PhraseWords, Reading, Token};
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
    /// Tags of the word alone.
    alone: Chain,
    /// Phrases with a gap behind the word.
    gaps: Chain,
    /// Whether phrases go on with a word at once.
    pairs: bool,
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
    /// A table of phrases given as the hashes of their words, each with its tag.
    pub(crate) fn of_words<'a>(phrases: impl Iterator<Item = (&'a [(bool, u64)], u32)>) -> Self {
        let mut table = Self::default();
        for (words, tag) in phrases {
            table.insert(words, tag);
        }
        table.begins = Gate::of(table.heads.keys());
        table.goes_on = Gate::of(table.pairs.keys());
        table
    }

    /// Adds a phrase as its words' hashes; `true` where other words may stand before the word.
    fn insert(&mut self, words: &[(bool, u64)], tag: u32) {
        let Some(((_, head), rest)) = words.split_first() else { return };
        let entry = self.heads.entry(*head);
        let index = self.all.len() as u32;
        match rest.first() {
            None => {
                entry.alone.add(tag, &mut self.links);
                return;
            }
            Some((true, _)) => entry.gaps.add(index, &mut self.links),
            Some((false, second)) => {
                entry.pairs = true;
                self.pairs.entry(join(*head, *second)).add(index, &mut self.links);
            }
        }
        let start = self.rests.len() as u32;
        self.rests.extend(rest);
        self.all.push(Phrase { rest: start..self.rests.len() as u32, tag });
    }

    /// A table of phrases as an author writes them, each with its tag. Only `…` has a meaning.
    pub(crate) fn of<S: AsRef<str>>(phrases: impl IntoIterator<Item = (S, u32)>) -> Self {
        let lines: Vec<(String, u32)> = phrases
            .into_iter()
            .map(|(p, tag)| (p.as_ref().split_whitespace().collect::<Vec<_>>().join(" "), tag))
            .collect();
        let words = super::reading::tokenize_lines(&lines);
        Self::of_words(words.iter().map(|(words, tag)| (words.as_slice(), *tag)))
    }

    /// Whether nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.heads.len() == 0
    }

    /// Tags of a word alone.
    pub(crate) fn alone(&self, word: u64) -> impl Iterator<Item = u32> {
        let chain = self.heads.get(word).map(|head| head.alone).unwrap_or_default();
        chain.values(&self.links)
    }

    /// Reports every phrase that starts at a token, with the tokens it covers.
    #[inline]
    pub(crate) fn starting_at(
        &self,
        tokens: &[Token],
        at: usize,
        found: &mut impl FnMut(u32, Range<usize>),
    ) {
        if let Some(token) = tokens.get(at)
            && self.begins.passes(token.hash)
            && let Some(head) = self.heads.get(token.hash)
        {
            self.from_head(head, tokens, at, found);
        }
    }

    fn from_head(
        &self,
        head: &Head,
        tokens: &[Token],
        at: usize,
        found: &mut impl FnMut(u32, Range<usize>),
    ) {
        for tag in head.alone.values(&self.links) {
            found(tag, at..at + 1);
        }
        let mut each = |candidates: Chain| {
            for phrase in candidates.values(&self.links).filter_map(|n| self.all.get(n as usize)) {
                let rest = phrase.rest.start as usize..phrase.rest.end as usize;
                let rest = self.rests.get(rest).unwrap_or_default();
                if let Some(end) = follow(tokens, at + 1, rest) {
                    found(phrase.tag, at..end);
                }
            }
        };
        each(head.gaps);
        if head.pairs
            && let (Some(token), Some(next)) = (tokens.get(at), tokens.get(at + 1))
        {
            let pair = join(token.hash, next.hash);
            if self.goes_on.passes(pair)
                && let Some(candidates) = self.pairs.get(pair)
            {
                each(*candidates);
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

/// Writes out a phrase of the lexicon: `(a|b)` alternatives, `~n` an English noun with its
/// plural, `~v` an English verb with its forms, `~i` an Indonesian word with its clitics.
pub(crate) fn expand(phrase: &str) -> Vec<String> {
    if let Some((before, rest)) = phrase.split_once('(')
        && let Some((inside, after)) = rest.split_once(')')
    {
        return inside
            .split('|')
            .flat_map(|choice| expand(&format!("{before}{choice}{after}")))
            .collect();
    }
    let Some((before, rest)) = phrase.split_once('~') else {
        let plain = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
        return if plain.is_empty() { Vec::new() } else { vec![plain] };
    };
    let mut letters = rest.chars();
    let how = letters.next();
    let after = letters.as_str();
    forms(before, how).iter().flat_map(|form| expand(&format!("{form}{after}"))).collect()
}

fn forms(word: &str, how: Option<char>) -> Vec<String> {
    let plural = if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh")
    {
        format!("{word}es")
    } else if let Some(stem) = consonant_y(word) {
        format!("{stem}ies")
    } else {
        format!("{word}s")
    };
    match how {
        Some('n') => vec![word.to_owned(), plural],
        Some('v') => {
            let (past, going) = if let Some(stem) = word.strip_suffix('e') {
                (format!("{word}d"), format!("{stem}ing"))
            } else if let Some(stem) = consonant_y(word) {
                (format!("{stem}ied"), format!("{word}ing"))
            } else {
                (format!("{word}ed"), format!("{word}ing"))
            };
            vec![word.to_owned(), plural, past, going]
        }
        Some('i') => ["", "nya", "lah", "mu", "ku", "kah"]
            .iter()
            .map(|clitic| format!("{word}{clitic}"))
            .collect(),
        _ => vec![word.to_owned()],
    }
}

fn consonant_y(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('y')?;
    (!stem.ends_with(['a', 'e', 'i', 'o', 'u'])).then_some(stem)
}
