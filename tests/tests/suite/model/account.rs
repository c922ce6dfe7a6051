//! What was accepted, and what the hotel has been seen to hold.

use std::collections::{BTreeMap, HashMap, HashSet};

use demo_hotel::DemoHotel;
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::Datum;
use hotelmate_core::views::RecordView;

use crate::model::steps::{Field, Which};

/// The place of an intent: whose, about what, which field.
pub type Place = (Which, LocalId, Field);

/// The fields that the model edits, and their names at the server.
pub const FIELDS: [(Field, &str); 3] =
    [(Field::Title, "title"), (Field::Tag, "tag"), (Field::Text, "details_text")];

/// The books of a run.
#[derive(Default)]
pub struct Account {
    /// The last accepted value of each intent that is not withdrawn.
    pub last: HashMap<Place, String>,
    /// Every value that the hotel has ever held.
    pub seen: HashSet<String>,
    /// Accepted creates that their own desk did not take back: desk, local id, marker.
    pub creates: Vec<(Which, LocalId, String)>,
    /// How often a marker was made anew after a colleague had removed it.
    pub restored: BTreeMap<String, usize>,
    /// Numbers of offers whose deletion was accepted.
    pub deleted: HashSet<i64>,
    /// Markers of which any offer was deleted, by anybody.
    pub deleted_markers: HashSet<String>,
    /// How often a marker was created, taken back or not.
    pub made: BTreeMap<String, usize>,
    /// The hotel has refused writes for what was in them.
    pub refused: bool,
    /// The hotel's server has failed.
    pub failed: bool,
    /// The hotel has carried requests out late.
    pub late: bool,
    /// Who typed a value, and its place in the order of all values.
    wanted: HashMap<String, (Which, usize)>,
    /// The newest value of each desk that a field of a row (by its number at the hotel) has held.
    newest: HashMap<(i64, Field, Which), usize>,
    next: usize,
}

/// The field of a row that is never edited and so tells which intent a row comes from.
pub fn marker(row: &serde_json::Value) -> String {
    row["short_description"].as_str().unwrap_or_default().to_owned()
}

impl Account {
    /// A value that was never used.
    pub fn fresh(&mut self, what: &str) -> String {
        self.next += 1;
        format!("{what} {}", self.next)
    }

    /// A value that was never used, and by whom it is wished.
    pub fn fresh_operation(&mut self, desk: Which) -> String {
        let value = self.fresh("value");
        self.wanted.insert(value.clone(), (desk, self.next));
        value
    }

    /// Notes what the hotel holds now. The values of one desk in one field must arrive in their order, unless the hotel
    /// carries requests out late.
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

    /// Values that stand although their own desk had brought a newer one: in which field of which row.
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

    /// Forgets the intents of one desk about one offer: the person took them back.
    pub fn withdraw(&mut self, desk: Which, id: LocalId) {
        self.last.retain(|place, _| (place.0, place.1) != (desk, id));
        self.creates.retain(|create| (create.0, create.1) != (desk, id));
    }

    /// Whose offer it is: its maker's. The hotel's own are shared out.
    pub fn owner(&self, marker: &str) -> Which {
        let maker = self.creates.iter().find(|(_, _, made)| made == marker).map(|(desk, _, _)| *desk);
        maker.unwrap_or(marker.len() % 2)
    }

    /// Wishes that the hotel has never held and that `screen` (of `desk`) does not show either: lost ones.
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

/// What a screen shows in a field.
pub fn value_of(offer: &RecordView, field: Field) -> &str {
    let name = match field {
        Field::Title => "title",
        Field::Tag => "tag",
        Field::Text => "details_text",
    };
    offer.fields.get(name).map(Datum::text).unwrap_or_default()
}
