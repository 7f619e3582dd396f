//! `draftguard init`: a commented starter policy.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;

use crate::cmd_import::write_new;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The company's name; asked for where it is not given
    #[arg(long)]
    company: Option<String>,
    /// Sites on which the company has accounts, such as x,linkedin
    #[arg(long, value_delimiter = ',')]
    sites: Option<Vec<String>>,
    /// The company's handle on these sites, without @
    #[arg(long)]
    handle: Option<String>,
    /// Languages of the messages; the first one is the default
    #[arg(long, value_delimiter = ',')]
    language: Option<Vec<String>>,
    /// Where the policy is written; the list of terms is written beside it
    #[arg(long, short, default_value = "policy.toml")]
    out: PathBuf,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let company = match args.company {
        Some(name) => name,
        None => ask("The company's name", "Acme")?,
    };
    let company = company.trim().to_owned();
    if company.is_empty() || company.contains(['"', '\\', '\n']) {
        bail!("the company's name is empty, or holds a quote or a backslash");
    }
    let sites = match args.sites {
        Some(sites) => sites,
        None => words(&ask("Sites with accounts of the company", "x, linkedin")?),
    };
    let id = id_of(&company);
    let handle = match args.handle {
        Some(handle) => handle,
        None if sites.is_empty() => String::new(),
        None => ask("The company's handle there", &id.replace('-', ""))?,
    };
    let languages = match args.language {
        Some(languages) => languages,
        None => words(&ask("Languages of the messages, the main one first", "en")?),
    };
    if let Some(bad) =
        languages.iter().find(|l| l.len() != 2 || !l.chars().all(|c| c.is_ascii_lowercase()))
    {
        bail!("`{bad}` is not a language code: write two small letters, such as en or id");
    }
    let stem = args.out.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let list = format!("{stem}-codenames.csv");
    let terms = args.out.with_file_name(&list);
    // Both or none: a policy without its list would be worse than no policy.
    if !args.force
        && let Some(there) = [&args.out, &terms].into_iter().find(|p| p.exists())
    {
        bail!("`{}` is there already; --force replaces it", there.display());
    }
    let policy = policy(&company, &id, &sites, handle.trim_start_matches('@'), &languages, &list);
    write_new(&args.out, policy.as_bytes(), args.force)?;
    write_new(&terms, TERMS.as_bytes(), args.force)?;
    let mut out = anstream::stdout();
    let path = args.out.display();
    writeln!(out, "wrote `{path}` and `{}`", terms.display())?;
    writeln!(out, "next:")?;
    writeln!(out, "  draftguard lint {path}")?;
    writeln!(out, "  draftguard test {path}")?;
    writeln!(out, "  echo \"Bluehawk ships in May\" | draftguard check --policy {path}")?;
    Ok(ExitCode::SUCCESS)
}

/// Asks a question where somebody can answer it.
fn ask(question: &str, usual: &str) -> anyhow::Result<String> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Ok(usual.to_owned());
    }
    let mut out = anstream::stderr();
    write!(out, "{question} [{usual}]: ")?;
    out.flush()?;
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    let answer = line.trim();
    Ok(if answer.is_empty() { usual.to_owned() } else { answer.to_owned() })
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| c == ',' || c.is_whitespace())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn id_of(company: &str) -> String {
    let id: String = company
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let id = id.split('-').filter(|p| !p.is_empty()).collect::<Vec<_>>().join("-");
    if id.is_empty() { "company".to_owned() } else { id }
}

/// Code names that are nobody's, to be replaced.
const TERMS: &str = "\
term,variants,replacement,until,note
bluehawk,blue-hawk; project bluehawk,our next product,,replace this line by your own code names
red fox,,our next product,,
";

/// A text in each language; ours exist in English and Indonesian, others begin in English.
fn text(languages: &[String], en: &str, id: &str) -> String {
    let pairs: Vec<String> = languages
        .iter()
        .map(|l| format!("{l} = \"{}\"", if l == "id" { id } else { en }))
        .collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn policy(
    company: &str,
    id: &str,
    sites: &[String],
    handle: &str,
    languages: &[String],
    list: &str,
) -> String {
    let quoted =
        |all: &[String]| all.iter().map(|l| format!("\"{l}\"")).collect::<Vec<_>>().join(", ");
    let accounts: Vec<String> =
        sites.iter().map(|s| format!("  {{ site = \"{s}\", handle = \"{handle}\" }},\n")).collect();
    let accounts =
        if accounts.is_empty() { "[]".to_owned() } else { format!("[\n{}]", accounts.concat()) };
    let default = languages.first().map_or("en", String::as_str);
    let languages_list = quoted(languages);
    let t = |en: &str, id: &str| text(languages, en, id);
    format!(
        r#"# The social-media policy of {company}.
#
#   draftguard lint FILE      every problem, with its place and what to write instead
#   draftguard test FILE      runs the examples below
#   draftguard check --policy FILE   checks a text
#
# The whole format is described in docs/policy-format.md.

[policy]
id = "{id}"
version = 1                      # add one each time you publish
name = {name}
default_language = "{default}"
languages = [{languages_list}]
time_zone = "UTC"                # where bare dates begin, such as "Asia/Jakarta"
extends = ["pack:core", "pack:company"]   # also: advertising, finance, health, public-sector, indonesia

[settings]
mode = "observe"                 # counts only and shows nothing; "enforce" when you are content
messages = false                 # whether direct messages are checked too

# Who you are: rules of the packs use these facts.
[company]
names = ["{company}"]            # a name that is also a word: {{ name = "Target", common_word = true }}
products = []
competitors = []
partners = []
clients = []                     # customers whose names are not public
domains = []                     # "acme.example"
internal_hosts = []              # "intranet.acme.example", ".corp"
brand_accounts = {accounts}
public_contacts = []             # addresses and numbers that you publish

# Who may do what. Managed settings give each browser its role.
[[roles]]
id = "employee"
name = {employee}

[[roles]]
id = "spokesperson"
name = {spokesperson}
may = ["speak", "announce", "answer_customers", "brand_account"]

# Whom to ask. The card offers the contact that fits.
[[contacts]]
id = "press"
topics = ["press", "approval", "customers", "legal", "security", "privacy"]
name = {press}
mail = "press@{id}.example"
handover = {handover}

# Words that must not appear: in a file beside this one (CSV, XLSX or text).
[[lists]]
id = "codenames"
file = "{list}"
# concealed = true               # travels as keyed hashes only

[[rules]]
id = "{id}.codenames"
kind = "terms"
action = "block"                 # note, warn, justify, approve, block
severity = "high"
section = "confidentiality"      # a section of pack:core; add your own with [[sections]]
lists = ["codenames"]
title = {title}
message = {message}
fixes = ["replace", "remove", "contact:press"]
[[rules.examples]]
text = "Bluehawk ships in May"
expect = ["Bluehawk"]
[[rules.examples]]
text = "A hawk in a blue sky"    # no `expect`: the rule must leave it alone

# A rule of a pack can be changed or switched off.
# [[override]]
# id = "core.profanity"
# action = "note"
"#,
        name = t(
            &format!("{company} social media policy"),
            &format!("Kebijakan media sosial {company}")
        ),
        employee = t("Employee", "Karyawan"),
        spokesperson = t("Spokesperson", "Juru bicara"),
        press = t("Press office", "Kantor pers"),
        handover = t(
            "Could you look at a post of mine for {site}? The rule is {rule}.",
            "Bisakah memeriksa unggahan saya untuk {site}? Aturannya {rule}.",
        ),
        title = t("Code name", "Nama sandi"),
        message = t(
            "“{text}” is not public yet. Say “{replacement}”, or wait for the announcement.",
            "“{text}” belum diumumkan. Tulis “{replacement}”, atau tunggu pengumumannya.",
        ),
    )
}
