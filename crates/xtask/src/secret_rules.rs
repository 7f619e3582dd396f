//! `cargo xtask secret-rules GITLEAKS.toml`: the secret rules that the engine carries, from the
//! configuration of gitleaks (MIT, see NOTICES).
//!
//! One rule a line, parted by tabs: id, least entropy of the secret (bits a sign), keywords of which
//! one must be near, pattern. The many rules of the form "name, operator, value" are written
//! `~NAMES~VALUE`; the engine puts the form around them.

use std::path::Path;

use anyhow::{Context as _, Result};
use toml::Value;

const RULES: &str = "crates/core/src/detect/secret/rules.txt";

/// Rules that the engine has in another form: any key after a word for it, key blocks, and one
/// about a file's name.
const OWN: &[&str] = &["generic-api-key", "private-key", "pkcs12-file"];

/// What the form "name, operator, value" begins and goes on with in gitleaks.
const NAME: &str = r"(?i)[\w.-]{0,50}?(?:";
const OPERATOR: &str =
    r#")(?:[ \t\w.-]{0,20})[\s'"]{0,3}(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)[\x60'"\s=]{0,5}("#;
const END: &str = r#")(?:[\x60'"\s;]|\\[nr]|$)"#;

/// The lines of a configuration.
///
/// # Errors
/// It is no TOML, or a rule has no id.
pub(crate) fn lines(config: &str) -> Result<String> {
    let config: Value = toml::from_str(config).context("reading the configuration")?;
    let mut out = String::new();
    for rule in config.get("rules").and_then(Value::as_array).into_iter().flatten() {
        let id = rule.get("id").and_then(Value::as_str).context("a rule without id")?;
        let Some(regex) = rule.get("regex").and_then(Value::as_str) else { continue };
        if OWN.contains(&id) {
            continue;
        }
        let entropy = match rule.get("entropy") {
            Some(Value::Float(n)) => *n,
            Some(Value::Integer(n)) => *n as f64,
            _ => 0.0,
        };
        let keywords: Vec<&str> = rule
            .get("keywords")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let keywords = keywords.join(",");
        // Words before the name cost time and change nothing: the match need not begin the line.
        let regex = regex.replace(['\n', '\t'], " ");
        let form = regex
            .strip_prefix(NAME)
            .and_then(|rest| rest.split_once(OPERATOR))
            .and_then(|(names, value)| Some((names, value.strip_suffix(END)?)))
            .filter(|(_, value)| !value.contains(END));
        let pattern = match form {
            Some((names, value)) => format!("~{names}~{value}"),
            None => regex.replace(r"[\w.-]{0,50}?", ""),
        };
        out.push_str(&format!("{id}\t{entropy}\t{keywords}\t{pattern}\n"));
    }
    Ok(out)
}

/// Writes the rules of the configuration at `path`.
///
/// # Errors
/// It cannot be read, or the rules not written.
pub(crate) fn run(root: &Path, path: &Path) -> Result<()> {
    let config =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    std::fs::write(root.join(RULES), lines(&config)?).context("writing the secret rules")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_recognised() {
        let config = format!(
            "[[rules]]\nid = 'a'\nregex = '''{NAME}acme{OPERATOR}[a-z]{{9}}{END}'''\nkeywords = ['acme']\n\
             [[rules]]\nid = 'b'\nregex = 'x[0-9]'\nentropy = 3\nkeywords = ['x']\n"
        );
        assert_eq!(lines(&config).unwrap(), "a\t0\tacme\t~acme~[a-z]{9}\nb\t3\tx\tx[0-9]\n");
    }
}
