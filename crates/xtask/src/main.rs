//! Build steps in Rust.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

mod corpus;
mod eval;
mod fold_table;
mod licences;
mod managed_schema;
mod package;
mod packs_doc;
mod policies;
mod secret_rules;
mod site_limits;
mod suffixes;
mod train;
mod types;
mod wasm;

const USAGE: &str = "usage: cargo xtask COMMAND
  wasm MODULE OUT_DIR NAME   bindings of a compiled wasm module, with wasm-bindgen at the locked version
  policies OUT_DIR           the packs that are shipped, compiled
  policy FILE.toml FILE      one policy file, compiled
  corpus OUT_DIR             the corpus as JSON, for the tests in WebAssembly
  types                      TypeScript types of the engine's border, into extension/shared/generated
  managed-schema             the schema of the managed settings, into extension/managed_schema.json
  licences [--check]         every dependency against deny.toml; what travels in the extension, into NOTICES
  fold-table                 how characters are folded, into crates/core/src/text/table.rs
  site-limits                limits of the sites, from extension/sites, into crates/core/src/site/table.rs
  packs-doc                  docs/packs.md, from the packs
  package BUILT OUT_DIR      the zip for each store
  suffixes LIST              the public suffix list as the engine carries it, into crates/core/src/detect/web
  secret-rules CONFIG        the rules of a gitleaks configuration, into crates/core/src/detect/secret/rules.txt
  train                      whether a linear model would find insults that words miss
  peers                      other programs for `eval` to stand beside, into target/peers
  eval                       detection measured on the corpora that are present
  eval drafts FOLDER         the drafts of a folder like tests/corpus/company, rule by rule";

/// The root of the checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["wasm", module, out, name] => wasm::bindings(Path::new(module), Path::new(out), name),
        ["policies", out] => policies::compile(Path::new(out)),
        ["policy", source, out] => policies::compile_file(Path::new(source), Path::new(out)),
        ["corpus", out] => corpus::write(&root().join("tests/corpus"), Path::new(out)),
        ["types"] => types::write(&root().join("extension/shared/generated")),
        ["managed-schema"] => managed_schema::write(&root().join("extension/managed_schema.json")),
        ["licences"] => licences::write(&root()),
        ["licences", "--check"] => licences::check(&root()),
        ["fold-table"] => fold_table::run(&root()),
        ["site-limits"] => site_limits::run(&root()),
        ["packs-doc"] => packs_doc::run(&root()),
        ["package", built, out] => package::stores(Path::new(built), Path::new(out)),
        ["suffixes", list] => suffixes::run(&root(), Path::new(list)),
        ["secret-rules", config] => secret_rules::run(&root(), Path::new(config)),
        ["train"] => train::run(&root()),
        ["peers"] => eval::peers::install(&root()),
        ["eval"] => eval::run(&root()),
        ["eval", "drafts", folder] => {
            eval::company::folder(Path::new(folder), &mut std::io::stdout().lock())
        }
        _ => bail!("{USAGE}"),
    }
}
