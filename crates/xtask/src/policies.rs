//! The packs that are shipped, compiled.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

/// Writes `NAME.policy` for every pack.
pub(crate) fn compile(out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    for name in draftguard_policy::packs::names() {
        let compiled = draftguard_policy::compile_pack(name).map_err(|e| anyhow!("{e}"))?;
        let bytes = draftguard_bundle::encode(&compiled.policy)?;
        let path = out.join(format!("{}.policy", name.replace('/', "-")));
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
