//! What the fuzz targets were started from and everything that they ever found, run once more.
//!
//! `./build.sh fuzz` looks for more; what it finds it writes into `tests/fuzz/TARGET/`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../src/input.rs"]
#[allow(dead_code, reason = "the command's own file")]
mod input;
#[path = "../../../fuzz/src/targets.rs"]
#[allow(
    clippy::expect_used,
    clippy::string_slice,
    clippy::type_complexity,
    reason = "a target fails by panicking, and its table is a table"
)]
mod targets;

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> =
        entries.map(|e| e.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[test]
fn every_target_has_seeds_and_holds_on_them_and_on_what_was_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (name, run) in targets::ALL {
        let seeds = files(&root.join("fuzz/seeds").join(name));
        assert!(!seeds.is_empty(), "no seeds for `{name}`");
        let found = files(&root.join("tests/fuzz").join(name));
        for path in seeds.iter().chain(&found) {
            let data = fs::read(path).unwrap();
            if let Err(why) = std::panic::catch_unwind(|| run(&data)) {
                panic!("{} breaks `{name}`: {why:?}", path.display());
            }
        }
    }
}

#[test]
fn every_folder_belongs_to_a_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for folder in ["fuzz/seeds", "tests/fuzz"] {
        for entry in fs::read_dir(root.join(folder)).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let known = !path.is_dir() || targets::ALL.iter().any(|(n, _)| *n == name);
            assert!(known, "there is no target `{name}`");
        }
    }
}
