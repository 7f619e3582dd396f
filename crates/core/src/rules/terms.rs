/*!
Words and phrases of lists.

Terms match whole words, whatever their case, accents and look-alike letters, with the plural,
possessive and verb forms of English and the affixes and reduplication of Indonesian; terms of
scripts without spaces (Chinese, Japanese, Korean, Thai) match anywhere. They are found in
hashtags and handles too (`#ProjectBluehawk`). Which disguises are looked through is chosen list
by list ([`Disguises`](crate::policy::Disguises)). An entry may name harmless contexts, a
replacement, and dates from and until which it counts.

```
use draftguard_core::policy::{Disguises, Entry, List, Policy, Rule};
use draftguard_core::rules::{Options, terms};
use draftguard_core::{Context, Draft, Engine};

let list = List::build(
    "codenames",
    &[Entry {
        term: "bluehawk".into(),
        exceptions: vec!["bluehawk helicopter".into()],
        ..Entry::default()
    }],
    Disguises::default(),
);
let policy = Policy {
    lists: vec![list],
    rules: vec![Rule {
        id: "codenames".into(),
        ..Rule::of(Options::Terms(terms::Options { lists: vec!["codenames".into()] }))
    }],
    ..Policy::default()
};
let engine = Engine::new(vec![policy]).unwrap();
let texts = |text: &str| -> Vec<String> {
    let report = engine.check(&Draft::from_text(text), &Context::default());
    report.findings.into_iter().map(|f| f.text).collect()
};
assert_eq!(texts("The Blueh\u{430}wks land in May"), ["Blueh\u{430}wks"]);
assert!(texts("I flew in a Bluehawk helicopter").is_empty());
```
*/

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::concealed::{ConcealedIndex, MOST_CONFIRMATIONS};
use crate::engine::{Env, KindError, Matcher};
use crate::index::{Found, ListIndex};
use crate::policy::{Entry, Localized};
use crate::report::Unavailable;
use crate::rules::Hit;
use crate::text::Scan;

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Ids of the lists.
    pub lists: Vec<String>,
}

#[derive(Debug)]
struct Terms {
    lists: Vec<ListIndex>,
    concealed: Vec<ConcealedIndex>,
    default_language: String,
    /// Replacements in several languages, by the text of the entry.
    replacements: BTreeMap<String, Localized>,
}

pub(crate) fn compile(options: &Options, env: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    let mut ready = Terms {
        lists: Vec::new(),
        concealed: Vec::new(),
        default_language: env.policy.default_language.clone(),
        replacements: BTreeMap::new(),
    };
    for id in &options.lists {
        let list = env
            .policy
            .lists
            .iter()
            .find(|l| l.id == *id)
            .ok_or_else(|| KindError::UnknownList(id.clone()))?;
        if let Some(said) = env.policy.refined.replacements.get(id) {
            let said = said.iter().map(|(text, in_languages)| (text.clone(), in_languages.clone()));
            ready.replacements.extend(said);
        }
        let damaged = |reason| KindError::DamagedList { list: id.clone(), reason };
        match &list.concealed {
            Some(concealed) => {
                ready.concealed.push(ConcealedIndex::load(concealed).map_err(damaged)?);
            }
            None => ready.lists.push(ListIndex::load(list).map_err(damaged)?),
        }
    }
    Ok(Box::new(ready))
}

impl Matcher for Terms {
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        let mut found = Vec::new();
        for list in &self.lists {
            // A draft full of one term asks for its entry once.
            let mut entries: BTreeMap<u32, Option<Entry>> = BTreeMap::new();
            for (index, part) in scan.parts.iter().enumerate() {
                found.clear();
                list.find(part, scan.language() == Some("en"), &mut found);
                for Found { raw, record, plain } in found.drain(..) {
                    let mut hit = Hit { part: Some(index), span: raw, ..Hit::default() };
                    if !plain {
                        let entry = entries.entry(record).or_insert_with(|| list.entry(record));
                        let Some(entry) = entry else { continue };
                        // "RocketSkates" is what the list asks for, not a way to write "rocket skates".
                        let written = part.raw_text(hit.span.clone());
                        if !in_force(entry, scan.now) || self.is_replacement(entry, written) {
                            continue;
                        }
                        self.describe(entry, scan, &mut hit);
                    }
                    hits.push(hit);
                }
            }
        }
        let mut budget = MOST_CONFIRMATIONS;
        for list in &self.concealed {
            for (index, part) in scan.parts.iter().enumerate() {
                let mut found = Vec::new();
                if !list.find(part, &mut budget, &mut found) {
                    scan.unavailable.set(Some(Unavailable::TooManyCandidates));
                }
                for (span, record) in found {
                    let mut hit =
                        Hit { part: Some(index), span, concealed: true, ..Hit::default() };
                    let Some(entry) = list.entry(record) else { continue };
                    if in_force(&entry, scan.now) {
                        self.describe(&entry, scan, &mut hit);
                        hits.push(hit);
                    }
                }
            }
        }
    }
}

impl Terms {
    /// Whether something written is what the entry asks for, in whatever language.
    fn is_replacement(&self, entry: &Entry, written: &str) -> bool {
        let Some(text) = &entry.replacement else { return false };
        text == written
            || self.replacements.get(text).is_some_and(|said| said.0.values().any(|t| t == written))
    }

    fn describe(&self, entry: &Entry, scan: &Scan<'_>, hit: &mut Hit) {
        hit.severity = entry.severity;
        hit.replacement = entry.replacement.as_ref().map(|text| {
            let Some(said) = self.replacements.get(text) else { return text.clone() };
            // It goes into the draft: the draft's language before the reader's.
            let reader = scan.reader.as_deref();
            let default = Some(self.default_language.as_str());
            let languages = [scan.language(), reader, default];
            said.resolve(&languages.into_iter().flatten().collect::<Vec<_>>()).to_owned()
        });
        if !entry.note.is_empty() {
            let languages: Vec<&str> = scan
                .reader
                .as_deref()
                .into_iter()
                .chain([self.default_language.as_str()])
                .collect();
            hit.why = Some(entry.note.resolve(&languages).to_owned());
        }
    }
}

/// Whether an entry counts at a time; at an unknown time it does.
fn in_force(entry: &Entry, now: Option<i64>) -> bool {
    now.is_none_or(|now| {
        entry.from.is_none_or(|from| from <= now) && entry.until.is_none_or(|until| now < until)
    })
}
