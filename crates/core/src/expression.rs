//! Regular expressions that a policy's author wrote: linear in time, bounded in memory, compiled
//! when first needed.
//!
//! Compiling one costs more than any check, and most drafts need none of them. So an expression is
//! only parsed when the engine is made ready; it is compiled when a text holds one of the literals
//! that it must begin with, if it has such, and in its ASCII form for ASCII text, which is several
//! times cheaper.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem;
use regex_syntax::hir::Hir;
use regex_syntax::hir::literal::{ExtractKind, Extractor};

/// Memory that a compiled expression may take, in bytes. `(?:\d[ -]?){13,19}` with Unicode digits
/// takes about half of it.
const SIZE_LIMIT: usize = 1 << 20;

/// Groups in groups. Deeper ones are nobody's honest wish.
const NEST_LIMIT: u32 = 50;

/// More literals than this gate nothing any more.
const MOST_LITERALS: usize = 32;

/// An expression made ready.
#[derive(Debug)]
pub(crate) struct Expression {
    pattern: String,
    case_sensitive: bool,
    /// Every match begins with one of these (ASCII, in lower case unless case counts); empty:
    /// nothing is known.
    literals: Vec<Vec<u8>>,
    ascii: OnceLock<Option<regex::bytes::Regex>>,
    unicode: OnceLock<Option<regex::Regex>>,
}

impl Expression {
    /// Parses an expression.
    ///
    /// # Errors
    /// What is wrong with it, for its author.
    pub(crate) fn new(pattern: &str, case_sensitive: bool) -> Result<Self, String> {
        let hir = regex_syntax::ParserBuilder::new()
            .nest_limit(NEST_LIMIT)
            .case_insensitive(!case_sensitive)
            .build()
            .parse(pattern)
            .map_err(|e| e.to_string())?;
        if hir.properties().minimum_len() == Some(0) {
            return Err("it matches the empty text, and so everywhere".to_owned());
        }
        Ok(Self {
            pattern: pattern.to_owned(),
            case_sensitive,
            literals: literals(&hir, case_sensitive),
            ascii: OnceLock::new(),
            unicode: OnceLock::new(),
        })
    }

    /// Compiles it as the engine will, to say in time that it takes too much.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub(crate) fn prove(&self) -> Result<(), String> {
        self.build_unicode().map(drop).map_err(|e| match e {
            regex::Error::CompiledTooBig(_) => format!(
                "it takes more than {} KiB: use smaller repetitions, `[0-9]` instead of `\\d`, or split it",
                SIZE_LIMIT >> 10
            ),
            other => other.to_string(),
        })
    }

    fn build_unicode(&self) -> Result<regex::Regex, regex::Error> {
        regex::RegexBuilder::new(&self.pattern)
            .case_insensitive(!self.case_sensitive)
            .size_limit(SIZE_LIMIT)
            .nest_limit(NEST_LIMIT)
            .build()
    }

    fn build_ascii(&self) -> Option<regex::bytes::Regex> {
        regex::bytes::RegexBuilder::new(&self.pattern)
            .case_insensitive(!self.case_sensitive)
            .unicode(false)
            .size_limit(SIZE_LIMIT)
            .nest_limit(NEST_LIMIT)
            .build()
            .ok()
    }

    /// The first place in a text.
    pub(crate) fn find(&self, text: &str) -> Option<Range<usize>> {
        let mut first = None;
        self.each(text, |span| {
            first = Some(span);
            false
        });
        first
    }

    /// Every place in a text, until `found` answers false. Where the expression has a group named
    /// `hit`, the place is the group's.
    pub(crate) fn each(&self, text: &str, mut found: impl FnMut(Range<usize>) -> bool) {
        if !self.may_match(text) {
            return;
        }
        if text.is_ascii()
            && let Some(regex) = self.ascii.get_or_init(|| self.build_ascii())
        {
            for captures in regex.captures_iter(text.as_bytes()) {
                let place = captures.name("hit").or_else(|| captures.get(0));
                if !place.is_none_or(|m| found(m.range())) {
                    return;
                }
            }
            return;
        }
        // An expression that does not compile was refused when the policy was compiled.
        let Some(regex) = self.unicode.get_or_init(|| self.build_unicode().ok()) else { return };
        for captures in regex.captures_iter(text) {
            let place = captures.name("hit").or_else(|| captures.get(0));
            if !place.is_none_or(|m| found(m.range())) {
                return;
            }
        }
    }

    fn may_match(&self, text: &str) -> bool {
        if self.literals.is_empty() {
            return true;
        }
        let lower;
        let text = if self.case_sensitive {
            text.as_bytes()
        } else {
            lower = text.to_ascii_lowercase();
            lower.as_bytes()
        };
        self.literals.iter().any(|l| memmem::find(text, l).is_some())
    }
}

/// What every match begins with, if that is known and worth looking for.
fn literals(hir: &Hir, case_sensitive: bool) -> Vec<Vec<u8>> {
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_total(256);
    let sequence = extractor.extract(hir);
    let Some(found) = sequence.literals() else { return Vec::new() };
    let mut literals: Vec<Vec<u8>> =
        found
            .iter()
            .map(|l| {
                if case_sensitive {
                    l.as_bytes().to_vec()
                } else {
                    l.as_bytes().to_ascii_lowercase()
                }
            })
            .collect();
    literals.sort();
    literals.dedup();
    // One letter stands in every text, and other scripts fold to more than ASCII lower case knows.
    let useful = literals.iter().all(|l| l.len() >= 2 && l.is_ascii());
    if useful && literals.len() <= MOST_LITERALS { literals } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(pattern: &str, text: &str) -> Vec<String> {
        let expression = Expression::new(pattern, false).unwrap();
        let mut found = Vec::new();
        expression.each(text, |span| {
            found.push(text.get(span).unwrap().to_owned());
            true
        });
        found
    }

    #[test]
    fn finds_in_any_case_and_script() {
        assert_eq!(
            all(r"contract-\d+", "See CONTRACT-12 and contract-7."),
            ["CONTRACT-12", "contract-7"]
        );
        assert_eq!(all(r"contract-\d+", "Siehe Contract-12 für Köln"), ["Contract-12"]);
        assert_eq!(all(r"проект \d", "Наш ПРОЕКТ 5 секретный"), ["ПРОЕКТ 5"]);
    }

    #[test]
    fn a_group_named_hit_narrows_the_place() {
        assert_eq!(all(r"ticket (?P<hit>\d+)", "Ticket 4711 is open"), ["4711"]);
    }

    #[test]
    fn literals_gate_without_losing_a_match() {
        let expression = Expression::new(r"(?:acme|globex)-\d", false).unwrap();
        assert!(!expression.literals.is_empty());
        assert!(expression.find("Nothing here").is_none());
        assert!(expression.find("GLOBEX-1").is_some());
        // The Kelvin sign folds to k: such letters are never part of a gate.
        let kelvin = Expression::new("ok-\\d", false).unwrap();
        assert_eq!(kelvin.find("o\u{212a}-1"), Some(0..6));
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_the_reason() {
        assert!(Expression::new("(", false).is_err());
        assert!(Expression::new("a*", false).unwrap_err().contains("empty"));
        let greedy = Expression::new(r"(?:\w{1,200}){1,200}x", false).unwrap();
        assert!(greedy.prove().unwrap_err().contains("KiB"));
        assert!(Expression::new(r"\bACM-\d{4}\b", false).unwrap().prove().is_ok());
    }
}
