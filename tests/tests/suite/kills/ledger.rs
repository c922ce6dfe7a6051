//! What a desk was promised, and what its colleague wrote: who owns which field, and what must stand there in the end.

use serde_json::{Map, Value};

use crate::kills::entities::Sort;

/// What must not happen, in words.
#[derive(Debug, Default)]
pub struct Findings {
    /// The program accepted it, and it is not there.
    pub lost: Vec<String>,
    /// It is there twice, or again after it was removed.
    pub doubled: Vec<String>,
    /// A colleague's change that is gone, and nobody was asked.
    pub overwritten: Vec<String>,
}

/// The field that both write.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    /// What stands there in the end, if anybody wrote it.
    pub expected: Option<Value>,
    /// What the colleague wrote last, while the desk had not seen it.
    pub unseen: Option<Value>,
    /// The desk wished something without having seen that: a person must be asked.
    pub must_ask: bool,
}

/// An offer, a room type or the branding.
#[derive(Debug, Clone)]
pub struct Entry {
    pub sort: Sort,
    /// Its local id, for good.
    pub key: String,
    /// The hotel's number, once it is known.
    pub id: Option<i64>,
    /// The values of the desk's own fields, by the server's names.
    pub values: Map<String, Value>,
    /// What the colleague wrote in theirs.
    pub theirs: Option<Value>,
    pub shared: Shared,
    /// Its picture, by hash; null where the desk put none on.
    pub picture: Value,
}

/// What a desk made and did not remove, and how the hotel looked before.
#[derive(Debug, Default)]
pub struct Ledger {
    pub entries: Vec<Entry>,
    /// The offers and room types that the hotel had.
    pub seeded: Vec<(Sort, Value)>,
    /// Titles of what the colleague made.
    pub colleagues: Vec<String>,
    /// The pictures that the desk put into the gallery, by local id and hash.
    pub images: Vec<(String, String)>,
    /// The addresses that the gallery had.
    pub seeded_images: Vec<Value>,
}

impl Entry {
    /// Where the hotel has it. What cannot be told apart by its mark is the only one of its kind.
    pub fn is(&self, row: &Value) -> bool {
        self.sort == Sort::Branding || row[self.sort.mark()] == self.values[self.sort.mark()]
    }

    /// The desk's program took this value for the shared field; `shown` is what the person saw there before.
    pub fn wanted(&mut self, value: Value, shown: &Value) {
        let shared = &mut self.shared;
        match &shared.unseen {
            Some(theirs) if theirs != shown => shared.must_ask = true,
            _ => (shared.unseen, shared.must_ask) = (None, false),
        }
        shared.expected = Some(value);
    }

    /// The colleague wrote this into the shared field; `before` is what the hotel had there.
    pub fn written(&mut self, value: Value, before: &Value) {
        let shared = &mut self.shared;
        let arrived = shared.expected.as_ref().is_none_or(|mine| mine == before);
        shared.must_ask |= !arrived;
        shared.unseen = Some(value.clone());
        if !shared.must_ask {
            shared.expected = Some(value);
        }
    }

    /// A person was asked about the shared field, saw `theirs`, and chose.
    pub fn asked(&mut self, mine: Value, theirs: Value, chose_mine: bool) {
        let shared = &mut self.shared;
        let newest = shared.unseen.as_ref().is_none_or(|unseen| *unseen == theirs);
        if newest {
            (shared.unseen, shared.must_ask) = (None, false);
        }
        match (chose_mine, &shared.unseen) {
            (true, _) => shared.expected = Some(mine),
            // The intent is gone, so that whatever stands there may stand.
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
    /// Compares what the hotel has of a sort with what was promised; pictures are compared apart.
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
