//! The file of `outbox export`, and of “Export” in the window, as rows for an import: what somebody wrote on one
//! desk can be sent from another.
//!
//! New offers and changed fields become rows; what is about one offer becomes one row. Deletions, pictures and
//! what is not about offers are passed over: a picture is named in the file and not contained, and nobody deletes by
//! importing.

use serde_json::{Map, Value};

/// One offer's row with the place of its first entry, and how many entries were passed over.
pub type Found = (Vec<(usize, Map<String, Value>)>, usize);

/// Reads the entries of an exported outbox.
pub fn rows(entries: &[Value]) -> Found {
    let mut rows: Vec<(String, usize, Map<String, Value>)> = Vec::new();
    let mut passed_over = 0;
    for (at, entry) in entries.iter().enumerate() {
        let Some(cells) = cells(entry) else {
            passed_over += 1;
            continue;
        };
        let lane = entry["local_id"].to_string();
        match rows.iter_mut().find(|(known, ..)| *known == lane) {
            Some((.., row)) => row.extend(cells),
            None => rows.push((lane, at + 1, with_key(cells, entry))),
        }
    }
    (rows.into_iter().map(|(_, number, row)| (number, row)).collect(), passed_over)
}

/// What an entry writes, by the server's names. Later entries about the same offer win.
fn cells(entry: &Value) -> Option<Map<String, Value>> {
    // A file of an earlier version does not say what it is about; then it is an offer.
    if entry["about"].as_str().is_some_and(|about| about != "offer") {
        return None;
    }
    if let Some(offer) = entry["offer"].as_object() {
        return Some(offer.clone());
    }
    let changes = entry["changes"].as_array()?.iter();
    Some(
        changes
            .filter_map(|change| Some((change["field"].as_str()?.to_owned(), change["now"].clone())))
            .collect(),
    )
}

/// The hotel's number finds the offer on every desk. A new offer is found by its title, so that the same file twice
/// makes it once; a change of an offer that only its own desk knows is found by that desk's key.
fn with_key(mut row: Map<String, Value>, entry: &Value) -> Map<String, Value> {
    if entry["id"].is_number() {
        row.insert("id".to_owned(), entry["id"].clone());
    } else if entry["offer"].is_null() {
        row.insert("local_id".to_owned(), entry["local_id"].clone());
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
            json!({"local_id": "a", "id": null, "offer": {"title": "Tea", "tag": ""}}),
            json!({"local_id": "a", "id": null, "picture": "0123"}),
            json!({"local_id": "b", "id": 7, "changes": [change("title", "Spa"), change("tag", "Warm")]}),
            json!({"local_id": "a", "id": null, "changes": [change("tag", "Hot")]}),
            json!({"local_id": "c", "id": 8, "removes": "Golf"}),
            json!({"local_id": "d", "id": null, "changes": [change("tag", "Late")]}),
        ];
        let (rows, passed_over) = rows(&entries);
        let rows: Vec<(usize, Value)> = rows.into_iter().map(|(at, row)| (at, Value::Object(row))).collect();
        assert_eq!(
            rows,
            [
                (1, json!({"title": "Tea", "tag": "Hot"})),
                (3, json!({"id": 7, "title": "Spa", "tag": "Warm"})),
                (6, json!({"local_id": "d", "tag": "Late"})),
            ]
        );
        assert_eq!(passed_over, 2);
    }
}
