//! A folder of an administrator's own, and the command run in it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "each test uses its own part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with the policies of `tests/cli/files` in two versions, and `web` inside it.
pub struct Work {
    folder: tempfile::TempDir,
    environment: Vec<(String, String)>,
}

impl Work {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli/files");
        for name in ["acme.toml", "codenames.csv", "acme-next.toml", "codenames-next.csv"] {
            std::fs::copy(files.join(name), folder.path().join(name)).unwrap();
        }
        std::fs::create_dir(folder.path().join("web")).unwrap();
        Self { folder, environment: Vec::new() }
    }

    /// Sets a variable for each run from now on.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `program` in the folder, with everything set that the command needs.
    pub fn program(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("DRAFTGUARD_PASSPHRASE", "correct horse battery staple")
            .env("DRAFTGUARD", env!("CARGO_BIN_EXE_draftguard"))
            .envs(self.environment.iter().map(|(n, v)| (n, v)));
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.program(env!("CARGO_BIN_EXE_draftguard")).args(args).output().unwrap()
    }

    /// Runs and returns the status with both outputs.
    pub fn tell(&self, args: &[&str]) -> (i32, String) {
        said(&self.run(args))
    }

    pub fn ok(&self, args: &[&str]) -> String {
        let (code, text) = self.tell(args);
        assert_eq!(code, 0, "{args:?}: {text}");
        text
    }

    pub fn refused(&self, args: &[&str], code: i32, why: &str) {
        let (came, text) = self.tell(args);
        assert_eq!(came, code, "{args:?}: {text}");
        assert!(text.contains(why), "{args:?}: {text}");
    }

    /// Makes a key; gives its public half.
    pub fn key(&self, name: &str) -> String {
        let out = self.run(&["keygen", "--out", name]);
        assert!(out.status.success());
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    }

    /// Compiles and signs a policy file.
    pub fn bundle(&self, policy: &str, out: &str, key: &str) {
        self.ok(&["compile", policy, "--out", out]);
        self.ok(&["sign", out, "--key", key]);
    }
}

/// The status of a run, with both outputs.
pub fn said(out: &Output) -> (i32, String) {
    let text =
        String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    (out.status.code().unwrap_or(-1), text)
}
