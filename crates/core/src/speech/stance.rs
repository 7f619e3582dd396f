//! How an unwelcome word stands in its sentence: at whom it is aimed, and whether the writer
//! means it, denies it, quotes it or speaks against it.

use std::ops::Range;

use crate::policy::Party;
use crate::text::{EntityKind, PartText};

use super::cue::Cue;
use super::features;
use super::parties::Parties;
use super::reading::{Mark, Reading, Token, negated};

/// At whom a word is aimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Aim {
    /// Nobody in particular.
    Nobody,
    /// The writer.
    Oneself,
    /// The reader, or somebody named by a word for a person.
    Person,
    /// People who share an identity.
    Group,
    /// A firm or what it sells.
    Business,
}

/// A form of address that stands before names.
fn honorific(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs"
            | "ms"
            | "dr"
            | "sir"
            | "prof"
            | "bu"
            | "ibu"
            | "pak"
            | "bapak"
            | "mas"
            | "mbak"
            | "mba"
            | "bang"
            | "kak"
            | "si"
            | "sang"
            | "om"
            | "tante"
            | "haji"
            | "ustadz"
            | "gus"
    )
}

/// What is known of every token of a text, for looking left and right of a word.
#[derive(Debug)]
pub(crate) struct Stance<'a> {
    part: &'a PartText,
    reading: &'a Reading,
    bits: Vec<u64>,
    quotes: Vec<Range<usize>>,
}

impl<'a> Stance<'a> {
    /// Lays out a text.
    pub(crate) fn new(part: &'a PartText, reading: &'a Reading) -> Self {
        let mut bits = vec![0_u64; reading.tokens.len()];
        for mark in &reading.marks {
            for bit in bits.get_mut(mark.tokens.clone()).into_iter().flatten() {
                *bit |= mark.cues;
            }
        }
        for entity in part.entities.iter().filter(|e| e.kind == EntityKind::Mention) {
            for at in reading.tokens_in(&entity.raw) {
                if let Some(bit) = bits.get_mut(at) {
                    *bit = Cue::They.bit();
                }
            }
        }
        Self { part, reading, bits, quotes: features::quotations(&part.raw) }
    }

    fn is(&self, at: usize, cue: Cue) -> bool {
        self.bits.get(at).is_some_and(|b| b & cue.bit() != 0)
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.reading.tokens.get(at)
    }

    /// The sentence around a mark.
    pub(crate) fn sentence(&self, mark: &Mark) -> Range<usize> {
        self.part.sentence_at(mark.raw.start)
    }

    fn cue_in_sentence(&self, mark: &Mark, cue: Cue) -> bool {
        let sentence = self.sentence(mark);
        self.reading.within(cue.bit(), &sentence).next().is_some()
    }

    /// Whether a harmless phrase covers the mark ("trash can").
    pub(crate) fn harmless(&self, mark: &Mark) -> bool {
        if self.reading.cues & Cue::Harmless.bit() == 0 {
            return false;
        }
        let near = self.reading.around(mark.tokens.start, 8, mark.tokens.end);
        near.iter().any(|m| {
            m.cues & Cue::Harmless.bit() != 0
                && m.tokens.start < mark.tokens.end
                && mark.tokens.start < m.tokens.end
                && (m.tokens.len() >= mark.tokens.len() || m.tokens.len() >= 3)
        })
    }

    /// Whether it stands in somebody's handle: a name, whatever it says.
    pub(crate) fn in_a_handle(&self, mark: &Mark) -> bool {
        self.part.entities.iter().any(|e| {
            e.kind == EntityKind::Mention
                // What begins with the sign itself is a letter in disguise: "@sshole".
                && e.raw.start < mark.raw.start
                && mark.raw.end <= e.raw.end
        })
    }

    /// Whether it is what an ellipsis left of a longer word: "all nig…".
    pub(crate) fn cut_short(&self, mark: &Mark) -> bool {
        mark.raw.len() <= 4
            && self.part.raw.get(mark.raw.end..).is_some_and(|rest| {
                rest.starts_with('…') || rest.starts_with("&#8230;") || rest.starts_with("&hellip;")
            })
    }

    /// Whether the writer denies it.
    pub(crate) fn denied(&self, mark: &Mark) -> bool {
        negated(self.reading, mark)
    }

    /// Whether the words are somebody else's: quoted, and reported or spoken against.
    pub(crate) fn quoted(&self, mark: &Mark) -> bool {
        // Quotations stand in order and apart: only the last that begins before can hold the mark.
        let after = self.quotes.partition_point(|q| q.start < mark.raw.start);
        let around = after.checked_sub(1).and_then(|n| self.quotes.get(n));
        around.filter(|q| mark.raw.end < q.end).is_some_and(|quote| {
            self.cue_in_sentence(mark, Cue::Reporting)
                || self.cue_in_sentence(mark, Cue::CounterSpeech)
                || self.part.raw_text(quote.clone()).split_whitespace().nth(3).is_some()
        })
    }

    /// Whether the sentence speaks about the word, or against its use.
    pub(crate) fn countered(&self, mark: &Mark) -> bool {
        let sentence = self.sentence(mark);
        self.reading
            .within(Cue::CounterSpeech.bit(), &sentence)
            .any(|m| m.raw.end <= mark.raw.start || m.raw.start >= mark.raw.end)
    }

    /// Whether it looks like a name: capital letter, and so has its neighbour.
    pub(crate) fn name_like(&self, mark: &Mark) -> bool {
        if mark.tokens.len() != 1 || mark.disguise.is_some() {
            return false;
        }
        let capital = |at: usize| {
            self.token(at).is_some_and(|t| {
                let text = self.part.raw_text(t.raw.clone());
                let mut letters = text.chars();
                letters.next().is_some_and(char::is_uppercase)
                    && letters.next().is_some_and(char::is_lowercase)
            })
        };
        let at = mark.tokens.start;
        let after = self.token(at + 1).is_some_and(|t| !t.pause) && capital(at + 1);
        let lead = self.part.sentence_at(mark.raw.start).start;
        let before = at > 0
            && self.token(at).is_some_and(|t| !t.pause)
            && capital(at - 1)
            && self.token(at - 1).is_some_and(|t| t.raw.start > lead);
        capital(at) && (after || before) && mark.raw.start > lead
    }

    /// At whom a mark is aimed, judged by the words beside it.
    pub(crate) fn aim(&self, mark: &Mark) -> Aim {
        self.aim_left(mark).or_else(|| self.aim_right(mark)).unwrap_or(Aim::Nobody)
    }

    fn who(&self, at: usize) -> Option<Aim> {
        if self.is(at, Cue::Me) {
            Some(Aim::Oneself)
        } else if self.is(at, Cue::You) || self.is(at, Cue::Person) {
            Some(Aim::Person)
        } else if self.is(at, Cue::Identity) {
            Some(Aim::Group)
        } else if self.is(at, Cue::They) {
            Some(Aim::Person)
        } else if self.is(at, Cue::Business) {
            Some(Aim::Business)
        } else {
            None
        }
    }

    fn aim_left(&self, mark: &Mark) -> Option<Aim> {
        let mut at = mark.tokens.start;
        let mut copula = false;
        for step in 0..6 {
            // A pause cuts the word off from what stands before it.
            if self.token(at).is_none_or(|t| t.pause && step > 0 && !copula) && step > 0 {
                return None;
            }
            if self.token(at).is_some_and(|t| t.pause && step == 0) {
                // "you, idiot": a vocative across a comma still aims at the reader.
                let before = at.checked_sub(1)?;
                let gap =
                    self.part.raw_text(self.token(before)?.raw.end..self.token(at)?.raw.start);
                return (gap.trim() == "," && self.is(before, Cue::You)).then_some(Aim::Person);
            }
            at = at.checked_sub(1)?;
            let joins = self.is(at, Cue::Copula);
            if let Some(who) = self.who(at) {
                let owner = self.is(at, Cue::Ownership);
                if who == Aim::Oneself {
                    // "I am an idiot"; but "my dog", "I saw a pig".
                    let plain = self.word(at).is_some_and(|w| {
                        matches!(w, "aku" | "saya" | "gue" | "gua" | "gw" | "ane" | "gwe")
                    });
                    return (copula || joins || plain).then_some(Aim::Oneself);
                }
                if !owner || joins || copula {
                    return Some(who);
                }
                return None;
            }
            copula |= joins;
            if self.is(at, Cue::Ownership) && !self.is(at, Cue::Filler) {
                return None;
            }
            if !joins && !self.is(at, Cue::Filler) && !self.is(at, Cue::Hostile) {
                // A name, where a form of address stands before it: "Bu Rina", "Mr Smith".
                let named = at.checked_sub(1).is_some_and(|b| self.word(b).is_some_and(honorific));
                return named.then_some(Aim::Person);
            }
        }
        None
    }

    fn aim_right(&self, mark: &Mark) -> Option<Aim> {
        let after = mark.tokens.end;
        let dasar = mark.tokens.start.checked_sub(1).is_some_and(|b| {
            self.word(b)
                .is_some_and(|w| matches!(w, "dasar" | "si" | "woi" | "woy" | "hey" | "hei" | "eh"))
        });
        if dasar {
            return Some(Aim::Person);
        }
        for step in 0..2 {
            let at = after + step;
            let token = self.token(at)?;
            if token.pause {
                return None;
            }
            if self.is(at, Cue::Copula) && !self.is(at, Cue::Filler) {
                return None;
            }
            if let Some(who) = self.who(at).filter(|w| *w != Aim::Oneself) {
                return (!self.is(at, Cue::Ownership)
                    || self.word(at).is_some_and(|w| matches!(w, "lu" | "lo" | "kau" | "kamu")))
                .then_some(who);
            }
        }
        None
    }

    /// The folded text of a token.
    pub(crate) fn word(&self, at: usize) -> Option<&str> {
        let word = self.token(at)?.word?;
        self.part.words.get(word as usize).map(|w| self.part.word(w))
    }

    /// Whether somebody owns what the mark names: "my dog", "anjing saya", "punya anjing".
    pub(crate) fn owned(&self, mark: &Mark) -> bool {
        let before = mark.tokens.start.checked_sub(1);
        before.is_some_and(|b| self.is(b, Cue::Ownership) && !self.is(b, Cue::Filler))
            || (self.is(mark.tokens.end, Cue::Me)
                && !self.token(mark.tokens.end).is_some_and(|t| t.pause))
    }

    /// Whether the reader is called that: "anjing lu", "you dog".
    pub(crate) fn addressed(&self, mark: &Mark) -> bool {
        let you = |at: usize| self.is(at, Cue::You) && !self.is(at, Cue::Ownership);
        let near = |at: usize| self.token(at).is_some_and(|t| !t.pause);
        (near(mark.tokens.end) && you(mark.tokens.end))
            || mark.tokens.start.checked_sub(1).is_some_and(|b| {
                near(mark.tokens.start) && (you(b) || self.word(b) == Some("dasar"))
            })
    }

    /// Whether "what a …", "such a …" stands before a mark that ends its clause.
    pub(crate) fn exclaimed(&self, mark: &Mark) -> bool {
        let ends = self.token(mark.tokens.end).is_none_or(|t| t.pause || t.word.is_none());
        let before = |n: usize| mark.tokens.start.checked_sub(n).and_then(|at| self.word(at));
        ends && matches!((before(2), before(1)), (Some("what" | "such"), Some("a" | "an")))
    }

    /// Parties of the policy named in the sentence of a mark.
    pub(crate) fn parties(&self, mark: &Mark, parties: &Parties) -> Vec<Party> {
        let sentence = self.sentence(mark);
        let mut named = parties.named(self.part, &sentence, Party::Any);
        // "They", "these clowns": whoever was named in the two sentences before.
        if named.is_empty() && self.cue_in_sentence(mark, Cue::They) {
            let at = self.part.sentences.partition_point(|s| s.end <= sentence.start);
            named = (1..=2)
                .filter_map(|back| self.part.sentences.get(at.checked_sub(back)?))
                .map(|before| parties.named(self.part, before, Party::Any))
                .find(|named| !named.is_empty())
                .unwrap_or_default();
        }
        named.into_iter().map(|n| n.party).collect()
    }

    /// Hatred put together from words that are each harmless: a word for a group beside one
    /// that hates, likens to beasts, or is hostile. Gives the stretch from one to the other.
    pub(crate) fn hatred(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let present = self.reading.cues;
        if present & Cue::Identity.bit() == 0
            || present
                & (Cue::Hate.bit()
                    | Cue::Hostile.bit()
                    | Cue::Dehumanising.bit()
                    | Cue::HostileEmoji.bit())
                == 0
        {
            return found;
        }
        for (at, _) in self.bits.iter().enumerate().filter(|(_, b)| **b & Cue::Identity.bit() != 0)
        {
            if let Some(other) = self.hated(at) {
                let span = at.min(other)..at.max(other) + 1;
                let raw = super::reading::raw_of(&self.reading.tokens, &span);
                let mark = Mark { tokens: span, raw, cues: 0, tone: None, disguise: None };
                let negated = (mark.tokens.start.saturating_sub(3)..mark.tokens.end).any(|i| {
                    (self.is(i, Cue::Negation) && !self.is(i, Cue::Hate))
                        || self.word(i).is_some_and(|w| {
                            matches!(
                                w,
                                "stop"
                                    | "against"
                                    | "fight"
                                    | "end"
                                    | "lawan"
                                    | "tolak"
                                    | "hentikan"
                            )
                        })
                });
                if !negated && !self.countered(&mark) && !self.quoted(&mark) {
                    found.push(mark.raw);
                }
            }
        }
        found
    }

    fn hated(&self, group: usize) -> Option<usize> {
        let sentence = self.token(group).map(|t| self.part.sentence_at(t.raw.start))?;
        let inside = |at: usize| {
            self.token(at)
                .is_some_and(|t| t.raw.start >= sentence.start && t.raw.end <= sentence.end)
        };
        // "hate women", "kill all the gays", "filthy migrants".
        for step in 1..=3 {
            let Some(at) = group.checked_sub(step).filter(|at| inside(*at)) else { break };
            if self.token(at + 1).is_some_and(|t| t.pause) {
                break;
            }
            if self.is(at, Cue::Me) || self.is(at, Cue::You) {
                break;
            }
            if self.is(at, Cue::Hate)
                || (step == 1 && (self.is(at, Cue::Hostile) || self.is(at, Cue::HostileEmoji)))
            {
                return Some(at);
            }
            if !self.is(at, Cue::Filler)
                && !self.is(at, Cue::Person)
                && !self.is(at, Cue::Identity)
                && !self.word(at).is_some_and(|w| {
                    matches!(
                        w,
                        "those"
                            | "these"
                            | "them"
                            | "all"
                            | "any"
                            | "every"
                            | "more"
                            | "orang"
                            | "kaum"
                            | "para"
                            | "semua"
                    )
                })
            {
                break;
            }
        }
        // "women are stupid", "gays should be shot", "👳 = 💣".
        let mut copula = false;
        let people = self.word(group).is_some_and(|w| {
            w.ends_with('s') || matches!(w, "women" | "men" | "people" | "kaum" | "umat")
        });
        for step in 1..=6 {
            let at = group + step;
            if !inside(at) {
                break;
            }
            let emoji = self.token(at).is_some_and(|t| t.word.is_none());
            let phrase = self.is(at, Cue::Hate)
                && self.reading.marks.iter().any(|m| {
                    m.tokens.start == at
                        && m.cues & Cue::Hate.bit() != 0
                        && (m.tokens.len() > 1 || emoji)
                });
            // "Chinese economy is weak": said of something else, unless the word means people.
            if !copula
                && !people
                && !self.is(at, Cue::Copula)
                && !self.is(at, Cue::Person)
                && !self.is(at, Cue::Identity)
                && !self.is(at, Cue::Hate)
                && !self.is(at, Cue::HostileEmoji)
                && !self.is(at, Cue::Negation)
            {
                break;
            }
            copula |= self.is(at, Cue::Copula);
            if phrase
                || (copula && (self.is(at, Cue::Hostile) || self.is(at, Cue::Dehumanising)))
                || (step <= 2 && self.is(at, Cue::HostileEmoji))
            {
                return Some(at);
            }
        }
        None
    }
}
