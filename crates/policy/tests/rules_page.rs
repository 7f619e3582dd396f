//! `docs/rules.md` names every option there is, and what it shows works.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;

use draftguard_policy::{Expect, NoFiles, compile_str};
use serde_json::Value;

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");

fn page() -> String {
    fs::read_to_string(format!("{DOCS}/rules.md")).unwrap()
}

/// The page's part under a heading of the second level.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let head = format!("\n## {heading}\n");
    let (_, after) = page.split_once(&head).unwrap_or_else(|| panic!("no section `{heading}`"));
    after.split_once("\n## ").map_or(after, |(body, _)| body)
}

fn blocks(text: &str) -> Vec<&str> {
    text.split("```toml\n").skip(1).map(|b| b.split_once("```").unwrap().0).collect()
}

fn schema() -> Value {
    let text = fs::read_to_string(format!("{DOCS}/draftguard-policy.schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The kinds, and for each the options that not every kind has.
fn kinds(schema: &Value) -> Vec<(&str, BTreeSet<&str>)> {
    let branches = schema["properties"]["rules"]["items"]["oneOf"].as_array().unwrap();
    let all: Vec<_> =
        branches.iter().map(|b| (b["title"].as_str().unwrap(), keys(&b["properties"]))).collect();
    let shared = all.iter().skip(1).fold(all[0].1.clone(), |a, (_, b)| &a & b);
    all.into_iter().map(|(kind, keys)| (kind, &keys - &shared)).collect()
}

#[test]
fn every_option_of_every_kind_is_described() {
    let (page, schema) = (page(), schema());
    let kinds = kinds(&schema);
    assert_eq!(kinds.len(), 8);
    for (kind, options) in kinds {
        assert!(!options.is_empty(), "{kind} has options");
        for option in options {
            // A row of the kind's table of options, and not a word in passing.
            let described = section(&page, kind)
                .lines()
                .filter_map(|line| line.strip_prefix("| "))
                .any(|line| line.split('|').next().unwrap().contains(&format!("`{option}`")));
            assert!(described, "`{option}` of kind `{kind}`");
        }
    }
}

#[test]
fn every_name_that_an_author_may_write_is_on_the_page() {
    let (page, schema) = (page(), schema());
    let named = |section: &str, name: &str| {
        let ways = ["`", "\"", "{ ", " "].map(|before| format!("{before}{name}"));
        assert!(ways.iter().any(|way| section.contains(way)), "`{name}`");
    };
    let defs = &schema["$defs"];
    for name in keys(&defs["Term"]["properties"]).union(&keys(&defs["Disguises"]["properties"])) {
        named(section(&page, "terms"), name);
    }
    for (of, heading) in [
        ("Placement", "require"),
        ("Within", "require"),
        ("InsertAt", "require"),
        ("Party", "Conditions"),
        ("Feature", "Conditions"),
    ] {
        for value in defs[of]["oneOf"].as_array().unwrap() {
            named(section(&page, heading), value["const"].as_str().unwrap());
        }
    }
    for way in defs["Condition"]["oneOf"].as_array().unwrap() {
        for name in keys(&way["properties"]) {
            named(section(&page, "Conditions"), &format!("{name} = "));
        }
    }
    for name in draftguard_core::detect::names().filter(|n| !n.starts_with("secret.")) {
        named(section(&page, "sensitive"), name);
    }
}

#[test]
fn every_example_on_the_page_works() {
    let page = page();
    let all = blocks(&page);
    let (facts, rest) = all.split_first().unwrap();
    let mut kinds = BTreeSet::new();
    for block in rest {
        let compiled = compile_str("rules.md", &format!("{facts}\n{block}"), &NoFiles)
            .unwrap_or_else(|problems| panic!("{problems}\n{block}"));
        assert_eq!(compiled.warnings.to_string(), "", "{block}");
        if let Some(failure) = compiled.run_examples().unwrap().first() {
            panic!("{}: {}: {}", failure.rule, failure.text, failure.explain());
        }
        for rule in &compiled.policy.rules {
            kinds.insert(format!("{:?}", rule.options.kind()).to_lowercase());
            // One that it finds something in, one that it leaves alone.
            let own = || compiled.examples.iter().filter(|e| e.rule == rule.id);
            let silent = |e: &Expect| matches!(e, Expect::Fires(false));
            assert!(own().any(|e| !silent(&e.expect)), "{} never fires", rule.id);
            assert!(own().any(|e| silent(&e.expect)), "{} always fires", rule.id);
        }
    }
    let known: BTreeSet<String> =
        self::kinds(&schema()).into_iter().map(|(k, _)| k.to_owned()).collect();
    assert_eq!(kinds, known, "a kind without an example");
}
