//! Answers for people: plain, aligned text.
//!
//! Texts come from a server that any staff account can write to, and a terminal obeys control characters. So every text
//! from elsewhere passes through [`plain`] or [`paragraph`] before it is shown.

use std::path::Path;

use hotelmate_core::catalogue::say;
use hotelmate_core::ids::{LocalId, ServerId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

/// Returns the text as one line without control characters.
pub fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// Returns the text as indented lines without other control characters.
pub fn paragraph(text: &str) -> String {
    text.lines().map(|line| format!("  {}", plain(line).trim_end())).collect::<Vec<_>>().join("\n")
}

/// Returns the word by which JSON names a state, so that both forms of an answer use the same words.
pub fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

/// Returns a time by this machine's clock and zone.
pub fn moment(at: Timestamp) -> String {
    moment_in(at, &TimeZone::system())
}

/// Returns a time in a zone.
pub fn moment_in(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Returns a path for people.
pub fn shown(path: &Path) -> String {
    plain(&path.display().to_string())
}

/// Returns lines of labels and values, with the values aligned.
pub fn labelled(rows: &[(String, String)]) -> String {
    let rows: Vec<[String; 2]> = rows.iter().cloned().map(Into::into).collect();
    aligned(&rows)
}

/// Returns columns under a heading, `ID | TITLE`. Every cell must be [`plain`] already.
pub fn table<const N: usize>(heading: &str, rows: &[[String; N]]) -> String {
    let mut names = heading.split('|').map(|name| name.trim().to_owned());
    let heading = std::array::from_fn(|_| names.next().unwrap_or_default());
    let lines: Vec<[String; N]> = [heading].into_iter().chain(rows.iter().cloned()).collect();
    aligned(&lines)
}

/// Returns rows with each column as wide as its widest cell. The last column is not padded.
fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |cells: &[String; N]| {
        let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns the [`table`] of a list, with the number of rows and the time at which they were read.
pub fn listed<const N: usize>(
    heading: &str,
    rows: &[[String; N]],
    total: &str,
    as_of: Option<Timestamp>,
) -> String {
    let end = match as_of {
        Some(at) => say!("deskctl-total-as-of", total = total, at = moment(at)),
        None => say!("deskctl-total", total = total),
    };
    if rows.is_empty() { end } else { format!("{}\n\n{end}", table(heading, rows)) }
}

/// Returns the text that can be typed as ID: the hotel's number, or the local id while there is none.
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
        assert_eq!(table("ID | TITLE", &rows), "ID    TITLE\né     x\nlong  y");
    }
}
