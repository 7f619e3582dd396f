//! Conditions of a policy, made ready and asked of stretches of a draft.
//!
//! ```
//! use draftguard_core::policy::{Company, Condition, Name, Party, Policy};
//! use draftguard_core::speech::condition::Compiled;
//! use draftguard_core::{Context, Draft};
//!
//! let policy = Policy {
//!     company: Company {
//!         names: vec![Name { name: "Acme".into(), common_word: false }],
//!         ..Company::default()
//!     },
//!     ..Policy::default()
//! };
//! let condition = Condition::All(vec![
//!     Condition::Party(Party::Company),
//!     Condition::Cue("praise".into()),
//! ]);
//! let ready = Compiled::new(&condition, &policy)?;
//! let holds = |text: &str| {
//!     let draft = Draft::from_text(text);
//!     let context = Context::default();
//!     ready.holds(&draftguard_core::text::Scan::new(&draft, &context), 0, 0..text.len())
//! };
//! assert!(holds("I love working with Acme"));
//! assert!(!holds("Acme opens at nine"));
//! # Ok::<(), draftguard_core::speech::condition::ConditionError>(())
//! ```

use std::ops::Range;
use std::sync::Arc;

use crate::expression::Expression;
use crate::policy::{Condition, Feature, Party, Policy, Within};
use crate::text::{EntityKind, PartText, Scan};

use super::cue::Cue;
use super::features::{self, NumberKind};
use super::parties::Parties;
use super::phrases::Phrases;
use super::reading;
use super::reading::{negated, raw_of};

/// Why a condition cannot be made ready.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConditionError {
    /// No cue has this name.
    #[error("no cue `{name}`; there are: {}", Cue::public_names().collect::<Vec<_>>().join(", "))]
    Cue {
        /// The name.
        name: String,
    },
    /// Only rules of kind `terms` can look into a concealed list.
    #[error("the list `{id}` is concealed: only rules of kind `terms` can look into it")]
    Concealed {
        /// The list's id.
        id: String,
    },
    /// The policy has no such list.
    #[error("no list `{id}` in this policy")]
    List {
        /// The list's id.
        id: String,
    },
    /// The expression does not parse.
    #[error("pattern `{pattern}`: {reason}")]
    Pattern {
        /// The expression.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No detector has this name.
    #[error("detector `{name}`: {reason}")]
    Detector {
        /// The detector's name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Words without words.
    #[error("`terms` without a word")]
    Empty,
}

/// A condition made ready.
#[derive(Debug)]
pub struct Compiled {
    node: Node,
}

#[derive(Debug)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Party(Party, Arc<Parties>),
    Cue(Cue),
    Words(Phrases),
    Pattern(Box<Expression>),
    Matcher(Box<dyn crate::engine::Matcher>),
    Has(Feature),
    Answering(Box<Node>),
}

/// Where a condition is asked.
#[derive(Clone)]
enum Place<'a> {
    /// A stretch of one text of the draft.
    Stretch(&'a PartText, Range<usize>),
    /// All texts of the draft, each in full.
    Draft,
}

impl Compiled {
    /// Makes a condition ready.
    ///
    /// # Errors
    /// A cue, list or detector that does not exist, an expression that does not parse.
    pub fn new(condition: &Condition, policy: &Policy) -> Result<Self, ConditionError> {
        let parties = Arc::new(Parties::new(policy));
        Self::with_parties(condition, policy, &parties)
    }

    /// The same, sharing parties made ready before.
    pub(crate) fn with_parties(
        condition: &Condition,
        policy: &Policy,
        parties: &Arc<Parties>,
    ) -> Result<Self, ConditionError> {
        Ok(Self { node: Node::new(condition, policy, parties)? })
    }

    /// Whether it holds in a stretch (bytes of the text as typed) of a part of the draft.
    pub fn holds(&self, scan: &Scan<'_>, part: usize, range: Range<usize>) -> bool {
        scan.parts.get(part).is_some_and(|p| self.node.holds(scan, &Place::Stretch(p, range)))
    }

    /// Whether it holds in the draft as a whole: each thing somewhere in its texts.
    pub fn holds_in_draft(&self, scan: &Scan<'_>) -> bool {
        self.node.holds(scan, &Place::Draft)
    }

    /// Whether it holds around a stretch of a part: in its sentence, its part, or the draft.
    pub fn holds_near(
        &self,
        scan: &Scan<'_>,
        part: usize,
        span: Range<usize>,
        within: Within,
    ) -> bool {
        let Some(text) = scan.parts.get(part) else { return self.holds_in_draft(scan) };
        match within {
            Within::Sentence => {
                let first = text.sentence_at(span.start);
                let last = text.sentence_at(span.end.saturating_sub(1).max(span.start));
                self.holds(scan, part, first.start..last.end.max(first.end))
            }
            Within::Nearby => self.holds(scan, part, text.sentences_around(&span)),
            Within::Part => self.holds(scan, part, 0..text.raw.len()),
            Within::Draft => self.holds_in_draft(scan),
        }
    }

    /// The first thing in a stretch that makes it hold; none where nothing can be shown.
    pub fn locate(
        &self,
        scan: &Scan<'_>,
        part: usize,
        range: Range<usize>,
    ) -> Option<Range<usize>> {
        let text = scan.parts.get(part)?;
        self.node.locate(scan, text, &range)
    }
}

impl Node {
    fn new(
        condition: &Condition,
        policy: &Policy,
        parties: &Arc<Parties>,
    ) -> Result<Self, ConditionError> {
        let each = |list: &[Condition]| {
            list.iter().map(|c| Self::new(c, policy, parties)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match condition {
            Condition::All(list) => Self::All(each(list)?),
            Condition::Any(list) => Self::Any(each(list)?),
            Condition::Not(one) => Self::Not(Box::new(Self::new(one, policy, parties)?)),
            Condition::Answering(one) => {
                Self::Answering(Box::new(Self::new(one, policy, parties)?))
            }
            Condition::Party(party) => Self::Party(*party, Arc::clone(parties)),
            Condition::Cue(name) => Self::Cue(
                Cue::named(name).ok_or_else(|| ConditionError::Cue { name: name.clone() })?,
            ),
            Condition::List(id) => {
                let list = policy
                    .lists
                    .iter()
                    .find(|l| l.id == *id)
                    .ok_or_else(|| ConditionError::List { id: id.clone() })?;
                if list.is_concealed() {
                    return Err(ConditionError::Concealed { id: id.clone() });
                }
                Self::Words(Phrases::of(
                    list.entries()
                        .iter()
                        .flat_map(|e| std::iter::once(&e.term).chain(&e.variants))
                        .map(|t| (t, 0)),
                ))
            }
            Condition::Terms(terms) => {
                let words = Phrases::of(terms.iter().map(|t| (t, 0)));
                if words.is_empty() {
                    return Err(ConditionError::Empty);
                }
                Self::Words(words)
            }
            Condition::Pattern(pattern) => {
                let expression = Expression::new(pattern, false).map_err(|reason| {
                    ConditionError::Pattern { pattern: pattern.clone(), reason }
                })?;
                Self::Pattern(Box::new(expression))
            }
            Condition::Detector(name) => Self::Matcher(detector(name, policy)?),
            Condition::Has(feature) => Self::Has(*feature),
        })
    }

    fn holds(&self, scan: &Scan<'_>, place: &Place<'_>) -> bool {
        match self {
            Self::All(list) => list.iter().all(|n| n.holds(scan, place)),
            Self::Any(list) => list.iter().any(|n| n.holds(scan, place)),
            Self::Not(one) => !one.holds(scan, place),
            Self::Answering(one) => scan
                .answering
                .as_ref()
                .is_some_and(|a| one.holds(scan, &Place::Stretch(a, 0..a.raw.len()))),
            // What travels beside the text belongs to every stretch of it.
            Self::Has(Feature::Media) => !scan.draft.media.is_empty(),
            Self::Has(Feature::Link) if !scan.draft.links.is_empty() => true,
            leaf => match place {
                Place::Stretch(part, range) => leaf.locate(scan, part, range).is_some(),
                Place::Draft => scan
                    .parts
                    .iter()
                    .any(|part| leaf.locate(scan, part, &(0..part.raw.len())).is_some()),
            },
        }
    }

    fn locate(
        &self,
        scan: &Scan<'_>,
        part: &PartText,
        range: &Range<usize>,
    ) -> Option<Range<usize>> {
        match self {
            Self::All(list) | Self::Any(list) => {
                list.iter().find_map(|n| n.locate(scan, part, range))
            }
            Self::Not(_) | Self::Answering(_) => None,
            Self::Party(party, parties) => parties.first(part, range, *party).map(|n| n.raw),
            Self::Cue(cue) => cue_in(*cue, part, range),
            Self::Words(words) => {
                let reading = reading(part);
                if !words.may_begin_in(reading) {
                    return None;
                }
                let span = reading.tokens_in(range);
                let mut found = None;
                for at in span {
                    words.starting_at(&reading.tokens, at, &mut |_, tokens| {
                        let raw = raw_of(&reading.tokens, &tokens);
                        if found.is_none() && raw.end <= range.end {
                            found = Some(raw);
                        }
                    });
                    if found.is_some() {
                        break;
                    }
                }
                found
            }
            Self::Pattern(regex) => regex
                .find(part.raw_text(range.clone()))
                .map(|m| range.start + m.start..range.start + m.end),
            Self::Matcher(matcher) => {
                let mut hits = Vec::new();
                matcher.check(scan, &mut hits);
                hits.into_iter()
                    .find(|h| {
                        h.part
                            .and_then(|p| scan.parts.get(p))
                            .is_some_and(|p| std::ptr::eq(p, part))
                            && h.span.start >= range.start
                            && h.span.end <= range.end
                    })
                    .map(|h| h.span)
            }
            Self::Has(feature) => feature_in(*feature, scan, part, range),
        }
    }
}

/// A cue within a stretch; some have more to them than words.
pub(crate) fn cue_in(cue: Cue, part: &PartText, range: &Range<usize>) -> Option<Range<usize>> {
    let by_words = || reading(part).within(cue.bit(), range).next().map(|m| m.raw.clone());
    match cue {
        Cue::Question => features::question_in(part, range),
        Cue::Quote => features::quote_in(part, range, 6).or_else(by_words),
        Cue::Statistic => by_words().or_else(|| {
            features::numbers(part, range)
                .into_iter()
                .find(|(_, kind)| *kind == NumberKind::Percent)
                .map(|(raw, _)| raw)
        }),
        Cue::Lyrics => by_words().or_else(|| {
            let text = part.raw_text(range.clone());
            let (at, note) = text.char_indices().find(|(_, c)| "♪♫🎶🎵".contains(*c))?;
            Some(range.start + at..range.start + at + note.len_utf8())
        }),
        // "not great" is no praise, "never had a problem" no complaint.
        Cue::Praise | Cue::Complaint | Cue::Negative => {
            let reading = reading(part);
            reading.within(cue.bit(), range).find(|m| !negated(reading, m)).map(|m| m.raw.clone())
        }
        _ => by_words(),
    }
}

fn feature_in(
    feature: Feature,
    scan: &Scan<'_>,
    part: &PartText,
    range: &Range<usize>,
) -> Option<Range<usize>> {
    let number = |wanted: Option<NumberKind>| {
        features::numbers(part, range)
            .into_iter()
            .find(|(_, kind)| wanted.is_none_or(|w| w == *kind))
            .map(|(raw, _)| raw)
    };
    match feature {
        Feature::Link => features::entity_in(part, range, EntityKind::Link).or_else(|| {
            scan.draft.links.iter().any(|l| l.part.as_deref() == Some(&part.id)).then_some(0..0)
        }),
        Feature::Media => (!scan.draft.media.is_empty()).then_some(range.start..range.start),
        Feature::Mention => features::entity_in(part, range, EntityKind::Mention),
        Feature::Hashtag => features::entity_in(part, range, EntityKind::Hashtag),
        Feature::Quote => features::quote_in(part, range, 6),
        Feature::Number => number(None),
        Feature::Money => number(Some(NumberKind::Money)),
        Feature::Percent => number(Some(NumberKind::Percent)),
        Feature::Question => features::question_in(part, range),
        Feature::Credit => features::entity_in(part, range, EntityKind::Link)
            .or_else(|| (!scan.draft.links.is_empty()).then_some(range.start..range.start))
            .or_else(|| {
                reading(part).within(Cue::Credit.bit(), range).next().map(|m| m.raw.clone())
            }),
    }
}

fn detector(
    name: &str,
    policy: &Policy,
) -> Result<Box<dyn crate::engine::Matcher>, ConditionError> {
    let options = crate::rules::sensitive::Options {
        detectors: vec![name.to_owned()],
        ..crate::rules::sensitive::Options::default()
    };
    crate::rules::sensitive::compile(&options, &crate::engine::Env { policy, rule: None }).map_err(
        |reason| ConditionError::Detector { name: name.to_owned(), reason: reason.to_string() },
    )
}

#[cfg(test)]
mod tests;
