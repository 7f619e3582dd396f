//! Whether a rule applies to a draft, and which of its hits count.

use crate::context::{Context, Surface};
use crate::draft::PartRole;
use crate::engine::KindError;
use crate::policy::{Condition, Near, Policy, Rule, Selector, Within};
use crate::rules::Hit;
use crate::speech::condition::Compiled;
use crate::text::Scan;

/// The conditions of a rule, made ready.
#[derive(Debug)]
pub(super) struct Surroundings {
    when: Option<Compiled>,
    unless: Option<Compiled>,
    near: Option<(Compiled, Within)>,
    not_near: Option<(Compiled, Within)>,
}

impl Surroundings {
    pub(super) fn new(rule: &Rule, policy: &Policy) -> Result<Self, KindError> {
        let compile = |condition: &Condition| {
            Compiled::new(condition, policy).map_err(|e| KindError::Condition(e.to_string()))
        };
        let near = |near: &Option<Near>| {
            near.as_ref().map(|n| Ok((compile(&n.condition)?, n.within))).transpose()
        };
        Ok(Self {
            when: rule.when.condition.as_ref().map(compile).transpose()?,
            unless: rule.unless.condition.as_ref().map(compile).transpose()?,
            near: near(&rule.near)?,
            not_near: near(&rule.not_near)?,
        })
    }

    /// Whether the rule looks at this draft at all.
    pub(super) fn selects(&self, rule: &Rule, policy: &Policy, scan: &Scan<'_>) -> bool {
        let holds = |c: &Option<Compiled>| c.as_ref().is_none_or(|c| c.holds_in_draft(scan));
        matches(&rule.when, policy, scan, true)
            && holds(&self.when)
            && !(excuses_drafts(&rule.unless)
                && matches(&rule.unless, policy, scan, false)
                && holds(&self.unless))
    }

    /// Whether a hit of the rule counts, where it stands.
    pub(super) fn counts(&self, rule: &Rule, scan: &Scan<'_>, hit: &Hit) -> bool {
        let holds = |(condition, within): &(Compiled, Within)| match hit.part {
            Some(part) => condition.holds_near(scan, part, hit.span.clone(), *within),
            None => condition.holds_in_draft(scan),
        };
        hit.part.and_then(|p| scan.parts.get(p)).is_none_or(|part| rule.looks_at(part.role))
            && self.near.as_ref().is_none_or(holds)
            && !self.not_near.as_ref().is_some_and(holds)
    }
}

/// Whether `unless` excuses whole drafts: a selector of parts alone only excuses those parts.
fn excuses_drafts(unless: &Selector) -> bool {
    let parts_only = Selector { part: unless.part.clone(), ..Selector::default() };
    *unless != parts_only
}

/// Whether a selector, its parts and conditions aside, fits a draft. What is not known fits as `unknown` says.
fn matches(selector: &Selector, policy: &Policy, scan: &Scan<'_>, unknown: bool) -> bool {
    let Context { site, surface, account, role, claimed, audience, .. } = scan.context;
    // What a person says of himself may ask for more, and never excuses: `unknown` is false there.
    let claimed = *claimed == Some(true);
    let counts = !claimed || unknown;
    let fits = |empty: bool, known: Option<bool>| empty || known.unwrap_or(unknown);
    let permitted = |id: &String| {
        !claimed
            && policy
                .roles
                .iter()
                .any(|r| r.id == *id && r.may.iter().any(|m| selector.may.contains(m)))
    };
    fits(selector.site.is_empty(), site.as_ref().map(|s| selector.site.contains(s)))
        && fits(
            selector.surface.is_empty(),
            surface
                .map(|s| selector.surface.contains(&s))
                .or_else(|| not_a_profile(selector, scan)),
        )
        && fits(
            selector.account.is_empty(),
            account
                .or_else(|| policy.company.account_kind(scan.context))
                .map(|a| selector.account.contains(&a)),
        )
        && fits(
            selector.role.is_empty(),
            role.as_ref().map(|r| counts && selector.role.contains(r)),
        )
        && fits(selector.may.is_empty(), role.as_ref().map(permitted))
        && fits(selector.audience.is_empty(), audience.map(|a| selector.audience.contains(&a)))
        && (selector.language.is_empty()
            || scan.language().map_or(unknown, |l| selector.language.iter().any(|s| s == l)))
}

/// A profile text is known by its part, even where the surface is not: a body is none, and a rule
/// for profiles alone does not read every post whose surface nobody told.
fn not_a_profile(selector: &Selector, scan: &Scan<'_>) -> Option<bool> {
    let only_profiles = selector.surface.iter().all(|s| *s == Surface::Profile);
    let has_profile = scan.parts.iter().any(|p| p.role == PartRole::Profile);
    (only_profiles && !has_profile).then_some(false)
}

/// Whether a rule is in force at a time; at an unknown time it is.
pub(super) fn in_force(rule: &Rule, now: Option<i64>) -> bool {
    now.is_none_or(|now| {
        rule.from.is_none_or(|from| from <= now) && rule.until.is_none_or(|until| now < until)
    })
}

impl Rule {
    /// Whether hits in texts of this role count: the parts of `when`, less those of an
    /// `unless` that names parts only.
    pub fn looks_at(&self, role: PartRole) -> bool {
        (self.when.part.is_empty() || self.when.part.contains(&role))
            && (excuses_drafts(&self.unless) || !self.unless.part.contains(&role))
    }
}
