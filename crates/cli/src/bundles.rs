//! What the commands around bundles share: passphrases, keys, trust, times.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use draftguard_bundle::{KeySet, PublicKey, SigningKey};

use crate::policies;

/// Where a passphrase comes from.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Passphrase {
    /// A file whose first line is the passphrase; otherwise DRAFTGUARD_PASSPHRASE, or it is asked for
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Passphrase {
    /// The passphrase; a new one is asked for twice.
    pub(crate) fn get(&self, what: &str, new: bool) -> anyhow::Result<String> {
        if let Some(path) = &self.passphrase_file {
            let text = String::from_utf8(policies::read(path)?)
                .map_err(|_| anyhow::anyhow!("`{}` is not UTF-8 text", path.display()))?;
            return Ok(text.lines().next().unwrap_or_default().to_owned());
        }
        if let Ok(passphrase) = std::env::var("DRAFTGUARD_PASSPHRASE") {
            return Ok(passphrase);
        }
        let cannot =
            "cannot ask for a passphrase here: use --passphrase-file or DRAFTGUARD_PASSPHRASE";
        let passphrase =
            rpassword::prompt_password(format!("Passphrase for {what}: ")).context(cannot)?;
        if new && rpassword::prompt_password("Once more: ").context(cannot)? != passphrase {
            bail!("the two passphrases differ");
        }
        Ok(passphrase)
    }
}

/// Opens a private key.
pub(crate) fn open_key(path: &Path, passphrase: &Passphrase) -> anyhow::Result<SigningKey> {
    let text = text_of(path)?;
    if !text.contains("DRAFTGUARD ENCRYPTED PRIVATE KEY") {
        // Said before a passphrase is asked for in vain.
        bail!("`{}` is not a private key of `draftguard keygen`", path.display());
    }
    let phrase = passphrase.get(&format!("`{}`", path.display()), false)?;
    draftguard_bundle::open(&text, &phrase)
        .with_context(|| format!("cannot open `{}`", path.display()))
}

/// Reads a public key: itself, or a file that holds one a line.
fn public_keys(text: &str) -> anyhow::Result<Vec<PublicKey>> {
    if !Path::new(text).is_file() {
        return Ok(vec![
            text.parse().with_context(|| format!("`{text}` is neither a public key nor a file"))?,
        ]);
    }
    let content = text_of(Path::new(text))?;
    content
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|l| l.parse().with_context(|| format!("in `{text}`")))
        .collect()
}

/// The keys that are named, with how many of them must sign.
pub(crate) fn key_set(keys: &[String], threshold: u8) -> anyhow::Result<KeySet> {
    let mut all = Vec::new();
    for key in keys {
        all.extend(public_keys(key)?);
    }
    let set = KeySet { keys: all, threshold };
    if !set.is_sound() {
        bail!(
            "{} keys with a threshold of {threshold} make no sense: each key once, and a threshold between 1 and their number",
            set.keys.len()
        );
    }
    Ok(set)
}

fn text_of(path: &Path) -> anyhow::Result<String> {
    String::from_utf8(policies::read(path)?)
        .map_err(|_| anyhow::anyhow!("`{}` is not text", path.display()))
}

/// Seconds since 1970 UTC.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Reads `90d`, `12w`, a date (its midnight UTC) or a moment in RFC 3339; the result is seconds since 1970 UTC.
pub(crate) fn moment(text: &str) -> Result<i64, String> {
    let days = text
        .strip_suffix('d')
        .map(|n| (n, 1))
        .or_else(|| text.strip_suffix('w').map(|n| (n, 7)))
        .and_then(|(n, each)| n.parse::<i64>().ok().map(|n| n.saturating_mul(each)));
    if let Some(days) = days.filter(|d| (0..=36_500).contains(d)) {
        return Ok(now() + days * 86_400);
    }
    // A date and nothing more: jiff's own parser of dates would take a moment's date and drop its time.
    let date =
        Some(text).filter(|t| t.len() == 10).and_then(|t| t.parse::<jiff::civil::Date>().ok());
    if let Some(midnight) = date.and_then(|d| d.to_zoned(jiff::tz::TimeZone::UTC).ok()) {
        return Ok(midnight.timestamp().as_second());
    }
    text.parse::<jiff::Timestamp>()
        .map(jiff::Timestamp::as_second)
        .map_err(|_| format!("`{text}` is neither a time such as 90d or 12w, nor a date such as 2026-12-31, nor a moment such as 2026-12-31T18:00:00Z"))
}

/// A moment as people read it.
pub(crate) fn show(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |t| t.to_string())
}

/// `1 key`, `2 keys`.
pub(crate) fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}
