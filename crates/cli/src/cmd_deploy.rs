//! `draftguard deploy`: ready files for the tools that manage browsers.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::ValueEnum;
use serde_json::{Map, Value, json};

use crate::cmd_import::write_new;
use crate::cmd_verify::TrustArgs;
use crate::{bundles, deploy_files as files, style};

/// The extension's id in Firefox, as the manifest declares it.
const GECKO_ID: &str = "draftguard@draftguard.example";

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Browsers
    #[arg(long, value_enum, value_delimiter = ',', default_value = "all")]
    target: Vec<Target>,
    /// Systems
    #[arg(long, value_enum, value_delimiter = ',', default_value = "all")]
    os: Vec<Os>,
    /// The extension's id in Chrome and Edge: 32 letters from a to p
    #[arg(long, value_name = "ID")]
    extension_id: Option<String>,
    /// Where Chrome and Edge find the packed extension [default: the browser's own store]
    #[arg(long, value_name = "URL")]
    update_url: Option<String>,
    /// Where Firefox finds the signed extension (.xpi)
    #[arg(long, value_name = "URL")]
    xpi_url: Option<String>,
    /// The extension's id in Firefox
    #[arg(long, value_name = "ID", default_value = GECKO_ID)]
    gecko_id: String,
    /// Where the current bundle is: https
    #[arg(long, value_name = "URL")]
    policy_url: String,
    #[command(flatten)]
    trust: TrustArgs,
    /// The role of those who get these settings
    #[arg(long, default_value = "employee")]
    role: String,
    /// Language of the interface: en or id; the browser's own where it is not given
    #[arg(long)]
    language: Option<String>,
    /// Minutes between two fetches
    #[arg(long)]
    refresh_minutes: Option<u32>,
    /// A host that is checked besides the known sites; each person allows it once in the popup
    #[arg(long = "site", value_name = "HOST")]
    sites: Vec<String>,
    /// Whether employees may switch the checking off [default: as the policy says]
    #[arg(long, value_name = "true|false")]
    may_disable: Option<bool>,
    /// Minutes for which employees may pause it, 0 for not at all [default: as the policy says]
    #[arg(long, value_name = "MINUTES")]
    pause_minutes: Option<u32>,
    /// What happens to a post that cannot be checked: notice or hold [default: as the policy says]
    #[arg(long, value_name = "notice|hold")]
    unavailable: Option<String>,
    /// Private windows: the extension is required there, they are switched off, or left as they are
    #[arg(long, value_enum, default_value = "require")]
    private_windows: PrivateWindows,
    /// The folder for the files; without it they are printed
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// Google Chrome
    Chrome,
    /// Microsoft Edge
    Edge,
    /// Mozilla Firefox
    Firefox,
    /// All of them
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Os {
    /// Group policy and Intune
    Windows,
    /// Configuration profiles
    Macos,
    /// Files under /etc
    Linux,
    /// All of them
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PrivateWindows {
    /// Only usable once the extension may run there
    Require,
    /// Not available
    Disable,
    /// As they are
    Leave,
}

/// What the files say, whatever their form.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) extension_id: String,
    pub(crate) gecko_id: String,
    /// None: the browser's own store.
    pub(crate) update_url: Option<String>,
    pub(crate) xpi_url: String,
    pub(crate) private_windows: PrivateWindows,
    /// The extension's managed settings.
    pub(crate) managed: Map<String, Value>,
}

/// A file to be written.
#[derive(Debug)]
pub(crate) struct File {
    /// Its path below the folder.
    pub(crate) path: String,
    pub(crate) text: String,
    /// What to do with it.
    pub(crate) use_: String,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let wants = |target: Target| args.target.iter().any(|t| *t == target || *t == Target::All);
    let on = |os: Os| args.os.iter().any(|o| *o == os || *o == Os::All);
    let settings =
        settings(&args, wants(Target::Chrome) || wants(Target::Edge), wants(Target::Firefox))?;
    let mut all = Vec::new();
    for (target, browser) in [(Target::Chrome, &files::CHROME), (Target::Edge, &files::EDGE)] {
        if !wants(target) {
            continue;
        }
        if on(Os::Linux) {
            all.push(files::chromium_linux(browser, &settings));
        }
        if on(Os::Windows) {
            all.extend(files::chromium_windows(browser, &settings));
        }
        if on(Os::Macos) {
            all.push(files::chromium_macos(browser, &settings));
        }
    }
    if wants(Target::Firefox) {
        if on(Os::Linux) || on(Os::Windows) {
            all.push(files::firefox_json(&settings));
        }
        if on(Os::Macos) {
            all.push(files::firefox_macos(&settings));
        }
    }
    write(&args, &all)?;
    Ok(ExitCode::SUCCESS)
}

fn settings(args: &Args, chromium: bool, firefox: bool) -> anyhow::Result<Settings> {
    let keys = bundles::key_set(&args.trust.trust, args.trust.threshold)?;
    let mut managed = Map::new();
    managed.insert("policyUrl".to_owned(), json!(args.policy_url));
    managed.insert("trustedKeys".to_owned(), json!(keys.keys));
    managed.insert("threshold".to_owned(), json!(keys.threshold));
    managed.insert("role".to_owned(), json!(args.role));
    if let Some(language) = &args.language {
        managed.insert("language".to_owned(), json!(language));
    }
    if let Some(minutes) = args.refresh_minutes {
        managed.insert("refreshMinutes".to_owned(), json!(minutes));
    }
    if !args.sites.is_empty() {
        managed.insert("sites".to_owned(), json!(args.sites));
    }
    if let Some(may) = args.may_disable {
        managed.insert("mayDisable".to_owned(), json!(may));
    }
    if let Some(minutes) = args.pause_minutes {
        managed.insert("pauseMinutes".to_owned(), json!(minutes));
    }
    if let Some(outcome) = &args.unavailable {
        managed.insert("unavailable".to_owned(), json!(outcome));
    }
    // Read as the extension will read it: what it would leave out is an error here.
    let problems = draftguard_bundle::managed::read(&Value::Object(managed.clone())).problems;
    if let Some(problem) = problems.first() {
        bail!("{}: {}", problem.setting, problem.message);
    }
    let extension_id = args.extension_id.clone().unwrap_or_default();
    let is_id =
        extension_id.len() == 32 && extension_id.bytes().all(|b| (b'a'..=b'p').contains(&b));
    if chromium && !is_id {
        bail!(
            "Chrome and Edge need --extension-id: 32 letters from a to p, as chrome://extensions shows them"
        );
    }
    let xpi_url = args.xpi_url.clone().unwrap_or_default();
    if firefox && !(xpi_url.starts_with("https://") || xpi_url.starts_with("file://")) {
        bail!("Firefox needs --xpi-url: the https address of the signed .xpi");
    }
    if let Some(url) = &args.update_url
        && !(url.starts_with("https://") || url.starts_with("http://127.0.0.1"))
    {
        bail!("--update-url is not an https address");
    }
    Ok(Settings {
        extension_id,
        gecko_id: args.gecko_id.clone(),
        update_url: args.update_url.clone(),
        xpi_url,
        private_windows: args.private_windows,
        managed,
    })
}

fn write(args: &Args, all: &[File]) -> anyhow::Result<()> {
    let mut out = anstream::stdout();
    let Some(folder) = &args.out else {
        for file in all {
            writeln!(out, "{}", style::paint(style::BOLD, &format!("# {}", file.path)))?;
            writeln!(out, "# {}", file.use_)?;
            writeln!(out, "{}", file.text)?;
        }
        return Ok(());
    };
    if let Some(there) =
        all.iter().map(|f| folder.join(&f.path)).find(|p| p.exists() && !args.force)
    {
        bail!("`{}` is there already; --force replaces it", there.display());
    }
    for file in all {
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
        write_new(&path, file.text.as_bytes(), args.force)?;
        writeln!(out, "wrote {}", path.display())?;
        writeln!(out, "  {}", file.use_)?;
    }
    Ok(())
}
