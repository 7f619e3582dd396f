//! The corpus of drafts, read for the native tests and written down for those in WebAssembly.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use draftguard_core::policy::Policy;
use draftguard_core::{Context, Draft, Link, Media, Part};
use serde::{Deserialize, Serialize};

/// A file of the corpus as it is written. `tests/corpus/README.md` describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    policies: Vec<String>,
    policy: Option<String>,
    #[serde(default)]
    case: Vec<WrittenCase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCase {
    name: Option<String>,
    text: Option<String>,
    #[serde(default)]
    parts: Vec<Part>,
    #[serde(default)]
    links: Vec<Link>,
    #[serde(default)]
    media: Vec<Media>,
    #[serde(default)]
    context: Context,
    #[serde(default)]
    expect: Vec<Expected>,
}

/// A finding that must come.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Expected {
    /// The rule fires.
    Rule(String),
    /// A finding with these fields.
    Fields(serde_json::Map<String, serde_json::Value>),
}

/// A case ready to run.
#[derive(Debug, Serialize)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) draft: Draft,
    pub(crate) context: Context,
    pub(crate) expect: Vec<Expected>,
}

/// A file of the corpus with its policies compiled.
#[derive(Debug)]
pub(crate) struct Corpus {
    pub(crate) name: String,
    pub(crate) policies: Vec<Policy>,
    pub(crate) cases: Vec<Case>,
}

/// Every file of the corpus, in the order of their names.
pub(crate) fn read(folder: &Path) -> Result<Vec<Corpus>> {
    let mut files = Vec::new();
    find(folder, &mut files)?;
    files.sort();
    let mut corpora = Vec::new();
    for path in files {
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        // A policy that stands beside the cases is no case.
        if name.ends_with("policy.toml") {
            continue;
        }
        corpora.push(one(&path, name.clone()).with_context(|| name)?);
    }
    if corpora.is_empty() {
        bail!("there is no corpus in {}", folder.display());
    }
    Ok(corpora)
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("no folder {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
    Ok(())
}

fn one(path: &Path, name: String) -> Result<Corpus> {
    let written: Written = toml::from_str(&fs::read_to_string(path)?)?;
    let loader = |file: &str| fs::read(file).map_err(|e| e.to_string());
    let compile = |name: &str, text: &str| {
        draftguard_policy::compile_str(name, text, &loader)
            .map(|c| c.policy)
            .map_err(|e| anyhow!("{e}"))
    };
    let mut policies = Vec::new();
    for policy in &written.policies {
        if policy.starts_with(draftguard_policy::packs::PREFIX) {
            let pack = draftguard_policy::compile_pack(policy).map_err(|e| anyhow!("{e}"))?;
            policies.push(pack.policy);
        } else {
            let beside = path.with_file_name(policy);
            let text = fs::read_to_string(&beside)?;
            policies.push(compile(&beside.to_string_lossy(), &text)?);
        }
    }
    if let Some(text) = &written.policy {
        policies.push(compile(&path.to_string_lossy(), text)?);
    }
    let cases = written.case.into_iter().map(case).collect::<Result<_>>()?;
    Ok(Corpus { name, policies, cases })
}

fn case(written: WrittenCase) -> Result<Case> {
    let mut parts = written.parts;
    if let Some(text) = written.text {
        parts.insert(0, Part::body("body", text));
    }
    let Some(first) = parts.first() else { bail!("a case has neither text nor parts") };
    let name = written.name.unwrap_or_else(|| first.text.chars().take(80).collect());
    let draft = Draft { parts, links: written.links, media: written.media, ..Draft::default() };
    Ok(Case { name, draft, context: written.context, expect: written.expect })
}

/// Writes each file of the corpus as JSON, its policies beside it as the extension loads them.
pub(crate) fn write(folder: &Path, out: &Path) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    fs::create_dir_all(out)?;
    for corpus in read(folder)? {
        let stem = corpus.name.trim_end_matches(".toml").replace('/', "-");
        for (index, policy) in corpus.policies.iter().enumerate() {
            let bytes = draftguard_bundle::encode(policy)?;
            fs::write(out.join(format!("{stem}.{index}.policy")), bytes)?;
        }
        let json = serde_json::json!({
            "name": corpus.name,
            "policies": corpus.policies.len(),
            "cases": corpus.cases,
        });
        fs::write(out.join(format!("{stem}.json")), serde_json::to_vec(&json)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use draftguard_core::{Action, Engine, Finding};

    /// What does not agree, in words; nothing where all does.
    fn differences(case: &Case, findings: &[Finding]) -> Vec<String> {
        let mut left: Vec<&Finding> = findings.iter().collect();
        let mut missing = Vec::new();
        for expected in &case.expect {
            let before = left.len();
            match expected {
                Expected::Rule(rule) => {
                    // One finding can speak for several rules.
                    let says = |f: &Finding| f.rule == *rule || f.also.contains(rule);
                    left.retain(|f| !says(f));
                    if findings.iter().any(says) {
                        continue;
                    }
                }
                Expected::Fields(fields) => {
                    let fits = |f: &&Finding| {
                        let json = serde_json::to_value(f).unwrap();
                        fields.iter().all(|(key, value)| json.get(key) == Some(value))
                    };
                    if let Some(at) = left.iter().position(fits) {
                        left.remove(at);
                    }
                }
            }
            if left.len() == before {
                missing.push(format!("missing {}", serde_json::to_string(expected).unwrap()));
            }
        }
        left.retain(|f| f.action > Action::Note);
        missing.extend(left.iter().map(|f| format!("not expected: {} “{}”", f.rule, f.text)));
        missing
    }

    #[test]
    fn corpus() {
        let mut wrong = Vec::new();
        let mut count = 0;
        for corpus in read(&crate::root().join("tests/corpus")).unwrap() {
            let engine = Engine::new(corpus.policies).unwrap();
            for case in &corpus.cases {
                count += 1;
                let report = engine.check(&case.draft, &case.context);
                let differences = differences(case, &report.findings);
                if !differences.is_empty() {
                    wrong.push(format!(
                        "{}: {}\n    {}",
                        corpus.name,
                        case.name,
                        differences.join("\n    ")
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    }
}
