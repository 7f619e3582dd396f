//! Tone: insults and threats, identity words, disguises, ordinary posts.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Result, anyhow};
use draftguard_core::{Action, Context, Draft, Engine, Kind};

use super::peers::Judged;
use super::{Family, checked, csv, lines};

/// The programs that look for rude English.
const ENGLISH: &[&str] = &["obscenity", "alex"];

/// The core pack, as it is shipped.
pub(crate) fn engine() -> Option<Engine> {
    let pack = draftguard_policy::compile_pack("core").ok()?;
    Engine::new(vec![pack.policy]).ok()
}

/// What was found in a text, in a line; none where nothing was.
pub(crate) fn found(engine: &Engine, text: &str) -> Option<String> {
    let report = engine.check(&Draft::from_text(text), &Context::default());
    let finding =
        report.findings.iter().find(|f| f.kind == Kind::Tone && f.action >= Action::Warn)?;
    Some(format!("[{}] {}", finding.text, finding.why.as_deref().unwrap_or_default()))
}

/// Counts labelled texts as a whole: found or not.
fn judge(
    engine: &Engine,
    name: &str,
    goal: &'static str,
    peers: &'static [&'static str],
    rows: impl IntoIterator<Item = (bool, String)>,
) -> Family {
    let mut family = Family::new(name, goal);
    family.peers = peers;
    for (unwelcome, text) in rows {
        let line = text.replace('\n', " ");
        let found = found(engine, &text);
        family.compared.push(Judged { labelled: unwelcome, found: found.is_some(), text });
        match (unwelcome, found) {
            (true, Some(_)) => family.hits += 1,
            (true, None) => family.misses.push(line),
            (false, Some(what)) => {
                family.clean += 1;
                family.alarms.push(format!("{what}: {line}"));
            }
            (false, None) => family.clean += 1,
        }
    }
    if peers.is_empty() {
        family.compared.clear();
    }
    family
}

/// Ordinary posts: anything of the core pack that asks for `warn` or more counts, apart from what was
/// read and found right.
fn ordinary(engine: &Engine, name: &str, rows: impl IntoIterator<Item = String>) -> Family {
    let goal = if name.starts_with("ordinary") { "<= 3 per 1,000" } else { "" };
    let mut family = Family::new(name, goal);
    for text in rows {
        family.clean += 1;
        let report = engine.check(&Draft::from_text(text.as_str()), &Context::default());
        let Some(finding) = report.findings.iter().find(|f| f.action >= Action::Warn) else {
            continue;
        };
        if checked::right(&text) {
            family.checked += 1;
        } else {
            family.alarms.push(format!(
                "{:016x} {} [{}] {}: {}",
                checked::hash(&text),
                finding.rule,
                finding.text,
                finding.why.as_deref().unwrap_or_default(),
                text.replace('\n', " ")
            ));
        }
    }
    family
}

/// Labelled texts of one source: whether each is hostile.
type Source = (&'static str, Vec<(bool, String)>);

/// The sets whose licences allow weights to be trained on them, by source.
///
/// # Errors
/// A set is absent.
pub(crate) fn training(corpora: &Path) -> Result<Vec<Source>> {
    let absent = |name: &str| anyhow!("{name} is absent");
    let davidson = table(&corpora.join("davidson-en/labeled_data.csv"))
        .ok_or_else(|| absent("davidson-en"))?
        .into_iter()
        .skip(1)
        .filter_map(|row| Some((row.get(5)? != "2", row.get(6)?.clone())))
        .collect();
    let mut emoji = Vec::new();
    for split in ["train", "validation"] {
        emoji.extend(hatemoji(corpora, split).ok_or_else(|| absent("hatemoji-en"))?);
    }
    let templates = bias_templates(corpora)
        .ok_or_else(|| absent("jigsaw-bias-templates-en"))?
        .iter()
        .skip(1)
        .step_by(10)
        .filter_map(|row| Some((row.get(1)? == "toxic", row.get(2)?.clone())))
        .collect();
    let mut posts = Vec::new();
    for name in ["train.inf", "unlabelled.inf", "train.for"] {
        let text = std::fs::read_to_string(corpora.join("id-posts").join(name))?;
        posts.extend(text.lines().map(|l| (false, l.to_owned())));
    }
    Ok(vec![
        ("davidson", davidson),
        ("hatemoji", emoji),
        ("bias templates", templates),
        ("stif", posts),
    ])
}

fn hatemoji(corpora: &Path, split: &str) -> Option<Vec<(bool, String)>> {
    let rows = table(&corpora.join(format!("hatemoji-en/{split}.csv")))?;
    let label = rows.first()?.iter().position(|h| h == "label_gold").unwrap_or(8);
    Some(
        rows.iter()
            .skip(1)
            .filter_map(|row| Some((row.get(label)? == "1", row.get(1)?.clone())))
            .collect(),
    )
}

fn bias_templates(corpora: &Path) -> Option<Vec<Vec<String>>> {
    let file =
        std::fs::File::open(corpora.join("jigsaw-bias-templates-en/en_sentence_templates.csv.gz"))
            .ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).ok()?;
    Some(csv(&text))
}

fn table(path: &Path) -> Option<Vec<Vec<String>>> {
    Some(csv(&std::fs::read_to_string(path).ok()?))
}

/// Runs the tone families that are present.
pub(crate) fn run(corpora: &Path, families: &mut Vec<Family>, skipped: &mut Vec<String>) {
    let Some(engine) = engine() else {
        skipped.push("tone (the core pack does not compile)".to_owned());
        return;
    };
    let mut put = |rows: Option<Vec<(bool, String)>>, name: &str, goal, peers| match rows {
        Some(rows) if !rows.is_empty() => families.push(judge(&engine, name, goal, peers, rows)),
        _ => skipped.push(name.to_owned()),
    };

    let davidson = table(&corpora.join("davidson-en/labeled_data.csv"));
    let tweets = |wanted: fn(&str) -> Option<bool>| {
        davidson.as_ref().map(|rows| {
            rows.iter()
                .skip(1)
                .filter_map(|row| Some((wanted(row.get(5)?)?, row.get(6)?.clone())))
                .collect::<Vec<_>>()
        })
    };
    put(
        tweets(|class| Some(class != "2")),
        "insults en: davidson",
        "recall .80, precision .90",
        ENGLISH,
    );
    put(
        tweets(|class| (class == "0").then_some(true)),
        "insults en: davidson, hate alone",
        "recall .80",
        &[],
    );
    let emoji: Option<Vec<(bool, String)>> = ["train", "validation"]
        .into_iter()
        .map(|split| hatemoji(corpora, split))
        .collect::<Option<Vec<_>>>()
        .map(|splits| splits.into_iter().flatten().collect());
    let both = tweets(|class| Some(class != "2"))
        .zip(emoji.clone())
        .map(|(a, b)| a.into_iter().chain(b).collect());
    put(emoji, "insults en: hatemoji", "recall .80, precision .90", ENGLISH);
    put(both, "insults en: both sets", "recall .80, precision .90", &[]);

    let bias = bias_templates(corpora);
    let templates = |wanted: bool, every: usize| {
        bias.as_ref().map(|rows| {
            rows.iter()
                .skip(1)
                .filter_map(|row| Some(((row.get(1)? == "toxic"), row.get(2)?.clone())))
                .filter(|(toxic, _)| *toxic == wanted)
                .step_by(every)
                .collect::<Vec<_>>()
        })
    };
    put(templates(false, 5), "identity words, neutral", "flagged <= 3 %", &["obscenity", "alex"]);
    put(templates(true, 5), "identity words, hostile", "", &[]);

    for (language, label, peers) in [
        ("en", "disguised en", ENGLISH),
        ("id", "disguised id", &["indonesian-badwords"] as &[&str]),
    ] {
        let rows = lines(&corpora.join("evasion/synth_dev.jsonl")).map(|rows| {
            rows.iter()
                .filter(|row| row["lang"] == language)
                .map(|row| (row["label"] == 1, row["text"].as_str().unwrap_or_default().to_owned()))
                .collect()
        });
        put(rows, label, "recall .95, false <= 2 %", peers);
    }

    let mut posts = |label: &str, names: &[&str]| {
        let read = |name: &&str| std::fs::read_to_string(corpora.join(name)).ok();
        match names.iter().map(read).collect::<Option<Vec<String>>>() {
            Some(files) => {
                let lines = files.iter().flat_map(|text| text.lines());
                let texts = lines.filter_map(|l| l.split('\t').next()).map(str::to_owned);
                families.push(ordinary(&engine, label, texts));
            }
            None => skipped.push(label.to_owned()),
        }
    };
    let stif = ["id-posts/train.inf", "id-posts/unlabelled.inf", "id-posts/train.for"];
    posts("ordinary posts id: stif", &stif);
    posts("ordinary posts id: smsa", &["id-posts/smsa_train.tsv"]);
    match davidson {
        Some(rows) => {
            let rows = rows.into_iter().skip(1).filter(|row| row.get(5).is_some_and(|c| c == "2"));
            let texts = rows.filter_map(|mut row| row.pop());
            families.push(ordinary(
                &engine,
                "tweets that hold a word of a hate list, labelled neither",
                texts,
            ));
        }
        None => skipped.push("tweets that hold a word of a hate list, labelled neither".to_owned()),
    }
}
