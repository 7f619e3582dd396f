//! Regular expressions that a policy's author wrote: linear in time, bounded in memory, compiled
//! when first needed.
//!
//! Compiling one costs more than any check, and most drafts need none of them. So an expression is
//! only parsed when the engine is made ready; it is compiled when a text holds something that it
//! could begin with, and in its ASCII form for ASCII text, which is several times cheaper.

use std::ops::Range;
use std::sync::OnceLock;

use regex_syntax::hir::{
    Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Literal, Look, Repetition,
};

use crate::automaton::{NotBuilt, Program, Starts, parse};

/// Memory that a compiled expression may take, in bytes. `(?:\d[ -]?){13,19}` with Unicode digits
/// takes about half of it.
const SIZE_LIMIT: usize = 1 << 20;

/// Groups in groups. Deeper ones are nobody's honest wish.
const NEST_LIMIT: u32 = 50;

/// An expression made ready.
#[derive(Debug)]
pub(crate) struct Expression {
    pattern: String,
    case_sensitive: bool,
    ascii: Form,
    unicode: Form,
}

/// An expression for texts of one kind.
#[derive(Debug)]
struct Form {
    unicode: bool,
    starts: OnceLock<Option<Starts>>,
    program: OnceLock<Option<Program>>,
}

impl Form {
    fn new(unicode: bool) -> Self {
        Self { unicode, starts: OnceLock::new(), program: OnceLock::new() }
    }
}

impl Expression {
    /// Parses an expression.
    ///
    /// # Errors
    /// What is wrong with it, for its author.
    pub(crate) fn new(pattern: &str, case_sensitive: bool) -> Result<Self, String> {
        let hir = parse(pattern, case_sensitive, true, NEST_LIMIT)?;
        if hir.properties().minimum_len() == Some(0) {
            return Err("it matches the empty text, and so everywhere".to_owned());
        }
        Ok(Self {
            pattern: pattern.to_owned(),
            case_sensitive,
            ascii: Form::new(false),
            unicode: Form::new(true),
        })
    }

    /// Compiles it as the engine will, to say in time that it takes too much.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub(crate) fn prove(&self) -> Result<(), String> {
        self.build(true).map(drop).map_err(|e| match e {
            NotBuilt::TooLarge => format!(
                "it takes more than {} KiB: use smaller repetitions, `[0-9]` instead of `\\d`, or split it",
                SIZE_LIMIT >> 10
            ),
            NotBuilt::Other(reason) => reason,
        })
    }

    fn hir(&self, unicode: bool) -> Result<Hir, String> {
        let hir = parse(&self.pattern, self.case_sensitive, true, NEST_LIMIT)?;
        Ok(if unicode { hir } else { for_ascii(hir) })
    }

    fn build(&self, unicode: bool) -> Result<Program, NotBuilt> {
        let hir = self.hir(unicode).map_err(NotBuilt::Other)?;
        Program::new(&hir, unicode, SIZE_LIMIT)
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
        let form = if text.is_ascii() { &self.ascii } else { &self.unicode };
        let starts = form.starts.get_or_init(|| Starts::of(&self.hir(form.unicode).ok()?));
        if starts.as_ref().is_some_and(|s| s.next(text.as_bytes(), 0).is_none()) {
            return;
        }
        // An expression that does not compile was refused when the policy was compiled.
        let program = form.program.get_or_init(|| self.build(form.unicode).ok());
        if let Some(program) = program {
            program.each(text.as_bytes(), starts.as_ref(), |groups| {
                found(groups.named("hit").unwrap_or_else(|| groups.whole()))
            });
        }
    }
}

/// What is left of an expression where the text is ASCII: the same matches, from a much smaller
/// automaton that says what its matches begin with.
fn for_ascii(hir: Hir) -> Hir {
    match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(Literal(bytes)) => Hir::literal(bytes),
        HirKind::Class(Class::Unicode(mut class)) => {
            class.intersect(&ClassUnicode::new([ClassUnicodeRange::new('\0', '\x7f')]));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(match look {
            Look::WordUnicode => Look::WordAscii,
            Look::WordUnicodeNegate => Look::WordAsciiNegate,
            Look::WordStartUnicode => Look::WordStartAscii,
            Look::WordEndUnicode => Look::WordEndAscii,
            Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
            Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
            other => other,
        }),
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
            Hir::repetition(Repetition { min, max, greedy, sub: Box::new(for_ascii(*sub)) })
        }
        HirKind::Capture(Capture { index, name, sub }) => {
            Hir::capture(Capture { index, name, sub: Box::new(for_ascii(*sub)) })
        }
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(for_ascii).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(for_ascii).collect()),
    }
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
        assert_eq!(all(r"[$€]\d", "only $5"), ["$5"]);
        assert_eq!(all(r"проект \d", "Наш ПРОЕКТ 5 секретный"), ["ПРОЕКТ 5"]);
    }

    proptest::proptest! {
        // Expressions of the packs, and what ASCII and the rest of Unicode tell apart.
        #[test]
        fn ascii_texts_give_what_the_regex_crate_finds(text in "[abkKprs0-3$%@# .x_-]{0,50}", n in 0..6usize) {
            let pattern = [
                r"(?:rp\.?|[$€£])\s?\d[\d.,]*(?:\s?(?:k|ribu))?\b|\b\d[\d.,]*\s?(?:%|per ?cent\b)",
                r"\bk\w+\B",
                r"[^\d\s]+x|é",
                r"(?:\w+@)?p[^a]",
                r"#(?:\w*k|ab)\b",
                r"(?-u:[a-k])\D{2,3}?s",
            ][n];
            let peer = regex::RegexBuilder::new(pattern).case_insensitive(true).build().unwrap();
            let theirs: Vec<String> = peer.find_iter(&text).map(|m| m.as_str().to_owned()).collect();
            proptest::prop_assert_eq!(all(pattern, &text), theirs);
        }
    }

    #[test]
    fn a_group_named_hit_narrows_the_place() {
        assert_eq!(all(r"ticket (?P<hit>\d+)", "Ticket 4711 is open"), ["4711"]);
    }

    #[test]
    fn literals_gate_without_losing_a_match() {
        let expression = Expression::new(r"(?:acme|globex)-\d", false).unwrap();
        assert!(expression.find("Nothing here").is_none());
        assert!(expression.ascii.program.get().is_none());
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
