//! Policies as authors write them, compiled whole.

use draftguard_core::{Context, Draft, Engine, Verdict};
use draftguard_policy::{NoFiles, compile_str};

const POLICY: &str = r#"
[policy]
id = "acme"
version = 3
name = "Acme"
languages = ["en", "id"]
time_zone = "Asia/Jakarta"

[company]
names = ["Acme", { name = "Target", common_word = true }]

[[lists]]
id = "codenames"
terms = ["bluehawk", { term = "red fox", replacement = "the project", until = 2030-01-01 }]

[[rules]]
id = "acme.codenames"
kind = "terms"
action = "block"
lists = ["codenames"]
message = { en = "Not public yet.", id = "Belum diumumkan." }
fixes = ["replace", "remove"]
[[rules.examples]]
text = "Bluehawk ships in May"
expect = ["Bluehawk"]
[[rules.examples]]
text = "a blue hawk on the roof"
"#;

#[test]
fn a_policy_compiles_and_its_examples_hold() {
    let compiled = compile_str("acme.toml", POLICY, &NoFiles).unwrap();
    assert_eq!(compiled.warnings.to_string(), "");
    assert_eq!(compiled.run_examples().unwrap().len(), 0);
    assert!(compiled.policy.company.names[1].common_word);
    let entry = &compiled.policy.lists[0].entries()[1];
    assert_eq!(entry.replacement.as_deref(), Some("the project"));
    assert_eq!(entry.until, Some(1_893_430_800));
    let engine = Engine::new(vec![compiled.policy]).unwrap();
    let report = engine.check(&Draft::from_text("our bluehawk launch"), &Context::default());
    assert_eq!(report.verdict, Verdict::Block);
}

#[test]
fn json_is_accepted_by_the_same_types() {
    let json = r#"{
      "policy": { "id": "acme", "name": { "en": "Acme" } },
      "rules": [{ "id": "a", "kind": "terms", "terms": ["bluehawk"], "message": "No." }]
    }"#;
    let compiled = compile_str("acme.json", json, &NoFiles).unwrap();
    assert_eq!(compiled.policy.lists[0].id, "a.terms");
}

#[test]
fn every_problem_is_reported_at_once() {
    let broken = POLICY
        .replace("action = \"block\"", "actoin = \"block\"")
        .replace("[\"codenames\"]\nmessage", "[\"codename\"]\nsection = 5\nmessage")
        .replace("version = 3", "version = \"three\"")
        .replace("Asia/Jakarta", "Asia/Jakata");
    let found = compile_str("acme.toml", &broken, &NoFiles).unwrap_err();
    let codes: Vec<(usize, &str)> =
        found.0.iter().map(|d| (d.location.as_ref().unwrap().line, d.code)).collect();
    assert_eq!(
        codes,
        [
            (4, "wrong-type"),
            (7, "unknown-time-zone"),
            (19, "unknown-key"),
            (20, "unknown-name"),
            (21, "wrong-type")
        ],
        "{found}"
    );
    assert!(found.to_string().contains("write `action` instead"), "{found}");
}

#[test]
fn packs_compile_and_hold() {
    for name in draftguard_policy::packs::names() {
        let compiled = draftguard_policy::compile_pack(name).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(compiled.warnings.to_string(), "", "{name}");
        let failures = compiled.run_examples().unwrap();
        let shown: Vec<String> =
            failures.iter().map(|f| format!("{}: {}: {}", f.rule, f.text, f.explain())).collect();
        assert_eq!(shown, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_policy_of_fifty_megabytes_is_refused_at_once() {
    let huge = format!("{POLICY}# {}", "x".repeat(50 << 20));
    let found = compile_str("acme.toml", &huge, &NoFiles).unwrap_err();
    assert_eq!(found.0.len(), 1);
    assert_eq!(found.0[0].code, "too-large");
}
