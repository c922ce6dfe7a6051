//! A conflict with a colleague, by the server's names: the value wanted here beside the value at the hotel.

use hotelmate_core::catalogue::say;
use hotelmate_core::ids::IntentId;
use hotelmate_core::records::Field;
use hotelmate_core::views::ConflictView;
use serde::Serialize;
use serde_json::{Value, json};

use crate::text::plain;

/// The name that stands for a picture wherever a field is named.
const PICTURE: &str = "picture";

/// Both values of one field. The dates of an offer are two fields, but one choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// The entry of the outbox.
    #[serde(skip)]
    pub entry: IntentId,
    /// The choice that settles it, or none for the picture.
    #[serde(skip)]
    pub choice: Option<Field>,
    /// The server's name of the field.
    pub field: String,
    /// The value that was wanted here. A picture is given by its hash.
    pub mine: Value,
    /// The value at the hotel. A picture is given by its address.
    pub theirs: Value,
}

impl Sides {
    /// Returns true if `name` can stand for this field.
    pub fn is_called(&self, name: &str) -> bool {
        self.field == name || (self.choice.is_none() && name == PICTURE)
    }
}

/// Returns both sides of every field in conflict.
pub fn sides(conflicts: &[ConflictView]) -> Vec<Sides> {
    conflicts.iter().flat_map(of_one).collect()
}

fn of_one(conflict: &ConflictView) -> Vec<Sides> {
    let (entry, table) = (conflict.intent, conflict.about.table());
    let Some(mine) = &conflict.mine else {
        let field = conflict.slot.map_or(PICTURE, |slot| slot.name()).to_owned();
        let (mine, theirs) = (json!(conflict.my_picture), json!(conflict.their_picture_url));
        return vec![Sides { entry, choice: None, field, mine, theirs }];
    };
    let theirs = conflict.theirs.as_ref().map(|value| table.by_name(value)).unwrap_or_default();
    let side = |(at, (name, mine)): (usize, (String, Value))| Sides {
        entry,
        choice: conflict.field.clone(),
        field: name,
        mine,
        theirs: theirs.get(at).map(|(_, value)| value.clone()).unwrap_or_default(),
    };
    table.by_name(mine).into_iter().enumerate().map(side).collect()
}

/// Returns one field for people.
pub fn in_words(sides: &Sides) -> String {
    let [mine, theirs] = [&sides.mine, &sides.theirs].map(value);
    let (entry, field) = (sides.entry.to_string(), plain(&sides.field));
    let what = if sides.choice.is_none() { say!("deskctl-the-picture") } else { field.clone() };
    say!("deskctl-conflict", what = what, mine = mine, theirs = theirs, entry = entry, field = field)
}

/// Returns a value in one line.
pub fn value(value: &Value) -> String {
    match value {
        Value::Null => say!("deskctl-nothing"),
        Value::String(text) if text.is_empty() => say!("deskctl-nothing"),
        Value::String(text) => plain(text),
        other => plain(&other.to_string()),
    }
}
