//! `offers export`: all offers as a person sees them now, waiting changes included. `outbox export`: the waiting
//! changes.
//!
//! The columns are those that `offers import` reads, and a few for people, which the import ignores.

use std::path::Path;

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::records::Rule;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{OfferQuery, RecordView, SessionView};
use serde::Serialize;
use serde_json::{Value, json};

use crate::exit::{Exit, Outcome};
use crate::file::{self, Form, to_cell};
use crate::output::Output;
use crate::text::shown;

/// The fields that a file can set, by the server's names.
pub fn fields() -> Vec<&'static str> {
    Kind::Offer.table().fields.iter().flat_map(Rule::parts).collect()
}

/// The answer after the offers were written to a file.
#[derive(Serialize)]
struct Written<'a> {
    file: &'a Path,
    count: usize,
}

/// Returns an offer by the names of its columns, with its hotel: at another hotel the same number means another offer.
fn exported(offer: &RecordView, hotel: &SessionView) -> Value {
    let mut row = Kind::Offer.table().patch_of(offer.fields.values());
    row["id"] = json!(offer.id);
    row["local_id"] = json!(offer.local_id);
    row["photo_url"] = json!(offer.photo().url);
    row["created_at"] = json!(offer.created_at);
    row["state"] = json!(offer.state);
    row["sync"] = json!(offer.sync);
    row["hotel"] = json!(hotel.hotel_slug);
    row["server"] = json!(hotel.server);
    row
}

/// Writes all offers to a file, or as JSON to standard output.
pub async fn offers(desk: &Desk, out: &mut Output, file: Option<&Path>) -> Outcome {
    let form = file.map(Form::of).transpose()?;
    let list = desk.offers(OfferQuery::default()).await?;
    let hotel = desk.session().await.ok_or_else(DeskError::signed_out)?;
    let offers: Vec<Value> = list.offers.iter().map(|offer| exported(offer, &hotel)).collect();
    let Some((file, form)) = file.zip(form) else {
        out.json_line(&offers)?;
        return Ok(Exit::Done);
    };
    let bytes = match form {
        Form::Json => pretty(&offers)?,
        Form::Csv => csv(&offers)?,
    };
    file::write(file, &bytes)?;
    written(out, file, offers.len(), say!("deskctl-count-offers", count = offers.len()))
}

/// Writes the changes that wait or need a person, with every text, for another person to read.
pub async fn outbox(desk: &Desk, out: &mut Output, file: Option<&Path>) -> Outcome {
    if let Some(Form::Csv) = file.map(Form::of).transpose()? {
        return Err(failure!(Configuration, "deskctl-outbox-not-csv"));
    }
    let outbox = desk.export_outbox().await?;
    let Some(file) = file else {
        out.json_line(&outbox)?;
        return Ok(Exit::Done);
    };
    file::write(file, &pretty(&outbox)?)?;
    let count = outbox["entries"].as_array().map_or(0, Vec::len);
    written(out, file, count, say!("deskctl-count-changes", count = count))
}

/// Answers with the number of entries in the file.
fn written(out: &mut Output, file: &Path, count: usize, what: String) -> Outcome {
    out.answer(&Written { file, count }, || say!("deskctl-written", what = what, file = shown(file)))?;
    Ok(Exit::Done)
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
    failure!(Unexpected, "deskctl-not-exportable", cause = cause.to_string())
}
