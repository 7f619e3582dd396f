//! Policies that are in order, and policies that are not with everything that is said about them.
//!
//! Beside each `bad/NAME.toml` (or `.json`) stands `NAME.expected`: the diagnostics in the order in
//! which an author reads them. `UPDATE=1 cargo test -p draftguard-policy --test policies` writes
//! them anew; what changed is then read in the diff.
#![allow(clippy::unwrap_used, reason = "a failed assumption of a test is a failed test")]

use std::path::{Path, PathBuf};

use draftguard_policy::{Diagnostics, Lint, compile_str, lint};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/policies").join(name)
}

fn policies(name: &str) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml" || e == "json"))
        .collect();
    all.sort();
    all
}

/// Everything that is said about a policy; files are named without their folder.
fn said(path: &Path) -> Diagnostics {
    let name = path.file_name().unwrap().to_string_lossy();
    let folder = path.parent().unwrap().to_path_buf();
    let loader = move |file: &str| {
        std::fs::read(folder.join(file)).map_err(|_| "there is no such file".to_owned())
    };
    // 2026-06-01: after the rule of `never-fires.toml` has ended.
    let now = Some(1_780_272_000);
    match compile_str(&name, &std::fs::read_to_string(path).unwrap(), &loader) {
        Ok(compiled) => lint(&compiled, Lint { now }).unwrap(),
        Err(found) => found,
    }
}

#[test]
fn good_policies_have_nothing_said_about_them() {
    for path in policies("good") {
        assert_eq!(said(&path).to_string(), "", "{}", path.display());
    }
}

#[test]
fn bad_policies_are_told_exactly_what_is_wrong() {
    let mut wrong = Vec::new();
    for path in policies("bad") {
        let expected = path.with_extension("expected");
        let came = said(&path).to_string() + "\n";
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &came).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != came {
            wrong.push(format!("{}:\n{came}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
