//! `draftguard keygen` and `draftguard sign`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::bundles::{self, Passphrase};
use crate::cmd_import::write_new;
use crate::{policies, style};

#[derive(Debug, clap::Args)]
pub(crate) struct KeygenArgs {
    /// Where the private key is written, encrypted
    #[arg(long, short, value_name = "FILE", default_value = "draftguard.key")]
    out: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
}

pub(crate) fn keygen(args: KeygenArgs) -> anyhow::Result<ExitCode> {
    if args.out.exists() {
        bail!(
            "`{}` is there already, and a key is never replaced: move it away first",
            args.out.display()
        );
    }
    let phrase = args.passphrase.get("the new key", true)?;
    let key = draftguard_bundle::generate()?;
    let text = draftguard_bundle::seal(&key, &phrase)?;
    // Readable by its owner only: that is how temporary files are made, and the mode stays.
    write_new(&args.out, text.as_bytes(), false)?;
    let public = key.public();
    let mut report = anstream::stderr();
    writeln!(report, "wrote the private key, encrypted, to `{}`", args.out.display())?;
    writeln!(report, "fingerprint {}", style::paint(style::BOLD, &public.fingerprint()))?;
    writeln!(
        report,
        "The public key is what browsers trust; give it to `deploy`, `verify` and `publish`:"
    )?;
    writeln!(anstream::stdout(), "{public}")?;
    Ok(ExitCode::SUCCESS)
}

#[derive(Debug, clap::Args)]
pub(crate) struct SignArgs {
    /// The bundle
    bundle: PathBuf,
    /// Private keys; each adds a signature
    #[arg(long, required = true, value_name = "FILE")]
    key: Vec<PathBuf>,
    /// Where the signed bundle is written; the bundle itself where no file is named
    #[arg(long, short, value_name = "FILE.dgb")]
    out: Option<PathBuf>,
    #[command(flatten)]
    passphrase: Passphrase,
}

pub(crate) fn sign(args: SignArgs) -> anyhow::Result<ExitCode> {
    let mut bytes = policies::read(&args.bundle)?;
    let name = args.bundle.display().to_string();
    let (header, _) =
        draftguard_bundle::inspect(&bytes).with_context(|| format!("cannot sign `{name}`"))?;
    let mut out = anstream::stdout();
    for path in &args.key {
        let key = bundles::open_key(path, &args.passphrase)?;
        bytes = draftguard_bundle::sign(&bytes, &key)
            .with_context(|| format!("cannot sign `{name}` with `{}`", path.display()))?;
        writeln!(out, "signed by {}", key.public().fingerprint())?;
    }
    let target = args.out.as_ref().unwrap_or(&args.bundle);
    write_new(target, &bytes, true)?;
    let (_, signers) = draftguard_bundle::inspect(&bytes)?;
    writeln!(
        out,
        "wrote `{}`: {} version {}, {}",
        target.display(),
        header.policy,
        header.version,
        bundles::count(signers.len(), "signature"),
    )?;
    Ok(ExitCode::SUCCESS)
}
