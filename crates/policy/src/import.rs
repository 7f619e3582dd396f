//! A spreadsheet as a list that a policy can use, with a report of what was not taken.

use crate::lists::{self, IN_LANGUAGE, ListError, Remark};

/// The terms of a file in the one form that every tool can read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// CSV in UTF-8 with a heading, as `file = "….csv"` takes it.
    pub csv: String,
    /// How many terms it has.
    pub terms: usize,
    /// Rows that were not taken, or taken with a doubt.
    pub remarks: Vec<Remark>,
    /// Remarks on the file as a whole.
    pub warnings: Vec<String>,
}

/// Reads a list file; `name` decides by its ending how it is read.
///
/// # Errors
/// The file as a whole cannot be read.
pub fn import(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Imported, ListError> {
    let listed = lists::read(name, bytes, sheet, "en")?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Only columns that are used: a list of plain words stays a list of plain words.
    let used =
        |has: &dyn Fn(&crate::authored::TermSpec) -> bool| listed.terms.iter().any(|(_, t)| has(t));
    let columns = [
        ("term", true),
        ("variants", used(&|t| !t.variants.is_empty())),
        ("exceptions", used(&|t| !t.exceptions.is_empty())),
        ("replacement", used(&|t| t.replacement.0.contains_key("en"))),
        ("severity", used(&|t| t.severity.is_some())),
        ("note", used(&|t| !t.note.is_empty())),
        ("language", used(&|t| t.note.0.keys().any(|l| l != "en"))),
        ("from", used(&|t| t.from.is_some())),
        ("until", used(&|t| t.until.is_some())),
        ("exact_case", used(&|t| t.exact_case)),
    ];
    let mut columns: Vec<String> =
        columns.iter().filter(|(_, u)| *u).map(|(name, _)| (*name).to_owned()).collect();
    let languages: std::collections::BTreeSet<&String> =
        listed.terms.iter().flat_map(|(_, t)| t.replacement.0.keys()).collect();
    let others = languages.into_iter().filter(|l| *l != "en");
    columns.extend(others.map(|language| format!("{IN_LANGUAGE}{language}")));
    let failed = |e: csv::Error| ListError::Spreadsheet(e.to_string());
    writer.write_record(&columns).map_err(failed)?;
    for (_, term) in &listed.terms {
        let cells = columns.iter().map(|column| cell(term, column));
        writer.write_record(cells).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| ListError::Spreadsheet(e.to_string()))?;
    Ok(Imported {
        csv: String::from_utf8(bytes).map_err(|_| ListError::Binary)?,
        terms: listed.terms.len(),
        remarks: listed.remarks,
        warnings: listed.warnings,
    })
}

fn cell(term: &crate::authored::TermSpec, column: &str) -> String {
    let note = term.note.0.iter().next();
    match column {
        "term" => term.term.clone(),
        "variants" => term.variants.join("; "),
        "exceptions" => term.exceptions.join("; "),
        "replacement" => term.replacement.0.get("en").cloned().unwrap_or_default(),
        "severity" => term.severity.map_or_else(String::new, |s| format!("{s:?}").to_lowercase()),
        "note" => note.map(|(_, text)| text.clone()).unwrap_or_default(),
        "language" => note.map(|(language, _)| language.clone()).unwrap_or_default(),
        "from" => term.from.as_ref().map(|m| m.0.clone()).unwrap_or_default(),
        "until" => term.until.as_ref().map(|m| m.0.clone()).unwrap_or_default(),
        "exact_case" if term.exact_case => "yes".to_owned(),
        other => other
            .strip_prefix(IN_LANGUAGE)
            .and_then(|language| term.replacement.0.get(language).cloned())
            .unwrap_or_default(),
    }
}
