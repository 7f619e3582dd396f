//! The packs that are shipped, compiled.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use draftguard_core::concealed::Cost;
use draftguard_policy::Compiled;

/// Writes `NAME.policy` for every pack.
pub(crate) fn compile(out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    for name in draftguard_policy::packs::names() {
        let compiled = draftguard_policy::compile_pack(name).map_err(|e| anyhow!("{e}"))?;
        write(&compiled, &out.join(format!("{}.policy", name.replace('/', "-"))))?;
    }
    Ok(())
}

/// Writes one authored policy file, compiled: the browser tests bring their own.
pub(crate) fn compile_file(source: &Path, out: &Path) -> Result<()> {
    let text =
        fs::read_to_string(source).with_context(|| format!("cannot read {}", source.display()))?;
    let beside = |path: &str| fs::read(path).map_err(|e| e.to_string());
    let mut compiled = draftguard_policy::compile_str(&source.to_string_lossy(), &text, &beside)
        .map_err(|e| anyhow!("{e}"))?;
    // The same bytes each time: what these files conceal stands beside them.
    let mut salt = [0; 16];
    let salts = || {
        salt[0] += 1;
        salt
    };
    compiled
        .policy
        .conceal(&compiled.concealed, salts, Cost::default())
        .map_err(|(list, reason)| anyhow!("the list `{list}`: {reason}"))?;
    write(&compiled, out)
}

fn write(compiled: &Compiled, path: &Path) -> Result<()> {
    let bytes = draftguard_bundle::encode(&compiled.policy)?;
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
