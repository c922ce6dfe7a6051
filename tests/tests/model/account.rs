//! What was accepted, and what the hotel has been seen to hold.

use std::collections::{BTreeMap, HashMap, HashSet};

use demo_hotel::DemoHotel;
use hotelmate_core::desk::views::OfferView;
use hotelmate_core::model::LocalId;

use crate::steps::{Field, Which};

/// The place of a wish: whose, about what, which field.
pub type Place = (Which, LocalId, Field);

/// The books of a run.
#[derive(Default)]
pub struct Account {
    /// The last accepted value of each wish that is not withdrawn.
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
    next: usize,
}

/// The field of a row that is never edited and so tells which wish a row comes from.
pub fn marker(row: &serde_json::Value) -> String {
    row["short_description"].as_str().unwrap_or_default().to_owned()
}

impl Account {
    /// A value that was never used.
    pub fn fresh(&mut self, what: &str) -> String {
        self.next += 1;
        format!("{what} {}", self.next)
    }

    /// Notes what the hotel holds now.
    pub fn look_at(&mut self, hotel: &DemoHotel) {
        for row in hotel.offers() {
            for field in ["title", "tag", "details_text"] {
                if let Some(text) = row[field].as_str() {
                    self.seen.insert(text.to_owned());
                }
            }
        }
    }

    /// Forgets the wishes of one desk about one offer: the person took them back.
    pub fn withdraw(&mut self, desk: Which, id: LocalId) {
        self.last.retain(|place, _| (place.0, place.1) != (desk, id));
        self.creates.retain(|create| (create.0, create.1) != (desk, id));
    }

    /// Wishes that the hotel has never held and that `screen` (of `desk`) does not show either: lost ones.
    pub fn lost(&self, desk: Which, screen: &[OfferView]) -> Vec<String> {
        let shown: HashMap<LocalId, &OfferView> =
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
pub fn value_of(offer: &OfferView, field: Field) -> &str {
    match field {
        Field::Title => &offer.content.title,
        Field::Tag => &offer.content.tag,
        Field::Text => &offer.content.details_text,
    }
}
