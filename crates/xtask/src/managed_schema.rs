//! The schema of the managed settings, generated from the Rust that reads them.

use std::path::Path;

use anyhow::{Context, Result};

fn text() -> String {
    format!("{:#}\n", draftguard_bundle::managed::schema())
}

pub(crate) fn write(path: &Path) -> Result<()> {
    std::fs::write(path, text()).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checked_in_schema_is_current() {
        let path = crate::root().join("extension/managed_schema.json");
        let checked_in = std::fs::read_to_string(path).unwrap();
        assert_eq!(checked_in, super::text(), "run `cargo xtask managed-schema`");
    }
}
