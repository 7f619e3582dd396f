//! `draftguard explain`: what a rule does, in words.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;
use draftguard_core::policy::{Condition, Localized, Policy, Rule, Selector};
use draftguard_core::rules::Options;
use draftguard_core::{Action, Context};
use serde::Serialize;

use crate::{policies, style};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The rule's id; without one, all rules are listed
    rule: Option<String>,
    /// Policies: files, or packs that are shipped
    #[arg(long, value_name = "FILE|pack:NAME", default_value = "pack:core")]
    policy: Vec<String>,
    /// The language of titles and messages
    #[arg(long, default_value = "en")]
    language: String,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let mut out = anstream::stdout();
    let compiled = policies::compile_all(&args.policy)?;
    let Some(id) = &args.rule else {
        for policy in compiled.iter().map(|c| &c.policy) {
            for rule in &policy.rules {
                let title = text(&rule.title, policy, &args.language);
                // Padded before it is painted: colours have no width.
                let gap = " ".repeat(8_usize.saturating_sub(word(&rule.action).len()));
                writeln!(out, "{:32} {}{gap} {title}", rule.id, style::action(rule.action))?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    };
    for one in &compiled {
        if let Some(rule) = one.policy.rules.iter().find(|r| r.id == *id) {
            explain(&mut out, rule, &one.policy, &args.language)?;
            examples(&mut out, one, id)?;
            return Ok(ExitCode::SUCCESS);
        }
    }
    bail!(
        "there is no rule `{id}` in {}; `draftguard explain` lists all rules",
        args.policy.join(", ")
    )
}

fn text<'a>(text: &'a Localized, policy: &'a Policy, language: &'a str) -> &'a str {
    text.resolve(&[language, &policy.default_language])
}

fn explain(
    out: &mut dyn Write,
    rule: &Rule,
    policy: &Policy,
    language: &str,
) -> std::io::Result<()> {
    let title = text(&rule.title, policy, language);
    writeln!(out, "{}  {title}", style::paint(style::BOLD, &rule.id))?;
    let effect = match rule.action {
        Action::Note => "is shown on demand; the post goes through",
        Action::Warn => "is shown before the post leaves; one click posts anyway",
        Action::Justify => "asks for a reason before the post leaves",
        Action::Approve => "holds the post until somebody approves it",
        Action::Block => "holds the post",
    };
    writeln!(out, "  action    {}: {effect}", style::action(rule.action))?;
    writeln!(out, "  severity  {}", word(&rule.severity))?;
    if rule.mode == draftguard_core::policy::Mode::Observe {
        writeln!(out, "  mode      observe: only counted, nothing is shown or held")?;
    }
    writeln!(out, "  finds     {}", finds(rule, policy))?;
    for (name, selector) in [("when", &rule.when), ("unless", &rule.unless)] {
        if *selector != Selector::default() {
            writeln!(out, "  {name:9} {}", where_(selector))?;
        }
    }
    for (name, near) in [("near", &rule.near), ("not near", &rule.not_near)] {
        if let Some(near) = near {
            writeln!(
                out,
                "  {name:9} {} in the same {}",
                condition(&near.condition),
                word(&near.within)
            )?;
        }
    }
    for (name, moment) in [("from", rule.from), ("until", rule.until)] {
        if let Some(at) = moment.and_then(|s| jiff::Timestamp::from_second(s).ok()) {
            writeln!(out, "  {name:9} {at}")?;
        }
    }
    if let Some(section) =
        rule.section.as_ref().and_then(|s| policy.sections.iter().find(|x| x.id == *s))
    {
        writeln!(out, "  section   {}", text(&section.title, policy, language))?;
    }
    if let Some(reference) = &rule.reference {
        writeln!(out, "  because   {reference}")?;
    }
    writeln!(out, "  message   {}", text(&rule.message, policy, language))?;
    if !rule.consequence.is_empty() {
        writeln!(out, "  follows   {}", text(&rule.consequence, policy, language))?;
    }
    Ok(())
}

fn examples(
    out: &mut dyn Write,
    compiled: &draftguard_policy::Compiled,
    id: &str,
) -> std::io::Result<()> {
    use draftguard_policy::Expect;
    for example in compiled.examples.iter().filter(|e| e.rule == id) {
        let shown =
            example.draft.parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" / ");
        let sign = if example.expect == Expect::Fires(false) { "leaves" } else { "finds " };
        let place = if example.context == Context::default() { "" } else { "  (in its context)" };
        writeln!(
            out,
            "  {} “{shown}”{}",
            style::paint(style::DIM, sign),
            style::paint(style::DIM, place)
        )?;
    }
    Ok(())
}

/// A word of the format itself: `low`, `sentence`, `reply`.
fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn finds(rule: &Rule, policy: &Policy) -> String {
    let several = |names: &[String], all: &str| {
        if names.is_empty() { all.to_owned() } else { names.join(", ") }
    };
    match &rule.options {
        Options::Terms(o) => {
            let lists = policy.lists.iter().filter(|l| o.lists.contains(&l.id));
            let named: Vec<String> =
                lists.map(|l| format!("{} ({} terms)", l.id, l.len())).collect();
            format!("terms of {}", named.join(", "))
        }
        Options::Pattern(o) => format!("the pattern {}", o.pattern),
        Options::Sensitive(o) => format!("{} (detectors)", several(&o.detectors, "nothing")),
        Options::Require(o) => {
            let trigger = o.trigger.as_ref().map_or_else(|| "every draft".to_owned(), condition);
            let accepted = o.accept.len() + o.accept_patterns.len();
            match (&o.accept_condition, accepted) {
                (None, 0) => trigger,
                (None, n) => format!("{trigger}, without one of {n} accepted wordings"),
                (Some(c), 0) => format!("{trigger}, without {}", condition(c)),
                (Some(c), n) => {
                    format!("{trigger}, without {} or one of {n} accepted wordings", condition(c))
                }
            }
        }
        Options::Tone(o) => {
            let target = if o.target.is_empty() || o.target == "any" {
                String::new()
            } else {
                format!(" aimed at a {}", o.target)
            };
            format!("{}{target}", several(&o.categories, "words of lists"))
        }
        Options::Link(o) => format!("links: {}", several(&o.checks, "all checks")),
        Options::Voice(o) => format!("who speaks: {}", several(&o.checks, "all checks")),
        Options::Media(o) => format!("attachments: {}", several(&o.checks, "all checks")),
    }
}

fn where_(selector: &Selector) -> String {
    let mut all = Vec::new();
    let mut add = |name: &str, values: Vec<String>| {
        if !values.is_empty() {
            all.push(format!("{name} is {}", values.join(" or ")));
        }
    };
    add("site", selector.site.clone());
    add("surface", selector.surface.iter().map(word).collect());
    add("account", selector.account.iter().map(word).collect());
    add("role", selector.role.clone());
    add("permission", selector.may.clone());
    add("language", selector.language.clone());
    add("audience", selector.audience.iter().map(word).collect());
    add("part", selector.part.iter().map(word).collect());
    if let Some(c) = &selector.condition {
        all.push(condition(c));
    }
    all.join(" and ")
}

fn condition(c: &Condition) -> String {
    let list = |all: &[Condition], between: &str| {
        format!("({})", all.iter().map(condition).collect::<Vec<_>>().join(between))
    };
    match c {
        Condition::All(all) => list(all, " and "),
        Condition::Any(any) => list(any, " or "),
        Condition::Not(inner) => format!("not {}", condition(inner)),
        Condition::Party(party) => format!("a {} named", word(party)),
        Condition::Cue(cue) => format!("words of {cue}"),
        Condition::List(id) => format!("a term of {id}"),
        Condition::Terms(terms) => format!("“{}”", terms.join("”, “")),
        Condition::Pattern(pattern) => format!("the pattern {pattern}"),
        Condition::Detector(name) => format!("{name} (detector)"),
        Condition::Has(feature) => format!("a {}", word(feature)),
        Condition::Answering(inner) => format!("an answer to {}", condition(inner)),
    }
}
