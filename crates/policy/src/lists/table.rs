//! Files as rows of cells, whatever program wrote them.

#[cfg(feature = "xlsx")]
use std::collections::BTreeMap;

/// Why a file of terms cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// A spreadsheet that cannot be opened.
    #[error("this spreadsheet cannot be opened: {0}")]
    Spreadsheet(String),
    /// A spreadsheet that is small only while it is packed.
    #[error(
        "this spreadsheet unpacks to more than {megabytes} MB: save the sheet with the list alone, or as CSV"
    )]
    Unpacked {
        /// The most that is read.
        megabytes: u64,
    },
    /// A sheet that is not there.
    #[error("there is no sheet `{wanted}`; the sheets are: {known}")]
    NoSheet {
        /// The sheet asked for.
        wanted: String,
        /// Those that exist.
        known: String,
    },
    /// A kind of file that is not read.
    #[error("files ending in `{0}` are not read: save it as CSV, XLSX or TXT")]
    Ending(String),
    /// A text in UTF-16, as some programs export it.
    #[error("the file is not text: save it as \"CSV UTF-8\"")]
    Binary,
}

/// Rows of cells.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// Whether rows have several cells; a plain text has one cell a line.
    pub(super) has_columns: bool,
    pub(super) warnings: Vec<String>,
}

#[derive(Debug, Default, Clone)]
pub(super) struct Row {
    /// The line of a text file, or the row of a sheet, from 1.
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
    /// Whether a merged cell reaches into this row from above.
    pub(super) merged: bool,
}

impl Row {
    pub(super) fn text(&self) -> String {
        let text = self.cells.join(", ");
        text.trim_end_matches([',', ' ']).chars().take(200).collect()
    }
}

impl Table {
    pub(super) fn read(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Self, ListError> {
        let ending = name.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
        match ending.as_str() {
            "csv" | "tsv" => Self::read_csv(bytes),
            "txt" | "text" | "lst" | "list" | "" => Self::read_lines(bytes),
            "xlsx" | "xlsm" => Self::read_sheet(bytes, sheet),
            _ => Err(ListError::Ending(format!(".{ending}"))),
        }
    }

    fn read_lines(bytes: &[u8]) -> Result<Self, ListError> {
        let mut table = Self::default();
        let text = decode(bytes, &mut table.warnings)?;
        table.rows = text
            .lines()
            .enumerate()
            .map(|(i, l)| Row { line: i + 1, cells: vec![l.to_owned()], merged: false })
            .collect();
        Ok(table)
    }

    fn read_csv(bytes: &[u8]) -> Result<Self, ListError> {
        let mut table = Self { has_columns: true, ..Self::default() };
        let text = decode(bytes, &mut table.warnings)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(&text))
            .from_reader(text.as_bytes());
        for record in reader.records().flatten() {
            let line = record.position().map_or(0, csv::Position::line);
            table.rows.push(Row {
                line: usize::try_from(line).unwrap_or(usize::MAX),
                cells: record.iter().map(str::to_owned).collect(),
                merged: false,
            });
        }
        Ok(table)
    }

    #[cfg(not(feature = "xlsx"))]
    fn read_sheet(_bytes: &[u8], _sheet: Option<&str>) -> Result<Self, ListError> {
        Err(ListError::Ending(".xlsx".to_owned()))
    }

    #[cfg(feature = "xlsx")]
    fn read_sheet(bytes: &[u8], sheet: Option<&str>) -> Result<Self, ListError> {
        use calamine::{Reader, Xlsx};

        unpacks_within(bytes, MOST_UNPACKED)?;
        let fault = |e: calamine::XlsxError| ListError::Spreadsheet(e.to_string());
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).map_err(fault)?;
        let names = book.sheet_names();
        let name = match sheet {
            Some(wanted) if names.iter().any(|n| n == wanted) => wanted.to_owned(),
            Some(wanted) => {
                return Err(ListError::NoSheet {
                    wanted: wanted.to_owned(),
                    known: names.join(", "),
                });
            }
            None => match names.first() {
                Some(first) => first.clone(),
                None => return Err(ListError::Spreadsheet("it has no sheets".to_owned())),
            },
        };
        let cells = cells_of(&mut book, &name).map_err(fault)?;
        let mut merged: Vec<calamine::Dimensions> =
            book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        merged.sort_by_key(|area| area.start);
        let mut table = Self { has_columns: true, ..Self::default() };
        if names.len() > 1 && sheet.is_none() {
            table.warnings.push(format!(
                "the spreadsheet has {} sheets and only the first, `{name}`, is read; name another with `sheet`",
                names.len()
            ));
        }
        let mut merged = merged.into_iter().peekable();
        // The merged cells that reach into the row, by column: the last row of each and its text.
        let mut open: BTreeMap<u32, (u32, String)> = BTreeMap::new();
        for group in cells.chunk_by(|a, b| a.0.0 == b.0.0) {
            let Some(&((index, _), _)) = group.first() else { continue };
            let mut row = Row { line: index as usize + 1, ..Row::default() };
            let mut put = |column: u32, text: &str| {
                let column = column as usize;
                if row.cells.len() <= column {
                    row.cells.resize(column + 1, String::new());
                }
                if let Some(cell) = row.cells.get_mut(column) {
                    text.clone_into(cell);
                }
            };
            for ((_, column), text) in group {
                put(*column, text);
            }
            // Only downwards: a title over several columns is one cell of text.
            open.retain(|_, (last, _)| *last >= index);
            for (column, (_, text)) in &open {
                put(*column, text);
            }
            row.merged = !open.is_empty();
            while let Some(area) = merged.next_if(|area| area.start.0 <= index) {
                // An area that begins in a row without a cell is empty.
                let at = cells.binary_search_by_key(&area.start, |(place, _)| *place);
                let text = at.ok().and_then(|n| cells.get(n)).map_or("", |(_, text)| text);
                if area.end.0 >= index && area.start.1 < MOST_COLUMNS {
                    open.insert(area.start.1, (area.end.0, text.to_owned()));
                }
            }
            table.rows.push(row);
        }
        Ok(table)
    }
}

/// Columns that are read. A list has ten; what stands further right is somebody's calculation.
#[cfg(feature = "xlsx")]
const MOST_COLUMNS: u32 = 256;

/// Where a cell stands, row and column from 0, and its text.
#[cfg(feature = "xlsx")]
type Placed = ((u32, u32), String);

/// What a spreadsheet may take when it is unpacked, in bytes: a million rows with all their columns
/// take less. A file of a few hundred kilobytes can be made to unpack to many times that.
#[cfg(feature = "xlsx")]
const MOST_UNPACKED: u64 = 512 << 20;

/// Refuses what would unpack to more than `most` bytes. What the file says of its sizes may be
/// wrong, so everything in it is unpacked once, and nothing of it kept.
#[cfg(feature = "xlsx")]
fn unpacks_within(bytes: &[u8], most: u64) -> Result<(), ListError> {
    let fault = |e: String| ListError::Spreadsheet(e);
    let mut archive =
        zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|e| fault(e.to_string()))?;
    let mut left = most;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|e| fault(e.to_string()))?;
        let mut limited = std::io::Read::take(file, left + 1);
        let read =
            std::io::copy(&mut limited, &mut std::io::sink()).map_err(|e| fault(e.to_string()))?;
        left = left.checked_sub(read).ok_or(ListError::Unpacked { megabytes: most >> 20 })?;
    }
    Ok(())
}

/// The cells of a sheet that hold something, row by row: where each stands, and its text. Only
/// those that are there: a single cell in the last corner does not make a sheet of 17 thousand
/// million.
#[cfg(feature = "xlsx")]
fn cells_of(
    book: &mut calamine::Xlsx<std::io::Cursor<&[u8]>>,
    name: &str,
) -> Result<Vec<Placed>, calamine::XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell()? {
        let place = cell.get_position();
        if place.1 < MOST_COLUMNS {
            let text = cell_text(&cell.get_value().clone().into());
            if !text.is_empty() {
                cells.push((place, text));
            }
        }
    }
    // Programs write them in order; of two in one place the last counts.
    cells.reverse();
    cells.sort_by_key(|(place, _)| *place);
    cells.dedup_by_key(|(place, _)| *place);
    Ok(cells)
}

#[cfg(feature = "xlsx")]
fn cell_text(cell: &calamine::Data) -> String {
    use calamine::Data;
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => n.to_string(),
        Data::Bool(b) => b.to_string(),
        Data::DateTime(moment) => date_text(moment.as_f64()),
        Data::Error(e) => e.to_string(),
    }
}

/// A spreadsheet's date: days since 1899-12-30, with the time as a fraction.
#[cfg(feature = "xlsx")]
fn date_text(serial: f64) -> String {
    let base = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
    // A serial beyond the calendar saturates, and is then reported as no date.
    let seconds = (serial * 86_400.0).round() as i64;
    base.checked_add(jiff::SignedDuration::from_secs(seconds)).map_or_else(
        |_| serial.to_string(),
        |t| {
            if t.time() == jiff::civil::Time::midnight() {
                t.date().to_string()
            } else {
                t.to_string()
            }
        },
    )
}

/// The text of a file: UTF-8, or Windows-1252 (a superset of Latin-1) with a warning.
fn decode(bytes: &[u8], warnings: &mut Vec<String>) -> Result<String, ListError> {
    if let Some(text) = decode_utf16(bytes) {
        if text.contains('\0') {
            return Err(ListError::Binary);
        }
        return Ok(text);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(ListError::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => {
            warnings.push(
                "the file is not UTF-8 and was read as Windows-1252 (Latin-1); save it as \"CSV UTF-8\" to be sure"
                    .to_owned(),
            );
            Ok(bytes.iter().map(|&b| windows_1252(b)).collect())
        }
    }
}

fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let (rest, little) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, true),
        [0xFE, 0xFF, rest @ ..] => (rest, false),
        _ => return None,
    };
    let units = rest.chunks_exact(2).map(|pair| match pair {
        [a, b] if little => u16::from_le_bytes([*a, *b]),
        [a, b] => u16::from_be_bytes([*a, *b]),
        _ => 0,
    });
    Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect())
}

/// The 32 bytes in which Windows-1252 differs from Latin-1 (WHATWG Encoding Standard, index-windows-1252).
const WINDOWS_1252: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2c6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The sign that separates cells: whichever the first line has most of.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|d| (line.bytes().filter(|b| b == d).count(), u8::from(*d == b',')))
        .unwrap_or(b',')
}

#[cfg(all(test, feature = "xlsx"))]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_spreadsheet_that_unpacks_to_too_much_is_refused() {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in ["a", "b"] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&[b' '; 3 << 19]).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 13, "{} bytes", bytes.len());
        assert!(unpacks_within(&bytes, 3 << 20).is_ok());
        let refused = unpacks_within(&bytes, 2 << 20).unwrap_err();
        assert!(refused.to_string().contains("unpacks to more than 2 MB"), "{refused}");
        assert!(unpacks_within(b"no archive", 1).is_err());
    }
}
