//! `docs/administrators.md`, followed to the letter in an empty folder: each command as it stands there ends as the page
//! says, and says what the page shows.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

/// A command of the page.
struct Step {
    line: String,
    status: i32,
    /// Lines that the page shows of its output.
    shown: Vec<String>,
}

/// The commands in the page's console blocks. `# exit N` behind one is how it ends.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").unwrap();
        let block = block.replace("\\\n", " ");
        for line in block.lines() {
            let Some(typed) = line.strip_prefix("$ ") else {
                steps.last_mut().unwrap().shown.push(line.trim().to_owned());
                continue;
            };
            let (line, status) = match typed.rsplit_once("# exit ") {
                Some((line, status)) => (line, status.trim().parse().unwrap()),
                None => (typed, 0),
            };
            steps.push(Step { line: line.trim().to_owned(), status, shown: Vec::new() });
        }
    }
    steps
}

#[test]
fn a_newcomer_gets_from_a_spreadsheet_to_a_fleet() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/administrators.md");
    let steps = steps(&std::fs::read_to_string(page).unwrap());
    assert!(steps.len() > 20, "{} commands were found", steps.len());
    let folder = tempfile::tempdir().unwrap();
    // `draftguard` is the command under test, wherever it was built.
    let built = Path::new(env!("CARGO_BIN_EXE_draftguard")).parent().unwrap().to_path_buf();
    let path = std::env::var_os("PATH").unwrap();
    let path =
        std::env::join_paths(std::iter::once(built).chain(std::env::split_paths(&path))).unwrap();
    for Step { line, status, shown } in steps {
        let out = Command::new("sh")
            .args(["-c", &line])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env("DRAFTGUARD_PASSPHRASE", "correct horse battery staple")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&out.stdout).into_owned()
            + &String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(status), "{line}: {text}");
        for expected in shown {
            assert!(text.contains(&expected), "{line}: no `{expected}` in: {text}");
        }
    }
    for file in ["chrome-windows/intune-script.ps1", "edge-macos/draftguard.mobileconfig"] {
        assert!(folder.path().join("fleet").join(file).exists(), "{file}");
    }
}
