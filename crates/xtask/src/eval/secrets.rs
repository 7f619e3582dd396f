//! Secrets: labelled examples of other scanners, bare and in the words of a post; ordinary posts as
//! false alarms. The examples are read packed or unpacked, never written.

use std::path::Path;

use draftguard_core::PartRole;
use draftguard_core::detect::{Facts, Found, find};
use draftguard_core::text::PartText;
use serde_json::Value;

use super::peers::Judged;
use super::{Family, cut, lines};

const SETS: &[&str] = &[
    "examples_gitleaks_literals.jsonl",
    "examples_secretlint.jsonl",
    "examples_detect-secrets.jsonl",
];

fn scan(text: &str) -> Vec<Found> {
    find("secret.*", &PartText::new("body", PartRole::Body, text), &Facts::default())
}

pub(super) fn run(
    corpora: &Path,
    ordinary: &[String],
    families: &mut Vec<Family>,
    skipped: &mut Vec<String>,
) {
    if !ordinary.is_empty() {
        let mut family = Family::new("secrets in ordinary posts", "0 in 20,000");
        family.clean = ordinary.len();
        for text in ordinary {
            for f in scan(text) {
                let found = cut(text, f.span.clone());
                family.alarms.push(format!("{} {found:?} ({}) in {text}", f.name, f.why));
            }
        }
        families.push(family);
    }
    let mut beside = Family::new("secrets in a post, all examples", "recall .90");
    beside.peers = &["secretlint", "detect-secrets"];
    let unpacked = std::env::var_os("DRAFTGUARD_SECRETS")
        .map_or_else(|| corpora.join("secrets-dev"), Into::into);
    for set in SETS {
        match lines(&unpacked.join(set)) {
            Some(rows) => examples(set, &rows, families, &mut beside),
            None => {
                skipped.push(format!("{set} (unpack secrets-dev.tar.xz, set DRAFTGUARD_SECRETS)"))
            }
        }
    }
    if beside.compared.is_empty() {
        return;
    }
    // As many ordinary posts beside them, evenly taken.
    let every = (ordinary.len() / beside.compared.len()).max(1);
    for text in ordinary.iter().step_by(every) {
        beside.clean += 1;
        let found = !scan(text).is_empty();
        if found {
            beside.alarms.push(text.clone());
        }
        beside.compared.push(Judged { text: text.clone(), labelled: false, found });
    }
    families.push(beside);
}

fn examples(set: &str, rows: &[Value], families: &mut Vec<Family>, beside: &mut Family) {
    let name = set.trim_start_matches("examples_").trim_end_matches(".jsonl");
    let mut positive = Family::new(&format!("secrets, {name}"), "recall .90");
    let mut bare =
        Family::new(&format!("secrets, {name}: in a post, no placeholders"), "recall .90");
    let mut negative = Family::new(&format!("secrets, {name}: silent cases"), "");
    for row in rows {
        let text = row["text"].as_str().unwrap_or_default();
        let rule = row["rule"].as_str().unwrap_or_default();
        let found = scan(text);
        if row["label"] == 1 {
            if no_secret(rule, text) {
                bare.safe += 1;
            } else {
                let post = format!("team, the staging login is {text} until friday");
                let found = !scan(&post).is_empty();
                for family in [&mut bare, &mut *beside] {
                    match found {
                        true => family.hits += 1,
                        false => family.misses.push(format!("{rule}: {text:?}")),
                    }
                }
                beside.compared.push(Judged { text: post, labelled: true, found });
            }
            match found.is_empty() {
                true => positive.misses.push(format!("{rule}: {text:?}")),
                false => positive.hits += 1,
            }
        } else {
            negative.clean += 1;
            for f in found {
                negative.alarms.push(format!(
                    "{} by {} {:?} ({}) in {text:?}",
                    rule,
                    f.name,
                    cut(text, f.span.clone()),
                    f.why
                ));
            }
        }
    }
    families.push(positive);
    families.push(bare);
    families.push(negative);
}

/// Examples of rules about something else (addresses, home folders, comments), and values that only
/// show where a secret would stand.
fn no_secret(rule: &str, text: &str) -> bool {
    let about = ["ip_public", "no-homedir", "filter-comments", "rule-example"];
    let bytes = text.as_bytes();
    let run = bytes
        .windows(8)
        .any(|w| w.iter().all(|b| Some(b) == w.first() && b.is_ascii_alphanumeric()));
    let shown = [
        "user:pass@",
        "username:password@",
        "AWS_ACCOUNT_ID",
        "tenant_id",
        "AZURE_CLIENT_ID",
        "THIS IS SECRET",
        "secret content",
    ];
    about.iter().any(|a| rule.contains(a)) || run || shown.iter().any(|s| text.contains(s))
}
