//! The built-in lexicons, read from `data/speech/` when first needed.

use std::sync::LazyLock;

use super::cue::Cue;
use super::disguise::Hidden;
use super::expand::expand;
use super::lines::Lines;
use super::phrases::Phrases;
use super::table::Table;

/// What kind of unwelcome word something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Category {
    /// Belittles a person.
    Insult,
    /// Swears.
    Profanity,
    /// Insults by origin, faith, sex, disability.
    Slur,
    /// Announces or wishes harm.
    Threat,
    /// Menaces in words that are also said in jest.
    Menace,
    /// Says that somebody broke the law or deceives.
    Accusation,
    /// Stirs up hatred.
    Inflammatory,
    /// Promises gain without risk.
    Promissory,
    /// Claims more than can be shown.
    Exaggerated,
    /// Implies illegal behaviour.
    Illegal,
    /// Speaks unfavourably of a named party.
    Negative,
}

impl Category {
    /// Every category with its name.
    pub(crate) const ALL: [(Self, &str); 11] = [
        (Self::Insult, "insult"),
        (Self::Profanity, "profanity"),
        (Self::Slur, "slur"),
        (Self::Threat, "threat"),
        (Self::Menace, "menace"),
        (Self::Accusation, "accusation"),
        (Self::Inflammatory, "inflammatory"),
        (Self::Promissory, "promissory"),
        (Self::Exaggerated, "exaggerated"),
        (Self::Illegal, "illegal"),
        (Self::Negative, "negative"),
    ];

    /// The category that a rule names.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(c, _)| *c)
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(c, _)| *c == self).map_or("", |(_, n)| n)
    }
}

/// What a word needs beside it to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing.
    Nothing,
    /// Somebody it is aimed at.
    Target,
    /// A named party or a word for a firm.
    Party,
    /// A text that is not about food or beasts as such; there, somebody it is aimed at.
    Beast,
}

/// A word or phrase for `tone`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tone {
    pub category: Category,
    /// 1 mild, 2 strong, 3 severe.
    pub severity: u8,
    pub needs: Needs,
}

/// What a phrase of the lexicon means.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    pub cues: u64,
    pub tone: Option<Tone>,
}

/// The built-in lexicons.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub phrases: Phrases,
    pub entries: Vec<Entry>,
    pub hidden: Hidden,
}

/// Lexicon files: cues, then tone. See `data/speech/README.md` for their form.
const FILES: &[&str] = &[
    include_str!("../../data/speech/cues.txt"),
    include_str!("../../data/speech/words.txt"),
    include_str!("../../data/speech/tone-en.txt"),
    include_str!("../../data/speech/tone-id.txt"),
];

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    /// The lexicons, read once.
    pub(crate) fn get() -> &'static Self {
        &LEXICON
    }

    fn read() -> Self {
        let mut hidden = Hidden::default();
        let mut lines = Lines::default();
        let mut entries = each_line(|line, (tag, entry)| {
            if !line.contains(' ') {
                hidden.add(line, tag, &entry);
            }
            lines.add(line, tag);
        });
        let mut phrases = Phrases::for_phrases(lines.len());
        // A word of several sections is one mark with all their cues.
        let mut single: Table<u64> = Table::default();
        lines.each(|words, tag| {
            let entry = entries.get(tag as usize).copied().unwrap_or_default();
            match words {
                [(_, word)] if entry.tone.is_none() => *single.entry(*word) |= entry.cues,
                words => phrases.insert(words, tag),
            }
        });
        let mut tags: Table<Option<u32>> = Table::default();
        for (word, cues) in single.iter() {
            let tag = *tags.entry(*cues).get_or_insert_with(|| {
                entries.push(Entry { cues: *cues, tone: None });
                entries.len() as u32 - 1
            });
            phrases.insert(&[(false, *word)], tag);
        }
        for (word, tag) in hidden.swaps() {
            phrases.insert(&[(false, word)], SWAP | tag);
        }
        Self { phrases: phrases.ready(), entries, hidden }
    }
}

/// Set in the tag of a word that is another with two letters swapped.
const SWAP: u32 = 1 << 31;

/// The tag of the word that a tag stands for with two letters swapped.
pub(crate) fn swap_of(tag: u32) -> Option<u32> {
    (tag & SWAP != 0).then_some(tag & !SWAP)
}

/// Tells every phrase of the lexicons written out, with the place of the entry that says what it
/// means, and that entry. Gives the entries.
pub(super) fn each_line(mut found: impl FnMut(&str, (u32, Entry))) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (entry, phrase) in FILES.iter().flat_map(|f| sections(f)) {
        if entries.last().is_none_or(|last| last.cues != entry.cues || last.tone != entry.tone) {
            entries.push(entry);
        }
        let tag = entries.len() as u32 - 1;
        expand(phrase, &mut |line| {
            if !line.is_empty() {
                found(line, (tag, entry));
            }
        });
    }
    entries
}

/// The phrases of a lexicon file, each with what its section says.
pub(crate) fn sections(file: &str) -> impl Iterator<Item = (Entry, &str)> {
    let mut entry = Entry::default();
    file.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .filter_map(move |line| {
            if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                entry = header(head);
                return None;
            }
            Some((entry, line))
        })
        .flat_map(|(entry, line)| {
            line.split(',').map(str::trim).filter(|p| !p.is_empty()).map(move |p| (entry, p))
        })
}

/// `[praise]`, `[insult 2]`, `[insult 1 target]`, `[insult 2 target word-dehumanising]`.
fn header(head: &str) -> Entry {
    let mut entry = Entry::default();
    for word in head.split_whitespace() {
        if let Some(category) = Category::named(word).filter(|_| entry.tone.is_none())
            && head.split_whitespace().any(|w| w.parse::<u8>().is_ok())
        {
            entry.tone = Some(Tone { category, severity: 1, needs: Needs::Nothing });
        } else if let Some(tone) = &mut entry.tone
            && let Ok(severity) = word.parse()
        {
            tone.severity = severity;
        } else if let Some(tone) = &mut entry.tone
            && word == "target"
        {
            tone.needs = Needs::Target;
        } else if let Some(tone) = &mut entry.tone
            && word == "party"
        {
            tone.needs = Needs::Party;
        } else if let Some(tone) = &mut entry.tone
            && word == "beast"
        {
            tone.needs = Needs::Beast;
        } else if let Some(cue) = Cue::named(word) {
            entry.cues |= cue.bit();
        }
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_means_something() {
        for file in FILES {
            for line in file.lines().filter(|l| l.starts_with('[')) {
                let head = line.trim_matches(['[', ']']);
                let entry = header(head);
                assert!(entry.cues != 0 || entry.tone.is_some(), "{line}");
                for word in head.split_whitespace() {
                    assert!(
                        Category::named(word).is_some()
                            || Cue::named(word).is_some()
                            || word.parse::<u8>().is_ok()
                            || ["target", "party", "beast"].contains(&word),
                        "{line}: {word}"
                    );
                }
            }
        }
    }

    #[test]
    fn cues_fit_in_their_bits() {
        assert!(Cue::ALL.len() <= 64, "{}", Cue::ALL.len());
    }
}
