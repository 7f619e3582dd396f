//! `draftguard compile` and `draftguard rotate`: a policy as a bundle.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use draftguard_bundle::{ENGINE_LEVEL, Header, KeySet};
use draftguard_core::concealed::Cost;
use draftguard_policy::{Compiled, Level, Lint, lint};

use crate::bundles::{self, Passphrase};
use crate::cmd_import::write_new;
use crate::policies;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The policy: a file
    policy: String,
    /// Where the bundle is written [default: ID.dgb beside the policy]
    #[arg(long, short, value_name = "FILE.dgb")]
    out: Option<PathBuf>,
    /// When the bundle becomes stale: 90d, 12w, a date (its midnight UTC), or a moment
    #[arg(long, default_value = "90d", value_parser = bundles::moment, allow_hyphen_values = true)]
    expires: i64,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RotateArgs {
    #[command(flatten)]
    compile: Args,
    /// The keys that take over: public keys, or files with one a line
    #[arg(long, required = true, value_name = "KEY|FILE")]
    next: Vec<String>,
    /// How many of them must sign from then on
    #[arg(long, default_value_t = 1)]
    next_threshold: u8,
    /// Private keys that sign at once, old and new; others are added with `draftguard sign`
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
    #[command(flatten)]
    passphrase: Passphrase,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let (bytes, path) = build(&args, None)?;
    write_new(&path, &bytes, args.force)?;
    let mut out = anstream::stdout();
    writeln!(out, "wrote `{}`: {} bytes, not signed yet", path.display(), bytes.len())?;
    writeln!(out, "next: draftguard sign {} --key KEYFILE", path.display())?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn rotate(args: RotateArgs) -> anyhow::Result<ExitCode> {
    let next = bundles::key_set(&args.next, args.next_threshold)?;
    let (mut bytes, path) = build(&args.compile, Some(next.clone()))?;
    let mut out = anstream::stdout();
    let mut signers = Vec::new();
    for key in &args.key {
        let key = bundles::open_key(key, &args.passphrase)?;
        bytes = draftguard_bundle::sign(&bytes, &key)?;
        signers.push(key.public());
    }
    write_new(&path, &bytes, args.compile.force)?;
    let by_new = signers.iter().filter(|k| next.keys.contains(k)).count();
    writeln!(
        out,
        "wrote `{}`: brings {}; signed by {by_new} of {} needed new keys and {}",
        path.display(),
        bundles::count(next.keys.len(), "new key"),
        next.threshold,
        bundles::count(signers.len() - by_new, "other key"),
    )?;
    for key in &next.keys {
        writeln!(out, "  {key}  {}", key.fingerprint())?;
    }
    writeln!(
        out,
        "A client takes the new keys over once enough old and enough new keys have signed."
    )?;
    Ok(ExitCode::SUCCESS)
}

/// The unsigned bundle of a policy that is in order, and where it goes.
fn build(args: &Args, next: Option<KeySet>) -> anyhow::Result<(Vec<u8>, PathBuf)> {
    let compiled = checked(&args.policy)?;
    let created = bundles::now();
    if args.expires <= created {
        bail!("the bundle would have expired already ({})", bundles::show(args.expires));
    }
    let mut policy = compiled.policy;
    let mut salts = Vec::new();
    for _ in &compiled.concealed {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).context("no random bytes for the salt of a concealed list")?;
        salts.push(salt);
    }
    policy
        .conceal(&compiled.concealed, || salts.pop().unwrap_or_default(), Cost::default())
        .map_err(|(list, reason)| anyhow::anyhow!("the list `{list}`: {reason}"))?;
    let header = Header {
        policy: policy.id.clone(),
        version: policy.version,
        created,
        expires: args.expires,
        min_engine: ENGINE_LEVEL,
        next,
    };
    let bytes = draftguard_bundle::build(&policy, &header)?;
    let path = args.out.clone().unwrap_or_else(|| {
        let name = format!("{}.dgb", policy.id);
        PathBuf::from(&args.policy).with_file_name(name)
    });
    Ok((bytes, path))
}

/// Compiles a policy that has neither errors nor failed examples; warnings are counted.
fn checked(name: &str) -> anyhow::Result<Compiled> {
    let Some(compiled) = policies::compile_all(&[name.to_owned()])?.pop() else {
        bail!("`{name}` cannot be used");
    };
    let found =
        lint(&compiled, Lint { now: Some(bundles::now()) }).context("the policy cannot be used")?;
    let mut report = anstream::stderr();
    for problem in found.0.iter().filter(|d| d.level == Level::Error) {
        writeln!(report, "{problem}\n")?;
    }
    if found.has_errors() {
        bail!("`{name}` is not compiled: see above");
    }
    let warnings = found.count(Level::Warning);
    if warnings > 0 {
        writeln!(
            report,
            "{}: `draftguard lint {name}` shows them",
            bundles::count(warnings, "warning")
        )?;
    }
    Ok(compiled)
}
