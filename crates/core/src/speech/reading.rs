//! The words of a text as the lexicons see them, and what the lexicons found.

use std::ops::Range;

use crate::text::PartText;

use super::cue::Cue;
use super::lexicon::{Lexicon, Tone, swap_of};
use super::table::Gate;
use super::{disguise, phrases};

/// A word or an emoji.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// [`phrases::hash`] of the folded word, or of the emoji without its modifiers.
    pub hash: u64,
    /// Bytes of the text as typed.
    pub raw: Range<usize>,
    /// The word of [`PartText::words`]; none for an emoji.
    pub word: Option<u32>,
    /// Whether a pause (other than one space) stands before it: a comma, a dash, a quote.
    pub pause: bool,
}

/// Something of the lexicons, found.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// Which tokens.
    pub tokens: Range<usize>,
    /// Bytes of the text as typed.
    pub raw: Range<usize>,
    /// [`Cue`](super::cue::Cue)s as bits.
    pub cues: u64,
    /// What it is for `tone`.
    pub tone: Option<Tone>,
    /// How it was disguised.
    pub disguise: Option<&'static str>,
}

/// What one pass over a text left.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    /// Words and emoji in order.
    pub tokens: Vec<Token>,
    /// What the lexicons found, by place.
    pub marks: Vec<Mark>,
    /// All cues found, as bits.
    pub cues: u64,
    /// The words of `tokens`, for what asks whether one of a few is among them.
    pub words: Gate,
}

impl Reading {
    /// Reads a text with the built-in lexicons.
    pub(crate) fn of(part: &PartText) -> Self {
        let lexicon = Lexicon::get();
        let tokens = tokenize(part);
        let mut words = Gate::for_keys(tokens.len());
        let mut marks: Vec<Mark> = Vec::with_capacity(tokens.len() / 2);
        let mut swaps = Vec::new();
        for token in &tokens {
            words.add(token.hash);
        }
        let mut from = (usize::MAX, 0);
        lexicon.phrases.in_order(&tokens, &mut |tag, span| {
            if let Some(tag) = swap_of(tag) {
                swaps.push((span.start, tag));
                return;
            }
            let Some(entry) = lexicon.entries.get(tag as usize) else { return };
            if span.start != from.0 {
                from = (span.start, marks.len());
            }
            let mark = Mark {
                raw: raw_of(&tokens, &span),
                tokens: span,
                cues: entry.cues,
                tone: entry.tone,
                disguise: None,
            };
            // Of what begins together the shorter first: one or two more to look at.
            let shorter = marks.get(from.1..).unwrap_or_default();
            let longer = shorter.iter().rev().take_while(|m| m.raw.end > mark.raw.end).count();
            marks.insert(marks.len() - longer, mark);
        });
        disguise::find(part, &tokens, &swaps, &mut marks);
        let place = |m: &Mark| (m.raw.start, m.raw.end);
        // They are, unless something was disguised or two words came from one character.
        if !marks.is_sorted_by_key(place) {
            marks.sort_by_key(place);
        }
        let cues = marks.iter().fold(0, |all, m| all | m.cues);
        Self { tokens, marks, cues, words }
    }

    /// The marks with one of the cues that stand within a range of the text as typed.
    pub(crate) fn within(&self, cues: u64, range: &Range<usize>) -> impl Iterator<Item = &Mark> {
        let (start, end) = (range.start, range.end);
        let from = if self.cues & cues == 0 {
            self.marks.len()
        } else {
            self.marks.partition_point(|m| m.raw.start < start)
        };
        self.marks
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |m| m.raw.start < end)
            .filter(move |m| m.cues & cues != 0 && m.raw.end <= end)
    }

    /// The marks that begin at most `back` tokens before a token, and before or at `until`.
    pub(crate) fn around(&self, token: usize, back: usize, until: usize) -> &[Mark] {
        let from = self.marks.partition_point(|m| m.tokens.start + back < token);
        let to = self.marks.partition_point(|m| m.tokens.start <= until);
        self.marks.get(from..to.max(from)).unwrap_or_default()
    }

    /// The tokens that stand within a range of the text as typed.
    pub(crate) fn tokens_in(&self, range: &Range<usize>) -> Range<usize> {
        let from = self.tokens.partition_point(|t| t.raw.start < range.start);
        let to = self.tokens.partition_point(|t| t.raw.end <= range.end);
        from..to.max(from)
    }
}

/// Whether a negation stands shortly before a mark, with no pause between.
pub(crate) fn negated(reading: &Reading, mark: &Mark) -> bool {
    let near = reading.around(mark.tokens.start, 8, mark.tokens.start);
    near.iter().any(|n| {
        n.cues & Cue::Negation.bit() != 0
            && n.tokens.end <= mark.tokens.start
            && mark.tokens.start - n.tokens.end <= 3
            && reading
                .tokens
                .get(n.tokens.end..=mark.tokens.start)
                .is_some_and(|between| between.iter().all(|t| !t.pause))
    })
}

pub(crate) fn raw_of(tokens: &[Token], span: &Range<usize>) -> Range<usize> {
    let start = tokens.get(span.start).map_or(0, |t| t.raw.start);
    let end = span.end.checked_sub(1).and_then(|i| tokens.get(i)).map_or(start, |t| t.raw.end);
    start..end
}

/// The words and emoji of a text.
pub(crate) fn tokenize(part: &PartText) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(part.words.len());
    let ascii = part.raw.is_ascii();
    let mut end = 0;
    for (index, word) in part.words.iter().enumerate() {
        let gap = end..word.raw.start;
        if !ascii {
            emoji(part, gap.clone(), &mut tokens);
        }
        // An emoji is a token of its own, no pause; nor are the spaces around it.
        let from = tokens.last().map_or(gap.start, |t: &Token| t.raw.end.max(gap.start));
        let gap = part.raw.get(from..gap.end).unwrap_or_default();
        let pause = gap.as_bytes() != [b' '] && {
            let spaces = !gap.is_empty() && gap.bytes().all(|b| b == b' ');
            !spaces && !matches!(gap, "" | "-" | "'" | "’" | "_")
        };
        tokens.push(Token {
            hash: word.hash,
            raw: word.raw.clone(),
            word: Some(index as u32),
            pause,
        });
        end = word.raw.end;
    }
    if !ascii {
        emoji(part, end..part.raw.len(), &mut tokens);
    }
    tokens
}

/// Whether a character is drawn as an emoji of its own.
pub(crate) fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x1F000..=0x1F3FA | 0x1F400..=0x1FAFF | 0x2600..=0x27BF | 0x2B1B..=0x2B55)
}

fn emoji(part: &PartText, gap: Range<usize>, tokens: &mut Vec<Token>) {
    let text = part.raw.get(gap.clone()).unwrap_or_default();
    if text.is_ascii() {
        return;
    }
    let mut joined = false;
    let mut flag: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        let at = gap.start + at;
        if c == '\u{200d}' {
            joined = true;
            continue;
        }
        if matches!(u32::from(c), 0x1F1E6..=0x1F1FF) {
            match flag.take() {
                // A flag is two letters; it stands as one token.
                Some((from, first)) => {
                    let pair: String = [first, c].iter().collect();
                    tokens.push(Token {
                        hash: phrases::hash(&pair),
                        raw: from..at + c.len_utf8(),
                        word: None,
                        pause: false,
                    });
                }
                None => flag = Some((at, c)),
            }
            continue;
        }
        flag = None;
        let base = is_emoji(c) || (joined && matches!(c, '♀' | '♂'));
        if base && joined {
            // The rest of a joined sequence belongs to its first emoji, but its sign can
            // change the meaning: the rainbow flag and the like.
            if let Some(last) = tokens.last_mut().filter(|t| t.word.is_none()) {
                last.raw.end = at + c.len_utf8();
                if c == '🌈' || c == '⚧' {
                    last.hash = phrases::hash("🌈");
                }
            }
        } else if base {
            let mut buffer = [0; 4];
            tokens.push(Token {
                hash: phrases::hash(c.encode_utf8(&mut buffer)),
                raw: at..at + c.len_utf8(),
                word: None,
                pause: false,
            });
        } else if let Some(last) = tokens.last_mut()
            && last.word.is_none()
            && last.raw.end == at
            && matches!(u32::from(c), 0x1F3FB..=0x1F3FF | 0xFE0F | 0x20E3)
        {
            last.raw.end = at + c.len_utf8();
        }
        joined = false;
    }
}
