//! Runs one of the [`targets`] under libFuzzer: `FUZZ_TARGET=text draftguard-fuzz CORPUS…`.
#![no_main]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a target fails by panicking")]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/cli/src/input.rs"]
#[allow(dead_code, clippy::all, reason = "the command's own file")]
mod input;
mod targets;

static TARGET: OnceLock<fn(&[u8])> = OnceLock::new();

fuzz_target!(
    init: {
        let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
        let found = targets::ALL.iter().find(|(n, _)| *n == name);
        let names = targets::ALL.map(|(n, _)| n).join(", ");
        let run = found.unwrap_or_else(|| panic!("FUZZ_TARGET is one of {names}")).1;
        TARGET.set(run).unwrap();
    },
    |data: &[u8]| {
        TARGET.get().unwrap()(data);
    }
);
