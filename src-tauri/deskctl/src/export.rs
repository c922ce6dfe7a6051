//! `offers export`: all offers as a person sees them now, waiting changes included. `outbox export`: the waiting
//! changes.

use std::path::Path;

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::views::FileForm;
use serde::Serialize;

use crate::exit::{Exit, Outcome};
use crate::file;
use crate::output::Output;
use crate::text::shown;

/// The answer after the offers were written to a file.
#[derive(Serialize)]
struct Written<'a> {
    file: &'a Path,
    count: usize,
}

/// Writes all offers to a file, or as JSON to standard output.
pub async fn offers(desk: &Desk, out: &mut Output, file: Option<&Path>) -> Outcome {
    let Some(file) = file else {
        out.json_line(&desk.offer_rows().await?)?;
        return Ok(Exit::Done);
    };
    let (bytes, count) = desk.export_offers(FileForm::of(&shown(file))?).await?;
    file::write(file, &bytes)?;
    written(out, file, count, say!("deskctl-count-offers", count = count))
}

/// Writes the changes that wait or need a person, with every text, for another person to read.
pub async fn outbox(desk: &Desk, out: &mut Output, file: Option<&Path>) -> Outcome {
    if let Some(FileForm::Csv) = file.map(|file| FileForm::of(&shown(file))).transpose()? {
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
    let mut bytes = serde_json::to_vec_pretty(value)
        .map_err(|cause| failure!(Unexpected, "import-not-exportable", cause = cause.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}
