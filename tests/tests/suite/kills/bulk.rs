//! Changes of several offers at once, and their undo.

use rand::RngExt;
use serde_json::{Value, json};

use crate::kills::desk::Desk;
use crate::kills::entities::Sort;
use crate::kills::program::Moment;

/// The field that only these changes write.
const FIELD: &str = "is_active";

impl Desk<'_> {
    /// Hides or shows several offers, and may undo it. A stop must leave all of them changed, or none.
    pub async fn change_many(&mut self, moment: Moment) {
        let offers = self.ledger.entries.iter().filter(|entry| entry.sort == Sort::Offer);
        let mut keys: Vec<String> = offers.map(|entry| entry.key.clone()).collect();
        keys.retain(|_| self.random.random_bool(0.6));
        if keys.is_empty() {
            return;
        }
        let on = self.random.random_bool(0.5);
        let change = if on { "show" } else { "hide" };
        let args = [&["offers", "bulk", change].map(str::to_owned)[..], &keys].concat();
        let before = self.active(&keys).await;
        let run = self.run(&args, moment).await;
        self.note_outcome(&keys, (&before, &vec![json!(on); keys.len()]), run.answer.is_some()).await;
        let Some(answer) = run.answer.filter(|_| self.random.random_bool(0.5)) else { return };
        self.counter += 1;
        let file = self.folder.join(format!("bulk-{}.json", self.counter));
        std::fs::write(&file, answer.to_string()).unwrap();
        let args = ["offers", "bulk", "undo", file.to_str().unwrap()];
        let hidden = self.active(&keys).await;
        let run = self.run(&args, moment).await;
        self.note_outcome(&keys, (&hidden, &before), run.answer.is_some()).await;
    }

    /// Returns the values that the program shows.
    async fn active(&mut self, keys: &[String]) -> Vec<Value> {
        let shown = self.list(Sort::Offer).await;
        let value = |key: &String| {
            let offer = shown.iter().find(|offer| offer["local_id"] == **key);
            offer.map_or(Value::Null, |offer| Sort::Offer.shown(offer, FIELD))
        };
        keys.iter().map(value).collect()
    }

    /// Notes the outcome in the ledger: all values are as `before`, or all as `wanted`.
    async fn note_outcome(
        &mut self,
        keys: &[String],
        (before, wanted): (&[Value], &[Value]),
        reported: bool,
    ) {
        let shown = self.active(keys).await;
        if shown == wanted {
            self.accepted += 1;
        } else if reported || shown != before {
            self.findings
                .lost
                .push(format!("a change of several: {shown:?} in place of {wanted:?}, from {before:?}"));
        }
        for (key, value) in keys.iter().zip(shown) {
            let entry = self.ledger.entries.iter_mut().find(|entry| entry.key == *key);
            if let Some(entry) = entry {
                entry.values.insert(FIELD.to_owned(), value);
            }
        }
    }
}
