//! Answers for people: plain, aligned text.
//!
//! Texts come from a server that any staff account can write to, and a terminal obeys control characters.
//! So everything that is not ours passes through [`plain`] or [`paragraph`] before it is shown.

use hotelmate_core::ids::{LocalId, ServerId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

/// One line without control characters.
pub fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// Several lines without other control characters, each one indented.
pub fn paragraph(text: &str) -> String {
    text.lines().map(|line| format!("  {}", plain(line).trim_end())).collect::<Vec<_>>().join("\n")
}

/// The word by which JSON names a state, so that both forms of an answer use the same words.
pub fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

/// A moment by this machine's clock and zone.
pub fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// `1 offer`, `2 offers`.
pub fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// Labels and values, the values aligned.
pub fn facts(rows: &[(&str, String)]) -> String {
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let lines = rows.iter().map(|(label, value)| format!("{label:width$}  {value}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// Columns under a heading. Every cell must be [`plain`] already; the last column is not padded.
pub fn table<const N: usize>(heading: [&str; N], rows: &[[String; N]]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0).max(heading[column].chars().count())
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |cells: &[String; N]| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(&heading.map(str::to_owned))];
    lines.extend(rows.iter().map(line));
    lines.join("\n")
}

/// [`table`] of a list, with how many there are and when they were read.
pub fn listed<const N: usize>(
    heading: [&str; N],
    rows: &[[String; N]],
    total: &str,
    as_of: Option<Timestamp>,
) -> String {
    let end = match as_of {
        Some(at) => format!("{total}, as read from the hotel at {}.", moment(at)),
        None => format!("{total}."),
    };
    if rows.is_empty() { end } else { format!("{}\n\n{end}", table(heading, rows)) }
}

/// What can be typed as ID: the hotel's number, or the local id while there is none.
pub fn key(id: Option<ServerId>, local_id: LocalId) -> String {
    id.map_or_else(|| local_id.to_string(), |id| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_steer_the_terminal() {
        assert_eq!(plain("Spa\u{1b}[2J\u{9b}31m\r\nDay"), "Spa [2J 31m  Day");
        assert_eq!(paragraph("one\u{7}\n\u{1b}two"), "  one\n   two");
    }

    #[test]
    fn columns_line_up_by_letters_not_by_bytes() {
        let rows = [["é".to_owned(), "x".to_owned()], ["long".to_owned(), "y".to_owned()]];
        assert_eq!(table(["ID", "TITLE"], &rows), "ID    TITLE\né     x\nlong  y");
    }
}
