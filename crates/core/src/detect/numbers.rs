//! Runs of digits, and the chains that people write them in.
//!
//! `0812-3456-7890`, `4111 1111 1111 1111`, `0 8 1 2 3 ...` and "nol delapan satu
//! dua" all become a chain of atoms: digits, where they stand, what parts them.

use std::ops::Range;

use super::marked::{Mark, marked};
use crate::text::PartText;

/// A run of digits, or a number word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// Bytes of the folded text.
    pub(super) span: Range<usize>,
    /// Its digits in [`Numbers::digits`].
    pub(super) digits: Range<usize>,
    /// What parts it from the next atom of its chain.
    pub(super) gap: Gap,
    /// A letter or digit sign of another script touches it on the left.
    pub(super) glued_left: bool,
    /// The same on the right.
    pub(super) glued_right: bool,
    /// Written as a word.
    pub(super) spelled: bool,
}

impl Atom {
    pub(super) fn len(&self) -> usize {
        self.digits.len()
    }
}

/// What parts two atoms of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// The chain ends here.
    End,
    /// A space.
    Space,
    /// A hyphen or dash, spaces around it or not.
    Dash,
    /// A dot.
    Dot,
    /// A bracket, with what else stands beside it.
    Bracket,
    /// A slash.
    Slash,
}

/// All atoms of a text.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) atoms: Vec<Atom>,
    pub(super) digits: Vec<u8>,
}

impl Numbers {
    /// Finds the runs of digits of a text in one pass.
    pub(super) fn new(text: &PartText) -> Self {
        let mut numbers = Self::default();
        let bytes = text.folded.as_bytes();
        let mut at = 0;
        while let Some(start) = bytes
            .get(at..)
            .and_then(|rest| rest.iter().position(u8::is_ascii_digit))
            .map(|offset| at + offset)
        {
            let run = bytes.get(start..).unwrap_or_default();
            let len = run.iter().position(|b| !b.is_ascii_digit()).unwrap_or(run.len());
            numbers.push(start..start + len, run.get(..len).unwrap_or_default(), false);
            at = start + len;
        }
        for atom in &mut numbers.atoms {
            let before = atom.span.start.checked_sub(1).and_then(|i| bytes.get(i));
            atom.glued_left = before.is_some_and(|b| wordlike(*b));
            atom.glued_right = bytes.get(atom.span.end).is_some_and(|b| wordlike(*b));
        }
        numbers.add_spelled(text);
        numbers.set_gaps(text);
        numbers
    }

    fn push(&mut self, span: Range<usize>, digits: &[u8], spelled: bool) {
        let from = self.digits.len();
        self.digits.extend_from_slice(digits);
        self.atoms.push(Atom {
            span,
            digits: from..self.digits.len(),
            gap: Gap::End,
            glued_left: false,
            glued_right: false,
            spelled,
        });
    }

    /// Adds number words where at least seven stand in a row: "nol delapan satu dua ...".
    fn add_spelled(&mut self, text: &PartText) {
        let mut row: Vec<(Range<usize>, [u8; 3], usize)> = Vec::new();
        let mut times = 1;
        let mut spelled = 0;
        let mut rows: Vec<(Range<usize>, [u8; 3], usize)> = Vec::new();
        for word in &text.words {
            let mark = marked(word.hash);
            if let Some(Mark::Digit(digit)) = mark {
                row.push((word.folded.clone(), [digit; 3], times));
                times = 1;
                spelled += 1;
            } else if let Some(Mark::Repeat(n)) = mark {
                times = n;
            } else if row.is_empty() {
                times = 1;
            } else {
                let w = text.word(word);
                // Digits in between ("0812 tiga empat") stay the atoms that they are.
                if !w.bytes().all(|b| b.is_ascii_digit()) || w.is_empty() {
                    if spelled >= 7 {
                        rows.append(&mut row);
                    }
                    row.clear();
                    spelled = 0;
                }
                times = 1;
            }
        }
        if spelled >= 7 {
            rows.append(&mut row);
        }
        if rows.is_empty() {
            return;
        }
        for (span, digit, times) in rows {
            self.push(span, digit.get(..times).unwrap_or_default(), true);
        }
        // The digits of a chain must stand in the order of the text.
        let mut atoms = std::mem::take(&mut self.atoms);
        let digits = std::mem::take(&mut self.digits);
        atoms.sort_by_key(|a| a.span.start);
        for mut atom in atoms {
            let from = self.digits.len();
            self.digits.extend_from_slice(digits.get(atom.digits).unwrap_or_default());
            atom.digits = from..self.digits.len();
            self.atoms.push(atom);
        }
    }

    fn set_gaps(&mut self, text: &PartText) {
        for i in 1..self.atoms.len() {
            let between = self.atoms[i - 1].span.end..self.atoms[i].span.start;
            let gap = gap(text.folded.get(between).unwrap_or(" x "));
            let gap = match gap {
                // Commas and the like part spelled digits in speech.
                Gap::End if self.atoms[i - 1].spelled && self.atoms[i].spelled => Gap::Space,
                gap => gap,
            };
            self.atoms[i - 1].gap = gap;
        }
    }

    /// The digits of atoms `range`, in order.
    pub(super) fn digits_of(&self, range: Range<usize>) -> &[u8] {
        match (self.atoms.get(range.start), self.atoms.get(range.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if range.start < range.end => {
                self.digits.get(first.digits.start..last.digits.end).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// Where atoms `range` stand in the folded text.
    pub(super) fn span_of(&self, range: Range<usize>) -> Range<usize> {
        match (self.atoms.get(range.start), self.atoms.get(range.end.wrapping_sub(1))) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    /// The atoms from `start` to the end of its chain, at most `max`.
    pub(super) fn chain(&self, start: usize, max: usize) -> &[Atom] {
        let rest = self.atoms.get(start..).unwrap_or_default();
        let len = rest.iter().take(max).position(|a| a.gap == Gap::End).map_or(max, |n| n + 1);
        rest.get(..len.min(rest.len())).unwrap_or_default()
    }

    /// Whether letters touch atoms `range` from outside.
    pub(super) fn glued(&self, range: Range<usize>) -> bool {
        self.glued_left(range.start) || self.glued_right(range)
    }

    pub(super) fn glued_left(&self, start: usize) -> bool {
        self.atoms.get(start).is_some_and(|a| a.glued_left)
    }

    pub(super) fn glued_right(&self, range: Range<usize>) -> bool {
        self.atoms.get(range.end.wrapping_sub(1)).is_some_and(|a| a.glued_right)
    }
}

/// Bytes that continue a word: letters, the underscore, anything that is not ASCII.
fn wordlike(b: u8) -> bool {
    b.is_ascii_alphabetic() || b == b'_' || b >= 0x80
}

fn gap(between: &str) -> Gap {
    if between.is_empty() || between.len() > 6 {
        return Gap::End;
    }
    let (mut space, mut dash, mut dot, mut bracket, mut slash) = (0, 0, 0, 0, 0);
    for c in between.chars() {
        match c {
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => space += 1,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' | '_' => dash += 1,
            '.' | '\u{b7}' => dot += 1,
            '(' | ')' => bracket += 1,
            '/' => slash += 1,
            _ => return Gap::End,
        }
    }
    match (space, dash, dot, bracket, slash) {
        (1 | 2, 0, 0, 0, 0) => Gap::Space,
        (0..=2, 1, 0, 0, 0) => Gap::Dash,
        (0, 0, 1, 0, 0) => Gap::Dot,
        (0..=2, 0 | 1, 0 | 1, 1 | 2, 0) => Gap::Bracket,
        (0, 0, 0, 0, 1) => Gap::Slash,
        _ => Gap::End,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PartRole;

    fn read(text: &str) -> (Vec<String>, Vec<Gap>) {
        let text = PartText::new("body", PartRole::Body, text);
        let numbers = Numbers::new(&text);
        let digits = (0..numbers.atoms.len())
            .map(|i| String::from_utf8_lossy(numbers.digits_of(i..i + 1)).into_owned())
            .collect();
        (digits, numbers.atoms.iter().map(|a| a.gap).collect())
    }

    #[test]
    fn runs_and_gaps() {
        let (digits, gaps) = read("call (021) 555-1234 or 08.12, ok");
        assert_eq!(digits, ["021", "555", "1234", "08", "12"]);
        assert_eq!(gaps, [Gap::Bracket, Gap::Dash, Gap::End, Gap::Dot, Gap::End]);
    }

    #[test]
    fn spelled_digits_make_atoms() {
        let (digits, gaps) = read("WA nol delapan satu dua, tiga empat lima double enam 7 8");
        assert_eq!(digits.concat(), "08123456678");
        assert!(gaps.iter().rev().skip(1).all(|g| *g == Gap::Space), "{gaps:?}");
        assert!(read("satu dua tiga, one two").0.is_empty());
    }
}
