//! Sentences: where one statement ends and the next begins.

use std::ops::Range;

use super::lanes;

/// Abbreviations after which a sentence goes on, whatever follows.
fn goes_on_always(word: &[u8]) -> bool {
    matches!(
        word,
        b"bpk"
            | b"dr"
            | b"drs"
            | b"e.g"
            | b"h"
            | b"hj"
            | b"i.e"
            | b"ir"
            | b"jl"
            | b"kel"
            | b"kec"
            | b"mr"
            | b"mrs"
            | b"ms"
            | b"no"
            | b"nn"
            | b"ny"
            | b"prof"
            | b"pt"
            | b"rp"
            | b"sdr"
            | b"st"
            | b"tn"
            | b"vs"
    )
}

/// Abbreviations after which a sentence goes on unless a capital letter follows.
fn goes_on_before_lower(word: &[u8]) -> bool {
    matches!(
        word,
        b"a.m"
            | b"approx"
            | b"cf"
            | b"co"
            | b"corp"
            | b"dept"
            | b"dkk"
            | b"dll"
            | b"dsb"
            | b"dst"
            | b"est"
            | b"etc"
            | b"inc"
            | b"jr"
            | b"ltd"
            | b"p.m"
            | b"sr"
            | b"tbk"
            | b"tgl"
            | b"u.k"
            | b"u.s"
    )
}

/// The longest abbreviation, in bytes.
const LONGEST_SHORT: usize = 6;

/// Longest sentence, in bytes: a text without full stops is cut at a space, so that what looks at
/// all of a word's sentence looks at a bounded stretch. Laws have sentences of this length; no post
/// is meant to be read as one.
const LONGEST: usize = 1_000;

/// Sentences as byte ranges of `raw`, in order, covering all of it.
pub(crate) fn find(raw: &str) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(raw.len() / 64 + 1);
    let mut start = 0;
    let mut next = 0;
    lanes::places(raw.as_bytes(), is_mark, |at| {
        if at < next {
            return;
        }
        let (end, ends) = mark(raw, start, at);
        next = end;
        if ends {
            push(raw, start..end, &mut found);
            start = end;
        }
    });
    if start < raw.len() {
        push(raw, start..raw.len(), &mut found);
    }
    found
}

/// Adds a sentence, in pieces where it is longer than [`LONGEST`].
fn push(raw: &str, mut sentence: Range<usize>, found: &mut Vec<Range<usize>>) {
    while sentence.len() > LONGEST {
        let most = raw.floor_char_boundary(sentence.start + LONGEST);
        let piece = raw.get(sentence.start..most).unwrap_or_default();
        let space = piece.rfind(char::is_whitespace).filter(|at| *at > 0);
        let end = space.map_or(most, |at| sentence.start + at);
        found.push(sentence.start..end);
        sentence.start = end;
    }
    found.push(sentence);
}

/// Whether a byte can end a sentence: `.`, `!`, `?`, a line break, or the first byte of
/// `…` `‼` (E2), `。` (E3) and `！` `？` (EF).
fn is_mark(byte: u8) -> bool {
    (byte == b'.')
        | (byte == b'!')
        | (byte == b'?')
        | (byte == b'\n')
        | (byte == 0xE2)
        | (byte == 0xE3)
        | (byte == 0xEF)
}

/// Judges the mark at `at`: where the search goes on, and whether the sentence ends there.
fn mark(raw: &str, start: usize, at: usize) -> (usize, bool) {
    let rest = raw.get(at..).unwrap_or_default();
    let mut chars = rest.chars();
    match chars.next() {
        Some('\n') => (at + 1, true),
        Some(c @ ('。' | '！' | '？')) => (at + c.len_utf8(), true),
        Some('.' | '!' | '?' | '…' | '‼') => {
            // "?!", "...", and the quotation marks and brackets that close with the sentence.
            let signs = |c: char| matches!(c, '.' | '!' | '?' | '…' | '‼');
            let run: usize = rest.chars().take_while(|c| signs(*c)).map(char::len_utf8).sum();
            let closing: usize = rest
                .get(run..)
                .unwrap_or_default()
                .chars()
                .take_while(|c| matches!(c, '"' | '\'' | ')' | ']' | '”' | '’' | '»'))
                .map(char::len_utf8)
                .sum();
            let end = at + run + closing;
            let after = raw.get(end..).unwrap_or_default();
            if !after.chars().next().is_none_or(char::is_whitespace) {
                return (end, false);
            }
            let single_dot = run == 1 && rest.starts_with('.');
            (end, !(single_dot && closing == 0 && goes_on(raw, start, at, after)))
        }
        Some(c) => (at + c.len_utf8(), false),
        None => (raw.len(), false),
    }
}

/// Whether the dot at `at` belongs to an abbreviation or an initial.
fn goes_on(raw: &str, start: usize, at: usize, after: &str) -> bool {
    let before = raw.get(start..at).unwrap_or_default();
    // Most sentences end in a longer word, which is told by its last bytes.
    let parts = |b: &u8| b.is_ascii_whitespace() || *b == b'(' || !b.is_ascii();
    if before.as_bytes().last_chunk::<{ LONGEST_SHORT + 1 }>().is_some_and(|t| !t.iter().any(parts))
    {
        return false;
    }
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let mut lower = [0; LONGEST_SHORT];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
    let capital = || after.trim_start().chars().next().is_some_and(char::is_uppercase);
    initial || goes_on_always(lower) || (goes_on_before_lower(lower) && !capital())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_sentences() {
        for (raw, expected) in [
            ("One. Two! Three?", vec!["One.", " Two!", " Three?"]),
            ("Really?! Yes...", vec!["Really?!", " Yes..."]),
            ("Dr. Smith met J. Doe. Fine.", vec!["Dr. Smith met J. Doe.", " Fine."]),
            ("PT. Maju Tbk. Jakarta", vec!["PT. Maju Tbk.", " Jakarta"]),
            ("Up 3.5 percent at acme.example now", vec!["Up 3.5 percent at acme.example now"]),
            ("He said \"no.\" Then left", vec!["He said \"no.\"", " Then left"]),
            ("line\nline two", vec!["line\n", "line two"]),
            ("好。不好", vec!["好。", "不好"]),
            ("wait… what", vec!["wait…", " what"]),
            ("", vec![]),
        ] {
            let cut: Vec<&str> = find(raw).into_iter().map(|r| raw.get(r).unwrap()).collect();
            assert_eq!(cut, expected, "{raw}");
        }
    }

    #[test]
    fn an_endless_sentence_is_cut_at_a_space() {
        let raw = "never ending ".repeat(1_000);
        let sentences = find(&raw);
        assert_eq!(sentences.first(), Some(&(0..993)));
        assert!(sentences.iter().all(|s| s.len() <= LONGEST));
        assert_eq!(sentences.iter().map(Range::len).sum::<usize>(), raw.len());
        // Whole characters, where there is no space.
        let raw = "青".repeat(1_000);
        assert!(
            find(&raw)
                .into_iter()
                .all(|s| raw.get(s).is_some_and(|t| t.len() >= 999 || t.len() == 3))
        );
    }

    #[test]
    fn a_word_before_a_dot_costs_its_own_length() {
        let _ = find(&"a.".repeat(200_000));
        let _ = find(&"a. ".repeat(200_000));
        let _ = find(&format!("{}. x", "a".repeat(1_000_000)));
    }
}
