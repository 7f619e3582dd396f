/*!
Regular expressions as the engine runs them: built-in secrets and those of policies alike.

The `regex` crate chooses between several automata, which makes it fast on any text and takes a
quarter of a megabyte of the module. Here nearly every text is turned away before an automaton is
asked: by a keyword (secrets), or because none of the bytes stands in it that a match begins with
([`Starts`]). For the rest the two simplest automata do, both linear in the text.
*/

use std::ops::Range;

use regex_automata::nfa::thompson::backtrack::{self, BoundedBacktracker};
use regex_automata::nfa::thompson::pikevm::{self, PikeVM};
use regex_automata::nfa::thompson::{Compiler, Config, NFA};
use regex_automata::util::captures::Captures;
use regex_automata::util::primitives::{NonMaxUsize, PatternID};
use regex_automata::{Anchored, Input};
use regex_syntax::hir::Hir;
use regex_syntax::hir::literal::{ExtractKind, Extractor};

/// Places of one text that are tried one by one. Beyond it one search goes through the rest, so
/// that a text full of beginnings (a megabyte of digits) still takes time in proportion.
const MOST_TRIES: usize = 32;

/// Memory of an expression for what it has tried, in bytes; longer texts take the slower automaton.
const VISITED: usize = 256 << 10;

/// An expression parsed.
///
/// # Errors
/// What is wrong with it, for its author.
pub(crate) fn parse(
    pattern: &str,
    case_sensitive: bool,
    unicode: bool,
    nest: u32,
) -> Result<Hir, String> {
    regex_syntax::ParserBuilder::new()
        .nest_limit(nest)
        .case_insensitive(!case_sensitive)
        .unicode(unicode)
        .utf8(unicode)
        .build()
        .parse(pattern)
        .map_err(|e| e.to_string())
}

/// What every match begins with.
#[derive(Debug)]
pub(crate) struct Starts {
    /// In order; none begins with another.
    literals: Vec<Vec<u8>>,
    /// The literals that begin with each byte: the first, and one past the last.
    by_byte: Box<[(u16, u16); 256]>,
}

impl Starts {
    /// None where a match may begin with nearly anything.
    pub(crate) fn of(hir: &Hir) -> Option<Self> {
        // Long beginnings turn more away; short ones of many alternatives still turn most away.
        let mut literals = [(8, 256), (3, 1024), (2, 4096), (1, 256)]
            .into_iter()
            .find_map(|(length, most)| beginnings(hir, length, most))?;
        literals.sort();
        // What begins with a shorter one is found by the shorter one.
        literals.dedup_by(|longer, shorter| longer.starts_with(shorter));
        let mut by_byte = Box::new([(0, 0); 256]);
        for (n, literal) in literals.iter().enumerate() {
            let (from, to) = &mut by_byte[usize::from(*literal.first()?)];
            if *to == 0 {
                *from = n as u16;
            }
            *to = n as u16 + 1;
        }
        Some(Self { literals, by_byte })
    }

    /// The first place from `from` on where a match may begin.
    pub(crate) fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let rest = text.get(from..)?;
        rest.iter()
            .enumerate()
            .position(|(at, byte)| {
                let (first, last) = self.by_byte[usize::from(*byte)];
                first < last
                    && rest.get(at..).is_some_and(|r| {
                        self.literals
                            .get(usize::from(first)..usize::from(last))
                            .is_some_and(|l| l.iter().any(|l| r.starts_with(l)))
                    })
            })
            .map(|at| from + at)
    }
}

/// The beginnings of all matches, none longer than `length` and at most `most` of them.
fn beginnings(hir: &Hir, length: usize, most: usize) -> Option<Vec<Vec<u8>>> {
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_class(64).limit_literal_len(length).limit_total(most);
    let sequence = extractor.extract(hir);
    let literals: Vec<Vec<u8>> =
        sequence.literals()?.iter().map(|l| l.as_bytes().to_vec()).collect();
    literals.iter().all(|l| !l.is_empty()).then_some(literals)
}

/// Why an expression cannot be built.
#[derive(Debug)]
pub(crate) enum NotBuilt {
    /// It takes more memory than it may.
    TooLarge,
    /// Anything else.
    Other(String),
}

/// A compiled expression.
#[derive(Debug)]
pub(crate) struct Program {
    backtrack: BoundedBacktracker,
    pike: PikeVM,
}

impl Program {
    /// Compiles; the automaton takes at most `size` bytes.
    ///
    /// # Errors
    /// It takes more, or holds what no automaton can be made of.
    pub(crate) fn new(hir: &Hir, unicode: bool, size: usize) -> Result<Self, NotBuilt> {
        let other = |e: regex_automata::nfa::thompson::BuildError| match e.size_limit() {
            Some(_) => NotBuilt::TooLarge,
            None => NotBuilt::Other(e.to_string()),
        };
        let config = Config::new().utf8(unicode).nfa_size_limit(Some(size));
        let nfa: NFA = Compiler::new().configure(config).build_from_hir(hir).map_err(other)?;
        let backtrack = BoundedBacktracker::builder()
            .configure(backtrack::Config::new().visited_capacity(VISITED))
            .build_from_nfa(nfa.clone())
            .map_err(other)?;
        Ok(Self { backtrack, pike: PikeVM::new_from_nfa(nfa).map_err(other)? })
    }

    /// Every match in `text`, until `found` answers false. A match is never empty: expressions
    /// that match nothing are refused when they are written.
    pub(crate) fn each(
        &self,
        text: &[u8],
        starts: Option<&Starts>,
        mut found: impl FnMut(&Groups<'_>) -> bool,
    ) {
        let mut search = Search {
            program: self,
            pike: None,
            backtrack: None,
            captures: self.pike.create_captures(),
        };
        let mut at = 0;
        let mut tries = 0;
        loop {
            let hit = match starts {
                Some(starts) if tries < MOST_TRIES => {
                    let Some(place) = starts.next(text, at) else { return };
                    tries += 1;
                    let input = Input::new(text).range(place..).anchored(Anchored::Yes);
                    if !search.pike(&input) {
                        at = place + 1;
                        continue;
                    }
                    true
                }
                _ => search.anywhere(&Input::new(text).range(at..)),
            };
            let whole = search.captures.get_match().map(|m| m.range());
            let Some(whole) = whole.filter(|_| hit) else { return };
            if !found(&Groups(&search.captures)) {
                return;
            }
            at = whole.end.max(at + 1);
            if at > text.len() {
                return;
            }
        }
    }
}

/// Memory of one search.
struct Search<'a> {
    program: &'a Program,
    pike: Option<pikevm::Cache>,
    backtrack: Option<backtrack::Cache>,
    captures: Captures,
}

impl Search<'_> {
    fn pike(&mut self, input: &Input<'_>) -> bool {
        let pike = &self.program.pike;
        let cache = self.pike.get_or_insert_with(|| pike.create_cache());
        pike.search(cache, input, &mut self.captures);
        self.captures.is_match()
    }

    fn anywhere(&mut self, input: &Input<'_>) -> bool {
        let backtrack = &self.program.backtrack;
        if input.get_span().len() < backtrack.max_haystack_len() {
            let cache = self.backtrack.get_or_insert_with(|| backtrack.create_cache());
            self.captures.set_pattern(None);
            let slots: &mut [Option<NonMaxUsize>] = self.captures.slots_mut();
            if let Ok(pattern) = backtrack.try_search_slots(cache, input, slots) {
                self.captures.set_pattern(pattern);
                return pattern.is_some();
            }
        }
        self.pike(input)
    }
}

/// A match and its groups.
pub(crate) struct Groups<'a>(&'a Captures);

impl Groups<'_> {
    /// The whole match.
    pub(crate) fn whole(&self) -> Range<usize> {
        self.0.get_match().map(|m| m.range()).unwrap_or_default()
    }

    /// A group by its name, if it took part.
    pub(crate) fn named(&self, name: &str) -> Option<Range<usize>> {
        let index = self.0.group_info().to_index(PatternID::ZERO, name)?;
        self.0.get_group(index).map(|span| span.range())
    }

    /// The first group that took part.
    pub(crate) fn first(&self) -> Option<Range<usize>> {
        (1..self.0.group_len()).find_map(|n| self.0.get_group(n)).map(|span| span.range())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All matches, with and without beginnings.
    fn all(pattern: &str, unicode: bool, text: &str) -> [Vec<Range<usize>>; 2] {
        let hir = parse(pattern, false, unicode, 50).unwrap();
        let program = Program::new(&hir, unicode, 1 << 20).unwrap();
        let starts = Starts::of(&hir);
        [starts.as_ref(), None].map(|starts| {
            let mut found = Vec::new();
            program.each(text.as_bytes(), starts, |groups| {
                found.push(groups.whole());
                true
            });
            found
        })
    }

    const PATTERNS: &[&str] = &[
        r"\b\d{3}-\d+\b",
        r"(?:rp\.?|usd|\$)\s?\d[\d.,]*",
        r"ok-\d|b+a",
        r"[a-f]{2}x",
        r"\w+@\w+",
        r"#(?:ad|sponsored)\b",
    ];

    proptest! {
        // The peer is the `regex` crate itself.
        #[test]
        fn finds_what_the_regex_crate_finds(text in "[ab1-3x@#$ \u{212a}kéRr.-]{0,60}", n in 0..6usize) {
            let pattern = PATTERNS[n];
            let peer = regex::RegexBuilder::new(pattern).case_insensitive(true).build().unwrap();
            let theirs: Vec<_> = peer.find_iter(&text).map(|m| m.range()).collect();
            let [with, without] = all(pattern, true, &text);
            prop_assert_eq!(&with, &theirs);
            prop_assert_eq!(&without, &theirs);
        }
    }

    #[test]
    fn a_text_full_of_beginnings_is_searched_once() {
        let text = format!("{}$7", "1".repeat(200_000));
        let [found, _] = all(r"\d+x|\$\d", false, &text);
        assert_eq!((found.len(), found.first()), (1, Some(&(200_000..200_002))));
    }

    #[test]
    fn what_is_too_large_is_told_apart() {
        let hir = parse(r"(?:\w{1,200}){1,200}x", false, true, 50).unwrap();
        assert!(matches!(Program::new(&hir, true, 1 << 20), Err(NotBuilt::TooLarge)));
    }
}
