//! From authored text to the policy that the engine loads.

use std::collections::{BTreeMap, BTreeSet};

use draftguard_core::policy::{Condition, Contact, Policy, Refined, Response, Role, Rule, Section};
use draftguard_core::rules::{Options, pattern};
use draftguard_core::{Engine, EngineError};

use crate::authored::Expect;
use crate::diagnostic::{Diagnostics, Level, Location, Sink};
use crate::examples::{self, Example, Failure};
use crate::load::load;
use crate::lower::{self, LoweredList, LoweredRule};
use crate::node::Node;
use crate::sites;
use crate::{Loader, NoFiles, check, conceal, packs};

/// A policy that compiled.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// What the engine loads.
    pub policy: Policy,
    /// What is probably not meant; never errors.
    pub warnings: Diagnostics,
    /// The policy with the company, roles and contacts that stand in for the real ones in a
    /// pack's examples.
    pub sample: Option<Policy>,
    /// The examples of its own rules; those of packs are the packs' own tests.
    pub examples: Vec<Example>,
    /// Lists whose terms must not travel in clear, by id.
    pub concealed: BTreeSet<String>,
    /// Languages in which every text should exist.
    pub languages: Vec<String>,
    /// Where each rule of the author's own stands: its id, and its pattern where it has one.
    pub(crate) places: BTreeMap<String, Place>,
}

/// Where a rule stands.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) head: Option<Location>,
    /// What decides where the rule fires: its pattern, its lists, its trigger.
    pub(crate) core: Option<Location>,
    pub(crate) examples: usize,
    pub(crate) firing_examples: usize,
}

impl Compiled {
    /// Runs the policy's examples; those that do not hold come back. The
    /// stand-ins of `[sample]` are in force.
    ///
    /// # Errors
    /// The rules cannot be made ready; [`compile_str`] has excluded that for a policy it returned.
    pub fn run_examples(&self) -> Result<Vec<Failure>, EngineError> {
        examples::run(&self.examples, self.sample.as_ref().unwrap_or(&self.policy))
    }
}

/// Compiles a pack by its name, with or without the prefix `pack:`.
///
/// # Errors
/// What is wrong, or that there is no such pack.
pub fn compile_pack(name: &str) -> Result<Compiled, Diagnostics> {
    let name = name.strip_prefix(packs::PREFIX).unwrap_or(name);
    match packs::get(name) {
        Some(text) => compile_str(&format!("{}{name}", packs::PREFIX), text, &NoFiles),
        None => {
            let mut sink = Sink::default();
            let names: Vec<&str> = packs::names().collect();
            sink.push(
                Level::Error,
                "unknown-pack",
                None,
                format!("there is no pack `{name}`"),
                Some(format!("packs are {}", crate::suggest::alternatives(&names))),
            );
            Err(sink.finish())
        }
    }
}

/// Compiles a policy. `name` is its path: it stands in the diagnostics, and
/// files named in the policy are looked for beside it.
///
/// The examples are not run: see [`Compiled::run_examples`].
///
/// # Errors
/// Everything that is wrong, at once, warnings included.
pub fn compile_str(name: &str, text: &str, loader: &dyn Loader) -> Result<Compiled, Diagnostics> {
    let mut sink = Sink::default();
    let plain = load(name, text, loader, &mut sink);
    let sampled = plain.with_sample(&mut sink);
    // Everything is checked with the stand-ins, if there are any, and they are taken out at the end.
    let document = sampled.as_ref().unwrap_or(&plain);
    let Some(layer) = document.layers.get(&document.top) else { return Err(sink.finish()) };
    let (settings, manners) = lower::settings(document, &mut sink);
    let mut policy = Policy {
        id: layer.header.id.clone(),
        version: layer.header.version,
        name: layer.header.name.clone(),
        default_language: layer.header.default_language.clone(),
        settings,
        manners,
        oldest: lower::oldest(document, &mut sink),
        company: lower::company(document, &mut sink),
        roles: lower::plain::<Role>(&document.roles, document, &mut sink),
        contacts: lower::plain::<Contact>(&document.contacts, document, &mut sink),
        sections: lower::plain::<Section>(&document.sections, document, &mut sink),
        responses: lower::plain::<Response>(&document.responses, document, &mut sink),
        sites: sites::lower(document, loader, &mut sink),
        ..Policy::default()
    };
    let lists: Vec<LoweredList> = document
        .lists
        .iter()
        .filter_map(|node| lower::list(node, document, loader, &mut sink))
        .collect();
    let mut rules: Vec<LoweredRule> =
        document.rules.iter().filter_map(|node| lower::rule(node, document, &mut sink)).collect();
    policy.lists = lists.iter().map(|l| l.list.clone()).collect();
    policy.lists.extend(rules.iter_mut().filter_map(|r| r.list.take()));
    policy.rules = rules.iter().map(|r| r.rule.clone()).collect();
    policy.refined = refined(&lists, &rules);
    check::replacements(&lists, document, &mut sink);
    let lost = check::references(&policy, &rules, document, &mut sink);
    check::texts(&policy, &rules, document, &mut sink);
    check::checklist(&rules, document, &mut sink);
    check_ready(&policy, &rules, &lost, &mut sink);
    if !sink.has_errors() {
        check_patterns(&rules, &mut sink);
    }

    let secret = Secrets::of(&lists);
    check::shape(&policy, &rules, document, &mut sink);
    let concealed: BTreeSet<String> =
        lists.iter().filter(|l| l.concealed).map(|l| l.list.id.clone()).collect();
    conceal::check(&policy, &concealed, document, &mut sink);

    let mut all_examples = Vec::new();
    let mut places = BTreeMap::new();
    for lowered in &mut rules {
        if !document.is_pack(lowered.node.span) {
            places.insert(lowered.rule.id.clone(), place(lowered, &sink));
        }
        let own = !document.is_pack(lowered.node.span);
        if !secret.concerns(&lowered.rule) {
            policy.examples.extend(
                examples::readable(&lowered.rule.id, &lowered.examples)
                    .filter(|example| !secret.stands_in(&example.text)),
            );
        }
        for (span, spec) in std::mem::take(&mut lowered.examples) {
            // An example is kept where it was written for the rule as it now stands.
            if own || !document.is_pack(span) {
                let location = sink.sources.locate(span);
                all_examples.push(examples::example(&lowered.rule.id, spec, location));
            }
        }
    }
    let header = layer.header.clone();
    let sample = sampled.is_some().then(|| policy.clone());
    if sample.is_some() {
        // What is wrong here was said above.
        let mut quiet = Sink::default();
        policy.company = lower::company(&plain, &mut quiet);
        policy.roles = lower::plain::<Role>(&plain.roles, &plain, &mut quiet);
        policy.contacts = lower::plain::<Contact>(&plain.contacts, &plain, &mut quiet);
    }
    let failed = sink.has_errors();
    let found = sink.finish();
    if failed {
        return Err(found);
    }
    Ok(Compiled {
        policy,
        sample,
        warnings: found,
        examples: all_examples,
        concealed,
        languages: header.languages,
        places,
    })
}

/// Topics of rules and replacements in several languages, as the compiled policy carries them.
fn refined(lists: &[LoweredList], rules: &[LoweredRule]) -> Refined {
    let topics = rules.iter().filter_map(|r| Some((r.rule.id.clone(), r.topic.clone()?)));
    let inline = rules.iter().map(|r| (format!("{}.terms", r.rule.id), &r.replacements));
    let replacements = lists.iter().map(|l| (l.list.id.clone(), &l.replacements)).chain(inline);
    Refined {
        topics: topics.collect(),
        replacements: replacements
            .filter(|(_, said)| !said.is_empty())
            .map(|(list, said)| (list, said.clone()))
            .collect(),
    }
}

fn place(lowered: &LoweredRule, sink: &Sink) -> Place {
    let node = &lowered.node;
    let core = ["pattern", "terms", "lists", "trigger", "detectors", "categories", "checks"]
        .iter()
        .find_map(|key| node.get(key));
    Place {
        head: sink.sources.locate(node.head()),
        core: core.and_then(|n| sink.sources.locate(n.span)),
        examples: lowered.examples.len(),
        firing_examples: lowered
            .examples
            .iter()
            .filter(|(_, e)| e.expect != Expect::Fires(false))
            .count(),
    }
}

/// What must not travel in clear: neither in an example that people read, nor anywhere else.
struct Secrets<'a> {
    lists: Vec<&'a LoweredList>,
}

impl<'a> Secrets<'a> {
    fn of(lists: &'a [LoweredList]) -> Self {
        Self { lists: lists.iter().filter(|list| list.concealed).collect() }
    }

    /// Whether a rule looks for terms of a concealed list.
    fn concerns(&self, rule: &Rule) -> bool {
        match &rule.options {
            Options::Terms(options) => {
                options.lists.iter().any(|id| self.lists.iter().any(|list| list.list.id == *id))
            }
            _ => false,
        }
    }

    /// Whether a concealed term stands in a text.
    fn stands_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.lists.iter().flat_map(|list| list.list.entries()).any(|entry| {
            std::iter::once(&entry.term)
                .chain(&entry.variants)
                .any(|term| text.contains(&term.to_lowercase()))
        })
    }
}

/// The engine compiles a pattern only when a text may hold it; here, where its author can still
/// change it, it is compiled at once: the kind's own, and those of conditions and requirements.
fn check_patterns(rules: &[LoweredRule], sink: &mut Sink) {
    for LoweredRule { rule, node, .. } in rules {
        let mut patterns = Vec::new();
        let near = [&rule.near, &rule.not_near].into_iter().flatten().map(|n| &n.condition);
        let mut conditions: Vec<_> = [&rule.when, &rule.unless]
            .into_iter()
            .filter_map(|s| s.condition.as_ref())
            .chain(near)
            .collect();
        if let Options::Require(options) = &rule.options {
            conditions.extend(options.trigger.iter().chain(&options.accept_condition));
            patterns.extend(&options.accept_patterns);
        }
        conditions.into_iter().for_each(|c| patterns_in(c, &mut patterns));
        let of =
            |p: &String| pattern::Options { pattern: p.clone(), ..pattern::Options::default() };
        let mut all: Vec<_> = patterns.into_iter().map(of).collect();
        if let Options::Pattern(options) = &rule.options {
            all.push(options.clone());
        }
        if let Some(reason) = all.iter().find_map(|options| pattern::prove(options).err()) {
            let at = node.get("pattern").map_or_else(|| node.head(), |n| n.span);
            sink.push(
                Level::Error,
                "bad-rule",
                Some(at),
                format!("rule `{}`: {reason}", rule.id),
                None,
            );
        }
    }
}

fn patterns_in<'a>(condition: &'a Condition, found: &mut Vec<&'a String>) {
    match condition {
        Condition::All(all) | Condition::Any(all) => {
            all.iter().for_each(|c| patterns_in(c, found));
        }
        Condition::Not(inner) | Condition::Answering(inner) => patterns_in(inner, found),
        Condition::Pattern(pattern) => found.push(pattern),
        _ => {}
    }
}

/// Makes the rules ready as the engine will, and reports each one that it refuses.
/// What is wrong with those in `lost` has been said.
fn check_ready(policy: &Policy, rules: &[LoweredRule], lost: &BTreeSet<String>, sink: &mut Sink) {
    let mut left = policy.clone();
    left.rules.retain(|r| !lost.contains(&r.id));
    while let Err(error) = Engine::new(vec![left.clone()]) {
        match error {
            EngineError::Rule { rule, reason } => {
                let node = rules.iter().find(|r| r.rule.id == rule).map(|r| &r.node);
                let at = node.map(|n| rule_fault(n, &reason.to_string()));
                sink.push(Level::Error, "bad-rule", at, format!("rule `{rule}`: {reason}"), None);
                let before = left.rules.len();
                left.rules.retain(|r: &Rule| r.id != rule);
                if left.rules.len() == before {
                    return;
                }
            }
            other => {
                sink.push(Level::Error, "bad-policy", None, other.to_string(), None);
                return;
            }
        }
    }
}

/// The key of a rule that the engine most likely complains about.
fn rule_fault(node: &Node, reason: &str) -> crate::diagnostic::Span {
    [
        "pattern",
        "accept_patterns",
        "validator",
        "detectors",
        "categories",
        "checks",
        "lists",
        "trigger",
        "when",
    ]
    .iter()
    .filter_map(|key| node.get(key).map(|n| (key, n)))
    .find(|(key, n)| {
        reason.contains(**key)
            || n.text().is_some_and(|t| reason.contains(t))
            || n.items().iter().filter_map(Node::text).any(|t| reason.contains(t))
    })
    .map_or_else(|| node.get("pattern").map_or_else(|| node.head(), |n| n.span), |(_, n)| n.span)
}
