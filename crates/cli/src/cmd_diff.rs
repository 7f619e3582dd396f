//! `draftguard diff`: what changes between two policies.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use draftguard_core::policy::{Entry, Policy, Rule};
use draftguard_core::{Context, Draft, Verdict};
use draftguard_policy::{Compiled, engine};
use serde::Serialize;

use crate::{input, policies, style};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The policy as it was: a file, or a pack that is shipped
    old: String,
    /// The policy as it will be
    new: String,
    /// Past posts, one a line or one JSON object a line: shows which get another verdict
    #[arg(long, value_name = "FILE")]
    posts: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// A JSON object
    Json,
}

/// What changes between two policies.
#[derive(Debug, Default, Serialize)]
struct Changes {
    policy: Part,
    rules: Part,
    terms: Part,
    #[serde(skip_serializing_if = "Option::is_none")]
    posts: Option<Posts>,
}

#[derive(Debug, Default, Serialize)]
struct Part {
    added: Vec<String>,
    removed: Vec<String>,
    changed: Vec<Change>,
}

/// Something that is there before and after, and not the same.
#[derive(Debug, Serialize)]
struct Change {
    id: String,
    what: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
struct Posts {
    checked: usize,
    stricter: usize,
    milder: usize,
    changed: Vec<PostChange>,
}

#[derive(Debug, Serialize)]
struct PostChange {
    line: usize,
    before: Verdict,
    after: Verdict,
    text: String,
    rules: Vec<String>,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let mut both = policies::compile_all(&[args.old.clone(), args.new.clone()])?.into_iter();
    let (Some(old), Some(new)) = (both.next(), both.next()) else { return Ok(ExitCode::from(2)) };
    let mut changes = Changes {
        policy: policy(&old.policy, &new.policy),
        rules: rules(&old.policy, &new.policy),
        terms: terms(&old, &new),
        posts: None,
    };
    if let Some(path) = &args.posts {
        changes.posts = Some(posts(path, old.policy, new.policy)?);
    }
    let mut out = anstream::stdout();
    match args.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &changes)?;
            writeln!(out)?;
        }
        Format::Human => human(&mut out, &changes)?,
    }
    let same = changes.policy.is_empty()
        && changes.rules.is_empty()
        && changes.terms.is_empty()
        && changes.posts.is_none_or(|p| p.changed.is_empty());
    Ok(ExitCode::from(u8::from(!same)))
}

impl Part {
    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// What changes besides rules and terms.
fn policy(old: &Policy, new: &Policy) -> Part {
    let mut part = Part::default();
    let mut add = |id: &str, what: Vec<String>| {
        if !what.is_empty() {
            part.changed.push(Change { id: id.to_owned(), what });
        }
    };
    if old.version != new.version {
        add("version", vec![format!("{} -> {}", old.version, new.version)]);
    }
    add("settings", keys(&old.settings, &new.settings));
    add("company", keys(&old.company, &new.company));
    let whole = |same: bool| if same { Vec::new() } else { vec!["changed".to_owned()] };
    add("roles", whole(old.roles == new.roles));
    add("contacts", whole(old.contacts == new.contacts));
    add("sections", whole(old.sections == new.sections));
    add("responses", whole(old.responses == new.responses));
    part
}

fn rules(old: &Policy, new: &Policy) -> Part {
    let by_id = |p: &Policy| -> BTreeMap<String, Rule> {
        p.rules.iter().map(|r| (r.id.clone(), r.clone())).collect()
    };
    let (old, new) = (by_id(old), by_id(new));
    let mut part = Part::default();
    for (id, rule) in &new {
        match old.get(id) {
            None => part.added.push(id.clone()),
            Some(before) if before != rule => {
                part.changed.push(Change { id: id.clone(), what: keys(before, rule) });
            }
            Some(_) => {}
        }
    }
    part.removed = old.keys().filter(|id| !new.contains_key(*id)).cloned().collect();
    part
}

/// The keys in which two values differ, with both values where they are short.
fn keys<T: Serialize>(old: &T, new: &T) -> Vec<String> {
    let fields = |v: &T| match serde_json::to_value(v) {
        Ok(serde_json::Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    };
    let (old, new) = (fields(old), fields(new));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| match (old.get(name), new.get(name)) {
            (Some(serde_json::Value::String(a)), Some(serde_json::Value::String(b)))
                if a.len() + b.len() < 60 =>
            {
                format!("{name}: {a} -> {b}")
            }
            _ => name.clone(),
        })
        .collect()
}

/// Terms by list. Those of concealed lists are counted and never shown.
fn terms(old: &Compiled, new: &Compiled) -> Part {
    let by_id = |p: &Policy| -> BTreeMap<String, BTreeMap<String, Entry>> {
        p.lists
            .iter()
            .map(|l| {
                let entries = l.entries().into_iter().map(|e| (e.term.to_lowercase(), e)).collect();
                (l.id.clone(), entries)
            })
            .collect()
    };
    let concealed: BTreeSet<&String> = old.concealed.iter().chain(&new.concealed).collect();
    let (old, new) = (by_id(&old.policy), by_id(&new.policy));
    let none = BTreeMap::new();
    let mut part = Part::default();
    let lists: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for list in lists {
        let (before, after) = (old.get(list).unwrap_or(&none), new.get(list).unwrap_or(&none));
        let added: Vec<_> = after.keys().filter(|t| !before.contains_key(*t)).collect();
        let removed: Vec<_> = before.keys().filter(|t| !after.contains_key(*t)).collect();
        if concealed.contains(list) {
            if !added.is_empty() {
                part.added.push(format!("{list}: {} concealed terms", added.len()));
            }
            if !removed.is_empty() {
                part.removed.push(format!("{list}: {} concealed terms", removed.len()));
            }
            continue;
        }
        part.added.extend(added.into_iter().map(|t| format!("{list}: {t}")));
        part.removed.extend(removed.into_iter().map(|t| format!("{list}: {t}")));
        for (term, entry) in after {
            if let Some(was) = before.get(term).filter(|e| *e != entry) {
                part.changed.push(Change { id: format!("{list}: {term}"), what: keys(was, entry) });
            }
        }
    }
    part
}

fn posts(path: &Path, old: Policy, new: Policy) -> anyhow::Result<Posts> {
    let (old, new) = (engine(vec![old])?, engine(vec![new])?);
    let now = Context { now: Some(jiff::Timestamp::now().to_string()), ..Context::default() };
    let bytes = policies::read(path)?;
    let mut result = Posts::default();
    // Drawn on standard error, and only where that is a terminal.
    let lines = bytes.iter().filter(|b| **b == b'\n').count();
    let bar = indicatif::ProgressBar::new(u64::try_from(lines).unwrap_or(u64::MAX));
    for (index, line) in BufReader::new(bytes.as_slice()).split(b'\n').enumerate() {
        let line = line?;
        bar.inc(1);
        let text = String::from_utf8_lossy(line.trim_ascii()).into_owned();
        if text.is_empty() {
            continue;
        }
        let (draft, context) = if text.starts_with('{') {
            let input = input::read_line(&text, &now)
                .map_err(|e| anyhow::anyhow!("{}:{}: {e}", path.display(), index + 1))?;
            (input.draft, input.context)
        } else {
            (Draft::from_text(text), now.clone())
        };
        let (before, after) = (old.check(&draft, &context), new.check(&draft, &context));
        result.checked += 1;
        if before.verdict == after.verdict {
            continue;
        }
        if after.verdict > before.verdict {
            result.stricter += 1;
        } else {
            result.milder += 1;
        }
        let deciding = if after.verdict > before.verdict { &after } else { &before };
        let mut rules: Vec<String> = deciding.findings.iter().map(|f| f.rule.clone()).collect();
        rules.dedup();
        result.changed.push(PostChange {
            line: index + 1,
            before: before.verdict,
            after: after.verdict,
            text: draft.parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" / "),
            rules,
        });
    }
    bar.finish_and_clear();
    Ok(result)
}

/// Most posts that are printed one by one.
const MOST_POSTS: usize = 50;

fn human(out: &mut dyn Write, changes: &Changes) -> std::io::Result<()> {
    for (what, part) in
        [("policy", &changes.policy), ("rules", &changes.rules), ("terms", &changes.terms)]
    {
        if part.is_empty() {
            writeln!(out, "{what}: no changes")?;
            continue;
        }
        writeln!(
            out,
            "{what}: {} added, {} removed, {} changed",
            part.added.len(),
            part.removed.len(),
            part.changed.len()
        )?;
        for id in &part.added {
            writeln!(out, "  + {id}")?;
        }
        for id in &part.removed {
            writeln!(out, "  - {id}")?;
        }
        for change in &part.changed {
            writeln!(out, "  ~ {} ({})", change.id, change.what.join(", "))?;
        }
    }
    let Some(posts) = &changes.posts else { return Ok(()) };
    writeln!(
        out,
        "posts: {} checked, {} stricter, {} milder",
        posts.checked, posts.stricter, posts.milder
    )?;
    for change in posts.changed.iter().take(MOST_POSTS) {
        writeln!(
            out,
            "  {}: {} -> {} {}  {}",
            change.line,
            style::verdict(change.before),
            style::verdict(change.after),
            style::paint(style::DIM, &change.rules.join(", ")),
            change.text.chars().take(80).collect::<String>(),
        )?;
    }
    if posts.changed.len() > MOST_POSTS {
        writeln!(out, "  and {} more: --format json prints all", posts.changed.len() - MOST_POSTS)?;
    }
    Ok(())
}
