//! Policies in force, made ready to check drafts.

use std::collections::BTreeSet;

use crate::context::{Context, Surface};
use crate::draft::{Draft, PartRole};
use crate::policy::{Mode, Policy, Rule};
use crate::report::{Finding, Kind, Length, Report, Unavailable, Verdict};
use crate::rules::{self, Hit, Options};
use crate::site::file::SiteFile;
use crate::site::{Row, Unit, rows as limits_of};
use crate::text::Scan;

mod dress;
mod merge;
mod replies;
mod select;
mod shared;
mod together;
mod words;

use select::Surroundings;
use together::Found;

/// Why a policy cannot be made ready.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A rule's options do not compile.
    #[error("rule `{rule}`: {reason}")]
    Rule {
        /// The rule's id.
        rule: String,
        /// What is wrong and what to do.
        #[source]
        reason: KindError,
    },
}

/// Why a rule's options do not compile.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KindError {
    /// A list that the policy does not have.
    #[error("there is no list `{0}` in this policy")]
    UnknownList(String),
    /// A name outside a closed set.
    #[error("there is no {what} `{name}`; there are: {known}")]
    UnknownName {
        /// What the name stands for: `detector`, `check`, ...
        what: &'static str,
        /// The name.
        name: String,
        /// The names there are.
        known: String,
    },
    /// An option with a value that makes no sense.
    #[error("{0}")]
    Option(String),
    /// An option that must be given.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// A regular expression that is wrong, or that would take too much.
    #[error("the pattern `{pattern}` cannot be used: {reason}")]
    Pattern {
        /// The expression.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A condition of `when`, `unless`, `near`, `not_near` or of the kind's own.
    #[error("condition: {0}")]
    Condition(String),
    /// A list's compiled form is damaged.
    #[error("list `{list}` is damaged: {reason}")]
    DamagedList {
        /// The list's id.
        list: String,
        /// What does not fit.
        reason: &'static str,
    },
    /// The engine does not have the kind yet.
    #[error("rules of kind {0:?} are not ready in this engine")]
    NotReady(Kind),
}

/// What a kind may know of the policy around its rule when it is made ready.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Env<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The rule whose options are compiled: its scope, its parts. None for a detector that a
    /// condition asks for.
    pub rule: Option<&'a Rule>,
}

/// A rule kind made ready: what one file under `rules` provides, by a function
/// `compile(&Options, &Env) -> Result<Box<dyn Matcher>, KindError>`.
pub(crate) trait Matcher: std::fmt::Debug + Send + Sync {
    /// Reports every hit in the draft. Hits may overlap and come in any order.
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>);
}

/// Policies in force, made ready to check drafts.
#[derive(Debug, Default)]
pub struct Engine {
    policies: Vec<Ready>,
    /// Of the sites that policies brought along.
    limits: Vec<Row>,
}

#[derive(Debug)]
struct Ready {
    policy: Policy,
    rules: Vec<ReadyRule>,
}

/// What belongs to the rule of the same index in the policy.
#[derive(Debug)]
struct ReadyRule {
    matcher: Box<dyn Matcher>,
    surroundings: Surroundings,
}

impl Engine {
    /// Makes policies ready. Several at once: all rules apply, the strictest action wins, and each
    /// knows the company facts and the roles of all.
    ///
    /// # Errors
    /// The first rule that does not compile.
    pub fn new(mut policies: Vec<Policy>) -> Result<Self, EngineError> {
        shared::share(&mut policies);
        let policies = policies
            .into_iter()
            .map(|policy| {
                let rules = policy
                    .rules
                    .iter()
                    .map(|rule| {
                        ready(rule, &policy)
                            .map_err(|reason| EngineError::Rule { rule: rule.id.clone(), reason })
                    })
                    .collect::<Result<Vec<_>, _>>()?;
                Ok(Ready { policy, rules })
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { policies, limits: Vec::new() })
    }

    /// The policies in force.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter().map(|ready| &ready.policy)
    }

    /// Lets the data of a site count instead of what the engine knows of it. The engine reads no JSON:
    /// whoever holds the policies reads [`Policy::sites`]. Of two with one id the later counts.
    pub fn know_site(&mut self, site: &SiteFile) {
        self.limits.retain(|row| row.site != site.id);
        self.limits.extend(limits_of(site));
    }

    /// Checks a draft.
    pub fn check(&self, draft: &Draft, context: &Context) -> Report {
        let mut scan = Scan::new(draft, context);
        scan.limits = &self.limits;
        let mut found = Vec::new();
        let mut observed = BTreeSet::new();
        let mut hits = Vec::new();
        let mut reply = None;
        for Ready { policy, rules } in &self.policies {
            if context.surface == Some(Surface::Message) && !policy.settings.messages {
                continue;
            }
            for (rule, ready) in policy.rules.iter().zip(rules) {
                if !select::in_force(rule, scan.now)
                    || !ready.surroundings.selects(rule, policy, &scan)
                {
                    continue;
                }
                hits.clear();
                ready.matcher.check(&scan, &mut hits);
                hits.retain(|hit| ready.surroundings.counts(rule, &scan, hit));
                if hits.is_empty() {
                    continue;
                }
                if policy.settings.mode == Mode::Observe || rule.mode == Mode::Observe {
                    observed.insert(rule.id.clone());
                    continue;
                }
                merge::merge(&mut hits);
                let dresser = dress::Dresser::new(policy, rule, &scan);
                let topic = policy.refined.topics.get(&rule.id).map(String::as_str);
                found.extend(hits.iter().map(|hit| Found {
                    part: hit.part,
                    finding: dresser.dress(hit),
                    rule: Some((rule, topic)),
                }));
            }
            if let Some((moved, finding)) = replies::follow(policy, &scan, &mut observed) {
                reply = Some(moved);
                found.extend(finding.map(|finding| Found { part: None, finding, rule: None }));
            }
        }
        // Stable: equal findings stay in the order of policies and rules.
        together::join(&mut found);
        found.sort_by(|a, b| {
            let place =
                |f: &Found<'_>| (f.part.unwrap_or(usize::MAX), f.finding.start, f.finding.end);
            b.finding.severity.cmp(&a.finding.severity).then_with(|| place(a).cmp(&place(b)))
        });
        let findings: Vec<Finding> = found.into_iter().map(|f| f.finding).collect();
        Report {
            verdict: findings.iter().map(|f| Verdict::from(f.action)).max().unwrap_or_default(),
            findings,
            observed: observed.into_iter().collect(),
            unavailable: scan.unavailable.get().or(scan.too_long.then_some(Unavailable::TooLong)),
            lengths: lengths(&scan),
            reply,
        }
    }
}

fn ready(rule: &Rule, policy: &Policy) -> Result<ReadyRule, KindError> {
    let env = Env { policy, rule: Some(rule) };
    let matcher = match &rule.options {
        Options::Terms(options) => rules::terms::compile(options, &env),
        Options::Pattern(options) => rules::pattern::compile(options, &env),
        Options::Sensitive(options) => rules::sensitive::compile(options, &env),
        Options::Require(options) => rules::require::compile(options, &env),
        Options::Tone(options) => rules::tone::compile(options, &env),
        Options::Link(options) => rules::link::compile(options, &env),
        Options::Voice(options) => rules::voice::compile(options, &env),
        Options::Media(options) => rules::media::compile(options, &env),
    }?;
    Ok(ReadyRule { matcher, surroundings: Surroundings::new(rule, policy)? })
}

fn lengths(scan: &Scan<'_>) -> Vec<Length> {
    scan.parts
        .iter()
        .filter_map(|part| {
            let limit = scan.limit(part.role)?;
            let mut used = limit.count(&part.raw);
            // Mastodon counts the content warning into the limit of the text under it.
            if part.role == PartRole::Body && limit.unit == Unit::Mastodon {
                let warnings = scan.parts.iter().filter(|p| p.role == PartRole::Warning);
                used += warnings.map(|p| limit.count(&p.raw)).sum::<u32>();
            }
            Some(Length { part: part.id.clone(), used, max: limit.max })
        })
        .collect()
}
