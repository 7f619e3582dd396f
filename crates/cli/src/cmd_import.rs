//! `draftguard import`: a spreadsheet as a list, with a report of what was not taken.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::bundles::count;
use crate::{policies, style};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file to read: CSV, TSV, XLSX or plain text with one term a line
    file: PathBuf,
    /// The sheet of a spreadsheet; the first one where none is named
    #[arg(long)]
    sheet: Option<String>,
    /// Where the list is written; standard output where no file is named
    #[arg(long, short, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let bytes = policies::read(&args.file)?;
    let name = args.file.to_string_lossy();
    let imported = draftguard_policy::import(&name, &bytes, args.sheet.as_deref())
        .with_context(|| format!("cannot import `{name}`"))?;
    let mut report = anstream::stderr();
    for warning in &imported.warnings {
        writeln!(report, "{name}: {warning}")?;
    }
    let mut skipped = 0;
    for remark in &imported.remarks {
        skipped += usize::from(remark.skipped);
        let taken = if remark.skipped { "left out" } else { "taken, but" };
        writeln!(
            report,
            "{name}:{}: {taken}: {} [{}] {}",
            remark.line,
            remark.reason,
            remark.code,
            style::paint(style::DIM, &remark.text),
        )?;
    }
    if imported.terms == 0 {
        bail!("`{name}` holds no term that could be taken");
    }
    match &args.out {
        None => std::io::stdout().lock().write_all(imported.csv.as_bytes())?,
        Some(path) => {
            write_new(path, imported.csv.as_bytes(), args.force)?;
            writeln!(report, "wrote `{}`", path.display())?;
        }
    }
    let (taken, left) = (count(imported.terms, "term"), count(skipped, "row"));
    writeln!(report, "{taken} taken, {left} left out")?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a file whole or not at all; one that is there stays unless `force`.
pub(crate) fn write_new(path: &Path, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    if path.exists() && !force {
        bail!("`{}` is there already; --force replaces it", path.display());
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot = || format!("cannot write `{}`", path.display());
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(cannot)?;
    file.write_all(bytes).with_context(cannot)?;
    file.as_file().sync_all().with_context(cannot)?;
    file.persist(path).with_context(cannot)?;
    Ok(())
}
