//! What a desk was promised: the offers with their values, as the program said that it had them.

use serde_json::{Map, Value};

/// One offer.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its local id, for good.
    pub key: String,
    /// Its values, by the server's names.
    pub values: Map<String, Value>,
    /// Its picture, by hash.
    pub picture: Value,
}

/// The offers that a desk made and did not remove, and how the hotel looked before.
#[derive(Debug, Default)]
pub struct Ledger {
    /// What this desk made.
    pub entries: Vec<Entry>,
    /// What the hotel had.
    pub seeded: Vec<Value>,
}

impl Ledger {
    /// Compares the hotel's offers with what was promised; pictures are compared apart.
    pub fn compare(&self, hotel: &[Value]) {
        for entry in &self.entries {
            let title = &entry.values["title"];
            let found: Vec<&Value> = hotel.iter().filter(|offer| offer["title"] == *title).collect();
            assert_eq!(found.len(), 1, "{title} must be at the hotel once: {found:#?}");
            for (name, value) in &entry.values {
                assert_eq!(&found[0][name], value, "{name} of {title}");
            }
            assert_eq!(found[0]["photo"].is_null(), entry.picture.is_null(), "the picture of {title}");
        }
        for before in &self.seeded {
            let now = hotel.iter().find(|offer| offer["id"] == before["id"]);
            assert_eq!(now, Some(before), "an offer that nobody touched");
        }
        let known = |offer: &&Value| {
            self.seeded.iter().any(|before| before["id"] == offer["id"])
                || self.entries.iter().any(|entry| entry.values["title"] == offer["title"])
        };
        let strangers: Vec<_> = hotel.iter().filter(|offer| !known(offer)).collect();
        assert!(strangers.is_empty(), "removed, or never accepted, and there all the same: {strangers:#?}");
    }
}
