//! The person's work on the gallery. The colleague does not change it, because a write of a flat list replaces all of
//! it.

use std::collections::HashMap;

use serde_json::Value;

use crate::kills::desk::Desk;
use crate::kills::program::Moment;
use rand::RngExt;

impl Desk<'_> {
    /// Adds a picture, or moves one, or removes one that the desk has added.
    pub async fn work_on_the_gallery(&mut self, moment: Moment) {
        match self.random.random_range(0..4) {
            0..2 => self.add_image(moment).await,
            2 => self.move_image(moment).await,
            _ => self.remove_image(moment).await,
        }
    }

    async fn add_image(&mut self, moment: Moment) {
        let before = self.images().await;
        let file = self.new_picture();
        let run = self.run(&["gallery", "add", &file], moment).await;
        let is_new = |image: &&Value| !before.iter().any(|known| known["local_id"] == image["local_id"]);
        let after = self.images().await;
        match after.iter().find(is_new) {
            Some(image) => {
                let text = |name: &str| image[name].as_str().unwrap_or_default().to_owned();
                self.ledger.images.push((text("local_id"), text("picture")));
                self.accepted += 1;
            }
            None if run.answer.is_some() => {
                self.findings.lost.push(format!("{file} was accepted for the gallery"))
            }
            None => {}
        }
    }

    async fn move_image(&mut self, moment: Moment) {
        let images = self.images().await;
        let at = self.random.random_range(0..images.len().max(1));
        let Some(key) = images.get(at).and_then(|image| image["local_id"].as_str()) else { return };
        let place = if self.random.random_bool(0.5) { "--first" } else { "--last" };
        let run = self.run(&["gallery", "order", key, place], moment).await;
        self.accepted += usize::from(run.answer.is_some());
    }

    async fn remove_image(&mut self, moment: Moment) {
        if self.ledger.images.is_empty() {
            return;
        }
        let at = self.random.random_range(0..self.ledger.images.len());
        let key = self.ledger.images[at].0.clone();
        let run = self.run(&["gallery", "rm", &key], moment).await;
        if !self.images().await.iter().any(|image| image["local_id"] == key) {
            self.ledger.images.remove(at);
            self.accepted += 1;
        } else if run.answer.is_some() {
            self.findings
                .lost
                .push(format!("a removal from the gallery was accepted, and {key} is still there"));
        }
    }

    async fn images(&mut self) -> Vec<Value> {
        self.ask(&["gallery", "list"]).await[0]["images"].as_array().unwrap().clone()
    }

    /// Checks that the hotel and the desk have the same list, with every picture of the desk once and no unknown
    /// picture.
    pub async fn compare_gallery(&mut self) {
        let hotel = self.hotel.gallery();
        let shown: Vec<Value> = self.images().await.iter().map(|image| image["url"].clone()).collect();
        assert_eq!(shown, hotel, "the gallery here and there");
        let api = self.api().await;
        let mut found: HashMap<String, usize> = HashMap::new();
        for address in hotel.iter().filter(|address| !self.ledger.seeded_images.contains(address)) {
            *found.entry(desk_tests::hash_at(&api, address.as_str().unwrap()).await).or_default() += 1;
        }
        for (key, hash) in &self.ledger.images {
            match found.remove(hash) {
                Some(1) => {}
                Some(times) => {
                    self.findings.doubled.push(format!("picture {key} is in the gallery {times} times"))
                }
                None => self.findings.lost.push(format!("picture {key} is not in the gallery")),
            }
        }
        for hash in found.keys() {
            self.findings
                .doubled
                .push(format!("picture {hash} was removed from the gallery, or never accepted"));
        }
        for address in self.ledger.seeded_images.iter().filter(|address| !hotel.contains(address)) {
            self.findings.overwritten.push(format!("{address} of the gallery, which nobody took out"));
        }
    }
}
