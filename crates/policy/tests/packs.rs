//! Every pack that ships compiles, and keeps what its examples promise.

#![allow(clippy::unwrap_used, reason = "a failed assumption of a test is a failed test")]

use draftguard_policy::{Expect, compile_pack, packs};

#[test]
fn examples_hold() {
    let mut broken = Vec::new();
    for name in packs::names() {
        let compiled = compile_pack(name).unwrap_or_else(|e| panic!("{name}: {e}"));
        for failure in compiled.run_examples().unwrap() {
            let line = failure.location.as_ref().map_or(0, |l| l.line);
            broken.push(format!(
                "{name}:{line} {}: {} | {}",
                failure.rule,
                failure.text,
                failure.explain()
            ));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// An example that must not fire is worth as much as one that must.
#[test]
fn rules_of_the_subject_packs_have_ten_examples_and_some_that_stay_silent() {
    for name in packs::names().filter(|n| !matches!(*n, "core" | "demo")) {
        let compiled = compile_pack(name).unwrap();
        for rule in &compiled.policy.rules {
            let own: Vec<_> = compiled.examples.iter().filter(|e| e.rule == rule.id).collect();
            // A rule of a pack that this one extends has its examples there.
            if own.is_empty() {
                continue;
            }
            let silent = own.iter().filter(|e| e.expect == Expect::Fires(false)).count();
            assert!(own.len() >= 10 && silent >= 4, "{name}: {}", rule.id);
        }
    }
}
