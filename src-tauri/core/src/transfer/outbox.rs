//! The file of `outbox export`, and of “Export” in the window, as rows for an import: the changes of one desk can be
//! sent from another.
//!
//! New offers and changed fields become rows, one row for each offer. Deletions, pictures and entries about other
//! resources are skipped: the file contains only the name of a picture, and an import never deletes.

use crate::catalogue::say;
use crate::records::FieldErrors;
use serde_json::{Map, Value};

use super::row::Row;

/// The rows, one for each offer, and the number of skipped entries; or the errors in the entries, by field.
pub type Found = Result<(Vec<Row>, usize), FieldErrors>;

/// Reads an exported outbox.
pub fn rows(file: &Value) -> Found {
    let mut rows: Vec<(String, Row)> = Vec::new();
    let (mut passed_over, mut wrong) = (0, FieldErrors::default());
    for (at, entry) in file["entries"].as_array().into_iter().flatten().enumerate() {
        let number = at + 1;
        let (cells, was) = match cells(entry) {
            Some(Ok(cells)) => cells,
            Some(Err(field)) => {
                let sentence = say!("import-row-wrong", row = number, wrong = say!("import-row-no-value"));
                wrong.0.entry(field).or_default().push(sentence);
                continue;
            }
            None => {
                passed_over += 1;
                continue;
            }
        };
        let lane = entry["local_id"].to_string();
        match rows.iter_mut().find(|(known, _)| *known == lane) {
            Some((_, row)) => {
                row.cells.extend(cells);
                // The value before the first change is the one that this desk saw.
                for (name, value) in was {
                    row.was.entry(name).or_insert(value);
                }
            }
            None => rows.push((lane, Row { number, cells: with_key(cells, entry, file), was })),
        }
    }
    if wrong.is_empty() {
        Ok((rows.into_iter().map(|(_, row)| row).collect(), passed_over))
    } else {
        Err(wrong)
    }
}

/// Values by the server's names, and the values that they replace.
type Cells = (Map<String, Value>, Map<String, Value>);

/// Returns the values that an entry writes, or the field whose value is missing, or none for an entry that is not
/// imported. Later entries about the same offer take precedence.
fn cells(entry: &Value) -> Option<Result<Cells, String>> {
    if entry["about"] != "offer" {
        return None;
    }
    if let Some(record) = entry["record"].as_object() {
        return Some(Ok((record.clone(), Map::new())));
    }
    let Some(changes) = entry["changes"].as_array() else {
        // An entry of a kind that writes must contain its values.
        return match entry["kind"].as_str() {
            Some("create") => Some(Err("record".to_owned())),
            Some("edit") => Some(Err("changes".to_owned())),
            _ => None,
        };
    };
    let mut cells = Cells::default();
    for change in changes {
        let Some(field) = change["field"].as_str() else { return Some(Err("field".to_owned())) };
        let Some(now) = change.get("now") else { return Some(Err(field.to_owned())) };
        cells.0.insert(field.to_owned(), now.clone());
        cells.1.extend(change.get("was").map(|was| (field.to_owned(), was.clone())));
    }
    Some(Ok(cells))
}

/// Adds the keys by which the row finds its offer. The hotel's number finds the offer on every desk of the hotel that
/// the file names. A new offer is found by its title, so importing the file twice makes it once. An offer that only its
/// own desk knows is found by that desk's key.
fn with_key(mut row: Map<String, Value>, entry: &Value, file: &Value) -> Map<String, Value> {
    if entry["id"].is_number() {
        row.insert("id".to_owned(), entry["id"].clone());
    } else if entry["record"].is_null() {
        row.insert("local_id".to_owned(), entry["local_id"].clone());
    }
    for (name, value) in [("hotel", &file["hotel"]["slug"]), ("server", &file["server"])] {
        if value.is_string() {
            row.insert(name.to_owned(), value.clone());
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_about_one_offer_becomes_one_row_and_the_rest_is_counted() {
        let change = |field: &str, now: &str| json!({"field": field, "was": "x", "now": now});
        let entries = [
            json!({"about": "offer", "local_id": "a", "id": null, "record": {"title": "Tea", "tag": ""}}),
            json!({"about": "offer", "local_id": "a", "id": null, "picture": "0123"}),
            json!({"about": "offer", "local_id": "b", "id": 7, "changes": [change("title", "Spa"), change("tag", "Warm")]}),
            json!({"about": "offer", "local_id": "a", "id": null, "changes": [change("tag", "Hot")]}),
            json!({"about": "offer", "local_id": "c", "id": 8, "removes": "Golf"}),
            json!({"about": "offer", "local_id": "d", "id": null, "changes": [change("tag", "Late")]}),
        ];
        let (rows, passed_over) = rows(&json!({"entries": entries})).unwrap();
        let was: Vec<Value> = rows.iter().map(|row| Value::Object(row.was.clone())).collect();
        let rows: Vec<(usize, Value)> =
            rows.into_iter().map(|row| (row.number, Value::Object(row.cells))).collect();
        assert_eq!(
            rows,
            [
                (1, json!({"title": "Tea", "tag": "Hot"})),
                (3, json!({"id": 7, "title": "Spa", "tag": "Warm"})),
                (6, json!({"local_id": "d", "tag": "Late"})),
            ]
        );
        assert_eq!(was, [json!({"tag": "x"}), json!({"title": "x", "tag": "x"}), json!({"tag": "x"})]);
        assert_eq!(passed_over, 2);
    }

    #[test]
    fn an_entry_without_its_value_is_named_by_its_line() {
        let entries = [
            json!({"about": "offer", "local_id": "a", "id": 7, "changes": [{"field": "tag", "was": "x", "now": null}]}),
            json!({"about": "offer", "local_id": "b", "id": 8, "changes": [{"field": "title", "was": "x"}]}),
            json!({"about": "offer", "local_id": "c", "id": null, "kind": "create"}),
        ];
        let wrong = rows(&json!({"entries": entries})).unwrap_err();
        let named = |field: &str| wrong.0[field][0].clone();
        assert!(named("title").starts_with("Row 2: ") && named("record").starts_with("Row 3: "), "{wrong:?}");
        assert_eq!(wrong.0.len(), 2);
    }
}
