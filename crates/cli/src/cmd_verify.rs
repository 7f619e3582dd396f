//! `draftguard verify` and `draftguard inspect`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::ValueEnum;
use draftguard_bundle::Trust;
use draftguard_core::policy::Policy;
use serde_json::json;

use crate::{bundles, policies, style};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// A JSON object
    Json,
}

/// Whom to trust.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct TrustArgs {
    /// Trusted public keys, or files with one a line
    #[arg(long, required = true, value_name = "KEY|FILE")]
    pub(crate) trust: Vec<String>,
    /// How many of them must have signed
    #[arg(long, default_value_t = 1)]
    pub(crate) threshold: u8,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// The bundle
    bundle: PathBuf,
    #[command(flatten)]
    trust: TrustArgs,
    /// The version in force: an older one is refused
    #[arg(long, default_value_t = 0)]
    have: u64,
    /// The time of the check; the clock's where none is given
    #[arg(long, value_parser = bundles::moment)]
    now: Option<i64>,
    /// How the result is written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn verify(args: VerifyArgs) -> anyhow::Result<ExitCode> {
    let bytes = policies::read(&args.bundle)?;
    let mut trust = Trust::new(bundles::key_set(&args.trust.trust, args.trust.threshold)?);
    trust.version = args.have;
    let now = args.now.unwrap_or_else(bundles::now);
    let mut out = anstream::stdout();
    match draftguard_bundle::verify(&bytes, &trust, now) {
        Ok(accepted) => {
            let header = &accepted.header;
            match args.format {
                Format::Json => {
                    let result = json!({
                        "trusted": true,
                        "policy": header.policy,
                        "version": header.version,
                        "expires": bundles::show(header.expires),
                    });
                    writeln!(out, "{result}")?;
                }
                Format::Human => writeln!(
                    out,
                    "trusted: {} version {}, until {}",
                    header.policy,
                    header.version,
                    bundles::show(header.expires),
                )?,
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            match args.format {
                Format::Json => {
                    let result = json!({ "trusted": false, "code": error.code(), "error": error.to_string() });
                    writeln!(out, "{result}")?;
                }
                Format::Human => writeln!(out, "refused: {error}")?,
            }
            Ok(ExitCode::from(1))
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct InspectArgs {
    /// The bundle
    bundle: PathBuf,
    /// Lists the terms of plain lists too
    #[arg(long)]
    terms: bool,
    /// How the result is written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn inspect(args: InspectArgs) -> anyhow::Result<ExitCode> {
    let bytes = policies::read(&args.bundle)?;
    let cannot = || format!("cannot read `{}`", args.bundle.display());
    let (header, signers) = draftguard_bundle::inspect(&bytes).with_context(cannot)?;
    let policy = draftguard_bundle::inspect_policy(&bytes).with_context(cannot)?;
    let mut out = anstream::stdout();
    if args.format == Format::Json {
        let result = json!({
            "policy": header.policy,
            "version": header.version,
            "name": policy.name,
            "created": bundles::show(header.created),
            "expires": bundles::show(header.expires),
            "min_engine": header.min_engine,
            "oldest": policy.oldest,
            "bytes": bytes.len(),
            "signed_by": signers,
            "next_keys": header.next,
            "rules": policy.rules.iter().map(|r| json!({
                "id": r.id, "action": r.action, "severity": r.severity, "mode": r.mode,
            })).collect::<Vec<_>>(),
            "lists": policy.lists.iter().map(|l| list_json(l, args.terms)).collect::<Vec<_>>(),
        });
        serde_json::to_writer_pretty(&mut out, &result)?;
        writeln!(out)?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "{} version {}", style::paint(style::BOLD, &header.policy), header.version)?;
    writeln!(out, "  created    {}", bundles::show(header.created))?;
    writeln!(out, "  expires    {}", bundles::show(header.expires))?;
    writeln!(out, "  engine     level {} or above", header.min_engine)?;
    writeln!(out, "  size       {} bytes", bytes.len())?;
    if signers.is_empty() {
        writeln!(out, "  signed     by nobody")?;
    }
    for key in &signers {
        writeln!(out, "  signature  by {} (not verified here)", key.fingerprint())?;
    }
    for key in header.next.iter().flat_map(|n| &n.keys) {
        writeln!(out, "  next key   {}", key.fingerprint())?;
    }
    for (browser, least) in &policy.oldest.browser {
        writeln!(out, "  asks for   {browser} {least} or above")?;
    }
    if let Some(least) = &policy.oldest.extension {
        writeln!(out, "  asks for   Draftguard {least} or above")?;
    }
    contents(&mut out, &policy, args.terms)?;
    Ok(ExitCode::SUCCESS)
}

fn contents(out: &mut dyn Write, policy: &Policy, terms: bool) -> std::io::Result<()> {
    writeln!(out, "  rules      {}", policy.rules.len())?;
    for rule in &policy.rules {
        writeln!(out, "    {} {}", rule.id, style::action(rule.action))?;
    }
    writeln!(out, "  lists      {}", policy.lists.len())?;
    for list in &policy.lists {
        writeln!(out, "    {} ({})", list.id, bundles::count(list.len(), "term"))?;
        if terms {
            for entry in &list.entries() {
                writeln!(out, "      {}", entry.term)?;
            }
        }
    }
    Ok(())
}

fn list_json(list: &draftguard_core::policy::List, terms: bool) -> serde_json::Value {
    let mut value = json!({ "id": list.id, "terms": list.len() });
    if let (true, Some(object)) = (terms, value.as_object_mut()) {
        let words: Vec<String> = list.entries().into_iter().map(|e| e.term).collect();
        object.insert("words".to_owned(), json!(words));
    }
    value
}
