//! The person's answers to the program's questions.

use rand::RngExt;
use serde_json::Value;

use crate::kills::desk::Desk;
use crate::kills::program::Moment;

impl Desk<'_> {
    /// Answers everything that needs a person. Returns the number of repeated intents.
    pub async fn answer_questions(&mut self) -> usize {
        let mut repeated = 0;
        let items = self.ask(&["outbox", "list"]).await;
        for item in items.as_array().unwrap() {
            let id = item["id"].as_str().unwrap();
            match item["state"].as_str() {
                Some("conflict") => self.choose(id, item).await,
                Some("attention") => {
                    self.asked += 1;
                    repeated += 1;
                    // A message is not sent again: it may be at the hotel.
                    let is_message = item["about"] == "conversation";
                    let verb = if item["can_retry"] == true && !is_message { "retry" } else { "discard" };
                    if is_message {
                        self.note_dropped(id).await;
                    }
                    // The intent may have disappeared with another one of the same entity.
                    let run = self
                        .program
                        .run(&["outbox", verb, id], Moment::Never, crate::kills::program::Blow::Kill)
                        .await;
                    assert!([Some(0), Some(5)].contains(&run.code), "{item}: {}", run.reported);
                }
                _ => {}
            }
        }
        repeated
    }

    /// Chooses at random whose value stays.
    async fn choose(&mut self, id: &str, item: &Value) {
        let mine = self.random.random_bool(0.5);
        for sides in item["conflicts"].as_array().unwrap() {
            let Some(entry) = self.ledger.entries.iter_mut().find(|entry| item["entity"] == *entry.key)
            else {
                continue;
            };
            // The colleague does not write the other fields, so a conflict about them is a fault.
            if sides["field"] != entry.sort.shared() {
                self.findings.overwritten.push(format!("a conflict with oneself: {item}"));
                continue;
            }
            entry.asked(sides["mine"].clone(), sides["theirs"].clone(), mine);
        }
        self.asked += 1;
        let side = if mine { "--mine" } else { "--theirs" };
        self.run(&["outbox", "resolve", id, side], Moment::Never).await;
    }
}
