//! The policies that a command works with.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use draftguard_policy::{Compiled, Diagnostics, compile_pack, compile_str, packs};

/// Reads files beside a policy from the disk.
pub(crate) fn read_file(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|e| reason(&e))
}

/// Why a file cannot be read, in the same words on every system.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads a file that a command names.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path)
        .map_err(|e| anyhow::anyhow!("cannot read `{}`: {}", path.display(), reason(&e)))
}

/// Compiles `FILE` or `pack:NAME`. `Ok(Err(_))`: it was read and has problems.
pub(crate) fn compile(name: &str) -> anyhow::Result<Result<Compiled, Diagnostics>> {
    if name.starts_with(packs::PREFIX) {
        return Ok(compile_pack(name));
    }
    let bytes = read(Path::new(name))?;
    let text = String::from_utf8(bytes)
        .map_err(|e| e.utf8_error().valid_up_to())
        .map_err(|at| anyhow::anyhow!("`{name}` is not UTF-8 text (byte {at})"))?;
    Ok(compile_str(name, &text, &read_file))
}

/// Compiles policies that have to be in order; their problems go to standard error.
pub(crate) fn compile_all(names: &[String]) -> anyhow::Result<Vec<Compiled>> {
    let mut compiled = Vec::with_capacity(names.len());
    let mut refused = Vec::new();
    for name in names {
        match compile(name).with_context(|| "the policy cannot be used".to_owned())? {
            Ok(policy) => compiled.push(policy),
            Err(problems) => {
                writeln!(anstream::stderr(), "{problems}\n")?;
                refused.push(format!("`{name}`"));
            }
        }
    }
    if !refused.is_empty() {
        bail!("{} cannot be used: see above", refused.join(", "));
    }
    Ok(compiled)
}
