//! Offers as rows of a file. The columns are those that an import reads, and a few for people, which it ignores.

use serde::Serialize;
use serde_json::{Value, json};

use super::cell::to_cell;
use super::fields;
use crate::account::Account;
use crate::error::{DeskError, failure};
use crate::resources::Kind;
use crate::views::{FileForm, RecordView};

/// Returns an offer by the names of its columns, with its hotel: at another hotel the same number means another offer.
pub fn row(offer: &RecordView, hotel: &Account) -> Value {
    let mut row = Kind::Offer.table().patch_of(offer.fields.values());
    row["id"] = json!(offer.id);
    row["local_id"] = json!(offer.local_id);
    row["photo_url"] = json!(offer.photo().url);
    row["created_at"] = json!(offer.created_at);
    row["state"] = json!(offer.state);
    row["sync"] = json!(offer.sync);
    row["hotel"] = json!(hotel.hotel_slug);
    row["server"] = json!(hotel.server.to_string());
    row
}

/// Returns the rows as a file.
///
/// # Errors
/// [`ErrorCode::Unexpected`](crate::error::ErrorCode::Unexpected) if a value cannot be written.
pub fn file(rows: &[Value], form: FileForm) -> Result<Vec<u8>, DeskError> {
    match form {
        FileForm::Json => pretty(&rows),
        FileForm::Csv => csv(rows),
    }
}

/// Returns JSON with line breaks for a file, because people look into it.
fn pretty(value: &impl Serialize) -> Result<Vec<u8>, DeskError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(unwritable)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn csv(offers: &[Value]) -> Result<Vec<u8>, DeskError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let (keys, shown) = (["id", "local_id"], ["photo_url", "created_at", "state", "sync", "hotel", "server"]);
    let columns: Vec<&str> = keys.into_iter().chain(fields()).chain(shown).collect();
    writer.write_record(&columns).map_err(unwritable)?;
    for offer in offers {
        writer.write_record(columns.iter().map(|column| cell(&offer[*column]))).map_err(unwritable)?;
    }
    writer.into_inner().map_err(|error| unwritable(error.into_error()))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => to_cell(text.clone()),
        other => other.to_string(),
    }
}

fn unwritable(cause: impl std::fmt::Display) -> DeskError {
    failure!(Unexpected, "import-not-exportable", cause = cause.to_string())
}
