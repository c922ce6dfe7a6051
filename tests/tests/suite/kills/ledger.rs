//! The ledger: the changes that the program has accepted, the colleague's changes, and so the values that must be at
//! the hotel in the end.

use serde_json::{Map, Value};

use crate::kills::chat::Said;
use crate::kills::entities::Sort;

/// The violations that were found, in words.
#[derive(Debug, Default)]
pub struct Findings {
    /// Accepted changes that are not at the hotel.
    pub lost: Vec<String>,
    /// Entities that exist twice, or exist again after their removal.
    pub doubled: Vec<String>,
    /// A colleague's changes that were overwritten without a question.
    pub overwritten: Vec<String>,
}

/// The state of the field that both the desk and the colleague write.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    /// The expected final value; none if the field was never written.
    pub expected: Option<Value>,
    /// The colleague's last value that the desk has not seen.
    pub unseen: Option<Value>,
    /// True if the desk wrote the field without having seen that value: the program must ask a person.
    pub must_ask: bool,
}

/// An offer, a room type or the branding.
#[derive(Debug, Clone)]
pub struct Entry {
    pub sort: Sort,
    /// Its local id, which never changes.
    pub key: String,
    /// The hotel's number, or none while it is not known.
    pub id: Option<i64>,
    /// The values of the desk's own fields, by the server's names.
    pub values: Map<String, Value>,
    /// The colleague's value of the field that only the colleague writes.
    pub theirs: Option<Value>,
    pub shared: Shared,
    /// The hash of its picture; null if the desk has set none.
    pub picture: Value,
}

/// The entities that a desk has made and not removed, and the hotel's content before the run.
#[derive(Debug, Default)]
pub struct Ledger {
    pub entries: Vec<Entry>,
    /// The offers and room types that the hotel had before.
    pub seeded: Vec<(Sort, Value)>,
    /// The titles of the colleague's offers.
    pub colleagues: Vec<String>,
    /// The pictures that the desk put into the gallery, by local id and hash.
    pub images: Vec<(String, String)>,
    /// The addresses of the pictures that the gallery had before.
    pub seeded_images: Vec<Value>,
    /// The messages to the guest, and the guest's own.
    pub said: Said,
}

impl Entry {
    /// Returns true if the row is this entity. The branding has no mark, because it is the only entity of its kind.
    pub fn is(&self, row: &Value) -> bool {
        self.sort == Sort::Branding || row[self.sort.mark()] == self.values[self.sort.mark()]
    }

    /// Notes that the program accepted this value for the shared field; `shown` is the value that the person saw
    /// before.
    pub fn wanted(&mut self, value: Value, shown: &Value) {
        let shared = &mut self.shared;
        match &shared.unseen {
            Some(theirs) if theirs != shown => shared.must_ask = true,
            _ => (shared.unseen, shared.must_ask) = (None, false),
        }
        shared.expected = Some(value);
    }

    /// Notes that the colleague wrote this value into the shared field; `before` is the hotel's value before.
    pub fn written(&mut self, value: Value, before: &Value) {
        let shared = &mut self.shared;
        let arrived = shared.expected.as_ref().is_none_or(|mine| mine == before);
        shared.must_ask |= !arrived;
        shared.unseen = Some(value.clone());
        if !shared.must_ask {
            shared.expected = Some(value);
        }
    }

    /// Notes the person's answer to the question about the shared field; `theirs` is the value that the question
    /// showed.
    pub fn asked(&mut self, mine: Value, theirs: Value, chose_mine: bool) {
        let shared = &mut self.shared;
        let newest = shared.unseen.as_ref().is_none_or(|unseen| *unseen == theirs);
        if newest {
            (shared.unseen, shared.must_ask) = (None, false);
        }
        match (chose_mine, &shared.unseen) {
            (true, _) => shared.expected = Some(mine),
            // The desk's intent no longer exists, so the colleague's newer value is correct.
            (false, Some(unseen)) => {
                shared.expected = Some(unseen.clone());
                shared.must_ask = false;
            }
            (false, None) => shared.expected = Some(theirs),
        }
    }

    fn compare(&self, row: &Value, findings: &mut Findings) {
        let what = format!("{:?} {}", self.sort, self.values.get(self.sort.mark()).unwrap_or(&Value::Null));
        for (name, value) in &self.values {
            if row[name] != *value {
                findings.lost.push(format!("{name} of {what}: {} in place of {value}", row[name]));
            }
        }
        if let Some(theirs) = &self.theirs {
            let now = &row[self.sort.theirs()];
            if now != theirs {
                findings
                    .overwritten
                    .push(format!("{} of {what}: {now} in place of {theirs}", self.sort.theirs()));
            }
        }
        let (name, now) = (self.sort.shared(), &row[self.sort.shared()]);
        let Shared { expected, unseen, must_ask } = &self.shared;
        match (expected, unseen) {
            (Some(_), Some(theirs)) if *must_ask && now == theirs => {
                findings.lost.push(format!("{name} of {what}: {theirs} stands, and nobody was asked"));
            }
            (Some(mine), Some(theirs)) if *must_ask => {
                let sentence =
                    format!("{name} of {what}: {now} (mine {mine}) over {theirs}, and nobody was asked");
                findings.overwritten.push(sentence);
            }
            (Some(expected), Some(theirs)) if now != expected && expected == theirs => {
                findings.overwritten.push(format!("{name} of {what}: {now} in place of {expected}"));
            }
            (Some(expected), _) if now != expected => {
                findings.lost.push(format!("{name} of {what}: {now} in place of {expected}"));
            }
            _ => {}
        }
        if self.sort != Sort::Branding && row["photo"].is_null() != self.picture.is_null() {
            findings.lost.push(format!("the picture of {what}: {}", row["photo"]));
        }
    }
}

impl Ledger {
    /// Compares the hotel's entities of a sort with the ledger. Pictures are compared separately.
    pub fn compare(&self, sort: Sort, hotel: &[Value], findings: &mut Findings) {
        for entry in self.entries.iter().filter(|entry| entry.sort == sort) {
            let found: Vec<&Value> = hotel.iter().filter(|row| entry.is(row)).collect();
            let mark = &entry.values.get(sort.mark());
            match found.as_slice() {
                [] => findings.lost.push(format!("{sort:?} {mark:?} is not at the hotel")),
                [row] => entry.compare(row, findings),
                more => findings.doubled.push(format!("{sort:?} {mark:?} is there {} times", more.len())),
            }
        }
        if sort == Sort::Branding {
            return;
        }
        let seeded = || self.seeded.iter().filter(|(known, _)| *known == sort).map(|(_, row)| row);
        for before in seeded() {
            if hotel.iter().find(|row| row["id"] == before["id"]) != Some(before) {
                findings.overwritten.push(format!("{sort:?} {}, which nobody touched", before[sort.mark()]));
            }
        }
        let theirs = |row: &Value| self.colleagues.iter().any(|title| row["title"] == **title);
        for row in hotel {
            let known = seeded().any(|before| before["id"] == row["id"])
                || self.entries.iter().any(|entry| entry.sort == sort && entry.is(row));
            if !(known || sort == Sort::Offer && theirs(row)) {
                let sentence = format!("{sort:?} {} was removed, or never accepted", row[sort.mark()]);
                findings.doubled.push(sentence);
            }
        }
        for title in self.colleagues.iter().filter(|_| sort == Sort::Offer) {
            let times = hotel.iter().filter(|row| row["title"] == **title).count();
            if times != 1 {
                findings.overwritten.push(format!("the colleague's {title} is there {times} times"));
            }
        }
    }
}
