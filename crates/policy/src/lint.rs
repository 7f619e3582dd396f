//! What a policy does to ordinary posts, and whether it is tested: measured, not guessed.

use draftguard_core::{Context, Draft, Engine, EngineError};

use crate::compile::Compiled;
use crate::diagnostic::{Diagnostic, Diagnostics, Level};

/// Ordinary posts in English and Indonesian, one a line, written for this purpose.
const POSTS: &str = include_str!("../data/ordinary-posts.txt");

/// Share of ordinary posts, in percent, from which a rule of action `warn` or
/// above is reported: at one post in twenty, people stop reading the card.
const TOO_WIDE: usize = 5;

/// What lint knows beyond the policy itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lint {
    /// The time of the check in seconds since 1970 UTC: rules that have ended are reported.
    pub now: Option<i64>,
}

/// Looks for what is written correctly and probably not meant; the compiler's
/// own warnings and failed examples are among the result.
///
/// # Errors
/// The rules cannot be made ready; the compiler has excluded that.
pub fn lint(compiled: &Compiled, options: Lint) -> Result<Diagnostics, EngineError> {
    let mut found = compiled.warnings.0.clone();
    for failure in compiled.run_examples()? {
        found.push(Diagnostic {
            level: Level::Error,
            code: "failed-example",
            message: format!("`{}`: {}", failure.rule, failure.explain()),
            help: Some(
                "change the example or the rule; `draftguard test` runs them all".to_owned(),
            ),
            location: failure.location,
        });
    }
    for (id, place) in &compiled.places {
        let Some(rule) = compiled.policy.rules.iter().find(|r| r.id == *id) else { continue };
        if let (Some(until), Some(now)) = (rule.until, options.now)
            && until <= now
        {
            found.push(Diagnostic {
                level: Level::Warning,
                code: "never-fires",
                message: format!("the rule `{id}` has ended and never fires again"),
                help: Some("leave it out, or move `until`".to_owned()),
                location: place.head.clone(),
            });
        }
        if place.examples == 0 {
            found.push(Diagnostic {
                level: Level::Warning,
                code: "no-examples",
                message: format!("the rule `{id}` has no examples"),
                help: Some(
                    "add one draft that it must find and one that it must leave alone".to_owned(),
                ),
                location: place.head.clone(),
            });
        } else if place.firing_examples == 0 {
            found.push(Diagnostic {
                level: Level::Warning,
                code: "no-examples",
                message: format!("no example shows what the rule `{id}` finds"),
                help: Some("add a draft with `expect = [\"…\"]`".to_owned()),
                location: place.head.clone(),
            });
        }
    }
    wide_rules(compiled, &mut found)?;
    found.sort_by(|a, b| {
        let key = |d: &Diagnostic| d.location.as_ref().map(|l| (l.file.clone(), l.line, l.column));
        key(a).cmp(&key(b)).then(a.level.cmp(&b.level))
    });
    Ok(Diagnostics(found))
}

/// Runs every own rule of consequence over the ordinary posts.
fn wide_rules(compiled: &Compiled, found: &mut Vec<Diagnostic>) -> Result<(), EngineError> {
    let mut policy = compiled.sample.as_ref().unwrap_or(&compiled.policy).clone();
    policy.rules.retain(|r| compiled.places.contains_key(&r.id));
    let engine = Engine::new(vec![policy])?;
    let posts: Vec<&str> = POSTS.lines().filter(|l| !l.trim().is_empty()).collect();
    let mut hits: std::collections::BTreeMap<String, (usize, String, draftguard_core::Action)> =
        std::collections::BTreeMap::new();
    for post in &posts {
        let report = engine.check(&Draft::from_text(*post), &Context::default());
        let mut seen: Vec<&str> = Vec::new();
        for finding in &report.findings {
            if !seen.contains(&finding.rule.as_str()) {
                seen.push(&finding.rule);
                let hit = hits
                    .entry(finding.rule.clone())
                    .or_insert_with(|| (0, finding.text.clone(), finding.action));
                hit.0 += 1;
            }
        }
    }
    for (rule, (count, text, action)) in hits {
        let percent = count * 100 / posts.len().max(1);
        if percent < TOO_WIDE || action == draftguard_core::Action::Note {
            continue;
        }
        let place = compiled.places.get(&rule);
        found.push(Diagnostic {
            level: Level::Warning,
            code: "too-wide",
            message: format!(
                "the rule `{rule}` fires in {percent} % of ordinary posts, for example on “{text}”"
            ),
            help: Some(
                "narrow it: whole words (\\b), longer phrases, `near`, `when`, or action \"note\""
                    .to_owned(),
            ),
            location: place.and_then(|p| p.core.clone().or_else(|| p.head.clone())),
        });
    }
    Ok(())
}
