//! What was accepted, and what the hotel has been seen to hold.

use std::collections::{BTreeMap, HashMap, HashSet};

use demo_hotel::DemoHotel;
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::Datum;
use hotelmate_core::views::RecordView;

use crate::model::steps::{Field, Which};

/// The place of an intent: whose, about what, which field.
pub type Place = (Which, LocalId, Field);

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
    /// The hotel's server has failed with a page.
    pub failed: bool,
    /// Who wished a value, and as the how manieth of all values.
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

    /// Notes what the hotel holds now. The intents of one desk about one field must arrive in their order.
    pub fn look_at(&mut self, hotel: &DemoHotel) {
        let rows = hotel.offers();
        for row in &rows {
            for (field, name) in [(Field::Title, "title"), (Field::Tag, "tag"), (Field::Text, "details_text")]
            {
                let Some(text) = row[name].as_str() else { continue };
                self.seen.insert(text.to_owned());
                if let Some((desk, number)) = self.wanted.get(text) {
                    let place = (row["id"].as_i64().unwrap(), field, *desk);
                    let before = self.newest.insert(place, *number).unwrap_or_default();
                    assert!(before <= *number, "{text:?} came after a newer wish of desk {desk}: {row:#}");
                }
            }
        }
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
