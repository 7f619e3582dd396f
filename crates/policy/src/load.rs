//! Reads a policy together with everything it builds upon, as one document.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::authored::{DOCUMENT_KEYS, Header, OVERRIDE_KEY, OverrideHead};
use crate::decode::decode;
use crate::diagnostic::{Sink, Span};
use crate::json::parse_json;
use crate::node::{Node, Value, parse_toml};
use crate::suggest::{alternatives, nearest};
use crate::{Loader, packs};

/// Largest policy file that is read, in bytes. Terms by the hundred thousand
/// belong into list files; a larger policy is a mistake, or an attack on the
/// computer that compiles it.
pub(crate) const MOST_BYTES: usize = 16 << 20;

/// One file of a policy.
#[derive(Clone)]
pub(crate) struct Layer {
    pub(crate) name: String,
    pub(crate) root: Node,
    pub(crate) header: Header,
    pub(crate) zone: TimeZone,
}

/// All files of a policy, merged; nodes keep the file they come from.
#[derive(Clone, Default)]
pub(crate) struct Document {
    /// By file, the last one being the policy itself.
    pub(crate) layers: BTreeMap<u32, Layer>,
    /// The file of the policy itself.
    pub(crate) top: u32,
    pub(crate) settings: Node,
    pub(crate) company: Vec<Node>,
    pub(crate) roles: Vec<Node>,
    pub(crate) contacts: Vec<Node>,
    pub(crate) sections: Vec<Node>,
    pub(crate) lists: Vec<Node>,
    pub(crate) rules: Vec<Node>,
    pub(crate) responses: Vec<Node>,
    pub(crate) sites: Vec<Node>,
    /// What the policy itself says about how it covers a checklist.
    pub(crate) checklist: Vec<Node>,
    /// Rules that were changed by an override: their own examples no longer bind.
    pub(crate) overridden: Vec<String>,
}

impl Document {
    /// The language of texts in a file that name none.
    pub(crate) fn language(&self, span: Span) -> &str {
        self.layers.get(&span.file).map_or("en", |l| l.header.default_language.as_str())
    }

    pub(crate) fn zone(&self, span: Span) -> TimeZone {
        self.layers.get(&span.file).map_or(TimeZone::UTC, |l| l.zone.clone())
    }

    /// The same document with the stand-ins of its own `[sample]`, if it has one.
    ///
    /// A pack knows no company; its examples need one.
    pub(crate) fn with_sample(&self, sink: &mut Sink) -> Option<Self> {
        let sample = self.layers.get(&self.top)?.root.get("sample")?;
        let mut document = self.clone();
        document.company.extend(sample.get("company").cloned());
        add(sample, "roles", &mut document.roles, true, sink);
        add(sample, "contacts", &mut document.contacts, true, sink);
        Some(document)
    }

    /// Whether a file is one of the packs that are shipped, and is not what is being compiled itself.
    pub(crate) fn is_pack(&self, span: Span) -> bool {
        span.file != self.top && self.is_shipped(span)
    }

    /// Whether a file is one of the packs that are shipped. A pack names roles
    /// and contacts that a company may or may not have.
    pub(crate) fn is_shipped(&self, span: Span) -> bool {
        self.layers.get(&span.file).is_some_and(|l| l.name.starts_with(packs::PREFIX))
    }
}

/// Reads the policy and what it extends.
pub(crate) fn load(name: &str, text: &str, loader: &dyn Loader, sink: &mut Sink) -> Document {
    let mut document = Document::default();
    let mut open = Vec::new();
    if let Some(file) = read_layer(name, text, loader, &mut open, &mut document, sink) {
        document.top = file;
    }
    document
}

fn read_layer(
    name: &str,
    text: &str,
    loader: &dyn Loader,
    open: &mut Vec<String>,
    document: &mut Document,
    sink: &mut Sink,
) -> Option<u32> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MOST_BYTES {
        let file = sink.sources.add(name, "");
        sink.error_help(
            "too-large",
            Span { file, start: 0, end: 0 },
            format!(
                "the policy is {} MB; at most {} MB are read",
                text.len() >> 20,
                MOST_BYTES >> 20
            ),
            "keep long lists in files of their own: `file = \"terms.csv\"`",
        );
        return None;
    }
    let file = sink.sources.add(name, text);
    let is_json =
        name.to_ascii_lowercase().ends_with(".json") || text.trim_start().starts_with('{');
    let root = if is_json { parse_json(file, text, sink) } else { parse_toml(file, text, sink) };
    check_keys(&root, sink);
    let header = header_of(&root, sink);
    let zone = crate::moment::zone(&header.time_zone).unwrap_or_else(|help| {
        let at = root.get("policy").map_or(root.span, |p| p.span_of("time_zone"));
        sink.error_help(
            "unknown-time-zone",
            at,
            format!("`{}` is not a time zone", header.time_zone),
            help,
        );
        TimeZone::UTC
    });
    open.push(name.to_owned());
    let extends =
        root.get("policy").and_then(|p| p.get("extends")).map(Node::items).unwrap_or_default();
    for base in extends {
        extend(name, base, loader, open, document, sink);
    }
    open.pop();
    document.layers.insert(file, Layer { name: name.to_owned(), root: root.clone(), header, zone });
    merge(&root, document, sink);
    document.checklist = root.get("checklist").map(Node::items).unwrap_or_default().to_vec();
    Some(file)
}

fn extend(
    name: &str,
    base: &Node,
    loader: &dyn Loader,
    open: &mut Vec<String>,
    document: &mut Document,
    sink: &mut Sink,
) {
    let Some(wanted) = base.text() else { return };
    let path =
        if wanted.starts_with(packs::PREFIX) { wanted.to_owned() } else { beside(name, wanted) };
    if open.contains(&path) {
        sink.error("extends-itself", base.span, format!("`{wanted}` builds upon itself"));
        return;
    }
    if document.layers.values().any(|l| l.name == path) {
        return;
    }
    if path.starts_with(packs::PREFIX) {
        match packs::get(&path) {
            Some(text) => {
                read_layer(&path, text, loader, open, document, sink);
            }
            None => {
                let names: Vec<String> =
                    packs::names().map(|n| format!("{}{n}", packs::PREFIX)).collect();
                let help = nearest(wanted, &names).map_or_else(
                    || format!("packs are {}", alternatives(&names)),
                    |near| format!("write `{near}` instead"),
                );
                sink.error_help(
                    "unknown-pack",
                    base.span,
                    format!("there is no pack `{wanted}`"),
                    help,
                );
            }
        }
        return;
    }
    match loader.read(&path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => {
                read_layer(&path, &text, loader, open, document, sink);
            }
            Err(_) => sink.error("not-utf-8", base.span, format!("`{path}` is not UTF-8 text")),
        },
        Err(reason) => {
            sink.error("unreadable-file", base.span, format!("cannot read `{path}`: {reason}"))
        }
    }
}

/// The path of a file that stands beside another.
pub(crate) fn beside(name: &str, file: &str) -> String {
    if file.starts_with('/') || file.starts_with('\\') || file.chars().nth(1) == Some(':') {
        return file.to_owned();
    }
    match name.rfind(['/', '\\']).and_then(|i| name.get(..=i)) {
        Some(folder) => format!("{folder}{file}"),
        None => file.to_owned(),
    }
}

fn check_keys(root: &Node, sink: &mut Sink) {
    let mut known = DOCUMENT_KEYS.to_vec();
    known.push(OVERRIDE_KEY);
    for field in root.fields() {
        if known.contains(&field.key.as_str()) || field.key == "$schema" {
            continue;
        }
        let mut written = field.key.clone();
        // "[[overrides]]" and "[[rule]]" are the usual slips.
        let near = nearest(&written, &known).or_else(|| {
            written = written.trim_end_matches('s').to_owned();
            nearest(&written, &known)
        });
        let help = match near {
            Some(near) => format!("write `{near}` instead"),
            None => format!("tables are {}", alternatives(&known)),
        };
        sink.error_help("unknown-key", field.span, format!("unknown key `{}`", field.key), help);
    }
}

fn header_of(root: &Node, sink: &mut Sink) -> Header {
    let Some(node) = root.get("policy") else {
        if root.fields().is_empty() && sink.has_errors() {
            // Nothing could be read at all, and that has been said.
            return Header::default();
        }
        sink.error_help(
            "missing-key",
            Span { end: root.span.start.saturating_add(1), ..root.span },
            "the table `[policy]` is missing",
            "begin the file with [policy], id = \"acme\", version = 1, name = \"…\"",
        );
        return Header::default();
    };
    let language = node.get("default_language").and_then(Node::text).unwrap_or("en").to_owned();
    let header: Header = decode(node, &language, sink).unwrap_or_default();
    let id = node.get("id");
    if header.id.is_empty() {
        let at = id.map_or_else(|| node.head(), |n| n.span);
        sink.error_help("missing-key", at, "the policy has no id", "add `id = \"acme\"`");
    } else if !is_id(&header.id) {
        bad_id(&header.id, node.span_of("id"), sink);
    }
    if node.get("version").is_some() && header.version == 0 {
        sink.error_help(
            "wrong-value",
            node.span_of("version"),
            "versions begin at 1",
            "write `version = 1`",
        );
    }
    for (index, language) in header.languages.iter().enumerate() {
        if !is_language(language) {
            let at = node
                .get("languages")
                .and_then(|l| l.items().get(index))
                .map_or(node.span, |n| n.span);
            sink.error_help(
                "unknown-language",
                at,
                format!("`{language}` is not a language code"),
                "write two or three small letters: `en`, `id`, `jv`",
            );
        }
    }
    header
}

/// Whether a text can be an id.
pub(crate) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 80
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
}

pub(crate) fn bad_id(id: &str, at: Span, sink: &mut Sink) {
    let good: String = id
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .take(80)
        .collect();
    let good = good.trim_matches('-');
    sink.error_help(
        "bad-id",
        at,
        format!("`{id}` cannot be an id: only small letters, digits, dots and dashes"),
        format!("write `{good}` instead"),
    );
}

pub(crate) fn is_language(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_lowercase())
}

/// Adds a file to what it builds upon.
fn merge(root: &Node, document: &mut Document, sink: &mut Sink) {
    if let Some(settings) = root.get("settings") {
        if document.settings.fields().is_empty() {
            document.settings = settings.clone();
        } else {
            let merged = merged_table(&document.settings, settings, &[]);
            document.settings = merged;
        }
    }
    if let Some(company) = root.get("company") {
        document.company.push(company.clone());
    }
    add(root, "roles", &mut document.roles, true, sink);
    add(root, "contacts", &mut document.contacts, true, sink);
    add(root, "sections", &mut document.sections, true, sink);
    add(root, "lists", &mut document.lists, true, sink);
    add(root, "responses", &mut document.responses, true, sink);
    document.sites.extend(root.get("sites").map(Node::items).unwrap_or_default().iter().cloned());
    override_rules(root, document, sink);
    add(root, "rules", &mut document.rules, false, sink);
}

/// Adds the entries of an array of tables. An entry with the id of one that is
/// built upon takes its place where `replaces`, and is refused otherwise.
fn add(root: &Node, key: &str, into: &mut Vec<Node>, replaces: bool, sink: &mut Sink) {
    let Some(array) = root.get(key) else { return };
    if !matches!(array.value, Value::List(_)) {
        sink.error_help(
            "wrong-type",
            array.span,
            format!("`{key}` is a list of tables"),
            format!("write [[{key}]] with double brackets"),
        );
        return;
    }
    for item in array.items() {
        let id = item.get("id").and_then(Node::text);
        let known = id
            .and_then(|id| into.iter().position(|n| n.get("id").and_then(Node::text) == Some(id)));
        let Some(index) = known else {
            into.push(item.clone());
            continue;
        };
        let id = id.unwrap_or_default();
        let other = into[index].head();
        if other.file == item.span.file {
            let line = sink.sources.locate(other).map_or(0, |l| l.line);
            sink.error_help(
                "duplicate-id",
                item.head(),
                format!("the id `{id}` is used twice in `{key}`"),
                format!("the first one is in line {line}; give each its own id"),
            );
        } else if replaces {
            into[index] = item.clone();
        } else {
            let base = sink.sources.name(other.file).to_owned();
            sink.error_help(
                "duplicate-id",
                item.head(),
                format!("the rule `{id}` is already in `{base}`"),
                format!(
                    "write [[{OVERRIDE_KEY}]] with id = \"{id}\" to change it, or choose another id"
                ),
            );
        }
    }
}

fn override_rules(root: &Node, document: &mut Document, sink: &mut Sink) {
    let Some(array) = root.get(OVERRIDE_KEY) else { return };
    if !matches!(array.value, Value::List(_)) {
        sink.error_help(
            "wrong-type",
            array.span,
            format!("`{OVERRIDE_KEY}` is a list of tables"),
            format!("write [[{OVERRIDE_KEY}]] with double brackets"),
        );
        return;
    }
    for item in array.items() {
        // Only `id` and `off` are read here; the other keys are those of the rule.
        let own: Vec<_> =
            item.fields().iter().filter(|f| f.key == "id" || f.key == "off").cloned().collect();
        let head: OverrideHead =
            decode(&Node { span: item.span, value: Value::Table(own) }, "en", sink)
                .unwrap_or_default();
        if head.id.is_empty() {
            sink.error_help(
                "missing-key",
                item.head(),
                "the override names no rule",
                "add `id = \"core.profanity\"`",
            );
            continue;
        }
        let position =
            document.rules.iter().position(|n| n.get("id").and_then(Node::text) == Some(&head.id));
        let Some(index) = position else {
            let ids: Vec<&str> =
                document.rules.iter().filter_map(|n| n.get("id").and_then(Node::text)).collect();
            let help = nearest(&head.id, &ids).map_or_else(
                || "only rules of the policies in `extends` can be overridden".to_owned(),
                |near| format!("write `{near}` instead"),
            );
            sink.error_help(
                "unknown-rule",
                item.head(),
                format!("there is no rule `{}` to override", head.id),
                help,
            );
            continue;
        };
        if head.off {
            document.rules.remove(index);
            continue;
        }
        if item.fields().len() < 2 {
            sink.warn_help(
                "empty-override",
                item.head(),
                format!("this changes nothing of `{}`", head.id),
                "add `action = \"note\"`, `off = true` or another key of the rule",
            );
        }
        document.rules[index] = merged_table(&document.rules[index], item, &["id", "off"]);
        document.overridden.push(head.id);
    }
}

/// `base` with the keys of `over` in place of its own.
fn merged_table(base: &Node, over: &Node, except: &[&str]) -> Node {
    let mut fields = base.fields().to_vec();
    for field in over.fields().iter().filter(|f| !except.contains(&f.key.as_str())) {
        match fields.iter_mut().find(|f| f.key == field.key) {
            Some(known) => *known = field.clone(),
            None => fields.push(field.clone()),
        }
    }
    Node { span: base.span, value: Value::Table(fields) }
}
