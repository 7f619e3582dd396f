//! TypeScript types of the engine's border, generated from the Rust ones.

use std::path::Path;

use anyhow::Result;
use draftguard_core::handbook::{Handbook, Summary};
use draftguard_core::{Context, Draft, Help, Report};
use ts_rs::{Config, TS};

/// Writes a file per type.
pub(crate) fn write(out: &Path) -> Result<()> {
    let config = Config::new().with_out_dir(out);
    Draft::export_all(&config)?;
    Context::export_all(&config)?;
    Report::export_all(&config)?;
    Help::export_all(&config)?;
    Summary::export_all(&config)?;
    Handbook::export_all(&config)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn files(folder: &Path) -> BTreeMap<String, String> {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, std::fs::read_to_string(path).unwrap())
            })
            .collect()
    }

    #[test]
    fn checked_in_types_are_current() {
        let fresh = std::env::temp_dir().join(format!("draftguard-types-{}", std::process::id()));
        write(&fresh).unwrap();
        let checked_in = files(&crate::root().join("extension/shared/generated"));
        let generated = files(&fresh);
        std::fs::remove_dir_all(&fresh).unwrap();
        assert_eq!(checked_in, generated, "run `cargo xtask types`");
    }
}
