//! Build steps in Rust.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

mod eval;

/// The root of the checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("eval") => eval::run(&root()),
        _ => bail!("usage: cargo xtask eval"),
    }
}
