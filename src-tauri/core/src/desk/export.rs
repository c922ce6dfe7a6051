//! The outbox as a file for another person: every typed text that the hotel does not have.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::outbox::about;
use super::{Desk, new_file};
use crate::error::DeskError;
use crate::ids::IntentId;
use crate::model::{Intent, Operation};
use crate::outbox::words;
use crate::records::{FieldEdit, FieldValue};
use crate::resources::Kind;
use crate::store::{StoreError, duty, entities, intents, messages};
use crate::views::ExportedFile;

impl Desk {
    /// Returns all intents that wait or need a person, as JSON for a file: the person, the hotel, the time, and for
    /// each intent its kind, title, state and reason with its texts. An unreadable row is included as stored. Pictures
    /// are named by their hash, not contained. A waiting intent about the clock is in `clock`.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn export_outbox(&self) -> Result<Value, DeskError> {
        self.export(None).await
    }

    /// Writes [`export_outbox`](Self::export_outbox), or one intent of it, into a new file in `folder`. Creates the
    /// folder if it is missing, and never overwrites a file.
    ///
    /// # Errors
    /// [`ErrorCode::DiskFull`], [`ErrorCode::Unexpected`] with the reason if the folder refuses, and those of the
    /// export. No partial file remains.
    pub async fn export_to(
        &self,
        folder: PathBuf,
        only: Option<IntentId>,
    ) -> Result<ExportedFile, DeskError> {
        let export = self.export(only).await?;
        let entries = export["entries"].as_array().map_or(0, Vec::len);
        let stem = stem(&export);
        let write = move |file: &mut File| {
            let mut bytes = serde_json::to_vec_pretty(&export)?;
            bytes.push(b'\n');
            file.write_all(&bytes)
        };
        let (file, ()) = new_file::save(folder, (&stem, "json"), write).await?;
        Ok(ExportedFile { file, entries: u32::try_from(entries).unwrap_or(u32::MAX) })
    }

    async fn export(&self, only: Option<IntentId>) -> Result<Value, DeskError> {
        let engine = self.engine()?;
        let (entries, clock) = engine
            .store
            .read(move |db| match only {
                Some(id) => Ok((vec![entry(db, &intents::get(db, id)?)?], None)),
                None => Ok((entries(db)?, duty::intent(db)?)),
            })
            .await?;
        let account = &engine.account;
        let mut export = json!({
            "server": account.server,
            "hotel": {"slug": account.hotel_slug, "name": account.hotel_name},
            "username": account.username,
            "exported_at": engine.now(),
            "entries": entries,
        });
        if let Some(operation) = clock {
            export["clock"] = json!({"on_duty": operation.on_duty, "until": operation.until});
        }
        Ok(export)
    }
}

/// Returns the name of the file of a day, without its ending.
fn stem(export: &Value) -> String {
    let day: String = export["exported_at"].as_str().unwrap_or_default().chars().take(10).collect();
    format!("hotelmate-changes-{day}")
}

fn entries(db: &Connection) -> Result<Vec<Value>, StoreError> {
    intents::all(db)?.iter().map(|intent| entry(db, intent)).collect()
}

fn entry(db: &Connection, intent: &Intent) -> Result<Value, StoreError> {
    let row = entities::get(db, intent.lane).ok();
    let lane = intents::of_lane(db, intent.lane)?;
    let (kind, title) = about(db, intent.lane, &lane)?;
    let item = words::item(intent, &lane, kind, title);
    let mut entry = json!({
        "entry": item.id,
        "kind": item.kind,
        "about": item.about,
        "title": item.title,
        "summary": item.summary,
        "state": item.state,
        "code": item.code,
        "reason": item.reason,
        "fields": item.fields,
        "created_at": item.created_at,
        "id": row.and_then(|row| row.server_id),
        "local_id": intent.lane,
    });
    match &intent.operation {
        // The server's names are used; an offer's period has two of them.
        Operation::Create { content } => {
            entry["record"] = kind.map(|kind| kind.table().patch_of(content.values())).into();
        }
        Operation::Edit { edits } => entry["changes"] = kind.map(|kind| changes(kind, edits, intent)).into(),
        Operation::SetPicture { slot, picture, .. } => {
            entry["picture"] = json!(picture);
            entry["place"] = json!(slot);
        }
        Operation::Delete { title } => entry["removes"] = json!(title),
        Operation::AddImage { picture, caption, .. } => {
            entry["picture"] = json!(picture);
            entry["caption"] = json!(caption);
        }
        Operation::Say { reply_to, .. } => {
            let message = messages::of_intent(db, intent.id)?.and_then(|row| row.content);
            let (text, files) = message.map(|content| (content.text, content.files)).unzip();
            let names = files.unwrap_or_default().into_iter().map(|file| file.name);
            entry["message"] = json!(text);
            entry["files"] = names.collect();
            entry["reply_to"] = json!(reply_to);
        }
        Operation::MoveImage { .. } | Operation::RemoveImage { .. } => {
            entry["step"] = serde_json::to_value(&intent.operation)?
        }
        Operation::Unreadable => entry["stored"] = json!(intents::stored_intent(db, intent.id)?),
    }
    Ok(entry)
}

/// Returns each changed value with its earlier value, and with the colleague's value for a conflict. Names and values are
/// the server's.
fn changes(kind: Kind, edits: &[FieldEdit], intent: &Intent) -> Value {
    let by_name = |value: &FieldValue| kind.table().by_name(value);
    let theirs = intent.note.conflict.as_ref().map(|conflict| conflict.theirs.as_slice()).unwrap_or_default();
    let mut changes = Vec::new();
    for edit in edits {
        let theirs = theirs.iter().find(|value| value.field == *edit.field()).map(by_name);
        for (at, (field, now)) in by_name(&edit.now).into_iter().enumerate() {
            let was = by_name(&edit.was).into_iter().nth(at).map(|(_, value)| value);
            let mut change = json!({"field": field, "was": was, "now": now});
            if let Some((_, value)) = theirs.as_ref().and_then(|theirs| theirs.get(at)) {
                change["theirs"] = value.clone();
            }
            changes.push(change);
        }
    }
    Value::Array(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_named_after_its_day() {
        assert_eq!(stem(&json!({"exported_at": "2026-11-21T14:02:00Z"})), "hotelmate-changes-2026-11-21");
    }
}
