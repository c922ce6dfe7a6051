//! Brings what earlier versions stored of offers and records into the one shape of records.
//!
//! An offer was a struct of its own, and a value of a record stood in a wrapping that a value of an offer did not have.
//! What a person wished is in that shape, so it is rewritten once, when a database is brought up to date, and when a
//! damaged one gives its rows to a new one. What is not of an old shape is left as it is, to the byte.

use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::StoreError;
use super::columns::bytes;
use super::writer::one_row;

/// Where JSON of an old shape may stand.
const COLUMNS: [(&str, &str); 6] = [
    ("thing", "base"),
    ("thing", "hint"),
    ("intent", "wish"),
    ("intent", "note"),
    ("own_edit", "edit"),
    ("draft", "content"),
];

/// Rewrites all rows.
pub(super) fn reshape(connection: &Connection) -> Result<(), StoreError> {
    for (table, column) in COLUMNS {
        let mut rows = connection.prepare(&format!("SELECT rowid, {column} FROM {table}"))?;
        let stored = rows.query_map([], |row| Ok((row.get::<_, i64>(0)?, bytes(row, 1)?.to_owned())))?;
        for row in stored.collect::<Result<Vec<_>, _>>()? {
            // What cannot be read is shown to a person as it is.
            let Ok(mut value) = serde_json::from_slice(&row.1) else { continue };
            if rewrite(&mut value) {
                let new = (row.0, value.to_string());
                one_row(connection, &format!("UPDATE {table} SET {column} = ?2 WHERE rowid = ?1"), new)?;
            }
        }
    }
    Ok(())
}

/// True where something in it was of an old shape.
fn rewrite(value: &mut Value) -> bool {
    let inner = match value {
        Value::Array(entries) => entries.iter_mut().fold(false, |any, entry| rewrite(entry) | any),
        Value::Object(object) => object.values_mut().fold(false, |any, entry| rewrite(entry) | any),
        _ => false,
    };
    match value.as_object_mut().and_then(reshaped) {
        Some(new) => {
            *value = new;
            true
        }
        None => inner,
    }
}

fn reshaped(old: &mut Map<String, Value>) -> Option<Value> {
    // The value of a record's field.
    if old.get("field").is_some_and(|field| field == "record") {
        let inner = old.get_mut("value")?;
        return Some(json!({"field": inner["name"].take(), "value": inner["value"].take()}));
    }
    // The name of a record's field.
    if old.len() == 1 && old.get("record").is_some_and(Value::is_string) {
        return old.remove("record");
    }
    // An offer: its content, or the hotel's copy of it. Of all other objects none has a title and a short description.
    let is_offer = ["title", "short_description"].iter().all(|name| old.contains_key(*name));
    if !is_offer || old.contains_key("validity") {
        return None;
    }
    let mut take = |name: &str| old.remove(name).unwrap_or_default();
    let mut fields = json!({"validity": {"from": take("valid_from"), "to": take("valid_to")}});
    // What was not said had these values: null is none, and an intent that cannot be read could not be sent.
    let defaults = TEXTS.map(|name| (name, json!("")));
    for (name, default) in defaults.into_iter().chain([("sort_order", json!(0)), ("is_active", json!(true))])
    {
        let said = take(name);
        fields[name] = if said.is_null() { default } else { said };
    }
    let id = take("id");
    if id.is_null() {
        return Some(fields);
    }
    Some(json!({
        "kind": "offer",
        "id": id,
        "fields": fields,
        "pictures": {"photo": {"path": take("photo"), "url": take("photo_url")}},
        "created_at": take("created_at"),
    }))
}

const TEXTS: [&str; 6] =
    ["title", "short_description", "details_text", "details_html", "tag", "book_now_url"];

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(old: Value) -> Value {
        let mut value = old;
        assert!(rewrite(&mut value), "it is of an old shape");
        let mut again = value.clone();
        assert!(!rewrite(&mut again), "and then it is not any more");
        value
    }

    fn offer() -> Value {
        json!({"title": "Spa", "short_description": "Two nights", "details_text": "", "details_html": "",
            "valid_from": "2026-01-01", "valid_to": null, "tag": "", "book_now_url": "", "sort_order": 3,
            "is_active": true})
    }

    #[test]
    fn what_was_wanted_of_an_offer_is_read_as_a_record() {
        let create = rewritten(json!({"want": "create", "content": offer()}));
        assert_eq!(create["content"]["validity"], json!({"from": "2026-01-01", "to": null}));
        assert_eq!(
            (&create["content"]["sort_order"], &create["content"]["title"]),
            (&json!(3), &json!("Spa"))
        );
        assert_eq!(create["content"].get("valid_from"), None);
    }

    #[test]
    fn an_offer_of_which_little_was_said_can_still_be_read_and_sent() {
        let bare = json!({"want": "create", "content": {"title": "Spa", "short_description": "Two nights"}});
        let operation: crate::model::Operation = serde_json::from_value(rewritten(bare)).unwrap();
        let crate::model::Operation::Create { content } = operation else {
            panic!("{operation:?} is no create")
        };
        let expected = crate::resources::OfferContent {
            title: "Spa".into(),
            short_description: "Two nights".into(),
            ..Default::default()
        };
        assert_eq!(content, expected.into());
    }

    #[test]
    fn the_hotels_copy_of_an_offer_keeps_its_picture_and_its_age() {
        let mut old = offer();
        old["id"] = json!(7);
        old["photo"] = json!("offers/7.jpg");
        old["created_at"] = json!("2026-01-01T10:00:00Z");
        let new: crate::resources::ServerCopy = serde_json::from_value(rewritten(old)).unwrap();
        let record = new.record().unwrap();
        assert_eq!((record.id.0, record.fields.text("title")), (7, "Spa".to_owned()));
        assert_eq!(new.picture(crate::records::Slot::Photo).path.as_deref(), Some("offers/7.jpg"));
        assert!(record.created_at.is_some());
    }

    #[test]
    fn values_of_records_lose_their_wrapping_wherever_they_stand() {
        let value = |text: &str| json!({"field": "record", "value": {"name": "code", "value": text}});
        let note = rewritten(json!({
            "trouble": {"trouble": "changed_since", "fields": [{"record": "code"}, "title"], "picture": false},
            "clash": {"theirs": [value("A")]},
        }));
        assert_eq!(note["trouble"]["fields"], json!(["code", "title"]));
        assert_eq!(note["clash"]["theirs"], json!([{"field": "code", "value": "A"}]));
    }

    #[test]
    fn what_is_of_no_old_shape_is_left_as_it_is() {
        for same in [
            json!({"want": "delete", "title": "Spa"}),
            json!({"field": "title", "value": "Spa"}),
            json!({"kind": "room_type", "fields": {"name": "Double", "sort_order": 1}}),
            json!("title"),
        ] {
            assert!(!rewrite(&mut same.clone()), "{same}");
        }
    }
}
