//! The plan of an import: each row is checked and finds its offer. If one row fails, nothing is done.

use std::collections::HashMap;

use crate::catalogue::say;
use crate::ids::LocalId;
use crate::records::{Datum, FieldEdit, FieldErrors, Fields, Shape};
use crate::resources::Kind;
use crate::views::{PlannedAction, PlannedRow, RecordView};
use jiff::civil::Date;
use serde_json::Value;

use super::fields;
use super::row::Row;

/// One row of the plan, with its change.
#[derive(Debug)]
pub struct Step {
    pub planned: PlannedRow,
    edits: Vec<FieldEdit>,
    content: Fields,
}

/// One change of a plan.
#[derive(Debug, Clone)]
pub enum OfferChange {
    /// A new offer.
    Create(Fields),
    /// New values in some fields.
    Edit(LocalId, Vec<FieldEdit>),
}

impl Step {
    /// Returns the change to queue, or none if the offer already has these values.
    pub fn change(&self) -> Option<OfferChange> {
        match self.planned.local_id {
            Some(_) if self.edits.is_empty() => None,
            Some(id) => Some(OfferChange::Edit(id, self.edits.clone())),
            None => Some(OfferChange::Create(self.content.clone())),
        }
    }
}

/// The target of an import.
#[derive(Debug, Clone)]
pub struct Here {
    /// The slug of its hotel.
    pub hotel: String,
    /// The address of its server.
    pub server: String,
    /// True if rows become new offers, regardless of their hotel.
    pub as_new: bool,
}

impl Here {
    /// Fails if the row names another hotel or server.
    fn check(&self, row: &Row) -> Result<(), (&'static str, String)> {
        for (name, here) in [("hotel", &self.hotel), ("server", &self.server)] {
            let Some(there) = row.cells.get(name).and_then(Value::as_str) else { continue };
            let [there, here] = [there, here.as_str()].map(|text| text.trim().trim_end_matches('/'));
            if !self.as_new && !there.is_empty() && there != here {
                return Err((name, say!("import-row-of-other-hotel", there = there)));
            }
        }
        Ok(())
    }
}

/// Plans every row against the offers that are `present`. Returns all errors, in the order of the rows.
pub fn plan(rows: Vec<Row>, present: &[RecordView], here: &Here) -> Result<Vec<Step>, FieldErrors> {
    let index = Index::of(present);
    let mut wrong = FieldErrors::default();
    let mut taken: HashMap<Target, usize> = HashMap::new();
    let mut steps = Vec::new();
    for mut row in rows {
        if here.as_new {
            row.cells.retain(|name, _| name != "id" && name != "local_id");
            row.was.clear();
        }
        let found = here.check(&row).and_then(|()| index.find(&row)).and_then(|target| {
            match taken.insert(target.clone(), row.number) {
                Some(earlier) => Err(("title", say!("import-row-twice", row = earlier))),
                None => Ok(target),
            }
        });
        let step = match found {
            Ok(Target::Present(at)) => {
                step(&row, Some(&present[at])).and_then(|step| match step.planned.action {
                    PlannedAction::Changed if here.as_new => {
                        let sentence = vec![say!("import-row-title-taken")];
                        Err(FieldErrors([("title".to_owned(), sentence)].into()))
                    }
                    _ => Ok(step),
                })
            }
            Ok(Target::New(_)) => step(&row, None),
            Err((field, sentence)) => Err(FieldErrors([(field.to_owned(), vec![sentence])].into())),
        };
        match step {
            Ok(step) => steps.push(step),
            Err(errors) => errors.0.into_iter().for_each(|(field, sentences)| {
                let located = |sentence| say!("import-row-wrong", row = row.number, wrong = sentence);
                wrong.0.entry(field).or_default().extend(sentences.into_iter().map(located));
            }),
        }
    }
    if wrong.is_empty() { Ok(steps) } else { Err(wrong) }
}

/// The offer of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Target {
    /// The offer at this index of the list.
    Present(usize),
    /// A new offer with this title.
    New(String),
}

/// The offers by each key that a row can contain.
struct Index {
    by_id: HashMap<i64, usize>,
    by_local_id: HashMap<String, usize>,
    by_title: HashMap<String, Vec<usize>>,
}

impl Index {
    fn of(present: &[RecordView]) -> Self {
        let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, offer) in present.iter().enumerate() {
            by_title.entry(title(&offer.fields)).or_default().push(at);
        }
        let ids = present.iter().enumerate();
        Self {
            by_id: ids.clone().filter_map(|(at, offer)| Some((offer.id?.0, at))).collect(),
            by_local_id: ids.map(|(at, offer)| (offer.local_id.to_string(), at)).collect(),
            by_title,
        }
    }

    /// Finds the offer of a row. The number takes precedence over the local id, because a file from another desk has
    /// its own local ids.
    fn find(&self, row: &Row) -> Result<Target, (&'static str, String)> {
        let cell = |name| row.cells.get(name).filter(|value| !value.is_null());
        if let Some(value) = cell("id") {
            let number = value.as_i64().ok_or_else(|| ("id", say!("import-row-id-expected")))?;
            let nobody = || ("id", say!("import-row-id-unknown", id = number.to_string()));
            return self.by_id.get(&number).copied().map(Target::Present).ok_or_else(nobody);
        }
        if let Some(value) = cell("local_id") {
            let key = value.as_str().unwrap_or_default().trim().to_ascii_lowercase();
            let nobody = || ("local_id", say!("import-row-local-id-unknown"));
            return self.by_local_id.get(&key).copied().map(Target::Present).ok_or_else(nobody);
        }
        let title = row.cells.get("title").and_then(Value::as_str).unwrap_or_default().trim();
        match self.by_title.get(title).map(Vec::as_slice) {
            None | Some([]) => Ok(Target::New(title.to_owned())),
            Some([only]) => Ok(Target::Present(*only)),
            Some(several) => Err(("title", say!("import-row-title-twice", count = several.len()))),
        }
    }
}

fn step(row: &Row, offer: Option<&RecordView>) -> Result<Step, FieldErrors> {
    let was = offer.map_or_else(|| Kind::Offer.table().blank(), |offer| offer.fields.clone());
    let mut content = was.clone();
    let mut wrong = FieldErrors::default();
    for name in fields() {
        if let Some(Err(sentence)) = row.cells.get(name).map(|value| put(&mut content, name, value)) {
            wrong.0.insert(name.to_owned(), vec![sentence]);
        }
    }
    let edits = since(row, &was, Kind::Offer.table().edits(&was, content.values()));
    // The hotel's present values are not checked again, only the changes of the file.
    let judged = match offer {
        Some(_) => edits.iter().map(|edit| Kind::Offer.table().check_value(&edit.now)).collect(),
        None => vec![Kind::Offer.table().check(&content)],
    };
    for (field, sentences) in judged.into_iter().flat_map(|errors| errors.0) {
        // The error of an unreadable cell is kept.
        wrong.0.entry(field).or_insert(sentences);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let planned = PlannedRow {
        row: u32::try_from(row.number).unwrap_or(u32::MAX),
        title: title(&content),
        local_id: offer.map(|offer| offer.local_id),
        id: offer.and_then(|offer| offer.id),
        action: match offer {
            None => PlannedAction::New,
            Some(_) if edits.is_empty() => PlannedAction::Unchanged,
            Some(_) => PlannedAction::Changed,
        },
        fields: edits.iter().flat_map(names).collect(),
    };
    Ok(Step { planned, edits, content })
}

/// Gives the edits the previous values of the file, if it contains them. An unreadable previous value is ignored: then
/// the edit replaces the present value.
fn since(row: &Row, present: &Fields, edits: Vec<FieldEdit>) -> Vec<FieldEdit> {
    let mut before = present.clone();
    for (name, value) in &row.was {
        let _ = put(&mut before, name, value);
    }
    edits.into_iter().map(|edit| FieldEdit { was: before.in_place_of(&edit.now), ..edit }).collect()
}

/// Returns the server's names of the fields that an edit changes.
fn names(edit: &FieldEdit) -> Vec<String> {
    let [was, now] = [&edit.was, &edit.now].map(|value| Kind::Offer.table().by_name(value));
    now.into_iter().filter(|named| !was.contains(named)).map(|(name, _)| name).collect()
}

/// Returns an offer's title for comparisons.
fn title(fields: &Fields) -> String {
    Kind::Offer.table().title(fields).trim().to_owned()
}

/// Sets a field from one cell. An empty cell empties a text or a day. It leaves a number or a flag unchanged, since
/// neither can be empty. An unreadable cell changes nothing.
fn put(fields: &mut Fields, name: &str, value: &Value) -> Result<(), String> {
    let Some(rule) = Kind::Offer.table().rule_of_part(name) else { return Ok(()) };
    let datum = match (rule.shape, fields.get(rule.name)) {
        (Shape::Number | Shape::Flag, _) if value.is_null() => return Ok(()),
        (Shape::Number, _) => {
            let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
            Datum::Number(number.ok_or_else(|| say!("import-whole-number-expected"))?)
        }
        (Shape::Flag, _) => Datum::Flag(value.as_bool().ok_or_else(|| say!("import-flag-expected"))?),
        (Shape::Days, days) => rule.with_day(days, name, day(value)?),
        (Shape::List, _) => Datum::List(text(value)?.lines().map(str::to_owned).collect()),
        _ => Datum::Text(text(value)?),
    };
    fields.set(rule.name, datum);
    Ok(())
}

fn text(value: &Value) -> Result<String, String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        _ => Err(say!("import-text-expected")),
    }
}

fn day(value: &Value) -> Result<Option<Date>, String> {
    match value {
        Value::Null => Ok(None),
        // A time of day would silently be cut off.
        value => Date::strptime("%Y-%m-%d", value.as_str().unwrap_or_default().trim())
            .map(Some)
            .map_err(|_| say!("import-day-expected")),
    }
}
