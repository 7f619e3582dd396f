//! `docs/packs.md`: every rule of every pack, with why it exists, what it says and two examples.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use draftguard_core::policy::Rule;
use draftguard_policy::{Compiled, Example, Expect, compile_pack, packs};
use serde::Deserialize;

/// What a policy has to cover, and what answers for it.
const GUIDE: &str = include_str!("guide.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Guide {
    row: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// Part of the guide.
    part: String,
    topic: String,
    /// Rules by id.
    #[serde(default)]
    rules: Vec<String>,
    /// What else answers for it: a place in the product, and where it is described.
    #[serde(default)]
    also: String,
}

/// Writes the document.
///
/// # Errors
/// A pack does not compile, the table names a rule that no pack has, or the file cannot be written.
pub(crate) fn run(root: &Path) -> Result<()> {
    let path = root.join("docs/packs.md");
    std::fs::write(&path, document()?).with_context(|| path.display().to_string())
}

/// The document as it should stand.
fn document() -> Result<String> {
    let mut out = String::from(
        "# The packs\n\n\
         Written by `cargo xtask packs-doc` from `crates/policy/packs/`; change the packs, not this file.\n\n\
         Summaries of law are ours, in our words, for orientation; they are not legal advice.\n\n",
    );
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut body = String::new();
    for name in packs::names() {
        let compiled = compile_pack(name).map_err(|e| anyhow!("{name}: {e}"))?;
        pack(&mut body, name, &compiled, &mut known)?;
    }
    guide(&mut out, &known)?;
    out.push_str(&body);
    Ok(out)
}

/// The rules that a pack brings itself: those of packs that it extends have their examples there.
fn own(compiled: &Compiled) -> impl Iterator<Item = (&Rule, Vec<&Example>)> {
    compiled.policy.rules.iter().filter_map(|rule| {
        let examples: Vec<&Example> =
            compiled.examples.iter().filter(|e| e.rule == rule.id).collect();
        (!examples.is_empty()).then_some((rule, examples))
    })
}

fn pack<'a>(
    out: &mut String,
    name: &'a str,
    compiled: &Compiled,
    known: &mut BTreeMap<String, &'a str>,
) -> Result<()> {
    let title = compiled.policy.name.resolve(&["en"]);
    writeln!(out, "## {title}: `pack:{name}`\n")?;
    writeln!(out, "| rule | action | why | what it says | found | left alone |")?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    for (rule, examples) in own(compiled) {
        known.insert(rule.id.clone(), name);
        let fires = |e: &&&Example| match &e.expect {
            Expect::Fires(fires) => *fires,
            Expect::Texts(texts) => !texts.is_empty(),
        };
        let found = examples.iter().find(fires);
        let left = examples.iter().find(|e| !fires(e));
        writeln!(
            out,
            "| `{}` {} | {} | {} | {} | {} | {} |",
            rule.id,
            cell(rule.title.resolve(&["en"])),
            serde_json::to_value(rule.action)?.as_str().unwrap_or_default(),
            cell(rule.reference.as_deref().unwrap_or_default()),
            cell(rule.message.resolve(&["en"])),
            found.map_or_else(String::new, |e| shown(e)),
            left.map_or_else(String::new, |e| shown(e)),
        )?;
    }
    out.push('\n');
    Ok(())
}

fn shown(example: &Example) -> String {
    let mut text: Vec<String> =
        example.draft.parts.iter().map(|p| p.text.clone()).filter(|t| !t.is_empty()).collect();
    text.extend(example.draft.media.iter().map(|m| format!("[{}]", m.name)));
    if let Some(answering) = &example.context.answering {
        text.insert(0, format!("(to “{answering}”)"));
    }
    cell(&text.join(" "))
}

/// A text as a cell of a table: one line, nothing in it that Markdown reads.
fn cell(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    for c in flat.chars() {
        if matches!(c, '|' | '*' | '_' | '<' | '>' | '`' | '[' | ']' | '#' | '\\' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn guide(out: &mut String, known: &BTreeMap<String, &str>) -> Result<()> {
    let guide: Guide = toml::from_str(GUIDE).context("guide.toml")?;
    writeln!(out, "## What a policy has to cover, and what answers for it\n")?;
    writeln!(out, "| part | topic | rules | also |\n|---|---|---|---|")?;
    for row in guide.row {
        for rule in &row.rules {
            if !known.contains_key(rule) {
                bail!("guide.toml, {}: there is no rule `{rule}` in any pack", row.topic);
            }
        }
        if row.rules.is_empty() && row.also.is_empty() {
            bail!("guide.toml: nothing answers for {}", row.topic);
        }
        let rules: Vec<String> = row.rules.iter().map(|r| format!("`{r}`")).collect();
        writeln!(out, "| {} | {} | {} | {} |", row.part, row.topic, rules.join(", "), row.also)?;
    }
    out.push('\n');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_that_is_checked_in_is_current() {
        let written = std::fs::read_to_string(crate::root().join("docs/packs.md")).unwrap();
        assert!(written == document().unwrap(), "run `cargo xtask packs-doc`");
    }

    #[test]
    fn every_rule_has_a_reason_and_ten_examples_half_of_them_silent() {
        let mut short = Vec::new();
        for name in packs::names() {
            let compiled = compile_pack(name).unwrap();
            for (rule, examples) in own(&compiled) {
                let silent = examples
                    .iter()
                    .filter(|e| match &e.expect {
                        Expect::Fires(fires) => !fires,
                        Expect::Texts(texts) => texts.is_empty(),
                    })
                    .count();
                // Half, rounded down once: eleven examples may have five of one kind.
                let half = |n: usize| n * 20 >= examples.len() * 9;
                let even = half(silent) && examples.len() - silent >= 4;
                if examples.len() < 10 || !even || rule.reference.is_none() {
                    short.push(format!("{name}: {} {} {silent}", rule.id, examples.len()));
                }
            }
        }
        assert!(short.is_empty(), "{}", short.join("\n"));
    }
}
