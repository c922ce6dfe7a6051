//! What room types and the branding have in common: fields from the core's table, pictures by place.

use std::collections::BTreeMap;

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::{Datum, FieldEdit, FieldErrors, FieldValue, Fields, Rule, Validity};
use hotelmate_core::views::{Abilities, Ability, PictureView, RecordDetail, RecordView};

use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{facts, paragraph, plain, word};
use crate::{clash, outbox};

/// Refuses what this hotel's server cannot do, in the words of the window.
pub async fn may_write(desk: &Desk, part: impl Fn(&Abilities) -> &Ability) -> Result<(), DeskError> {
    let abilities = desk.abilities().await?;
    match part(&abilities) {
        Ability { write: true, .. } => Ok(()),
        Ability { reason, .. } => Err(DeskError::new(
            ErrorCode::NotAllowed,
            reason.clone().unwrap_or_else(|| "This cannot be changed here.".to_owned()),
            "`deskctl doctor` tells what this hotel's server can do.",
        )),
    }
}

/// The values that `--set` and `--clear` name. What is wrong is told at its field, all of it at once.
pub fn values(
    rules: &[Rule],
    set: &[(String, String)],
    clear: &[String],
) -> Result<Vec<FieldValue>, DeskError> {
    let mut errors = BTreeMap::new();
    let mut values: Vec<FieldValue> = Vec::new();
    let set = set.iter().map(|(name, text)| (name, Some(text)));
    for (name, text) in set.chain(clear.iter().map(|name| (name, None))) {
        let datum = match rules.iter().find(|rule| rule.name == name) {
            None => Err("This field is not known here; `--help` lists those that are."),
            Some(_) if values.iter().any(|known| known.field.0 == *name) => Err("It is named twice."),
            Some(rule) => {
                text.map_or_else(|| emptied(rule), |text| rule.typed(text)).map(|value| (rule, value))
            }
        };
        match datum {
            Ok((rule, value)) => values.push(FieldValue::of(name, rule.shape.tidy(&value.as_stored()))),
            Err(sentence) => {
                errors.insert(name.clone(), vec![sentence.to_owned()]);
            }
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(DeskError::invalid(FieldErrors(errors))) }
}

fn emptied(rule: &Rule) -> Result<Datum, &'static str> {
    match rule.shape.empty() {
        Datum::Flag(_) => Err("It is true or false, and never empty."),
        empty => Ok(empty),
    }
}

/// Edits from what is there to these values: only what differs as the server would store it.
pub fn edits(was: &Fields, values: Vec<FieldValue>) -> Vec<FieldEdit> {
    let differs = values.into_iter().filter(|now| !was.holds(now));
    differs.map(|now| FieldEdit { was: was.in_place_of(&now), now }).collect()
}

/// People get the local id alone, which a shell can keep in a variable.
pub async fn tell_changed(desk: &Desk, out: &mut Output, id: LocalId) -> Outcome {
    let record = desk.record(id).await?.record;
    out.answer(&record, || record.local_id.to_string())?;
    Ok(Exit::Done)
}

/// One record for people: what is not empty, in the order of the table.
pub fn in_words(detail: &RecordDetail, rules: &[Rule]) -> String {
    let RecordView { fields, pictures, id, local_id, sync, .. } = &detail.record;
    let mut rows: Vec<(&str, String)> = Vec::new();
    let mut texts = Vec::new();
    for rule in rules {
        match fields.get(rule.name) {
            Some(Datum::Text(text)) if text.contains('\n') => texts.push((rule.name, text)),
            Some(value) => rows.push((rule.name, value_in_words(value))),
            None => {}
        }
    }
    rows.retain(|(_, value)| !value.is_empty());
    rows.extend(pictures.iter().map(|(slot, picture)| (slot.name(), picture_in_words(picture))));
    rows.push(("hotel's number", id.map_or_else(|| "none yet".to_owned(), |id| id.to_string())));
    rows.push(("local id", local_id.to_string()));
    rows.push(("sync", word(sync)));
    let mut parts = vec![facts(&rows)];
    parts.extend(texts.iter().map(|(name, text)| format!("{name}\n{}", paragraph(text))));
    parts.extend(clash::sides(&detail.conflicts).iter().map(clash::in_words));
    parts.extend(detail.pending.iter().map(outbox::in_words));
    parts.join("\n\n")
}

/// A value in one line.
pub fn value_in_words(value: &Datum) -> String {
    match value {
        Datum::Text(text) => plain(text),
        Datum::List(texts) => plain(&texts.join(", ")),
        Datum::Number(number) => number.to_string(),
        Datum::Flag(flag) => flag.to_string(),
        Datum::Days(Validity { from, to }) => match (from, to) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => "always".to_owned(),
        },
    }
}

fn picture_in_words(picture: &PictureView) -> String {
    match (&picture.url, picture.waiting) {
        (_, true) => "waits to be sent".to_owned(),
        (Some(url), false) => plain(url),
        (None, false) => "none".to_owned(),
    }
}
