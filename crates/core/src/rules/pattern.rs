/*!
Regular expressions of the policy's own, in linear time.

The syntax is that of the [`regex`] crate: no look-around and no back-references, and so no
expression that a text could make slow. One that would take more than a mebibyte compiled is refused
when the policy is compiled. Letters match in either case unless `case_sensitive` is set; a group
named `hit` narrows what is marked.

```
use draftguard_core::rules::pattern::{Options, prove};

let options: Options = serde_json::from_str(
    r#"{ "pattern": "\\bACM-\\d{6}\\b", "context_words": ["contract", "kontrak"] }"#,
).unwrap();
assert!(prove(&options).is_ok());

let greedy = Options { pattern: r"(?:\w{1,200}){1,200}".to_owned(), ..Options::default() };
assert!(prove(&greedy).is_err());
```
*/

use serde::{Deserialize, Serialize};

use crate::detect::validate;
use crate::engine::{Env, KindError, Matcher};
use crate::expression::Expression;
use crate::rules::Hit;
use crate::text::{PartText, Scan};

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The expression, in the syntax of the `regex` crate. A group named
    /// `hit` narrows the span.
    pub pattern: String,
    /// Letters match in either case unless this is set.
    pub case_sensitive: bool,
    /// A check on the digits or letters found: `luhn`, `iban`, `mod97`.
    pub validator: Option<String>,
    /// Words of which one must stand within `window` words of the hit, if any are given.
    pub context_words: Vec<String>,
    /// How many words to either side `context_words` may stand; 0 means 8.
    pub window: u32,
}

/// Words to either side of a hit in which a context word counts, where the author says nothing:
/// about half a sentence.
const WINDOW: usize = 8;

/// The checks by name.
const VALIDATORS: [(&str, Validator); 3] =
    [("luhn", validate::luhn), ("iban", validate::iban), ("mod97", validate::mod97)];

/// Takes ASCII letters and digits without separators.
type Validator = fn(&[u8]) -> bool;

/// A pattern made ready.
#[derive(Debug)]
struct Pattern {
    expression: Expression,
    validator: Option<Validator>,
    /// Folded words, of phrases too.
    context: Vec<Vec<String>>,
    window: usize,
}

fn parse(options: &Options) -> Result<Expression, KindError> {
    if options.pattern.trim().is_empty() {
        return Err(KindError::Missing("pattern"));
    }
    Expression::new(&options.pattern, options.case_sensitive)
        .map_err(|reason| KindError::Pattern { pattern: options.pattern.clone(), reason })
}

/// Compiles the expression as a check would, so that one that takes too much is refused in time.
///
/// # Errors
/// What is wrong with the pattern.
pub fn prove(options: &Options) -> Result<(), KindError> {
    parse(options)?
        .prove()
        .map_err(|reason| KindError::Pattern { pattern: options.pattern.clone(), reason })
}

/// Makes the kind ready.
///
/// # Errors
/// A pattern that does not parse, a validator that there is none of.
pub(crate) fn compile(options: &Options, _: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    let validator = match &options.validator {
        None => None,
        Some(name) => match VALIDATORS.iter().find(|(n, _)| n == name) {
            Some((_, check)) => Some(*check),
            None => {
                return Err(KindError::UnknownName {
                    what: "validator",
                    name: name.clone(),
                    known: VALIDATORS.map(|(n, _)| n).join(", "),
                });
            }
        },
    };
    let context = options
        .context_words
        .iter()
        .map(|phrase| {
            let text = PartText::new("", crate::PartRole::Body, phrase);
            text.words.iter().map(|w| text.word(w).to_owned()).collect::<Vec<_>>()
        })
        .filter(|words| !words.is_empty())
        .collect();
    Ok(Box::new(Pattern {
        expression: parse(options)?,
        validator,
        context,
        window: match options.window {
            0 => WINDOW,
            n => n as usize,
        },
    }))
}

impl Matcher for Pattern {
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        for (index, part) in scan.parts.iter().enumerate() {
            self.expression.each(&part.raw, |span| {
                let text = part.raw_text(span.clone());
                if self.is_valid(text) && self.has_context(part, &span) {
                    hits.push(Hit { part: Some(index), span, ..Hit::default() });
                }
                true
            });
        }
    }
}

impl Pattern {
    fn is_valid(&self, text: &str) -> bool {
        let Some(validator) = self.validator else { return true };
        let signs: Vec<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).collect();
        validator(&signs)
    }

    fn has_context(&self, part: &PartText, span: &std::ops::Range<usize>) -> bool {
        if self.context.is_empty() {
            return true;
        }
        let from = part.words.partition_point(|w| w.raw.end <= span.start);
        let to = part.words.partition_point(|w| w.raw.start < span.end).max(from);
        let first = from.saturating_sub(self.window);
        let last = to.saturating_add(self.window).min(part.words.len());
        let near = part.words.get(first..last).unwrap_or_default();
        self.context.iter().any(|phrase| {
            near.windows(phrase.len()).any(|words| {
                words.iter().map(|w| part.word(w)).eq(phrase.iter().map(String::as_str))
            })
        })
    }
}
