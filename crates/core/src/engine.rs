//! Policies in force, made ready to check drafts.

use crate::context::Context;
use crate::draft::Draft;
use crate::policy::{Policy, Rule};
use crate::report::{Finding, Report, Verdict};
use crate::rules::{self, Hit, Options};
use crate::text::Scan;

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
        reason: String,
    },
}

/// A rule kind made ready: what one file under `rules` provides.
pub(crate) trait Matcher: std::fmt::Debug + Send + Sync {
    /// Reports every hit in the draft.
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>);
}

/// Policies in force, made ready to check drafts.
#[derive(Debug, Default)]
pub struct Engine {
    policies: Vec<(Policy, Vec<Box<dyn Matcher>>)>,
}

impl Engine {
    /// Makes policies ready. Several at once: all rules apply, the strictest action wins.
    ///
    /// # Errors
    /// The first rule that does not compile.
    pub fn new(policies: Vec<Policy>) -> Result<Self, EngineError> {
        let mut ready = Vec::with_capacity(policies.len());
        for policy in policies {
            let matchers = policy
                .rules
                .iter()
                .map(|rule| compile(rule, &policy))
                .collect::<Result<Vec<_>, _>>()?;
            ready.push((policy, matchers));
        }
        Ok(Self { policies: ready })
    }

    /// Checks a draft.
    pub fn check(&self, draft: &Draft, context: &Context) -> Report {
        let scan = Scan::new(draft, context);
        let mut report = Report::default();
        for (policy, matchers) in &self.policies {
            for (rule, matcher) in policy.rules.iter().zip(matchers) {
                let mut hits = Vec::new();
                matcher.check(&scan, &mut hits);
                report.findings.extend(hits.iter().map(|hit| dress(hit, rule, policy, &scan)));
            }
        }
        report.verdict =
            report.findings.iter().map(|f| Verdict::from(f.action)).max().unwrap_or_default();
        report
    }
}

fn compile(rule: &Rule, policy: &Policy) -> Result<Box<dyn Matcher>, EngineError> {
    match &rule.options {
        Options::Terms(options) => Ok(rules::terms::compile(options, policy)),
        Options::Sensitive(options) => rules::sensitive::compile(options, policy)
            .map_err(|reason| EngineError::Rule { rule: rule.id.clone(), reason }),
        other => Err(EngineError::Rule {
            rule: rule.id.clone(),
            reason: format!("kind {:?} is not ready", other.kind()),
        }),
    }
}

fn dress(hit: &Hit, rule: &Rule, policy: &Policy, scan: &Scan<'_>) -> Finding {
    let languages: Vec<&str> = scan
        .context
        .interface
        .as_deref()
        .into_iter()
        .chain([policy.default_language.as_str(), "en"])
        .collect();
    let part = hit.part.and_then(|p| scan.parts.get(p));
    let span = part.map(|p| p.to_utf16(hit.span.clone())).unwrap_or_default();
    Finding {
        part: part.map(|p| p.id.clone()).unwrap_or_default(),
        rule: rule.id.clone(),
        kind: rule.options.kind(),
        detector: hit.detector.clone(),
        severity: hit.severity.unwrap_or(rule.severity),
        action: rule.action,
        start: span.start,
        end: span.end,
        text: part.map(|p| p.raw_text(hit.span.clone()).to_owned()).unwrap_or_default(),
        concealed: hit.concealed,
        title: rule.title.resolve(&languages).to_owned(),
        message: rule.message.resolve(&languages).to_owned(),
        why: hit.why.clone(),
        consequence: None,
        section: None,
        reference: rule.reference.clone(),
        learn: rule.learn.clone(),
        fixes: hit.fixes.clone(),
        reasons: Vec::new(),
    }
}
