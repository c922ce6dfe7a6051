//! The shared parts of offers, room types and the branding: fields from the core's table, pictures by slot.

use std::collections::BTreeMap;

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::records::{Datum, FieldErrors, FieldValue, Rule, Validity};
use hotelmate_core::views::{Capabilities, Capability, PictureView, RecordDetail, RecordView};
use jiff::Timestamp;

use crate::output::Output;
use crate::text::{labelled, moment, paragraph, plain};
use crate::{conflict, outbox, states};

/// Fails if this hotel's server does not support a command, with the same message as the window.
pub async fn may_write(desk: &Desk, part: impl Fn(&Capabilities) -> &Capability) -> Result<(), DeskError> {
    let capabilities = desk.capabilities().await?;
    let capability = part(&capabilities);
    if capability.write {
        return Ok(());
    }
    let refused = failure!(NotAllowed, "deskctl-cannot-be-changed");
    Err(DeskError { message: capability.reason.clone().unwrap_or(refused.message.clone()), ..refused })
}

/// Returns the reason why a part of the hotel is not here: the server does not have it, or else `unread`.
pub async fn not_here(
    desk: &Desk,
    part: impl Fn(&Capabilities) -> &Capability,
    unread: DeskError,
) -> DeskError {
    match desk.capabilities().await {
        Ok(capabilities) => match part(&capabilities) {
            Capability { read: false, reason: Some(reason), .. } => {
                failure!(NotAllowed, "error-part-absent", absent = reason.as_str())
            }
            _ => unread,
        },
        Err(error) => error,
    }
}

/// Prints beside a list why it may be empty: the server has nothing of this part, or it was not read yet.
pub async fn remark_unread(
    desk: &Desk,
    out: &Output,
    part: impl Fn(&Capabilities) -> &Capability,
    as_of: Option<Timestamp>,
) -> Result<(), DeskError> {
    match part(&desk.capabilities().await?) {
        Capability { read: false, reason: Some(reason), .. } => out.remark(reason),
        _ if as_of.is_none() => out.remark(&say!("deskctl-not-read")),
        _ => {}
    }
    Ok(())
}

/// Returns the values that `--set` and `--clear` name. All errors are reported together, each at its field.
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
            None => Err(say!("deskctl-field-unknown")),
            Some(_) if values.iter().any(|known| known.field.0 == *name) => Err(say!("deskctl-field-twice")),
            Some(rule) => text
                .map_or_else(|| emptied(rule), |text| rule.typed(text))
                .map(|value| FieldValue::of(name, rule.shape.tidy(&value.as_stored()))),
        };
        match datum {
            Ok(value) => values.push(value),
            Err(sentence) => drop(errors.insert(name.clone(), vec![sentence])),
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(DeskError::invalid(FieldErrors(errors))) }
}

fn emptied(rule: &Rule) -> Result<Datum, String> {
    match rule.shape.empty() {
        Datum::Flag(_) => Err(say!("deskctl-flag-never-empty")),
        empty => Ok(empty),
    }
}

/// Returns one record for people, without its empty fields and in the order of the table.
pub fn in_words(detail: &RecordDetail) -> String {
    let RecordView { kind, fields, pictures, id, local_id, sync, state, created_at, .. } = &detail.record;
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut texts = Vec::new();
    for rule in kind.table().fields {
        match fields.get(rule.name) {
            Some(Datum::Text(text)) if text.contains('\n') => texts.push((rule.name, text)),
            Some(value) => rows.push((rule.name.to_owned(), value_in_words(value))),
            None => {}
        }
    }
    rows.extend(pictures.iter().map(|(slot, picture)| (slot.name().to_owned(), picture_in_words(picture))));
    let number = id.map_or_else(|| say!("deskctl-no-number-yet"), |id| id.to_string());
    rows.push((say!("deskctl-label-number"), number));
    rows.push((say!("deskctl-label-local-id"), local_id.to_string()));
    rows.push((say!("deskctl-label-state"), states::offer(*state)));
    rows.push((say!("deskctl-label-created"), created_at.map(moment).unwrap_or_default()));
    rows.push((say!("deskctl-label-sync"), states::sync(*sync)));
    rows.retain(|(_, value)| !value.is_empty());
    let mut parts = vec![labelled(&rows)];
    parts.extend(texts.iter().map(|(name, text)| format!("{name}\n{}", paragraph(text))));
    parts.extend(conflict::sides(&detail.conflicts).iter().map(conflict::in_words));
    parts.extend(detail.pending.iter().map(outbox::in_words));
    parts.join("\n\n")
}

/// Returns a value in one line.
pub fn value_in_words(value: &Datum) -> String {
    match value {
        Datum::Text(text) => plain(text),
        Datum::List(texts) => plain(&texts.join(", ")),
        Datum::Number(number) => number.to_string(),
        Datum::Flag(flag) => flag.to_string(),
        Datum::Days(Validity { from, to }) => {
            let [from, to] = [from, to].map(|day| day.map(|day| day.to_string()));
            match (from, to) {
                (Some(from), Some(to)) => say!("deskctl-days-from-to", from = from, to = to),
                (Some(from), None) => say!("deskctl-days-from", from = from),
                (None, Some(to)) => say!("deskctl-days-until", to = to),
                (None, None) => say!("deskctl-days-always"),
            }
        }
    }
}

fn picture_in_words(picture: &PictureView) -> String {
    match (&picture.url, picture.waiting) {
        (_, true) => say!("deskctl-picture-waits"),
        (Some(url), false) => plain(url),
        (None, false) => say!("deskctl-picture-none"),
    }
}
