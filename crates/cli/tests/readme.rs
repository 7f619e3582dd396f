//! The five minutes of `README.md`, done as they stand there: the policy, then each command.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

/// The first fenced block of this language after the heading.
fn block<'a>(text: &'a str, heading: &str, language: &str) -> &'a str {
    let (_, after) = text.split_once(heading).unwrap();
    let (_, body) = after.split_once(&format!("```{language}\n")).unwrap();
    body.split_once("```").unwrap().0
}

#[test]
fn the_five_minutes_policy_does_what_the_readme_says() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let part = "## If you write the policy";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("acme.toml"), block(&readme, part, "toml")).unwrap();

    // `draftguard` is the command under test, wherever it was built.
    let built = Path::new(env!("CARGO_BIN_EXE_draftguard")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(built.to_path_buf())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    )
    .unwrap();
    let lines: Vec<_> =
        block(&readme, part, "sh").lines().filter(|l| !l.starts_with("cargo ")).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    // The last one reports a finding, and says so by its status.
    for (line, status) in lines.iter().zip([0, 0, 1]) {
        let out = Command::new("sh")
            .args(["-c", line])
            .current_dir(folder.path())
            .env("PATH", &path)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&out.stdout).into_owned()
            + &String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(status), "{line}: {text}");
        if status == 1 {
            assert!(text.contains("Our next product"), "{text}");
        }
    }
}
