//! `offers bulk`: one change of several offers, and its undo.
//!
//! The answer in JSON names each changed offer with the edit that undoes the change. `offers bulk undo` reads this
//! answer from a file.

use std::path::Path;

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::failure;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{BulkChange, BulkDone};
use serde::Serialize;

use crate::cli::BulkCommand;
use crate::exit::{Exit, Outcome};
use crate::file;
use crate::output::Output;
use crate::records::may_write;
use crate::text::shown;

/// The answer of an undo.
#[derive(Serialize)]
struct Undone {
    undone: usize,
    /// The number of offers that have another value by now, or that are gone.
    left: u32,
}

/// Carries out one `offers bulk` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: BulkCommand) -> Outcome {
    may_write(desk, |capabilities| capabilities.of(Kind::Offer)).await?;
    let is_active = |on: bool| BulkChange::Set { value: FieldValue::of("is_active", on) };
    let (ids, change) = match command {
        BulkCommand::Hide { ids } => (ids, is_active(false)),
        BulkCommand::Show { ids } => (ids, is_active(true)),
        BulkCommand::Move { days, ids } => (ids, BulkChange::MoveDays { days }),
        BulkCommand::Rm { ids } => (ids, BulkChange::Delete),
        BulkCommand::Undo { file } => return undo(desk, out, &file).await,
    };
    let mut found = Vec::new();
    for id in &ids {
        found.push(desk.find_entity(Kind::Offer, id).await?);
    }
    let done = desk.change_many(found, change).await?;
    out.answer(&done, || say!("deskctl-bulk-done", count = done.effects.len()))?;
    Ok(Exit::Done)
}

async fn undo(desk: &Desk, out: &mut Output, file: &Path) -> Outcome {
    let read = serde_json::from_slice(&file::bytes(file)?);
    let done: BulkDone = read.map_err(|_| failure!(Invalid, "deskctl-bulk-no-answer", file = shown(file)))?;
    let count = done.effects.len();
    let left = desk.undo_many(done.effects).await?;
    let undone = Undone { undone: count.saturating_sub(left as usize), left };
    out.answer(&undone, || say!("deskctl-bulk-undone", count = undone.undone))?;
    if left > 0 {
        out.remark(&say!("deskctl-bulk-left", count = left));
    }
    Ok(Exit::Done)
}
