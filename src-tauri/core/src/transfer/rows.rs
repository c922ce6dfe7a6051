//! The content of a file, row by row, by the names of the export, for CSV and JSON.

use crate::catalogue::say;
use crate::error::{DeskError, failure};
use crate::records::{FieldErrors, Shape};
use crate::resources::Kind;
use serde_json::{Map, Number, Value};

use super::cell::from_cell;
use super::row::Row;
use super::{fields, outbox};
use crate::views::FileForm;

/// The columns that identify an offer, and those of the export that an import cannot set. Pictures are not imported.
const NO_FIELDS: [&str; 10] =
    ["id", "local_id", "hotel", "server", "photo", "photo_url", "picture", "created_at", "state", "sync"];

/// Reads a file by its name and its content. Also returns the number of entries of an exported outbox that cannot be
/// imported. Fails if there are unknown columns, and names them.
pub fn read(name: &str, bytes: &[u8]) -> Result<(Vec<Row>, usize), DeskError> {
    let form = FileForm::of(name)?;
    let text = str::from_utf8(bytes).map_err(|_| failure!(Invalid, "import-file-not-text", file = name))?;
    // Some spreadsheets put a mark at the beginning.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (rows, passed_over) = match form {
        FileForm::Csv => from_csv(text).map(|rows| Ok((rows, 0))),
        FileForm::Json => from_json(text),
    }
    .map_err(|cause| failure!(Invalid, "import-file-not-understood", file = name, cause = cause))?
    .map_err(DeskError::invalid)?;
    let unknown = unknown_columns(&rows);
    if unknown.is_empty() { Ok((rows, passed_over)) } else { Err(DeskError::invalid(unknown)) }
}

fn from_csv(text: &str) -> Result<Vec<Row>, String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator(text)).from_reader(text.as_bytes());
    let heading = reader.headers().map_err(|cause| cause.to_string())?.clone();
    let names: Vec<&str> = heading.iter().map(str::trim).collect();
    if let Some(twice) =
        names.iter().enumerate().find_map(|(at, name)| names[..at].contains(name).then_some(name))
    {
        return Err(say!("import-column-twice", column = *twice));
    }
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|cause| cause.to_string())?;
        // A spreadsheet writes emptied rows as empty cells.
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cells =
            names.iter().zip(&record).map(|(name, cell)| ((*name).to_owned(), value(name, from_cell(cell))));
        rows.push(Row::of((at + 2, cells.collect())));
    }
    Ok(rows)
}

/// Returns the separator: a spreadsheet uses semicolons where the comma is the decimal separator.
fn separator(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let number = |sign| heading.matches(sign).count();
    if number(';') > number(',') { b';' } else { b',' }
}

/// Returns a cell as a JSON value. A cell that does not fit stays text, and a later check refuses it by name.
fn value(column: &str, cell: &str) -> Value {
    let trimmed = cell.trim();
    let shape = match column {
        "id" => Some(Shape::Number),
        _ => Kind::Offer.table().rule_of_part(column).map(|rule| rule.shape),
    };
    match shape {
        Some(Shape::Number) => match (trimmed, trimmed.parse::<i64>()) {
            ("", _) => Value::Null,
            (_, Ok(number)) => Value::Number(Number::from(number)),
            _ => Value::String(cell.to_owned()),
        },
        Some(Shape::Flag) => match trimmed.to_ascii_lowercase().as_str() {
            "" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::String(cell.to_owned()),
        },
        Some(Shape::Days) if trimmed.is_empty() => Value::Null,
        None if column == "local_id" && trimmed.is_empty() => Value::Null,
        _ => Value::String(cell.to_owned()),
    }
}

/// Reads a list of offers, or an exported outbox. The inner error has the errors of its entries.
fn from_json(text: &str) -> Result<Result<(Vec<Row>, usize), FieldErrors>, String> {
    let file: Value = serde_json::from_str(text).map_err(|cause| cause.to_string())?;
    if file["entries"].is_array() {
        return Ok(outbox::rows(&file));
    }
    let objects: Vec<Map<String, Value>> = serde_json::from_value(file).map_err(|cause| cause.to_string())?;
    Ok(Ok((objects.into_iter().enumerate().map(|(at, cells)| Row::of((at + 1, cells))).collect(), 0)))
}

fn unknown_columns(rows: &[Row]) -> FieldErrors {
    let fields = fields();
    let mut unknown = FieldErrors::default();
    for row in rows {
        let is_known = |name: &&String| fields.contains(&name.as_str()) || NO_FIELDS.contains(&name.as_str());
        for name in row.cells.keys().filter(|name| !is_known(name)) {
            let sentence = || vec![say!("import-no-such-field", row = row.number)];
            unknown.0.entry(name.clone()).or_insert_with(sentence);
        }
    }
    unknown
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn cells(text: &str) -> Vec<Value> {
        from_csv(text).unwrap().into_iter().map(|row| Value::Object(row.cells)).collect()
    }

    #[test]
    fn cells_become_what_json_would_hold() {
        let text = "id,title,valid_to,sort_order,is_active\n7,\"Spa, wet\",,3,TRUE\n,x,2027-01-31,,\n";
        assert_eq!(
            cells(text),
            [
                json!({"id": 7, "title": "Spa, wet", "valid_to": null, "sort_order": 3, "is_active": true}),
                json!({"id": null, "title": "x", "valid_to": "2027-01-31", "sort_order": null, "is_active": null}),
            ]
        );
    }

    #[test]
    fn semicolons_separate_where_the_heading_has_them() {
        assert_eq!(cells("title;tag\nSpa, wet;New\n"), [json!({"title": "Spa, wet", "tag": "New"})]);
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does_and_empty_ones_are_passed_over() {
        let rows = from_csv("title,tag\na,\n,\nb,\n").unwrap();
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn a_column_twice_and_a_row_of_another_length_are_refused() {
        assert!(from_csv("title,title\na,b\n").unwrap_err().contains("title"));
        assert!(from_csv("title,tag\na\n").is_err());
    }
}
