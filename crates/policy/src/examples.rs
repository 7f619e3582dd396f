//! The examples that a policy carries: drafts, and what a rule must find in them.

use draftguard_core::{Context, Draft, EngineError, Part};

use crate::authored::{ExampleSpec, Expect};
use crate::diagnostic::{Location, Span};
use crate::sites::engine;

/// A draft and what a rule must find in it.
#[derive(Debug, Clone)]
pub struct Example {
    /// The rule.
    pub rule: String,
    /// The draft.
    pub draft: Draft,
    /// Where it is written.
    pub context: Context,
    /// What the rule must find.
    pub expect: Expect,
    /// Where the example stands.
    pub location: Option<Location>,
}

/// An example that does not hold.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// The draft's text.
    pub text: String,
    /// What the example asks for.
    pub expected: Expect,
    /// What the rule found.
    pub found: Vec<String>,
    /// Where the example stands.
    pub location: Option<Location>,
}

impl Failure {
    /// What was expected and what came, in words.
    pub fn explain(&self) -> String {
        let quoted = |texts: &[String]| {
            texts.iter().map(|t| format!("\"{t}\"")).collect::<Vec<_>>().join(", ")
        };
        let found = match self.found.as_slice() {
            [] => "it finds nothing".to_owned(),
            found => format!("it finds {}", quoted(found)),
        };
        match &self.expected {
            Expect::Fires(true) => format!("the rule must fire here, and {found}"),
            Expect::Fires(false) => format!("the rule must not fire here, and {found}"),
            Expect::Texts(texts) => format!("the rule must find {}, and {found}", quoted(texts)),
        }
    }
}

/// Examples of each outcome that a rule brings along for people to read.
const READABLE: usize = 2;
/// The longest of them, in characters: what fits a line or three of the handbook.
const READABLE_LENGTH: usize = 240;

/// The examples of a rule that people can read: plain texts, a few that the rule fires on and a few that it leaves alone.
pub(crate) fn readable<'a>(
    rule: &'a str,
    examples: &'a [(Span, ExampleSpec)],
) -> impl Iterator<Item = draftguard_core::handbook::Example> + 'a {
    [true, false].into_iter().flat_map(move |fires| {
        examples
            .iter()
            .map(|(_, spec)| spec)
            .filter(move |spec| {
                let found = match &spec.expect {
                    Expect::Fires(fires) => *fires,
                    Expect::Texts(texts) => !texts.is_empty(),
                };
                found == fires
            })
            .filter(|spec| spec.parts.is_empty() && spec.links.is_empty() && spec.media.is_empty())
            .filter(|spec| !spec.text.is_empty() && spec.text.chars().count() <= READABLE_LENGTH)
            .take(READABLE)
            .map(move |spec| draftguard_core::handbook::Example {
                rule: rule.to_owned(),
                text: spec.text.clone(),
                context: spec.context.clone(),
                fires,
            })
    })
}

pub(crate) fn example(rule: &str, spec: ExampleSpec, location: Option<Location>) -> Example {
    let mut parts = spec.parts;
    if parts.is_empty() || !spec.text.is_empty() {
        parts.insert(0, Part::body("body", spec.text));
    }
    // A part without a name is called by its place, so that findings can name it.
    for (index, part) in parts.iter_mut().enumerate() {
        if part.id.is_empty() {
            part.id = format!("part{}", index + 1);
        }
    }
    Example {
        rule: rule.to_owned(),
        draft: Draft { parts, links: spec.links, media: spec.media, ..Draft::default() },
        context: spec.context,
        expect: spec.expect,
        location,
    }
}

/// Runs examples; the ones that do not hold come back.
///
/// # Errors
/// The policy's rules cannot be made ready.
pub(crate) fn run(
    examples: &[Example],
    policy: &draftguard_core::policy::Policy,
) -> Result<Vec<Failure>, EngineError> {
    // A rule that only observes must still find what its examples say.
    let mut policy = policy.clone();
    policy.settings.mode = draftguard_core::policy::Mode::Enforce;
    policy.settings.messages = true;
    for rule in &mut policy.rules {
        rule.mode = draftguard_core::policy::Mode::Enforce;
    }
    let engine = engine(vec![policy])?;
    let mut failures = Vec::new();
    for example in examples {
        let report = engine.check(&example.draft, &example.context);
        // The text is cut out of the draft: a finding of a concealed list carries none.
        let mut found: Vec<(u32, String)> = report
            .findings
            .iter()
            .filter(|f| f.rule == example.rule || f.also.contains(&example.rule))
            .map(|f| (f.start, spanned(&example.draft, &f.part, f.start, f.end)))
            .collect();
        found.sort();
        let found: Vec<String> = found.into_iter().map(|(_, t)| t).collect();
        let holds = match &example.expect {
            Expect::Fires(fires) => *fires != found.is_empty(),
            Expect::Texts(texts) => {
                let mut wanted = texts.clone();
                let mut came = found.clone();
                wanted.sort();
                came.sort();
                wanted == came
            }
        };
        if !holds {
            failures.push(Failure {
                rule: example.rule.clone(),
                text: example
                    .draft
                    .parts
                    .iter()
                    .map(|p| p.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" / "),
                expected: example.expect.clone(),
                found,
                location: example.location.clone(),
            });
        }
    }
    Ok(failures)
}

fn spanned(draft: &Draft, part: &str, start: u32, end: u32) -> String {
    let Some(part) = draft.parts.iter().find(|p| p.id == part) else { return String::new() };
    let units: Vec<u16> = part
        .text
        .encode_utf16()
        .skip(start as usize)
        .take(end.saturating_sub(start) as usize)
        .collect();
    String::from_utf16_lossy(&units)
}
