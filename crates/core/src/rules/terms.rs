//! Words and phrases of lists.

use serde::{Deserialize, Serialize};

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Ids of the lists.
    pub lists: Vec<String>,
}

use crate::engine::{Env, KindError, Matcher};
use crate::rules::Hit;
use crate::text::Scan;

/// Every term of the lists, folded and cut into words.
#[derive(Debug)]
struct Terms {
    terms: Vec<Vec<String>>,
}

pub(crate) fn compile(options: &Options, env: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    let terms = env
        .policy
        .lists
        .iter()
        .filter(|l| options.lists.contains(&l.id))
        .flat_map(|l| &l.entries)
        .flat_map(|e| std::iter::once(&e.term).chain(&e.variants))
        .map(|t| t.split_whitespace().map(str::to_lowercase).collect())
        .collect();
    Ok(Box::new(Terms { terms }))
}

impl Matcher for Terms {
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        for (index, part) in scan.parts.iter().enumerate() {
            for term in self.terms.iter().filter(|t| !t.is_empty()) {
                for words in part.words.windows(term.len()) {
                    if words.iter().map(|w| part.word(w)).eq(term.iter().map(String::as_str)) {
                        let (Some(first), Some(last)) = (words.first(), words.last()) else {
                            continue;
                        };
                        hits.push(Hit {
                            part: Some(index),
                            span: first.raw.start..last.raw.end,
                            ..Hit::default()
                        });
                    }
                }
            }
        }
    }
}
