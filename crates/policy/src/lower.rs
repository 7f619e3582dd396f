//! Turns authored nodes into the compiled types.

use std::collections::BTreeMap;

use draftguard_core::Kind;
use draftguard_core::policy::{
    BROWSERS, Company, Disguises, Entry, List, Localized, Manners, Name, Oldest, Rule, Settings,
};
use draftguard_core::rules::{self, Options};
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;

use crate::authored::{
    CompanySpec, ExampleSpec, ListSpec, Moment, NameSpec, RuleHeader, SettingsSpec, TermSpec,
};
use crate::decode::{decode, fields_of};
use crate::diagnostic::{Diagnostic, Level, Location, Sink, Span};
use crate::load::{Document, bad_id, beside, is_id};
use crate::node::{Node, Value};
use crate::suggest::{alternatives, nearest};
use crate::{Loader, lists, moment};

/// Every kind by its name in the file.
pub(crate) const KINDS: [(&str, Kind); 8] = [
    ("terms", Kind::Terms),
    ("pattern", Kind::Pattern),
    ("sensitive", Kind::Sensitive),
    ("require", Kind::Require),
    ("tone", Kind::Tone),
    ("link", Kind::Link),
    ("voice", Kind::Voice),
    ("media", Kind::Media),
];

/// A key of a terms rule that makes a list of its own.
pub(crate) const INLINE_TERMS: &str = "terms";

/// A rule together with where it stands and its examples.
pub(crate) struct LoweredRule {
    pub(crate) rule: Rule,
    pub(crate) node: Node,
    pub(crate) examples: Vec<(Span, ExampleSpec)>,
    /// The list written in the rule itself.
    pub(crate) list: Option<List>,
    /// Its replacements in several languages.
    pub(crate) replacements: Replacements,
    pub(crate) topic: Option<String>,
}

/// Replacements in several languages, by the text that the entry itself carries.
pub(crate) type Replacements = BTreeMap<String, Localized>;

/// A list together with where it stands.
pub(crate) struct LoweredList {
    pub(crate) list: List,
    pub(crate) concealed: bool,
    pub(crate) replacements: Replacements,
}

pub(crate) fn settings(document: &Document, sink: &mut Sink) -> (Settings, Manners) {
    let node = &document.settings;
    if node.fields().is_empty() {
        return SettingsSpec::default().split();
    }
    let spec: SettingsSpec = decode(node, "en", sink).unwrap_or_default();
    if spec.reply_changes > 100 {
        sink.error_help(
            "wrong-value",
            node.span_of("reply_changes"),
            format!("{} per cent of a reply cannot be changed", spec.reply_changes),
            "write a number from 0 (word for word) to 100 (freely)",
        );
    }
    spec.split()
}

/// What the policy's own header says about versions that are too old.
pub(crate) fn oldest(document: &Document, sink: &mut Sink) -> Oldest {
    let Some(layer) = document.layers.get(&document.top) else { return Oldest::default() };
    let header = layer.root.get("policy");
    let at = |key| header.map_or(layer.root.span, |p| p.span_of(key));
    let unknown: Vec<&String> =
        layer.header.min_browser.keys().filter(|b| !BROWSERS.contains(&b.as_str())).collect();
    for browser in unknown {
        sink.error_help(
            "unknown-browser",
            at("min_browser"),
            format!("there is no browser `{browser}` here"),
            format!("browsers are {}", alternatives(&BROWSERS)),
        );
    }
    let extension = layer.header.min_extension.clone();
    let is_version = |v: &String| {
        let numbers: Vec<&str> = v.split('.').collect();
        numbers.len() <= 4 && numbers.iter().all(|n| n.parse::<u16>().is_ok())
    };
    if let Some(wrong) = extension.as_ref().filter(|v| !is_version(v)) {
        sink.error_help(
            "wrong-value",
            at("min_extension"),
            format!("`{wrong}` is not a version of the extension"),
            "write up to four numbers with dots, as in `1.2.0`",
        );
    }
    Oldest { browser: layer.header.min_browser.clone(), extension }
}

/// Reads the tables of a kind that need no translation.
pub(crate) fn plain<T: DeserializeOwned>(
    nodes: &[Node],
    document: &Document,
    sink: &mut Sink,
) -> Vec<T> {
    nodes
        .iter()
        .filter_map(|node| {
            check_id(node, sink);
            decode(node, document.language(node.span), sink)
        })
        .collect()
}

/// Checks the id of a table: there, and well-formed.
pub(crate) fn check_id(node: &Node, sink: &mut Sink) {
    match node.get("id") {
        None => {
            sink.error_help("missing-key", node.head(), "the id is missing", "add `id = \"…\"`")
        }
        Some(id) => {
            if let Some(text) = id.text()
                && !is_id(text)
            {
                bad_id(text, id.span, sink);
            }
        }
    }
}

pub(crate) fn company(document: &Document, sink: &mut Sink) -> Company {
    let mut company = Company::default();
    let names = |from: Vec<NameSpec>, into: &mut Vec<Name>| {
        for spec in from {
            if !into.iter().any(|n| n.name == spec.name) {
                into.push(Name { name: spec.name, common_word: spec.common_word });
            }
        }
    };
    for node in &document.company {
        let Some(spec) = decode::<CompanySpec>(node, document.language(node.span), sink) else {
            continue;
        };
        for (key, host) in spec
            .domains
            .iter()
            .map(|d| ("domains", d))
            .chain(spec.internal_hosts.iter().map(|h| ("internal_hosts", h)))
        {
            if host.contains("://")
                || host.contains('/')
                || host.contains('@')
                || host.contains(' ')
            {
                let at = node
                    .get(key)
                    .and_then(|n| n.items().iter().find(|i| i.text() == Some(host)))
                    .map_or(node.span, |n| n.span);
                sink.error_help(
                    "wrong-value",
                    at,
                    format!("`{host}` is not a host name"),
                    "write the host alone: `acme.example`, without https:// and without a path",
                );
            }
        }
        names(spec.names, &mut company.names);
        names(spec.products, &mut company.products);
        names(spec.competitors, &mut company.competitors);
        names(spec.partners, &mut company.partners);
        names(spec.clients, &mut company.clients);
        company.domains.extend(spec.domains);
        company.internal_hosts.extend(spec.internal_hosts);
        company.brand_accounts.extend(spec.brand_accounts.into_iter().map(|mut account| {
            account.handle = account.handle.trim_start_matches('@').to_owned();
            account
        }));
        company.public_contacts.extend(spec.public_contacts);
        company.public_facts.extend(spec.public_facts);
    }
    company
}

/// A period, checked: its beginning must come before its end.
fn period(
    from: Option<&Moment>,
    until: Option<&Moment>,
    zone: &TimeZone,
    mut report: impl FnMut(&'static str, &'static str, String),
) -> (Option<i64>, Option<i64>) {
    let mut read = |key, moment: Option<&Moment>| {
        moment.and_then(|m| {
            moment::seconds(&m.0, zone).map_err(|reason| report("wrong-date", key, reason)).ok()
        })
    };
    let from = read("from", from);
    let until = read("until", until);
    if let (Some(start), Some(end)) = (from, until)
        && start >= end
    {
        let (start, end) = (moment::show(start, zone), moment::show(end, zone));
        report("crossing-dates", "until", format!("it ends ({end}) before it begins ({start})"));
    }
    (from, until)
}

pub(crate) fn list(
    node: &Node,
    document: &Document,
    loader: &dyn Loader,
    sink: &mut Sink,
) -> Option<LoweredList> {
    check_id(node, sink);
    let language = document.language(node.span).to_owned();
    let zone = document.zone(node.span);
    let spec: ListSpec = decode(node, &language, sink)?;
    let written = node.get("terms").map(Node::items).unwrap_or_default();
    let mut entries = Vec::new();
    let mut said = Said { language: &language, texts: Replacements::new() };
    for term in spec.terms {
        // Terms that could not be read are missing here: find each by what it says.
        let at = written
            .iter()
            .find(|n| n.text().or_else(|| n.get("term").and_then(Node::text)) == Some(&term.term))
            .cloned()
            .unwrap_or_default();
        let entry = entry_of(term, &zone, &mut said, |code, key, reason| {
            sink.error(code, at.span_of(key), reason);
        });
        check_term(&entry, &entries, at.span, sink);
        entries.push(entry);
    }
    if let Some(file) = &spec.file {
        let at = node.span_of("file");
        let name = document.layers.get(&node.span.file).map_or("", |l| l.name.as_str());
        let path = beside(name, file);
        match loader.read(&path) {
            Ok(bytes) => {
                read_list(
                    &path,
                    &bytes,
                    spec.sheet.as_deref(),
                    (&language, &zone),
                    at,
                    (&mut entries, &mut said),
                    sink,
                );
            }
            Err(reason) => {
                sink.error_help(
                    "unreadable-file",
                    at,
                    format!("cannot read `{path}`: {reason}"),
                    "the path is relative to the policy file",
                );
            }
        }
    }
    if entries.is_empty() && !sink.has_errors() {
        sink.warn_help(
            "empty-list",
            node.head(),
            format!("the list `{}` has no terms", spec.id),
            "add `terms = [\"…\"]` or `file = \"….csv\"`, or leave the list out",
        );
    }
    let list = List::build(spec.id, &entries, spec.disguises);
    Some(LoweredList { list, concealed: spec.concealed, replacements: said.texts })
}

/// The replacements of a list that are said in several languages.
struct Said<'a> {
    /// The language that the policy's author writes first.
    language: &'a str,
    texts: Replacements,
}

impl Said<'_> {
    /// The text that stands for a replacement in its entry; none where two entries say it
    /// differently in another language.
    fn stands(&mut self, replacement: Localized) -> Result<Option<String>, String> {
        let text = replacement.resolve(&[self.language]).to_owned();
        if text.is_empty() {
            return Ok(None);
        }
        if replacement.0.len() > 1 {
            let known = self.texts.entry(text.clone()).or_insert_with(|| replacement.clone());
            if *known != replacement {
                return Err(format!(
                    "“{text}” is said in two ways in another language; one list says it one way"
                ));
            }
        }
        Ok(Some(text))
    }
}

fn entry_of(
    term: TermSpec,
    zone: &TimeZone,
    said: &mut Said<'_>,
    mut report: impl FnMut(&'static str, &'static str, String),
) -> Entry {
    let replacement = said.stands(term.replacement).unwrap_or_else(|reason| {
        report("two-translations", "replacement", reason);
        None
    });
    let (from, until) = period(term.from.as_ref(), term.until.as_ref(), zone, report);
    Entry {
        term: term.term,
        variants: term.variants,
        exceptions: term.exceptions,
        replacement,
        severity: term.severity,
        note: term.note,
        from,
        until,
        exact_case: term.exact_case,
    }
}

/// Whether there is something to a term: letters, digits, or signs that are no punctuation, such as
/// emoji.
pub(crate) fn can_be_found(term: &str) -> bool {
    // Joiners and variation selectors alone are nothing that anybody sees.
    let seen = |c: char| {
        !c.is_ascii()
            && !matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..)
    };
    term.chars().any(|c| c.is_alphanumeric() || (seen(c) && !c.is_whitespace()))
}

/// What is wrong with a term written in the policy itself.
fn check_term(entry: &Entry, before: &[Entry], at: Span, sink: &mut Sink) {
    if !can_be_found(&entry.term) {
        sink.error_help(
            "empty-term",
            at,
            "the term has neither a letter nor a digit nor an emoji",
            "write the word or phrase, or leave the term out",
        );
    }
    let folded = entry.term.to_lowercase();
    let letters = entry.term.chars().filter(|c| c.is_alphanumeric()).count();
    // In scripts without spaces two signs are a word; "#1" and "R&D" are no ordinary ones.
    if (1..=2).contains(&letters)
        && entry.term.chars().all(|c| c.is_alphanumeric() && (c as u32) < 0x2e80)
    {
        sink.warn_help(
            "short-term",
            at,
            format!(
                "`{}` is very short and will be found in ordinary words and abbreviations",
                entry.term
            ),
            "write it longer, or add `exact_case = true` and a rule with `near`",
        );
    }
    if before.len() < 2_000 && before.iter().any(|e| e.term.to_lowercase() == folded) {
        sink.warn_help(
            "duplicate-term",
            at,
            format!("`{}` stands in the list already", entry.term),
            "case makes no difference; leave one out",
        );
    }
}

/// Most remarks on single rows of one list file that are printed one by one.
const MOST_REMARKS: usize = 20;

fn read_list(
    path: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    (language, zone): (&str, &TimeZone),
    at: Span,
    (entries, said): (&mut Vec<Entry>, &mut Said<'_>),
    sink: &mut Sink,
) {
    let listed = match lists::read(path, bytes, sheet, language) {
        Ok(listed) => listed,
        Err(error) => {
            sink.error("unreadable-list", at, format!("`{path}`: {error}"));
            return;
        }
    };
    for warning in listed.warnings {
        sink.push(Level::Warning, "list-file", Some(at), format!("`{path}`: {warning}"), None);
    }
    let place = |line: usize, text: String| {
        Some(Location { file: path.to_owned(), line, column: 0, width: 0, text })
    };
    for remark in listed.remarks.iter().take(MOST_REMARKS) {
        let message = if remark.skipped {
            format!("row left out: {}", remark.reason)
        } else {
            remark.reason.clone()
        };
        sink.add(Diagnostic {
            level: Level::Warning,
            code: remark.code,
            message,
            help: None,
            location: place(remark.line, remark.text.clone()),
        });
    }
    if let Some(more) = listed.remarks.len().checked_sub(MOST_REMARKS).filter(|n| *n > 0) {
        sink.push(
            Level::Warning,
            "list-file",
            Some(at),
            format!("`{path}`: {more} more rows with remarks"),
            Some("`draftguard import` prints all of them".to_owned()),
        );
    }
    for (line, term) in listed.terms {
        let shown = term.term.clone();
        entries.push(entry_of(term, zone, said, |code, _, reason| {
            sink.add(Diagnostic {
                level: Level::Error,
                code,
                message: format!("`{shown}`: {reason}"),
                help: None,
                location: place(line, shown.clone()),
            });
        }));
    }
}

pub(crate) fn rule(node: &Node, document: &Document, sink: &mut Sink) -> Option<LoweredRule> {
    check_id(node, sink);
    let language = document.language(node.span).to_owned();
    let kind = kind_of(node, sink)?;
    let known = fields_of::<RuleHeader>();
    let own = option_keys(kind);
    let mut header = Vec::new();
    let mut options = Vec::new();
    let mut inline = None;
    for field in node.fields() {
        let key = field.key.as_str();
        if known.contains(&key) {
            header.push(field.clone());
        } else if kind == Kind::Terms && key == INLINE_TERMS {
            inline = Some(field.node.clone());
        } else if own.contains(&key) {
            options.push(field.clone());
        } else {
            unknown_key(key, field.span, kind, known, own, sink);
        }
    }
    let header: Option<RuleHeader> =
        decode(&Node { span: node.span, value: Value::Table(header) }, &language, sink);
    let options_node = Node { span: node.span, value: Value::Table(options) };
    let options = options_of(kind, &options_node, &language, sink);
    let (header, mut options) = (header?, options?);
    let zone = document.zone(node.span);
    let (from, until) =
        period(header.from.as_ref(), header.until.as_ref(), &zone, |code, key, reason| {
            sink.error(code, node.span_of(key), reason);
        });
    let mut list = None;
    let mut replacements = Replacements::new();
    if let (Some(terms), Options::Terms(options)) = (inline, &mut options) {
        let id = format!("{}.terms", header.id);
        let written = Node {
            span: terms.span,
            value: Value::Table(vec![crate::node::Field {
                key: "terms".to_owned(),
                span: terms.span,
                node: terms,
            }]),
        };
        if let Some((inline, said)) = inline_list(&id, &written, &language, &zone, sink) {
            list = Some(inline);
            replacements = said;
        }
        options.lists.push(id);
    }
    let spans = node.get("examples").map(Node::items).unwrap_or_default();
    let examples = header
        .examples
        .into_iter()
        .enumerate()
        .map(|(i, e)| (spans.get(i).map_or(node.span, |n| n.span_of("text")), e))
        .collect();
    let topic = header.topic;
    let rule = Rule {
        id: header.id,
        action: header.action,
        severity: header.severity,
        mode: header.mode,
        section: header.section,
        title: header.title,
        message: header.message,
        consequence: header.consequence,
        reference: header.reference,
        learn: header.learn,
        when: header.when,
        unless: header.unless,
        from,
        until,
        scope: header.scope,
        near: header.near,
        not_near: header.not_near,
        fixes: header.fixes,
        reasons: header.reasons,
        options,
    };
    Some(LoweredRule { rule, node: node.clone(), examples, list, replacements, topic })
}

fn inline_list(
    id: &str,
    node: &Node,
    language: &str,
    zone: &TimeZone,
    sink: &mut Sink,
) -> Option<(List, Replacements)> {
    let spec: ListSpec = decode(node, language, sink)?;
    let mut said = Said { language, texts: Replacements::new() };
    let entries: Vec<Entry> = spec
        .terms
        .into_iter()
        .map(|term| {
            entry_of(term, zone, &mut said, |code, _, reason| sink.error(code, node.span, reason))
        })
        .collect();
    Some((List::build(id, &entries, Disguises::default()), said.texts))
}

fn kind_of(node: &Node, sink: &mut Sink) -> Option<Kind> {
    let names: Vec<&str> = KINDS.iter().map(|(n, _)| *n).collect();
    let Some(kind) = node.get("kind") else {
        sink.error_help(
            "missing-key",
            node.head(),
            "the rule has no kind",
            format!("add `kind = \"…\"`: {}", alternatives(&names)),
        );
        return None;
    };
    let text = kind.text().unwrap_or_default();
    let found = KINDS.iter().find(|(n, _)| *n == text).map(|(_, k)| *k);
    if found.is_none() {
        let help = nearest(text, &names).map_or_else(
            || format!("kinds are {}", alternatives(&names)),
            |n| format!("write `{n}` instead"),
        );
        sink.error_help(
            "unknown-kind",
            kind.span,
            format!("{} is not a kind of rule", kind.describe()),
            help,
        );
    }
    found
}

fn unknown_key(
    key: &str,
    at: Span,
    kind: Kind,
    header: &[&'static str],
    own: &[&'static str],
    sink: &mut Sink,
) {
    let known: Vec<&str> = own.iter().chain(header).copied().collect();
    let help = if let Some(near) = nearest(key, &known) {
        format!("write `{near}` instead")
    } else if let Some((other, _)) = KINDS.iter().find(|(_, k)| option_keys(*k).contains(&key)) {
        format!("`{key}` belongs to rules of kind `{other}`")
    } else if own.is_empty() {
        format!("known here: {}", alternatives(header))
    } else {
        format!("rules of this kind have {}", alternatives(own))
    };
    let name = KINDS.iter().find(|(_, k)| *k == kind).map_or("", |(n, _)| n);
    sink.error_help(
        "unknown-key",
        at,
        format!("unknown key `{key}` in a rule of kind `{name}`"),
        help,
    );
}

/// The keys that a kind adds to the header's.
pub(crate) fn option_keys(kind: Kind) -> &'static [&'static str] {
    macro_rules! keys {
        ($($kind:ident $module:ident),*) => {
            match kind { $(Kind::$kind => fields_of::<rules::$module::Options>(),)* }
        };
    }
    keys!(Terms terms, Pattern pattern, Sensitive sensitive, Require require, Tone tone, Link link,
        Voice voice, Media media)
}

fn options_of(kind: Kind, node: &Node, language: &str, sink: &mut Sink) -> Option<Options> {
    macro_rules! read {
        ($($kind:ident $module:ident),*) => {
            match kind {
                $(Kind::$kind => {
                    decode::<rules::$module::Options>(node, language, sink).map(Options::$kind)
                })*
            }
        };
    }
    read!(Terms terms, Pattern pattern, Sensitive sensitive, Require require, Tone tone, Link link,
        Voice voice, Media media)
}
