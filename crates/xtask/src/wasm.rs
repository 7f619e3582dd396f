//! JavaScript bindings of a wasm module.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// Writes `NAME.js`, `NAME.d.ts` and `NAME_bg.wasm`. The generator is a library of this
/// workspace, so that its version is the one in the lock file and nothing is downloaded.
pub(crate) fn bindings(module: &Path, out: &Path, name: &str) -> Result<()> {
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .out_name(name)
        .typescript(true)
        .omit_default_module_path(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out)
        .with_context(|| format!("cannot write the bindings of {}", module.display()))
}
