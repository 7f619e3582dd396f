//! Personal data: numbers, addresses, dates, and what ties them to care.
//!
//! Numbers are read once into chains ([`Numbers`]); at each atom every detector
//! of numbers says what could begin there, and the best answer takes the atoms.

use std::ops::Range;

use super::Found;
use super::nearby::{Group, Nearby, Reader};
use super::numbers::{Gap, Numbers};
use crate::text::PartText;

mod account;
mod address;
mod birth;
mod card;
mod health;
mod indonesia;
mod ip;
mod mail;
mod phone;
mod us;

#[cfg(test)]
mod tests;

/// Below this a candidate is forgotten.
const FLOOR: i32 = 25;
/// From this on a candidate takes its digits, so that nothing else is read into them.
const SURE: i32 = 60;

/// The name of what is no finding and takes its digits all the same.
const PUBLISHED: &str = "published";

/// What the detectors of numbers work on.
pub(super) struct Source<'a> {
    pub(super) text: &'a PartText,
    pub(super) numbers: Numbers,
    pub(super) words: Reader<'a>,
}

/// What a run of atoms could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    name: &'static str,
    atoms: Range<usize>,
    /// Bytes of the folded text.
    span: Range<usize>,
    score: i32,
    why: String,
}

impl Candidate {
    /// A number that is published as an example: nothing is read into its digits, nor into some of
    /// them ("call us, or test with 4111 1111 1111 1111" is no telephone number).
    fn published(atoms: Range<usize>, span: Range<usize>, score: i32) -> Self {
        Self { name: PUBLISHED, atoms, span, score, why: String::new() }
    }
}

/// Words that speak for and against a candidate.
struct Words {
    /// One of these raises the score by `up`.
    with: Group,
    up: i32,
    /// How far before and after `with` is looked for.
    reach: (usize, usize),
    /// One of these lowers it by `down`, unless one of `with` stands there too.
    against: Group,
    down: i32,
}

impl<'a> Source<'a> {
    /// A candidate over `atoms` (and `span`, where more than the digits belong to it).
    fn judge(
        &self,
        name: &'static str,
        atoms: Range<usize>,
        span: Range<usize>,
        base: i32,
        why: &str,
        words: &Words,
    ) -> Candidate {
        let near = self.words.near(&span);
        let mut score = base;
        let mut why = why.to_owned();
        if let Some(word) = near.find(words.with, words.reach.0, words.reach.1) {
            score += words.up;
            add(&mut why, "near", word);
        } else if let Some(word) = near.find(words.against, 4, 1) {
            score -= words.down;
            add(&mut why, "but near", word);
        }
        Candidate { name, atoms, span, score, why }
    }

    fn near(&self, span: &Range<usize>) -> Nearby<'a, '_> {
        self.words.near(span)
    }

    /// The sign before a byte of the folded text.
    fn before(&self, at: usize) -> Option<char> {
        self.text.folded.get(..at)?.chars().next_back()
    }

    /// The sign at a byte of the folded text.
    fn after(&self, at: usize) -> Option<char> {
        self.text.folded.get(at..)?.chars().next()
    }

    /// The text as typed of a range of the folded text.
    fn typed(&self, folded: Range<usize>) -> &'a str {
        self.text.raw_text(self.text.to_raw(folded))
    }
}

fn add(why: &mut String, how: &str, word: &str) {
    if !why.is_empty() {
        why.push_str("; ");
    }
    why.push_str(how);
    why.push_str(" \"");
    why.push_str(word);
    why.push('"');
}

/// Finds all personal data of a text.
pub(super) fn find(text: &PartText, found: &mut Vec<Found>) {
    let numbers = Numbers::new(text);
    let source = Source { text, numbers, words: Reader::new(text) };
    let mut candidates = Vec::new();
    mail::find(&source, &mut candidates);
    if !source.numbers.atoms.is_empty() {
        ip::find(&source, &mut candidates);
        numeric(&source, &mut candidates);
        birth::find(&source, &mut candidates);
        address::find(&source, &mut candidates);
    } else if text.folded.contains("::") {
        ip::find(&source, &mut candidates);
    }
    health::find(&source, &mut candidates);
    let candidates = settle(candidates);
    let range = |span: Range<usize>| {
        let raw = text.to_raw(span);
        raw.start..raw.end.max(raw.start)
    };
    found.extend(candidates.into_iter().map(|c| Found {
        name: c.name.into(),
        span: range(c.span),
        score: c.score.clamp(0, 100) as u8,
        why: c.why,
    }));
}

/// Reads numbers from left to right; the best candidate at an atom takes its digits.
fn numeric(source: &Source<'_>, out: &mut Vec<Candidate>) {
    let count = source.numbers.atoms.len();
    let mut here = Vec::new();
    let mut at = 0;
    while at < count {
        here.clear();
        if inside_row(source, at) {
            at += 1;
            continue;
        }
        account::at(source, at, &mut here);
        if chain_digits(source, at) >= 7 {
            card::at(source, at, &mut here);
            indonesia::at(source, at, &mut here);
            us::at(source, at, &mut here);
            phone::at(source, at, &mut here);
        }
        indonesia::lettered(source, at, &mut here);
        here.retain(|c| c.score >= FLOOR);
        let best = here.iter().max_by_key(|c| (c.score, c.atoms.len())).cloned();
        at = match best {
            Some(best) => {
                let next = if best.score >= SURE { best.atoms.end.max(at + 1) } else { at + 1 };
                if best.name != PUBLISHED {
                    out.push(best);
                }
                next
            }
            None => at + 1,
        };
    }
}

/// Whether an atom stands inside a row of single digits, which is read from its start or not at all.
fn inside_row(source: &Source<'_>, at: usize) -> bool {
    let atom = |i: usize| source.numbers.atoms.get(i);
    let (Some(here), Some(before)) = (atom(at), at.checked_sub(1).and_then(atom)) else {
        return false;
    };
    here.len() == 1 && before.len() == 1 && before.gap == here.gap && here.gap != Gap::End
}

/// How many digits the chain from an atom on has, counted to 7.
fn chain_digits(source: &Source<'_>, at: usize) -> usize {
    source.numbers.chain(at, 8).iter().map(|a| a.len()).sum()
}

/// Of candidates that overlap, the better one stays (health findings stand beside the datum itself).
fn settle(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| {
        b.score
            .cmp(&a.score)
            .then(b.span.len().cmp(&a.span.len()))
            .then(a.span.start.cmp(&b.span.start))
    });
    // Kept spans are disjoint, so a map by their start answers whether a new one overlaps.
    let mut taken = std::collections::BTreeMap::<usize, usize>::new();
    candidates.retain(|c| {
        if c.name.starts_with("health.") {
            return true;
        }
        let overlaps = taken
            .range(..c.span.end.max(c.span.start + 1))
            .next_back()
            .is_some_and(|(_, end)| *end > c.span.start);
        if !overlaps {
            taken.insert(c.span.start, c.span.end);
        }
        !overlaps
    });
    candidates
}

/// Whether atoms are parted by one and the same gap (and there is more than one of them).
fn uniform(atoms: &[super::numbers::Atom]) -> Option<Gap> {
    let (_, inner) = atoms.split_last()?;
    let gap = inner.first()?.gap;
    inner.iter().all(|a| a.gap == gap).then_some(gap)
}
