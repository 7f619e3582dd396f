//! Generates the engine's table of limits (`crates/core/src/site/table.rs`) from the sites' data files.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use draftguard_core::site::file::SiteFile;
use draftguard_core::site::{Limit, LinkWeight, rows};

/// Writes the table.
pub(crate) fn run(root: &Path) -> Result<()> {
    let path = root.join("crates/core/src/site/table.rs");
    std::fs::write(&path, generate(root)?).with_context(|| format!("write {}", path.display()))
}

/// The text of the table, as rustfmt leaves it.
fn generate(root: &Path) -> Result<String> {
    let folder = root.join("extension/sites");
    let mut files = std::fs::read_dir(&folder)
        .with_context(|| format!("read {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.sort();
    let mut out = String::from(
        "//! Limits by site and surface. Written by `cargo xtask site-limits` from `extension/sites/*.json`.\n\n\
         use std::borrow::Cow::Borrowed;\n\n\
         use super::rows::Row;\n\
         use super::{Limit, LinkWeight::*, Unit::*};\n\
         use crate::context::Surface::*;\n\
         use crate::draft::PartRole;\n\n\
         /// Every known limit.\n\
         #[rustfmt::skip]\n\
         pub(super) const ROWS: &[Row] = &[\n",
    );
    for path in files {
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
        let site: SiteFile =
            serde_json::from_str(&text).with_context(|| format!("{}", path.display()))?;
        for row in rows(&site) {
            let surfaces: Vec<String> = row.surfaces.iter().map(|s| format!("{s:?}")).collect();
            let Limit { max, unit, link, fold } = row.limit;
            let link = match link {
                LinkWeight::Fixed(weight) => format!("Fixed({weight})"),
                other => format!("{other:?}"),
            };
            writeln!(
                out,
                "    Row {{ site: Borrowed({:?}), surfaces: Borrowed(&[{}]), role: PartRole::{:?}, \
                 limit: Limit {{ max: {max}, unit: {unit:?}, link: {link}, fold: {fold:?} }} }},",
                site.id,
                surfaces.join(", "),
                row.role,
            )?;
        }
    }
    out.push_str("];\n");
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_that_of_the_data_files() {
        let root = crate::root();
        let path = root.join("crates/core/src/site/table.rs");
        let checked_in = std::fs::read_to_string(path).unwrap();
        assert_eq!(checked_in, generate(&root).unwrap(), "run `cargo xtask site-limits`");
    }
}
