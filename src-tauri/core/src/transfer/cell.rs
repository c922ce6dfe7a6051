//! Cells of a spreadsheet.
//!
//! A spreadsheet interprets a CSV cell that begins like a formula as one, and any staff account can write the text. So
//! such a cell is written with an apostrophe before it, which marks it as text in a spreadsheet, and read without it.
//! The rule is reversible: a text that was written is read as the same text.

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
}
