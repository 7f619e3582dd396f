//! Lists of terms that stand in a file of their own: CSV, XLSX or plain text.
//!
//! Spreadsheets come from people: with a byte-order mark or in Latin-1, with
//! semicolons for commas, merged cells, formulas, empty rows and the same term
//! twice. Each row is either taken or reported with the reason.

use std::collections::{BTreeMap, HashMap};

use draftguard_core::Severity;
use draftguard_core::policy::Localized;

use crate::authored::{Moment, TermSpec};
use crate::lower::can_be_found;
use crate::suggest::{alternatives, nearest};

mod table;

pub use table::ListError;
use table::{Row, Table};

/// Columns that a list may have, with the headings under which they are known.
const COLUMNS: [(&str, &[&str]); 10] = [
    (
        "term",
        &[
            "term", "terms", "word", "words", "phrase", "name", "keyword", "istilah", "kata",
            "nama", "frasa",
        ],
    ),
    (
        "variants",
        &["variants", "variant", "aliases", "alias", "also", "spellings", "varian", "ejaan"],
    ),
    ("exceptions", &["exceptions", "exception", "except", "allowed", "pengecualian", "kecuali"]),
    (
        "replacement",
        &["replacement", "replace", "instead", "use", "approved", "pengganti", "ganti"],
    ),
    ("severity", &["severity", "weight", "level", "tingkat"]),
    ("note", &["note", "notes", "remark", "comment", "catatan", "keterangan"]),
    ("from", &["from", "start", "starts", "mulai", "dari"]),
    ("until", &["until", "till", "end", "ends", "embargo", "sampai", "hingga"]),
    ("exact_case", &["exact_case", "exact", "case", "case_sensitive"]),
    ("language", &["language", "lang", "bahasa"]),
];

/// What a column begins with that says the replacement in one language.
pub(crate) const IN_LANGUAGE: &str = "replacement_";

/// The terms of a file, and what was not taken.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// Terms with the line or row that each stands in.
    pub(crate) terms: Vec<(usize, TermSpec)>,
    /// Rows that were not taken, or taken with a doubt.
    pub(crate) remarks: Vec<Remark>,
    /// Remarks on the file as a whole.
    pub(crate) warnings: Vec<String>,
}

/// A row that was not taken, or taken with a doubt.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Remark {
    /// The line of a text file, or the row of a sheet, from 1.
    pub line: usize,
    /// A stable name of the reason.
    pub code: &'static str,
    /// The reason, in words.
    pub reason: String,
    /// Whether the row was left out.
    pub skipped: bool,
    /// The row.
    pub text: String,
}

/// Reads the terms of a file; `name` decides by its ending how it is read.
///
/// # Errors
/// The file as a whole cannot be read.
pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    language: &str,
) -> Result<Listed, ListError> {
    let table = Table::read(name, bytes, sheet)?;
    let mut listed = Listed { warnings: table.warnings.clone(), ..Listed::default() };
    let (columns, first) = columns_of(&table, &mut listed);
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(table.rows.len());
    for row in table.rows.iter().skip(first) {
        take_row(row, &columns, language, &table, &mut seen, &mut listed);
    }
    Ok(listed)
}

/// Where each column stands; `replacement_id` is the replacement in Indonesian.
type Columns = BTreeMap<String, usize>;

/// Which column holds what, and the row with the first term.
fn columns_of(table: &Table, listed: &mut Listed) -> (Columns, usize) {
    let mut columns = Columns::from([("term".to_owned(), 0)]);
    let Some(head) = table.rows.first().filter(|_| table.has_columns) else {
        return (columns, 0);
    };
    let known = |cell: &str| {
        let key = heading(cell);
        let plain = COLUMNS.iter().find(|(_, names)| names.contains(&key.as_str()));
        plain.map(|(column, _)| (*column).to_owned()).or_else(|| {
            let language = key.strip_prefix(IN_LANGUAGE)?;
            crate::load::is_language(language).then_some(key)
        })
    };
    // A heading row is one that names the column of terms.
    if !head.cells.iter().any(|c| known(c).as_deref() == Some("term")) {
        return (columns, 0);
    }
    columns.clear();
    for (index, cell) in head.cells.iter().enumerate() {
        if cell.trim().is_empty() {
            continue;
        }
        if let Some(column) = known(cell) {
            columns.entry(column).or_insert(index);
        } else {
            let names: Vec<&str> = COLUMNS.iter().map(|(n, _)| *n).collect();
            let help = nearest(&heading(cell), &names).map_or_else(
                || format!("columns are {}", alternatives(&names)),
                |near| format!("is it meant to be `{near}`?"),
            );
            listed.remarks.push(Remark {
                line: head.line,
                code: "unknown-column",
                reason: format!(
                    "the column `{}` is not known and is not read; {help}",
                    cell.trim()
                ),
                skipped: false,
                text: head.text(),
            });
        }
    }
    (columns, 1)
}

fn heading(cell: &str) -> String {
    cell.trim().trim_end_matches(':').to_lowercase().replace([' ', '-'], "_")
}

fn take_row(
    row: &Row,
    columns: &Columns,
    language: &str,
    table: &Table,
    seen: &mut HashMap<String, usize>,
    listed: &mut Listed,
) {
    let cell =
        |column: &str| columns.get(column).and_then(|i| row.cells.get(*i)).map_or("", |c| c.trim());
    let mut remark = |code, reason: String, skipped| {
        listed.remarks.push(Remark { line: row.line, code, reason, skipped, text: row.text() });
    };
    if row.cells.iter().all(|c| c.trim().is_empty()) {
        return;
    }
    let term = cell("term").split_whitespace().collect::<Vec<_>>().join(" ");
    if term.is_empty() {
        remark("empty-term", "the row has no term".to_owned(), true);
        return;
    }
    if term.starts_with('#') && !table.has_columns {
        return;
    }
    if let Some(error) = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"]
        .into_iter()
        .find(|e| term.eq_ignore_ascii_case(e))
    {
        remark("formula", format!("the cell holds the error {error} of a formula"), true);
        return;
    }
    if term.starts_with('=') && term.contains('(') {
        remark("formula", "the cell holds a formula instead of its value".to_owned(), true);
        return;
    }
    if !can_be_found(&term) {
        let reason = "the term has neither a letter nor a digit nor an emoji";
        remark("empty-term", reason.to_owned(), true);
        return;
    }
    if let Some(first) = seen.get(&term.to_lowercase()) {
        // A merged cell says the same thing in each of its rows, and means it once.
        if !row.merged {
            remark("duplicate-term", format!("`{term}` stands in line {first} already"), true);
        }
        return;
    }
    let letters = term.chars().filter(|c| c.is_alphanumeric()).count();
    if letters <= 2 && term.chars().all(|c| c.is_alphanumeric() && (c as u32) < 0x2e80) {
        remark(
            "short-term",
            format!("`{term}` is very short and will be found in ordinary words"),
            false,
        );
    }
    let severity = match cell("severity").to_lowercase().as_str() {
        "" => None,
        "low" | "1" | "rendah" => Some(Severity::Low),
        "medium" | "2" | "sedang" => Some(Severity::Medium),
        "high" | "3" | "tinggi" => Some(Severity::High),
        other => {
            remark(
                "wrong-value",
                format!("severity `{other}` is not known: low, medium or high"),
                false,
            );
            None
        }
    };
    let exact_case = match cell("exact_case").to_lowercase().as_str() {
        "" | "no" | "false" | "0" | "tidak" => false,
        "yes" | "true" | "1" | "x" | "ya" => true,
        other => {
            remark("wrong-value", format!("exact_case `{other}` is not known: yes or no"), false);
            false
        }
    };
    let text = |column: &str| Some(cell(column).to_owned()).filter(|t| !t.is_empty());
    let note_language = text("language").unwrap_or_else(|| language.to_owned());
    seen.insert(term.to_lowercase(), row.line);
    let term = TermSpec {
        variants: several(cell("variants")),
        exceptions: several(cell("exceptions")),
        replacement: Localized(
            text("replacement")
                .map(|said| (language.to_owned(), said))
                .into_iter()
                .chain(columns.keys().filter_map(|column| {
                    Some((column.strip_prefix(IN_LANGUAGE)?.to_owned(), text(column)?))
                }))
                .collect(),
        ),
        severity,
        note: Localized(text("note").map(|n| (note_language, n)).into_iter().collect()),
        from: text("from").map(Moment),
        until: text("until").map(Moment),
        exact_case,
        term,
    };
    listed.terms.push((row.line, term));
}

/// Several values in one cell: one a line, or separated by semicolons or bars.
fn several(cell: &str) -> Vec<String> {
    cell.split([';', '|', '\n'])
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<(usize, &'static str)>) {
        let listed = read(name, bytes, None, "en").unwrap();
        (
            listed.terms.iter().map(|(_, t)| t.term.clone()).collect(),
            listed.remarks.iter().map(|r| (r.line, r.code)).collect(),
        )
    }

    #[test]
    fn plain_text_is_one_term_a_line() {
        let (found, remarks) =
            terms("a.txt", b"\xEF\xBB\xBFbluehawk\r\n\r\n# a remark\nRed  Fox, Inc.\n");
        assert_eq!(found, ["bluehawk", "Red Fox, Inc."]);
        assert_eq!(remarks, []);
    }

    #[test]
    fn columns_are_found_by_their_headings() {
        let csv =
            "Term;Variants;Severity;Until;Colour\nBluehawk;blue hawk|BH-1;High;2026-01-01;red\n";
        let listed = read("a.csv", csv.as_bytes(), None, "en").unwrap();
        let (line, term) = &listed.terms[0];
        assert_eq!(*line, 2);
        assert_eq!(term.variants, ["blue hawk", "BH-1"]);
        assert_eq!(term.severity, Some(Severity::High));
        assert_eq!(term.until, Some(Moment("2026-01-01".to_owned())));
        assert_eq!(listed.remarks[0].code, "unknown-column");
    }

    #[test]
    fn rows_that_are_not_taken_say_why() {
        let csv = "term,note\nbluehawk,\n,only a note\nBlueHawk,again\n#REF!,\n=A1(),\n---,\n";
        let (found, remarks) = terms("a.csv", csv.as_bytes());
        assert_eq!(found, ["bluehawk"]);
        assert_eq!(
            remarks,
            [
                (3, "empty-term"),
                (4, "duplicate-term"),
                (5, "formula"),
                (6, "formula"),
                (7, "empty-term")
            ]
        );
    }

    #[test]
    fn latin_1_is_read_with_a_warning() {
        let listed = read("a.csv", b"term\ncaf\xe9 bleu\n", None, "en").unwrap();
        assert_eq!(listed.terms[0].1.term, "café bleu");
        assert_eq!(listed.warnings.len(), 1);
    }

    #[test]
    fn two_hundred_thousand_rows_are_no_trouble() {
        let mut csv = String::from("term,replacement\n");
        for n in 0..200_000 {
            csv.push_str(&format!("codename {n},x\n"));
        }
        assert_eq!(read("a.csv", csv.as_bytes(), None, "en").unwrap().terms.len(), 200_000);
    }
}
