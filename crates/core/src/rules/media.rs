/*!
Attachments: their names, what their metadata tells, what is missing beside them.

| check | finds |
|---|---|
| `file-name` | a term of a list in a file's name, however its words are joined (`Q3-board_deck.png`) |
| `place` | a picture or film that says where it was taken (EXIF, IPTC, XMP) |
| `author` | a picture that names an author or owner who is not the company |
| `missing-credit` | such a picture, or one named as from a picture agency, in a draft without a credit; where the check is named, any picture |
| `missing-description` | a picture without a description |
| `reminder` | any attachment: look once more before it goes out |

Findings about a file have no place in the text. A check that is not named in `checks` is off where
`checks` has any; the reminder is on only where it is named.

```
use draftguard_core::rules::media::Options;

let options: Options = serde_json::from_str(r#"{ "checks": ["file-name", "place"] }"#).unwrap();
assert!(options.lists.is_empty(), "all lists of the policy");
```
*/

use serde::{Deserialize, Serialize};

use crate::detect::metadata::Metadata;
use crate::draft::{Draft, Media, MediaKind, Part};
use crate::engine::{Env, KindError, Matcher};
use crate::policy::{Condition, Feature};
use crate::rules::{Hit, terms};
use crate::speech::condition::Compiled;
use crate::text::Scan;

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// `file-name`, `place`, `author`, `missing-credit`, `missing-description`, `reminder`; empty: all but the reminder.
    pub checks: Vec<String>,
    /// Lists whose terms may not stand in a file name; empty: all lists of the policy.
    pub lists: Vec<String>,
}

/// The checks there are.
const CHECKS: &[&str] =
    &["file-name", "place", "author", "missing-credit", "missing-description", "reminder"];

/// Words in the names of files that come from picture agencies and searches.
const AGENCIES: &[&str] = &[
    "shutterstock",
    "gettyimages",
    "getty-images",
    "istock",
    "adobestock",
    "adobe_stock",
    "unsplash",
    "pexels",
    "pixabay",
    "freepik",
    "dreamstime",
    "alamy",
    "depositphotos",
    "123rf",
    "pinterest",
    "googleimage",
    "wikimedia",
];

/// The checks of a rule made ready.
#[derive(Debug)]
struct Attachments {
    checks: Vec<&'static str>,
    /// Named by the author: then `missing-credit` asks for one beside any picture.
    named: bool,
    terms: Option<Box<dyn Matcher>>,
    credit: Option<Compiled>,
    /// The company's names, folded.
    names: Vec<String>,
}

/// Makes the kind ready.
///
/// # Errors
/// A check or a list that there is none of.
pub(crate) fn compile(options: &Options, env: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    let mut checks = Vec::new();
    for name in &options.checks {
        let plain = name.strip_prefix("media.").unwrap_or(name);
        match CHECKS.iter().find(|c| **c == plain) {
            Some(check) => checks.push(*check),
            None => {
                return Err(KindError::UnknownName {
                    what: "check",
                    name: name.clone(),
                    known: CHECKS.join(", "),
                });
            }
        }
    }
    let named = !checks.is_empty();
    if !named {
        checks.extend(CHECKS.iter().filter(|c| **c != "reminder"));
    }
    for list in &options.lists {
        if !env.policy.lists.iter().any(|l| l.id == *list) {
            return Err(KindError::UnknownList(list.clone()));
        }
    }
    let lists = match options.lists.as_slice() {
        [] => env.policy.lists.iter().map(|l| l.id.clone()).collect(),
        lists => lists.to_vec(),
    };
    let terms = if checks.contains(&"file-name") && !lists.is_empty() {
        Some(terms::compile(&terms::Options { lists }, env)?)
    } else {
        None
    };
    let credit = if checks.contains(&"missing-credit") {
        let condition = Condition::Has(Feature::Credit);
        Some(
            Compiled::new(&condition, env.policy)
                .map_err(|error| KindError::Condition(error.to_string()))?,
        )
    } else {
        None
    };
    let names = env.policy.company.names.iter().map(|n| n.name.to_lowercase()).collect();
    Ok(Box::new(Attachments { checks, named, terms, credit, names }))
}

impl Matcher for Attachments {
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        if scan.draft.media.is_empty() {
            return;
        }
        self.file_names(scan, hits);
        let credited = self.credit.as_ref().is_none_or(|c| c.holds_in_draft(scan));
        for media in &scan.draft.media {
            let picture = matches!(media.kind, MediaKind::Image | MediaKind::Video);
            let data = media.bytes.as_deref().map(Metadata::read).unwrap_or_default();
            let mut report = |check: &str, why: String| {
                if self.checks.contains(&check) {
                    hits.push(Hit {
                        detector: Some(format!("media.{check}")),
                        why: Some(format!("{}: {why}", name_of(media))),
                        ..Hit::default()
                    });
                }
            };
            if let Some((north, east)) = data.position {
                report("place", format!("taken at {north:.3}, {east:.3}"));
            } else if let Some(place) = &data.place {
                report("place", format!("taken in {place}"));
            }
            let owner = self.owner(&data);
            if let Some(owner) = &owner {
                report("author", format!("names {owner}"));
            }
            let agency = AGENCIES.iter().find(|a| media.name.to_lowercase().contains(**a));
            if picture && !credited {
                match (&owner, agency) {
                    (Some(owner), _) => report("missing-credit", format!("no credit for {owner}")),
                    (None, Some(agency)) => {
                        report("missing-credit", format!("no credit; from {agency}"))
                    }
                    (None, None) if self.named => report("missing-credit", "no credit".to_owned()),
                    (None, None) => {}
                }
            }
            let described = media.alt.as_deref().is_some_and(|alt| !alt.trim().is_empty());
            if picture && !described {
                report("missing-description", "no description".to_owned());
            }
            report("reminder", "look once more at what it shows".to_owned());
        }
    }
}

impl Attachments {
    /// Who made a file or owns it, if that is not the company.
    fn owner(&self, data: &Metadata) -> Option<String> {
        [&data.author, &data.copyright].into_iter().flatten().find_map(|owner| {
            let folded = owner.to_lowercase();
            let own = self.names.iter().any(|n| !n.is_empty() && folded.contains(n.as_str()));
            (!own).then(|| owner.clone())
        })
    }

    /// Reads each file's name as a text of its own.
    fn file_names(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        let Some(terms) = &self.terms else { return };
        let parts =
            scan.draft.media.iter().map(|m| Part::body("file", words_of(&m.name))).collect();
        let draft = Draft { parts, ..Draft::default() };
        let names = Scan::new(&draft, scan.context);
        let mut found = Vec::new();
        terms.check(&names, &mut found);
        if let Some(why) = names.unavailable.get() {
            scan.unavailable.set(Some(why));
        }
        for hit in found {
            let media = hit.part.and_then(|i| scan.draft.media.get(i));
            let word =
                hit.part.and_then(|i| names.parts.get(i)).map(|p| p.raw_text(hit.span.clone()));
            let (Some(media), Some(word)) = (media, word) else { continue };
            // What a concealed list found is named nowhere, and so the file is not named either.
            let why = match hit.concealed {
                true => "the name of an attachment has a term of a list".to_owned(),
                false => format!("{}: \"{word}\" in the file's name", name_of(media)),
            };
            hits.push(Hit {
                part: None,
                span: 0..0,
                detector: Some("media.file-name".to_owned()),
                why: Some(why),
                fixes: Vec::new(),
                ..hit
            });
        }
    }
}

fn name_of(media: &Media) -> &str {
    match media.name.as_str() {
        "" => "attachment",
        name => name,
    }
}

/// A file's name as words: without its path and ending, joined words parted.
fn words_of(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, ending)| {
        if ending.len() <= 5 && !stem.is_empty() { stem } else { name }
    });
    let mut words = String::with_capacity(stem.len() + 8);
    let mut last = ' ';
    for c in stem.chars() {
        if matches!(c, '_' | '-' | '.' | '+' | '(' | ')' | '[' | ']' | '~' | '%') {
            words.push(' ');
        } else {
            if last.is_lowercase() && c.is_uppercase() {
                words.push(' ');
            }
            words.push(c);
        }
        last = c;
    }
    words
}

#[cfg(test)]
mod tests;
