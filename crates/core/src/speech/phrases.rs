//! Words and phrases, many at a time: one hash look-up for each word of a text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::reading::Token;

/// FNV-1a over the bytes of a folded word: short words, no state, the same on every target.
pub(crate) fn hash(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Passes keys through that are hashes already.
#[derive(Debug, Default, Clone)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |h, b| h.rotate_left(8) ^ u64::from(*b));
    }

    fn write_u64(&mut self, key: u64) {
        // FNV is weak in its high bits, which pick the slot's tag.
        self.0 = key ^ (key << 32);
    }
}

/// A map whose keys are hashes.
pub(crate) type Hashed<T> = HashMap<u64, T, BuildHasherDefault<Identity>>;

/// How many words may stand where a phrase has `…`.
const GAP: usize = 3;

/// Words and phrases, each with a tag.
///
/// A common word begins many phrases ("i", "the", "you"): those whose second word follows at once
/// are found by both words together, so that only the few with a gap are tried one by one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases {
    heads: Hashed<Head>,
    pairs: Hashed<Vec<u32>>,
    all: Vec<Phrase>,
}

/// What begins with a word.
#[derive(Debug, Clone, Default)]
struct Head {
    /// Tags of the word alone.
    alone: Vec<u32>,
    /// Phrases with a gap behind the word.
    gaps: Vec<u32>,
    /// Whether phrases go on with a word at once.
    pairs: bool,
}

#[derive(Debug, Clone)]
struct Phrase {
    /// The words after the first.
    rest: Box<[(bool, u64)]>,
    tag: u32,
}

fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(29).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ second
}

impl Phrases {
    /// Adds a phrase as its words' hashes; `true` where other words may stand before the word.
    pub(crate) fn insert(&mut self, words: &[(bool, u64)], tag: u32) {
        let Some(((_, head), rest)) = words.split_first() else { return };
        let entry = self.heads.entry(*head).or_default();
        let index = self.all.len() as u32;
        match rest.first() {
            None => {
                entry.alone.push(tag);
                return;
            }
            Some((true, _)) => entry.gaps.push(index),
            Some((false, second)) => {
                entry.pairs = true;
                self.pairs.entry(pair(*head, *second)).or_default().push(index);
            }
        }
        self.all.push(Phrase { rest: rest.into(), tag });
    }

    /// A table of phrases as an author writes them, each with its tag. Only `…` has a meaning.
    pub(crate) fn of<S: AsRef<str>>(phrases: impl IntoIterator<Item = (S, u32)>) -> Self {
        let lines: Vec<(String, u32)> = phrases
            .into_iter()
            .map(|(p, tag)| (p.as_ref().split_whitespace().collect::<Vec<_>>().join(" "), tag))
            .collect();
        let mut table = Self::default();
        for (words, tag) in super::reading::tokenize_lines(&lines) {
            table.insert(&words, tag);
        }
        table
    }

    /// Whether nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Reports every phrase that starts at a token, with the tokens it covers.
    pub(crate) fn starting_at(
        &self,
        tokens: &[Token],
        at: usize,
        found: &mut impl FnMut(u32, Range<usize>),
    ) {
        let Some(token) = tokens.get(at) else { return };
        let Some(head) = self.heads.get(&token.hash) else { return };
        for tag in &head.alone {
            found(*tag, at..at + 1);
        }
        let mut each = |candidates: &[u32]| {
            for phrase in candidates.iter().filter_map(|i| self.all.get(*i as usize)) {
                if let Some(end) = follow(tokens, at + 1, &phrase.rest) {
                    found(phrase.tag, at..end);
                }
            }
        };
        each(&head.gaps);
        if head.pairs
            && let Some(next) = tokens.get(at + 1)
            && let Some(candidates) = self.pairs.get(&pair(token.hash, next.hash))
        {
            each(candidates);
        }
    }

    /// Reports every phrase among the tokens.
    pub(crate) fn each(&self, tokens: &[Token], mut found: impl FnMut(u32, Range<usize>)) {
        if self.is_empty() {
            return;
        }
        for at in 0..tokens.len() {
            self.starting_at(tokens, at, &mut found);
        }
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
