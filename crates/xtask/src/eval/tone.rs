//! Tone: insults and threats, identity words, disguises, ordinary posts.

use std::io::Read as _;
use std::path::Path;

use draftguard_core::{Action, Context, Draft, Engine, Kind};

use super::{Family, csv, lines};

/// The core pack, as it is shipped.
fn engine() -> Option<Engine> {
    let pack = draftguard_policy::compile_pack("core").ok()?;
    Engine::new(vec![pack.policy]).ok()
}

/// What was found in a text, in a line; none where nothing was.
fn found(engine: &Engine, text: &str) -> Option<String> {
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
    rows: impl IntoIterator<Item = (bool, String)>,
) -> Family {
    let mut family = Family::new(name, goal);
    for (unwelcome, text) in rows {
        let line = text.replace('\n', " ");
        match (unwelcome, found(engine, &text)) {
            (true, Some(_)) => family.hits += 1,
            (true, None) => family.misses.push(line),
            (false, Some(what)) => {
                family.clean += 1;
                family.alarms.push(format!("{what}: {line}"));
            }
            (false, None) => family.clean += 1,
        }
    }
    family
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
    let mut put = |rows: Option<Vec<(bool, String)>>, name: &str, goal| match rows {
        Some(rows) if !rows.is_empty() => families.push(judge(&engine, name, goal, rows)),
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
    put(tweets(|class| Some(class != "2")), "insults en: davidson", "recall .80, precision .90");
    put(
        tweets(|class| (class == "0").then_some(true)),
        "insults en: davidson, hate alone",
        "recall .80",
    );
    for split in ["train", "validation"] {
        let rows = table(&corpora.join(format!("hatemoji-en/{split}.csv"))).map(|rows| {
            let head = rows.first().cloned().unwrap_or_default();
            let label = head.iter().position(|h| h == "label_gold").unwrap_or(8);
            rows.iter()
                .skip(1)
                .filter_map(|row| Some((row.get(label)? == "1", row.get(1)?.clone())))
                .collect()
        });
        put(rows, &format!("insults en: hatemoji {split}"), "recall .80, precision .90");
    }

    let bias =
        std::fs::File::open(corpora.join("jigsaw-bias-templates-en/en_sentence_templates.csv.gz"))
            .ok()
            .and_then(|file| {
                let mut text = String::new();
                flate2::read::GzDecoder::new(file).read_to_string(&mut text).ok()?;
                Some(csv(&text))
            });
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
    put(templates(false, 5), "identity words, neutral", "flagged <= 3 %");
    put(templates(true, 5), "identity words, hostile", "");

    for (language, label) in [("en", "disguised en"), ("id", "disguised id")] {
        let rows = lines(&corpora.join("evasion/synth_dev.jsonl")).map(|rows| {
            rows.iter()
                .filter(|row| row["lang"] == language)
                .map(|row| (row["label"] == 1, row["text"].as_str().unwrap_or_default().to_owned()))
                .collect()
        });
        put(rows, label, "recall .95, false <= 2 %");
    }

    let posts = |names: &[&str]| {
        let mut posts = Vec::new();
        for name in names {
            let text = std::fs::read_to_string(corpora.join("id-posts").join(name)).ok()?;
            posts.extend(
                text.lines().filter_map(|l| l.split('\t').next()).map(|l| (false, l.to_owned())),
            );
        }
        Some(posts)
    };
    put(
        posts(&["train.inf", "unlabelled.inf", "train.for"]),
        "ordinary posts id: stif",
        "<= 3 / 1000",
    );
    put(posts(&["smsa_train.tsv"]), "ordinary posts id: smsa", "<= 3 / 1000");
    put(tweets(|class| (class == "2").then_some(false)), "davidson, neither", "");
}
