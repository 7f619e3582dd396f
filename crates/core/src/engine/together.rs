//! Findings of several rules about the same words become one.
//!
//! Packs overlap: two ask for the tie to an employer to be told, one rule takes a word for an insult
//! and another for an accusation. The employee has one thing to mend and gets one finding. Two
//! findings are one where they stand in the same part, and
//!
//! - both come from rules of kind `tone` and share a word, or
//! - their rules carry the same `topic`, and they share a word (or both ask for something that is
//!   missing, which has no place of its own).
//!
//! The stricter action wins; then the rule that names whom it protects (a competitor, a partner, the
//! company); then the greater severity; then the one that stands first. The winner's words are shown,
//! with the other's fixes behind its own; [`Finding::also`] names the rules that were merged into it.

use crate::policy::Rule;
use crate::report::{Finding, Kind};
use crate::rules::Options;

/// A finding with what decides about its joining others.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// Index of the part; none for the draft as a whole.
    pub(super) part: Option<usize>,
    /// The finding.
    pub(super) finding: Finding,
    /// Its rule and the topic of it; none for findings that no rule made.
    pub(super) rule: Option<(&'a Rule, Option<&'a str>)>,
}

impl Found<'_> {
    fn topic(&self) -> Option<&str> {
        self.rule.and_then(|(_, topic)| topic)
    }

    /// Whether the rule protects somebody by name.
    fn protects(&self) -> bool {
        matches!(self.rule, Some((Rule { options: Options::Tone(o), .. }, _))
            if matches!(o.target.as_str(), "company" | "competitor" | "partner" | "party"))
    }

    fn same(&self, other: &Self) -> bool {
        let (a, b) = (&self.finding, &other.finding);
        if self.part.is_none() || self.part != other.part || a.rule == b.rule {
            return false;
        }
        if a.concealed || b.concealed {
            return false;
        }
        let share = a.start < b.end && b.start < a.end;
        let tone = a.kind == Kind::Tone && b.kind == Kind::Tone;
        let topic = self.topic().is_some() && self.topic() == other.topic();
        let missing = a.kind == Kind::Require && b.kind == Kind::Require;
        tone && share || topic && (share || missing)
    }

    fn beats(&self, other: &Self) -> bool {
        let rank = |f: &Self| (f.finding.action, f.protects(), f.finding.severity);
        rank(self) > rank(other)
    }
}

/// Joins findings that say the same of the same words.
pub(super) fn join(found: &mut Vec<Found<'_>>) {
    let mut kept: Vec<Found<'_>> = Vec::with_capacity(found.len());
    for mut next in found.drain(..) {
        // A longer finding can swallow several that stand apart.
        while let Some(at) = kept.iter().position(|have| have.same(&next)) {
            let have = kept.remove(at);
            let (mut winner, loser) = if next.beats(&have) { (next, have) } else { (have, next) };
            absorb(&mut winner.finding, loser.finding);
            next = winner;
        }
        kept.push(next);
    }
    *found = kept;
}

fn absorb(winner: &mut Finding, loser: Finding) {
    winner.severity = winner.severity.max(loser.severity);
    for rule in std::iter::once(loser.rule).chain(loser.also) {
        if rule != winner.rule && !winner.also.contains(&rule) {
            winner.also.push(rule);
        }
    }
    for fix in loser.fixes {
        // One kind of change is enough: the winner's own text goes in, not two of them.
        let kind = std::mem::discriminant(&fix);
        if !winner.fixes.iter().any(|have| std::mem::discriminant(have) == kind) {
            winner.fixes.push(fix);
        }
    }
}
