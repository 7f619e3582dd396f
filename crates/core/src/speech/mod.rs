//! What a text says, beyond the words of a list: parties named, cues, tone, and
//! the conditions that policies build from them.
//!
//! Words and phrases of the built-in lexicons (`data/speech/*.txt`) are found in
//! one pass over the words of a text and kept with it ([`reading`]); conditions,
//! tone, voice and requirements only look at what that pass left.

pub mod condition;
pub mod cue;

pub(crate) mod disguise;
mod expand;
pub(crate) mod features;
pub(crate) mod lexicon;
mod lines;
pub(crate) mod parties;
pub(crate) mod phrases;
pub(crate) mod reading;
pub(crate) mod stance;
pub(crate) mod table;

pub(crate) use reading::Reading;

use crate::text::PartText;

/// What the lexicons found in a text; read once, kept with it.
pub(crate) fn reading(part: &PartText) -> &Reading {
    part.speech.get_or_init(|| Reading::of(part))
}

#[cfg(test)]
mod tests;
