//! The shape of an event's data: enough to find a fault, without the texts of people.
//!
//! Names of fields, entity numbers, codes, times and switches stay; of every other value only the size is kept. The
//! shape is made of the original data: of data masked for the screen, only the size of the mask would be left.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::private::Private;

/// Longest name of a field, in bytes. A longer key may be a text.
const LONGEST_KEY: usize = 40;

/// Data without its texts. It can only be made from the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape(Value);

impl Shape {
    /// Makes the shape of this data.
    pub fn of(data: &Value) -> Self {
        Self(shape(None, data))
    }

    /// Returns the shape as JSON.
    pub fn into_value(self) -> Value {
        self.0
    }
}

fn shape(key: Option<&str>, value: &Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value.clone(),
        Value::Number(_) if key.is_some_and(|key| key == "id" || key == "code" || key.ends_with("_id")) => {
            value.clone()
        }
        Value::Number(_) => Value::String("[a number]".to_owned()),
        Value::String(text) if text.parse::<Timestamp>().is_ok() => value.clone(),
        Value::String(text) => Value::String(size(text)),
        Value::Array(items) => items.iter().map(|item| shape(None, item)).collect(),
        Value::Object(fields) => Value::Object(object(fields)),
    }
}

fn object(fields: &Map<String, Value>) -> Map<String, Value> {
    let mut shaped = Map::new();
    for (key, value) in fields {
        if is_name(key) {
            shaped.insert(key.clone(), shape(Some(key), value));
        } else {
            // Two texts of the same length become two entries.
            let name = format!("{} {}", size(key), shaped.len() + 1);
            shaped.insert(name, shape(None, value));
        }
    }
    shaped
}

/// Returns true if the key is the name of a field, and not a person's name or text.
fn is_name(key: &str) -> bool {
    key.len() <= LONGEST_KEY && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn size(text: &str) -> String {
    Private(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_numbers_of_entities_times_and_switches_stay_and_of_texts_the_size() {
        let data = json!({
            "offer_id": 7, "title": "Spa day", "is_active": true, "price": 120, "at": "2026-11-22T09:00:00Z",
            "tags": ["new"],
        });
        let expected = json!({
            "offer_id": 7, "title": "[7 characters]", "is_active": true, "price": "[a number]",
            "at": "2026-11-22T09:00:00Z", "tags": ["[3 characters]"],
        });
        assert_eq!(Shape::of(&data).into_value(), expected);
    }

    #[test]
    fn keys_that_are_somebodys_words_become_numbered_sizes() {
        let data = json!({"guests": {"Aoife Byrne": null, "Brian Doyle": 4}});
        let expected = json!({"guests": {"[11 characters] 1": null, "[11 characters] 2": "[a number]"}});
        assert_eq!(Shape::of(&data).into_value(), expected);
    }
}
