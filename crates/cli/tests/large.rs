//! Files that are far larger than usual: read whole where that makes sense, refused in words where it does not.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod work;

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use work::Work;
use zip::write::SimpleFileOptions;

/// A spreadsheet of one column, with nothing in it that a reader could do without.
fn spreadsheet(path: &Path, cells: impl Iterator<Item = String>) {
    let mut rows = String::new();
    for (at, cell) in cells.enumerate() {
        let row = at + 1;
        let value = format!("<c r=\"A{row}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>");
        write!(rows, "<row r=\"{row}\">{value}</row>").unwrap();
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let content = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let files = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{content}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{content}.worksheet+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Words\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn a_spreadsheet_of_two_hundred_thousand_rows_is_taken_whole() {
    let work = Work::new();
    let names = (0..200_000).map(|n| format!("codename {n}"));
    // The last two say again what is there, in other clothes.
    let again = ["Codename 7".to_owned(), "CODENAME 8".to_owned()];
    let heading = std::iter::once("term".to_owned());
    spreadsheet(&work.path("words.xlsx"), heading.chain(names).chain(again));
    let said = work.ok(&["import", "words.xlsx", "--out", "words.csv"]);
    assert!(said.contains("200000 terms taken, 2 rows left out"), "{said}");
    assert!(
        said.contains("words.xlsx:200002: left out: `Codename 7` stands in line 9 already"),
        "{said}"
    );
    assert_eq!(std::fs::read_to_string(work.path("words.csv")).unwrap().lines().count(), 200_001);
}

#[test]
fn a_policy_of_fifty_megabytes_is_refused_before_it_is_read() {
    let work = Work::new();
    let policy = std::fs::read_to_string(work.path("acme.toml")).unwrap();
    let long = format!("{policy}\n# {}\n", "x".repeat(50 << 20));
    std::fs::write(work.path("long.toml"), long).unwrap();
    for command in ["lint", "test", "compile"] {
        let (code, said) = work.tell(&[command, "long.toml"]);
        assert!(code > 0, "{command}: {code}");
        assert!(
            said.contains("the policy is 50 MB"),
            "{command}: {}",
            said.get(..400).unwrap_or(&said)
        );
        assert!(said.contains("keep long lists in files of their own"), "{command}");
        assert!(said.len() < 2000, "{command} quotes {} bytes", said.len());
    }
    assert!(!work.path("acme.dgb").exists());
}
