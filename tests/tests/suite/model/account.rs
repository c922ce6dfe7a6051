//! The accepted changes, and the values that the hotel has held.

use std::collections::{BTreeMap, HashMap, HashSet};

use demo_hotel::DemoHotel;
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::Datum;
use hotelmate_core::views::RecordView;

use crate::model::steps::{Field, Which};

/// The place of an intent: desk, offer, field.
pub type Place = (Which, LocalId, Field);

/// The fields that the model edits, with their names at the server.
pub const FIELDS: [(Field, &str); 3] =
    [(Field::Title, "title"), (Field::Tag, "tag"), (Field::Text, "details_text")];

/// The records of a run, against which it is judged.
#[derive(Default)]
pub struct Account {
    /// The last accepted value of each intent that is not withdrawn.
    pub last: HashMap<Place, String>,
    /// Every value that the hotel has ever held.
    pub seen: HashSet<String>,
    /// Accepted creates that their own desk did not undo: desk, local id, marker.
    pub creates: Vec<(Which, LocalId, String)>,
    /// The number of times that a marker was made anew after a colleague had removed it.
    pub restored: BTreeMap<String, usize>,
    /// Numbers of offers whose deletion was accepted.
    pub deleted: HashSet<i64>,
    /// The markers of which any offer was deleted, on either desk.
    pub deleted_markers: HashSet<String>,
    /// The number of times that a marker was created, including creates that were undone.
    pub made: BTreeMap<String, usize>,
    /// True if the hotel has refused writes because of their content.
    pub refused: bool,
    /// True if the hotel's server has failed.
    pub failed: bool,
    /// True if the hotel has carried out requests late.
    pub late: bool,
    /// The desk of a value, and the value's number in the order of all values.
    wanted: HashMap<String, (Which, usize)>,
    /// The number of the newest value of each desk that a field of a row (by its number at the hotel) has held.
    newest: HashMap<(i64, Field, Which), usize>,
    next: usize,
}

/// Returns the field of a row that is never edited and so identifies the create of the row.
pub fn marker(row: &serde_json::Value) -> String {
    row["short_description"].as_str().unwrap_or_default().to_owned()
}

impl Account {
    /// Returns a unique text.
    pub fn fresh(&mut self, what: &str) -> String {
        self.next += 1;
        format!("{what} {}", self.next)
    }

    /// Returns a unique value, and notes its desk.
    pub fn fresh_operation(&mut self, desk: Which) -> String {
        let value = self.fresh("value");
        self.wanted.insert(value.clone(), (desk, self.next));
        value
    }

    /// Notes the hotel's present values. Fails if the values of one desk in one field come in another order, unless the
    /// hotel carries out requests late.
    pub fn look_at(&mut self, hotel: &DemoHotel) {
        let rows = hotel.offers();
        for row in &rows {
            for (field, name) in FIELDS {
                let Some(text) = row[name].as_str() else { continue };
                self.seen.insert(text.to_owned());
                if let Some((desk, number)) = self.wanted.get(text) {
                    let place = (row["id"].as_i64().unwrap(), field, *desk);
                    let before = self.newest.get(&place).copied().unwrap_or_default();
                    assert!(
                        before <= *number || self.late,
                        "{text:?} came after a newer value of desk {desk}: {row:#}"
                    );
                    self.newest.insert(place, before.max(*number));
                }
            }
        }
    }

    /// Returns the values at the hotel although their own desk has sent a newer one, each with its field and row.
    pub fn stale(&self, rows: &[serde_json::Value]) -> Vec<String> {
        let mut stale = Vec::new();
        for row in rows {
            for (field, name) in FIELDS {
                let Some((text, (desk, number))) =
                    row[name].as_str().and_then(|text| Some((text, self.wanted.get(text)?)))
                else {
                    continue;
                };
                let newest = self.newest.get(&(row["id"].as_i64().unwrap(), field, *desk));
                if newest.is_some_and(|newest| newest > number) {
                    stale.push(format!("{text:?} stands in {name} of {row:#}"));
                }
            }
        }
        stale
    }

    /// Forgets the intents of one desk about one offer, because the person undid them.
    pub fn withdraw(&mut self, desk: Which, id: LocalId) {
        self.last.retain(|place, _| (place.0, place.1) != (desk, id));
        self.creates.retain(|create| (create.0, create.1) != (desk, id));
    }

    /// Returns the desk that owns an offer: the desk that made it. The hotel's own offers are divided between the
    /// desks.
    pub fn owner(&self, marker: &str) -> Which {
        let maker = self.creates.iter().find(|(_, _, made)| made == marker).map(|(desk, _, _)| *desk);
        maker.unwrap_or(marker.len() % 2)
    }

    /// Returns the lost values: `screen` (of `desk`) does not show them, and the hotel has never held them.
    pub fn lost(&self, desk: Which, screen: &[RecordView]) -> Vec<String> {
        let shown: HashMap<LocalId, &RecordView> =
            screen.iter().map(|offer| (offer.local_id, offer)).collect();
        self.last
            .iter()
            .filter(|((whose, _, _), value)| *whose == desk && !self.seen.contains(*value))
            .filter(|((_, id, field), value)| {
                shown.get(id).map(|offer| value_of(offer, *field)) != Some(value.as_str())
            })
            .map(|((_, id, field), value)| format!("{value:?} in {field:?} of {id}"))
            .collect()
    }
}

/// Returns the value that a screen shows in a field.
pub fn value_of(offer: &RecordView, field: Field) -> &str {
    let name = match field {
        Field::Title => "title",
        Field::Tag => "tag",
        Field::Text => "details_text",
    };
    offer.fields.get(name).map(Datum::text).unwrap_or_default()
}
