//! What only the whole policy can tell: names that lead nowhere, texts that are missing.

use std::collections::BTreeSet;

use draftguard_core::policy::{Condition, FixSpec, Localized, Policy, Selector};
use draftguard_core::rules::Options;

use crate::authored::ChecklistPoint;
use crate::decode::decode;
use crate::diagnostic::{Sink, Span};
use crate::load::Document;
use crate::lower::{LoweredList, LoweredRule};
use crate::node::Node;
use crate::suggest::{alternatives, nearest};

/// What roles may do without a policy saying more.
const PERMISSIONS: [&str; 4] = ["speak", "announce", "answer_customers", "brand_account"];

/// Every name that a rule uses must lead somewhere. The rules with one that
/// does not come back.
pub(crate) fn references(
    policy: &Policy,
    rules: &[LoweredRule],
    document: &Document,
    sink: &mut Sink,
) -> BTreeSet<String> {
    let mut lost = BTreeSet::new();
    let lists: Vec<&str> = policy.lists.iter().map(|l| l.id.as_str()).collect();
    let sections: Vec<&str> = policy.sections.iter().map(|s| s.id.as_str()).collect();
    let roles: Vec<&str> = policy.roles.iter().map(|r| r.id.as_str()).collect();
    let mut contacts: Vec<&str> = Vec::new();
    for contact in &policy.contacts {
        contacts.push(&contact.id);
        contacts.extend(contact.topics.iter().map(String::as_str));
    }
    let responses: Vec<&str> =
        policy.responses.iter().flat_map(|r| [r.id.as_str(), r.topic.as_str()]).collect();
    let mut permissions: BTreeSet<&str> = PERMISSIONS.into();
    permissions.extend(policy.roles.iter().flat_map(|r| r.may.iter().map(String::as_str)));
    let permissions: Vec<&str> = permissions.into_iter().collect();

    for LoweredRule { rule, node, .. } in rules {
        let mut need = |what: &str, name: &str, known: &[&str], at: Span| {
            if known.contains(&name) {
                return;
            }
            let help = nearest(name, known).map_or_else(
                || match known {
                    [] => format!("the policy has no {what}s yet: add [[{what}s]]"),
                    _ => format!("known: {}", alternatives(known)),
                },
                |near| format!("write `{near}` instead"),
            );
            sink.error_help("unknown-name", at, format!("there is no {what} `{name}`"), help);
            lost.insert(rule.id.clone());
        };
        if let Some(section) = &rule.section {
            need("section", section, &sections, node.span_of("section"));
        }
        let used: &[String] = match &rule.options {
            Options::Terms(o) => &o.lists,
            Options::Tone(o) => &o.lists,
            Options::Media(o) => &o.lists,
            _ => &[],
        };
        for (index, list) in used.iter().enumerate() {
            let at = node
                .get("lists")
                .and_then(|l| l.items().get(index))
                .map_or(node.head(), |n| n.span);
            need("list", list, &lists, at);
        }
        for (index, fix) in rule.fixes.iter().enumerate() {
            let at = node
                .get("fixes")
                .and_then(|l| l.items().get(index))
                .map_or(node.head(), |n| n.span);
            match fix {
                FixSpec::Contact(name) if !document.is_shipped(node.span) => {
                    need("contact", name, &contacts, at)
                }
                FixSpec::Response(name) if !document.is_shipped(node.span) => {
                    need("response", name, &responses, at);
                }
                _ => {}
            }
        }
        for (key, selector) in [("when", &rule.when), ("unless", &rule.unless)] {
            let Selector { role, may, condition, .. } = selector;
            let inside =
                |field: &str| node.get(key).map_or(node.head(), |n: &Node| n.span_of(field));
            if !document.is_shipped(node.span) {
                role.iter().for_each(|r| need("role", r, &roles, inside("role")));
            }
            may.iter().for_each(|m| need("permission", m, &permissions, inside("may")));
            if let Some(condition) = condition {
                lists_in(condition, &mut |l| need("list", l, &lists, inside("condition")));
            }
        }
        for (key, near) in [("near", &rule.near), ("not_near", &rule.not_near)] {
            if let Some(near) = near {
                lists_in(&near.condition, &mut |l| need("list", l, &lists, node.span_of(key)));
            }
        }
        if let Options::Require(options) = &rule.options {
            for (key, condition) in
                [("trigger", &options.trigger), ("accept_condition", &options.accept_condition)]
            {
                if let Some(condition) = condition {
                    lists_in(condition, &mut |l| need("list", l, &lists, node.span_of(key)));
                }
            }
        }
    }
    lost
}

/// Calls `found` with each list that a condition names.
fn lists_in(condition: &Condition, found: &mut dyn FnMut(&str)) {
    match condition {
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|c| lists_in(c, found)),
        Condition::Not(inner) | Condition::Answering(inner) => lists_in(inner, found),
        Condition::List(list) => found(list),
        _ => {}
    }
}

/// Replacements that are said in some of the policy's languages and not in all of them: the draft's
/// author would get a word in another language.
pub(crate) fn replacements(lists: &[LoweredList], document: &Document, sink: &mut Sink) {
    let Some(top) = document.layers.get(&document.top) else { return };
    for (lowered, node) in lists.iter().filter_map(|l| {
        let id = Some(l.list.id.as_str());
        Some((l, document.lists.iter().find(|n| n.get("id").and_then(Node::text) == id)?))
    }) {
        for (text, said) in &lowered.replacements {
            let missing = top.header.languages.iter().filter(|l| !said.0.contains_key(*l));
            for language in missing.filter(|_| !document.is_pack(node.span)) {
                sink.warn_help(
                    "missing-language",
                    node.head(),
                    format!("the replacement “{text}” has no text in `{language}`"),
                    format!("write replacement = {{ en = \"…\", {language} = \"…\" }}"),
                );
            }
        }
    }
}

/// Every text that an employee reads must be there, in every declared language.
pub(crate) fn texts(policy: &Policy, rules: &[LoweredRule], document: &Document, sink: &mut Sink) {
    let Some(top) = document.layers.get(&document.top) else { return };
    let languages: Vec<&String> =
        top.header.languages.iter().filter(|l| crate::load::is_language(l)).collect();
    let mut untranslated: std::collections::BTreeMap<(String, String), usize> =
        std::collections::BTreeMap::new();
    let mut need = |text: &Localized, what: &str, at: Span, sink: &mut Sink| {
        if text.is_empty() {
            return;
        }
        for language in
            languages.iter().copied().filter(|l| text.0.get(*l).is_none_or(|t| t.trim().is_empty()))
        {
            if at.file == document.top {
                sink.warn_help(
                    "missing-language",
                    at,
                    format!("{what} has no text in `{language}`"),
                    format!("write {{ en = \"…\", {language} = \"…\" }}"),
                );
            } else {
                let name = sink.sources.name(at.file).to_owned();
                *untranslated.entry((name, language.clone())).or_default() += 1;
            }
        }
    };
    for LoweredRule { rule, node, .. } in rules {
        let id = &rule.id;
        // One that is there and could not be read has been reported.
        if rule.message.is_empty() && node.get("message").is_none_or(|m| m.text().is_some()) {
            sink.error_help(
                "missing-message",
                node.head(),
                format!("rule `{id}` has no message"),
                "add `message = { en = \"what is wrong and what to do\", … }`",
            );
        }
        need(&rule.message, &format!("the message of `{id}`"), node.span_of("message"), sink);
        need(&rule.title, &format!("the title of `{id}`"), node.span_of("title"), sink);
        need(
            &rule.consequence,
            &format!("the consequence of `{id}`"),
            node.span_of("consequence"),
            sink,
        );
        for reason in &rule.reasons {
            need(
                &reason.text,
                &format!("the reason `{}`", reason.code),
                node.span_of("reasons"),
                sink,
            );
        }
    }
    let sections = policy.sections.iter().zip(&document.sections);
    for (section, node) in sections {
        need(
            &section.title,
            &format!("the title of section `{}`", section.id),
            node.span_of("title"),
            sink,
        );
        need(&section.body, &format!("section `{}`", section.id), node.span_of("body"), sink);
    }
    for (role, node) in policy.roles.iter().zip(&document.roles) {
        need(&role.name, &format!("the name of role `{}`", role.id), node.span_of("name"), sink);
    }
    for (contact, node) in policy.contacts.iter().zip(&document.contacts) {
        need(
            &contact.handover,
            &format!("the hand-over of `{}`", contact.id),
            node.span_of("handover"),
            sink,
        );
    }
    let at = top.root.get("policy").map_or(top.root.span, |p| p.span_of("languages"));
    for ((file, language), count) in untranslated {
        sink.warn_help(
            "missing-language",
            at,
            format!("{count} texts of `{file}` do not exist in `{language}`"),
            "override their messages, or leave the language out; English is shown instead",
        );
    }
}

/// Every point of a checklist is seen to by rules that exist, or says why it cannot be.
pub(crate) fn checklist(rules: &[LoweredRule], document: &Document, sink: &mut Sink) {
    let ids: Vec<&str> = rules.iter().map(|r| r.rule.id.as_str()).collect();
    for node in &document.checklist {
        let Some(point) = decode::<ChecklistPoint>(node, document.language(node.span), sink) else {
            continue;
        };
        if point.rules.is_empty() == point.reason.is_empty() {
            sink.error_help(
                "open-point",
                node.head(),
                format!("the point “{}” has neither rules nor a reason, or both", point.point),
                "name the rules that see to it, or say why no rule can",
            );
        }
        for (index, rule) in point.rules.iter().enumerate() {
            if ids.contains(&rule.as_str()) {
                continue;
            }
            let at = node
                .get("rules")
                .and_then(|l| l.items().get(index))
                .map_or(node.head(), |n| n.span);
            let help = nearest(rule, &ids)
                .map_or_else(String::new, |near| format!("write `{near}` instead"));
            sink.error_help("unknown-rule", at, format!("there is no rule `{rule}`"), help);
        }
    }
}

/// What the text of a rule may fill in.
const PLACEHOLDERS: [&str; 7] =
    ["text", "company", "replacement", "contact", "site", "rule", "handle"];

/// What is written correctly and still cannot do what is meant.
pub(crate) fn shape(policy: &Policy, rules: &[LoweredRule], document: &Document, sink: &mut Sink) {
    for LoweredRule { rule, node, .. } in rules {
        if document.is_pack(node.span) {
            continue;
        }
        let id = &rule.id;
        if let Some(why) = never_fires(rule, policy) {
            sink.warn_help(
                "never-fires",
                node.head(),
                format!("the rule `{id}` can never fire: {why}"),
                "change it, or leave it out",
            );
        }
        for (key, text) in
            [("title", &rule.title), ("message", &rule.message), ("consequence", &rule.consequence)]
        {
            for value in text.0.values() {
                placeholders(value, node.span_of(key), sink);
            }
        }
        if let Some(learn) = &rule.learn
            && !learn.starts_with("https://")
        {
            sink.error_help(
                "not-https",
                node.span_of("learn"),
                format!("`{learn}` is not an https address"),
                "write the whole address: https://…",
            );
        }
        if !rule.reasons.is_empty() && rule.action != draftguard_core::Action::Justify {
            sink.warn_help(
                "unused-reasons",
                node.span_of("reasons"),
                format!("the reasons of `{id}` are never asked for"),
                "reasons are asked where `action = \"justify\"`",
            );
        }
        if let Options::Require(options) = &rule.options
            && rule.fixes.contains(&FixSpec::Insert)
            && options.insert.values().all(Vec::is_empty)
        {
            sink.warn_help(
                "nothing-to-insert",
                node.span_of("fixes"),
                format!("the rule `{id}` offers to insert a text and has none"),
                "add `insert.en = [\"…\"]`",
            );
        }
    }
    for (section, node) in policy.sections.iter().zip(&document.sections) {
        if section.body.0.values().any(|t| has_html(t)) && !document.is_pack(node.span) {
            sink.warn_help(
                "raw-html",
                node.span_of("body"),
                format!("the section `{}` holds HTML, which is shown as it is written", section.id),
                "write Markdown: **bold**, - a list, [text](https://…)",
            );
        }
    }
}

fn has_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        text.get(at + 1..)
            .and_then(|rest| rest.trim_start_matches('/').chars().next())
            .is_some_and(|c| c.is_ascii_alphabetic())
            && text.get(at..).is_some_and(|rest| rest.contains('>') && !rest.starts_with("<http"))
    })
}

/// Why a rule cannot find anything in any draft, if it cannot.
fn never_fires(rule: &draftguard_core::policy::Rule, policy: &Policy) -> Option<String> {
    let (when, unless) = (&rule.when, &rule.unless);
    let only_field = |own: bool| own && fields_set(unless) == 1;
    if !when.site.is_empty()
        && only_field(!unless.site.is_empty())
        && when.site.iter().all(|s| unless.site.contains(s))
    {
        return Some("`unless` takes away every site of `when`".to_owned());
    }
    if !when.surface.is_empty()
        && only_field(!unless.surface.is_empty())
        && when.surface.iter().all(|s| unless.surface.contains(s))
    {
        return Some("`unless` takes away every surface of `when`".to_owned());
    }
    if !when.account.is_empty()
        && only_field(!unless.account.is_empty())
        && when.account.iter().all(|s| unless.account.contains(s))
    {
        return Some("`unless` takes away every account of `when`".to_owned());
    }
    if !when.surface.is_empty()
        && when.surface.iter().all(|s| *s == draftguard_core::Surface::Message)
        && !policy.settings.messages
    {
        return Some("it looks at messages only, and `settings.messages` is off".to_owned());
    }
    match &rule.options {
        Options::Terms(o) => {
            let entries = policy
                .lists
                .iter()
                .filter(|l| o.lists.contains(&l.id))
                .map(|l| l.len())
                .sum::<usize>();
            if o.lists.is_empty() {
                Some("it names no list".to_owned())
            } else if o.lists.iter().any(|id| policy.lists.iter().all(|l| l.id != *id)) {
                // That one is missing has been said.
                None
            } else if entries == 0 {
                Some("its lists have no terms".to_owned())
            } else {
                None
            }
        }
        Options::Pattern(o) if o.pattern.is_empty() => Some("it has no pattern".to_owned()),
        Options::Sensitive(o) if o.detectors.is_empty() => Some("it names no detector".to_owned()),
        Options::Sensitive(o) if o.detectors.iter().all(|d| o.except.contains(d)) => {
            Some("`except` takes away every detector".to_owned())
        }
        Options::Tone(o) if o.categories.is_empty() && o.lists.is_empty() => {
            Some("it names no category".to_owned())
        }
        _ => None,
    }
}

fn fields_set(selector: &Selector) -> usize {
    [
        !selector.site.is_empty(),
        !selector.surface.is_empty(),
        !selector.account.is_empty(),
        !selector.role.is_empty(),
        !selector.may.is_empty(),
        !selector.language.is_empty(),
        !selector.audience.is_empty(),
        !selector.part.is_empty(),
        selector.condition.is_some(),
    ]
    .into_iter()
    .filter(|set| *set)
    .count()
}

/// Reports `{words}` that nothing is filled in for.
fn placeholders(text: &str, at: Span, sink: &mut Sink) {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { return };
        if !PLACEHOLDERS.contains(&name) && name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            let help = nearest(name, &PLACEHOLDERS).map_or_else(
                || format!("known: {}", alternatives(&PLACEHOLDERS)),
                |near| format!("write `{{{near}}}` instead"),
            );
            sink.warn_help(
                "unknown-placeholder",
                at,
                format!("nothing is filled in for `{{{name}}}`"),
                help,
            );
        }
        rest = tail;
    }
}
