//! Files that people exchange with other programs: JSON, or CSV for a spreadsheet.
//!
//! A spreadsheet interprets a CSV cell that begins like a formula as one, and any staff account can write the text. So
//! such a cell is written with an apostrophe before it, which marks it as text in a spreadsheet, and read without it.
//! The rule is reversible: a text that was written is read as the same text.

use std::io::ErrorKind;
use std::path::Path;

use hotelmate_core::error::{DeskError, ErrorCode, failure};
use hotelmate_core::replace;

use crate::text::shown;

/// The form of a file, by the extension of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `.csv`
    Csv,
    /// `.json`
    Json,
}

impl Form {
    /// Returns the form for the extension of the file's name.
    pub fn of(file: &Path) -> Result<Self, DeskError> {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            _ => Err(failure!(Configuration, "deskctl-file-of-no-form", file = shown(file))),
        }
    }
}

/// Writes the whole file, and replaces one that exists. A path that is no file, such as a terminal, gets the bytes.
pub fn write(file: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    let is_no_file = std::fs::metadata(file).is_ok_and(|there| !there.is_file());
    let written = if is_no_file { std::fs::write(file, bytes) } else { replace::write(file, bytes) };
    written.map_err(|cause| {
        let why = cause.to_string();
        let failed = failure!(Unexpected, "deskctl-file-not-written", file = shown(file), cause = why);
        DeskError { code: unwritten(&cause), ..failed }
    })
}

/// Returns the code of a failure to write.
pub fn unwritten(cause: &std::io::Error) -> ErrorCode {
    if cause.kind() == ErrorKind::StorageFull { ErrorCode::DiskFull } else { ErrorCode::Unexpected }
}

/// Returns the failure to read a file. `code` is for a file that exists.
pub fn unread(file: &Path, code: ErrorCode, cause: &std::io::Error) -> DeskError {
    if cause.kind() == ErrorKind::NotFound {
        return failure!(NotFound, "deskctl-file-not-there", file = shown(file));
    }
    let cause = cause.to_string();
    DeskError { code, ..failure!(Unexpected, "deskctl-file-not-read", file = shown(file), cause = cause) }
}

/// Reads a text file, without the mark that some spreadsheets put at its beginning.
pub fn read(file: &Path) -> Result<String, DeskError> {
    let bytes = std::fs::read(file).map_err(|cause| unread(file, ErrorCode::Unexpected, &cause))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| failure!(Invalid, "deskctl-file-not-text", file = shown(file)))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The characters that begin a formula in a spreadsheet.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Returns a text as a spreadsheet's cell that is never a formula.
pub fn to_cell(text: String) -> String {
    if text.trim_start_matches('\'').starts_with(FORMULA) { format!("'{text}") } else { text }
}

/// Returns a spreadsheet's cell as text: undoes [`to_cell`].
pub fn from_cell(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start_matches('\'').starts_with(FORMULA) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_reads_back_as_it_was() {
        for text in ["=cmd|' /C calc'!A0", "-10 %", "'=x", "''+", "'quoted'", "Spa & Sauna", "", "@all"] {
            let cell = to_cell(text.to_owned());
            assert!(!cell.starts_with(FORMULA), "{cell}");
            assert_eq!(from_cell(&cell), text);
        }
    }

    #[test]
    fn the_form_is_told_by_the_name_alone() {
        assert_eq!(Form::of(Path::new("a/offers.CSV")).unwrap(), Form::Csv);
        assert_eq!(Form::of(Path::new("offers.json")).unwrap(), Form::Json);
        for unknown in ["offers", "offers.xlsx", "csv"] {
            assert_eq!(Form::of(Path::new(unknown)).unwrap_err().code, ErrorCode::Configuration, "{unknown}");
        }
    }
}
