//! `cargo xtask train`: whether a small linear model would find insults that words and rules miss.
//!
//! Logistic regression over hashed words, pairs of words, emoji and pieces of words, by AdaGrad in a
//! fixed order: the same sets give the same figures. Only sets whose licences allow it are read. It is
//! judged on sources that it was not trained on, since what a source writes about is what such a
//! model learns first. The weights go to `target/eval/model.bin`, and only where what they add on
//! every source left out is right often enough; `docs/accuracy.md` says what came out.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use draftguard_core::PartRole;
use draftguard_core::text::PartText;

use crate::eval::{corpora, tone};

/// The number of weights; each would travel as a byte.
const BUCKETS: usize = 1 << 17;
/// Share of what the model adds that must be right, on a source that it was not trained on.
const PRECISION: f64 = 0.90;
/// From how many texts on that share is believed.
const ENOUGH: usize = 30;
/// Passes over the examples.
const EPOCHS: usize = 8;
/// The step of AdaGrad.
const STEP: f32 = 0.15;
/// How strongly weights are drawn to zero.
const DECAY: f32 = 2e-5;

/// A labelled text.
#[derive(Debug)]
struct Row {
    source: usize,
    hostile: bool,
    /// Whether the rules and lexicons find it already.
    known: bool,
    features: Vec<u32>,
}

/// Trains, prints what sources left out get, and writes the weights where they are of use.
///
/// # Errors
/// A set is absent, or the file cannot be written.
pub(crate) fn run(root: &Path) -> Result<()> {
    let Some(corpora) = corpora(root) else { bail!("no labelled sets (set DRAFTGUARD_CORPORA)") };
    let mut out = std::io::stdout().lock();
    let engine = tone::engine().context("the core pack does not compile")?;
    let sources = tone::training(&corpora)?;
    let mut rows = Vec::new();
    for (source, (_, texts)) in sources.iter().enumerate() {
        rows.extend(texts.iter().map(|(hostile, text)| Row {
            source,
            hostile: *hostile,
            known: tone::found(&engine, text).is_some(),
            features: features(text),
        }));
    }
    let mut thresholds = Vec::new();
    for (source, (name, _)) in sources.iter().enumerate() {
        if !rows.iter().any(|r| r.source == source && r.hostile && !r.known) {
            continue;
        }
        let (held, rest): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|r| r.source == source);
        writeln!(out, "{name}, trained on the other sources")?;
        thresholds.push(judge(&mut out, &rest, &held)?);
        // The easy way, to tell a model that learns nothing from one that learns only its source.
        let (odd, even): (Vec<_>, Vec<_>) = held.iter().enumerate().partition(|(i, _)| i % 2 == 1);
        let [odd, even] = [odd, even].map(|half| half.into_iter().map(|(_, r)| *r).collect());
        let rest: Vec<&Row> = rest.into_iter().chain(Vec::<&Row>::clone(&even)).collect();
        writeln!(out, "{name}, trained on its other half too")?;
        judge(&mut out, &rest, &odd)?;
    }
    let Some(threshold) = thresholds.iter().copied().reduce(f32::max).filter(|t| *t < f32::MAX)
    else {
        writeln!(
            out,
            "On no threshold is what the model adds right in {:.0} % on every source left out: no weights.",
            PRECISION * 100.0
        )?;
        return Ok(());
    };
    let (weights, bias) = fit(&rows.iter().collect::<Vec<_>>());
    let largest = weights.iter().fold(1e-6_f32, |most, w| most.max(w.abs()));
    let mut bytes = Vec::with_capacity(BUCKETS + 12);
    for number in [largest / 127.0, bias, threshold] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(weights.iter().map(|w| ((w / largest * 127.0).round() as i8) as u8));
    let path = root.join("target/eval/model.bin");
    std::fs::create_dir_all(root.join("target/eval"))?;
    std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    writeln!(out, "threshold {threshold:.3}: {}", path.display())?;
    Ok(())
}

/// Trains on some rows and says how the others that words do not find come out.
fn judge(out: &mut impl std::io::Write, rest: &[&Row], held: &[&Row]) -> Result<f32> {
    let (weights, bias) = fit(rest);
    let guess = |r: &&Row| (score(&weights, bias, &r.features), r.hostile);
    let right = held.iter().map(guess).filter(|(s, hostile)| (*s > 0.0) == *hostile).count();
    let mut scored: Vec<(f32, bool)> = held.iter().filter(|r| !r.known).map(guess).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let hostile = scored.iter().filter(|s| s.1).count();
    writeln!(
        out,
        "  {:.3} of all {} judged right; {hostile} of the {} that words do not find are hostile ({:.3})",
        right as f64 / held.len().max(1) as f64,
        held.len(),
        scored.len(),
        hostile as f64 / scored.len().max(1) as f64,
    )?;
    for share in [0.01, 0.05, 0.1, 0.25] {
        let n = ((scored.len() as f64 * share) as usize).max(1);
        let right = scored.iter().take(n).filter(|s| s.1).count();
        writeln!(
            out,
            "    the {:>2.0} % that score highest: {:.3} hostile, {:.3} of the missed",
            share * 100.0,
            right as f64 / n as f64,
            right as f64 / hostile.max(1) as f64,
        )?;
    }
    let (mut right, mut best) = (0, f32::MAX);
    for (n, (score, hostile)) in scored.iter().enumerate() {
        right += usize::from(*hostile);
        if n + 1 >= ENOUGH && right as f64 >= PRECISION * (n + 1) as f64 {
            best = *score;
        }
    }
    Ok(best)
}

/// The features of a text, each once: words, pairs of words, emoji, and pieces of three to five bytes.
fn features(text: &str) -> Vec<u32> {
    let part = PartText::new("", PartRole::Body, text);
    let mut found = Vec::new();
    let mut before: Option<&str> = None;
    for word in &part.words {
        let word = part.word(word);
        found.push(bucket(1, word.as_bytes(), b""));
        if let Some(before) = before {
            found.push(bucket(2, before.as_bytes(), word.as_bytes()));
        }
        for length in 3..=5 {
            found.extend(word.as_bytes().windows(length).map(|piece| bucket(3, piece, b"")));
        }
        before = Some(word);
    }
    let mut buffer = [0; 4];
    let signs = text.chars().filter(|c| !c.is_alphanumeric() && !c.is_ascii());
    found.extend(signs.map(|c| bucket(4, c.encode_utf8(&mut buffer).as_bytes(), b"")));
    found.sort_unstable();
    found.dedup();
    found
}

/// FNV-1a over the kind and its bytes.
fn bucket(kind: u8, a: &[u8], b: &[u8]) -> u32 {
    let bytes = std::iter::once(&kind).chain(a).chain(&[0]).chain(b);
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    ((hash ^ (hash >> 32)) % BUCKETS as u64) as u32
}

fn score(weights: &[f32], bias: f32, features: &[u32]) -> f32 {
    let sum: f32 = features.iter().filter_map(|f| weights.get(*f as usize)).sum();
    sum / (features.len().max(1) as f32).sqrt() + bias
}

/// Weights and bias that fit the rows. No source and no label of it weighs more than 2,000 texts.
fn fit(rows: &[&Row]) -> (Vec<f32>, f32) {
    let mut weights = vec![0.0_f32; BUCKETS];
    let mut squares = vec![1e-3_f32; BUCKETS];
    let (mut bias, mut bias_square) = (0.0_f32, 1e-3_f32);
    let sources = rows.iter().map(|r| r.source).max().unwrap_or(0) + 1;
    let mut counts = vec![[0.0_f32; 2]; sources];
    for row in rows {
        counts[row.source][usize::from(row.hostile)] += 1.0;
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            order.swap(i, (state >> 33) as usize % (i + 1));
        }
        for row in order.iter().filter_map(|i| rows.get(*i)) {
            let guess = 1.0 / (1.0 + (-score(&weights, bias, &row.features)).exp());
            let share = (2000.0 / counts[row.source][usize::from(row.hostile)]).min(1.0);
            let fault = (guess - f32::from(u8::from(row.hostile))) * share;
            let each = fault / (row.features.len().max(1) as f32).sqrt();
            for feature in &row.features {
                let at = *feature as usize;
                let slope = each + DECAY * weights[at];
                squares[at] += slope * slope;
                weights[at] -= STEP * slope / squares[at].sqrt();
            }
            bias_square += fault * fault;
            bias -= STEP * fault / bias_square.sqrt();
        }
    }
    (weights, bias)
}
