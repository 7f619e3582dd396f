//! Whether every dependency may be used, by the licences that `deny.toml` allows, and which of them travel in the
//! extension: those are named in `NOTICES`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

/// Modules of the extension, by package.
const MODULES: [&str; 2] = ["draftguard-wasm", "draftguard-author"];
/// Modules of npm that the extension's scripts are bundled with; the others are tools.
const BUNDLED: [&str; 1] = ["preact"];

const BEGIN: &str =
    "Crates and modules that are linked into the extension, with their licences\n\n";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    license: Option<String>,
    source: Option<String>,
}

/// Checks all licences, and writes the list in `NOTICES`.
pub(crate) fn write(root: &Path) -> Result<()> {
    let (notices, file) = notices(root)?;
    std::fs::write(file, notices)?;
    Ok(())
}

/// Checks all licences, and that `NOTICES` names what travels.
pub(crate) fn check(root: &Path) -> Result<()> {
    let (notices, file) = notices(root)?;
    if std::fs::read_to_string(file)? != notices {
        bail!("NOTICES does not name what travels in the extension: run `cargo xtask licences`");
    }
    Ok(())
}

/// `NOTICES` as it ought to be, and where it is.
fn notices(root: &Path) -> Result<(String, std::path::PathBuf)> {
    let allowed = allowed(&std::fs::read_to_string(root.join("deny.toml"))?)?;
    let all: Metadata =
        serde_json::from_slice(&cargo(root, &["metadata", "--format-version", "1"])?)?;
    let refused: Vec<String> = all
        .packages
        .iter()
        .filter(|p| p.source.is_some())
        .filter(|p| !p.license.as_deref().is_some_and(|l| may_use(l, &allowed)))
        .map(|p| format!("{}: {}", p.name, p.license.as_deref().unwrap_or("no licence named")))
        .collect();
    if !refused.is_empty() {
        bail!("licences that deny.toml does not allow:\n  {}", refused.join("\n  "));
    }
    let mut travels = linked(root)?;
    for module in BUNDLED {
        let text =
            std::fs::read_to_string(root.join("node_modules").join(module).join("package.json"))
                .with_context(|| format!("`npm ci` has not installed {module}"))?;
        let package: serde_json::Value = serde_json::from_str(&text)?;
        let licence = package.get("license").and_then(|l| l.as_str()).unwrap_or_default();
        if !may_use(licence, &allowed) {
            bail!("{module} has the licence `{licence}`, which deny.toml does not allow");
        }
        travels.insert(module.to_owned(), licence.to_owned());
    }
    let file = root.join("NOTICES");
    let before = std::fs::read_to_string(&file)?;
    let kept = before.split(BEGIN).next().unwrap_or_default().trim_end();
    let list: String =
        travels.iter().map(|(name, licence)| format!("    {name}: {licence}\n")).collect();
    Ok((format!("{kept}\n\n{BEGIN}{list}"), file))
}

fn cargo(root: &Path, args: &[&str]) -> Result<Vec<u8>> {
    let out = Command::new(env!("CARGO")).args(args).arg("--locked").current_dir(root).output()?;
    if !out.status.success() {
        bail!("cargo {}: {}", args.join(" "), String::from_utf8_lossy(&out.stderr));
    }
    Ok(out.stdout)
}

/// What the modules of the extension are linked with, with its licence.
fn linked(root: &Path) -> Result<BTreeMap<String, String>> {
    let mut args =
        vec!["tree", "--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"];
    args.extend(["--prefix", "none", "--format", "{p}\t{l}"]);
    args.extend(MODULES.iter().flat_map(|module| ["--package", module]));
    let tree = String::from_utf8(cargo(root, &args)?)?;
    Ok(tree
        .lines()
        .filter_map(|line| line.split_once('\t'))
        // Our own stand there with their folder.
        .filter(|(package, _)| !package.contains('('))
        .filter_map(|(package, licence)| {
            let name = package.split(' ').next()?;
            Some((name.to_owned(), licence.trim_end_matches(" (*)").to_owned()))
        })
        .collect())
}

fn allowed(deny: &str) -> Result<BTreeSet<String>> {
    let deny: toml::Table = deny.parse()?;
    let list = deny.get("licenses").and_then(|l| l.get("allow")).and_then(|a| a.as_array());
    let list = list.context("deny.toml has no list of licences")?;
    Ok(list.iter().filter_map(|l| l.as_str()).map(str::to_owned).collect())
}

/// Whether an SPDX expression can be met with the allowed licences alone. `/` is the old way to write `OR`.
fn may_use(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace(" WITH ", "+WITH+");
    let mut words = spaced.split_whitespace().peekable();
    let met = either(&mut words, allowed);
    met && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    let mut met = both(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= both(words, allowed);
    }
    met
}

fn both(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    match words.next() {
        Some("(") => {
            let met = either(words, allowed);
            words.next_if_eq(&")").is_some() && met
        }
        Some(name) => allowed.contains(&name.replace("+WITH+", " WITH ")),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_met_by_allowed_licences_alone() {
        let allowed =
            allowed("[licenses]\nallow = [\"MIT\", \"ISC\", \"Apache-2.0 WITH LLVM-exception\"]")
                .unwrap();
        for (expression, met) in [
            ("MIT", true),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0/MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(GPL-3.0 OR MIT) AND ISC", true),
            ("(GPL-3.0 OR MIT) AND (LGPL-2.1 OR MPL-2.0)", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("Apache-2.0", false),
            ("MIT OR", true),
            ("(MIT", false),
            ("MIT ISC", false),
            ("", false),
        ] {
            assert_eq!(may_use(expression, &allowed), met, "{expression}");
        }
    }
}
