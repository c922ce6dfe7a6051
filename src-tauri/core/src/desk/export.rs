//! The outbox as something that can be handed to another person: every text that somebody wrote and the
//! hotel does not have.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::Desk;
use crate::error::DeskError;
use crate::model::{FieldEdit, FieldValue, Intent, Validity, Wish};
use crate::outbox::effective::effective;
use crate::outbox::words;
use crate::store::{StoreError, intents, offers};

impl Desk {
    /// Everything that waits or needs a person, as JSON for a file: who, at which hotel, when, and per entry
    /// its kind, title, state and reason with the texts themselves. A row that this program cannot read is in
    /// it as it is stored. Pictures are named by their hash, not contained.
    ///
    /// # Errors
    /// [`SignedOut`](crate::error::ErrorCode::SignedOut), or the local database.
    pub async fn export_outbox(&self) -> Result<Value, DeskError> {
        let session = self.session_or_error()?;
        let entries = session.store.read(entries).await?;
        let account = &session.account;
        Ok(json!({
            "server": account.server,
            "hotel": {"slug": account.hotel_slug, "name": account.hotel_name},
            "username": account.username,
            "exported_at": session.now(),
            "entries": entries,
        }))
    }
}

fn entries(db: &Connection) -> Result<Vec<Value>, StoreError> {
    intents::all(db)?.iter().map(|intent| entry(db, intent)).collect()
}

fn entry(db: &Connection, intent: &Intent) -> Result<Value, StoreError> {
    let row = offers::get(db, intent.lane).ok();
    let lane = intents::of_lane(db, intent.lane)?;
    let shown = row.as_ref().and_then(|row| effective(row, &lane));
    let item = words::item(intent, shown.map(|shown| shown.content.title).unwrap_or_default());
    let mut entry = json!({
        "entry": item.id,
        "kind": item.kind,
        "title": item.title,
        "summary": item.summary,
        "state": item.state,
        "reason": item.reason,
        "fields": item.fields,
        "created_at": item.created_at,
        "id": row.and_then(|row| row.server_id),
        "local_id": intent.lane,
    });
    match &intent.wish {
        Wish::CreateOffer { content } => entry["offer"] = serde_json::to_value(content)?,
        Wish::EditOffer { edits } => entry["changes"] = changes(edits, intent),
        Wish::SetOfferPicture { picture, .. } => entry["picture"] = json!(picture),
        Wish::DeleteOffer { title } => entry["removes"] = json!(title),
        Wish::Unreadable => entry["stored"] = json!(intents::stored_wish(db, intent.id)?),
    }
    Ok(entry)
}

/// Each changed value beside what stood there, and what a colleague put there where the two clash. Names and
/// values are the server's.
fn changes(edits: &[FieldEdit], intent: &Intent) -> Value {
    let theirs = intent.note.clash.as_ref().map(|clash| clash.theirs.as_slice()).unwrap_or_default();
    let mut changes = Vec::new();
    for edit in edits {
        let theirs = theirs.iter().find(|value| value.field() == edit.field()).map(values);
        for (at, (field, now)) in values(&edit.now).into_iter().enumerate() {
            let was = values(&edit.was).into_iter().nth(at).map(|(_, value)| value);
            let mut change = json!({"field": field, "was": was, "now": now});
            if let Some((_, value)) = theirs.as_ref().and_then(|theirs| theirs.get(at)) {
                change["theirs"] = value.clone();
            }
            changes.push(change);
        }
    }
    Value::Array(changes)
}

fn values(value: &FieldValue) -> Vec<(&'static str, Value)> {
    match value {
        FieldValue::Title(text) => vec![("title", json!(text))],
        FieldValue::ShortDescription(text) => vec![("short_description", json!(text))],
        FieldValue::DetailsText(text) => vec![("details_text", json!(text))],
        FieldValue::DetailsHtml(text) => vec![("details_html", json!(text))],
        FieldValue::Validity(Validity { from, to }) => {
            vec![("valid_from", json!(from)), ("valid_to", json!(to))]
        }
        FieldValue::Tag(text) => vec![("tag", json!(text))],
        FieldValue::BookNowUrl(text) => vec![("book_now_url", json!(text))],
        FieldValue::SortOrder(number) => vec![("sort_order", json!(number))],
        FieldValue::IsActive(active) => vec![("is_active", json!(active))],
    }
}
