//! A concealed term must not stand in clear anywhere in the policy that travels.

use std::collections::{BTreeSet, HashSet};

use draftguard_core::policy::{Localized, Policy};

use crate::diagnostic::{Sink, Span};
use crate::load::Document;
use crate::node::{Node, Value};

/// Longest term that is looked for, in words.
const MOST_WORDS: usize = 8;

/// Reports each text of the policy that quotes a term of a concealed list.
///
/// Titles, messages, notes, replacements, handbook and examples are all in
/// clear: in the bundle, in the handbook page or in the repository of the policy.
pub(crate) fn check(
    policy: &Policy,
    concealed: &BTreeSet<String>,
    document: &Document,
    sink: &mut Sink,
) {
    if concealed.is_empty() {
        return;
    }
    let mut terms: HashSet<Vec<String>> = HashSet::new();
    for list in policy.lists.iter().filter(|l| concealed.contains(&l.id)) {
        for entry in &list.entries() {
            for term in std::iter::once(&entry.term).chain(&entry.variants) {
                let words = words(term);
                if !words.is_empty() {
                    terms.insert(words);
                }
            }
        }
    }
    let longest = terms.iter().map(Vec::len).max().unwrap_or(0).min(MOST_WORDS);
    let look = Look { terms: &terms, longest };
    // A note or a replacement of the list itself travels in clear as well.
    for list in policy.lists.iter().filter(|l| concealed.contains(&l.id)) {
        let node = document
            .lists
            .iter()
            .find(|n| n.get("id").and_then(Node::text) == Some(list.id.as_str()));
        let at = node.map(Node::head).unwrap_or_default();
        for entry in &list.entries() {
            let said = policy.refined.replacements.get(&list.id);
            let said = entry.replacement.as_ref().and_then(|text| said?.get(text));
            let said = said.into_iter().flat_map(|in_languages| in_languages.0.values());
            let texts = entry.note.0.values().chain(&entry.replacement).chain(said);
            for text in texts.chain(&entry.exceptions) {
                if look.holds(text) {
                    found(at, "a note, replacement or exception of the list", sink);
                }
            }
        }
    }
    for (what, nodes) in [
        ("rule", &document.rules),
        ("section", &document.sections),
        ("contact", &document.contacts),
        ("role", &document.roles),
        ("response", &document.responses),
    ] {
        for node in nodes {
            look.walk(node, what, sink);
        }
    }
    for node in &document.lists {
        let id = node.get("id").and_then(Node::text).unwrap_or_default();
        if !concealed.contains(id) {
            look.walk(node, "list", sink);
        } else if look.holds(id) {
            found(node.span_of("id"), "the id of the list", sink);
        }
    }
    look.walk(&document.settings, "setting", sink);
    if look.any(&policy.name) {
        found(Span::default(), "the policy's name", sink);
    }
}

fn found(at: Span, what: &str, sink: &mut Sink) {
    sink.error_help(
        "concealed-in-clear",
        at,
        format!("{what} quotes a term of a concealed list in clear"),
        "describe it without the term: everything but the list itself can be read in the bundle",
    );
}

struct Look<'a> {
    terms: &'a HashSet<Vec<String>>,
    longest: usize,
}

impl Look<'_> {
    fn holds(&self, text: &str) -> bool {
        let words = words(text);
        (1..=self.longest).any(|n| words.windows(n).any(|window| self.terms.contains(window)))
    }

    fn any(&self, text: &Localized) -> bool {
        text.0.values().any(|t| self.holds(t))
    }

    /// Looks at every text of a table, at any depth.
    fn walk(&self, node: &Node, what: &str, sink: &mut Sink) {
        match &node.value {
            Value::Text(text) if self.holds(text) => {
                found(node.span, &format!("this text of a {what}"), sink);
            }
            Value::List(items) => items.iter().for_each(|n| self.walk(n, what, sink)),
            Value::Table(fields) => fields.iter().for_each(|f| self.walk(&f.node, what, sink)),
            _ => {}
        }
    }
}

/// The words of a text, folded as far as case and punctuation go.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}
