//! `branding`: show and change what the hotel says about itself, and how it looks.

use std::path::Path;

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::records::Slot;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::RecordDetail;

use crate::cli::{BrandingCommand, SetArgs};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::picture;
use crate::records::{edits, in_words, may_write, tell_changed, values};

/// Carries out one `branding` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: BrandingCommand) -> Outcome {
    match command {
        BrandingCommand::Show => show(desk, out).await,
        BrandingCommand::Edit(args) => edit(desk, out, args).await,
        BrandingCommand::Picture { place, file } => picture(desk, out, place.into(), &file).await,
    }
}

async fn show(desk: &Desk, out: &mut Output) -> Outcome {
    let detail = branding(desk).await?;
    let rules = desk.record_rules(Kind::Branding);
    out.answer(&detail.record, || in_words(&detail, &rules))?;
    Ok(Exit::Done)
}

async fn edit(desk: &Desk, out: &mut Output, args: SetArgs) -> Outcome {
    may_write(desk, |abilities| &abilities.branding).await?;
    let record = branding(desk).await?.record;
    // The table has the names of all servers; what this one does not have cannot be changed there.
    let mut rules = desk.record_rules(Kind::Branding);
    rules.retain(|rule| record.fields.0.contains_key(rule.name));
    let values = values(&rules, &args.set, &args.clear)?;
    let edits = edits(&record.fields, values);
    if !edits.is_empty() {
        desk.edit(record.local_id, edits).await?;
    }
    tell_changed(desk, out, record.local_id).await
}

async fn picture(desk: &Desk, out: &mut Output, place: Slot, file: &Path) -> Outcome {
    may_write(desk, |abilities| &abilities.branding).await?;
    let id = branding(desk).await?.record.local_id;
    let picture = picture::prepare(desk, out, file).await?;
    desk.set_picture(id, place, Some(picture)).await?;
    tell_changed(desk, out, id).await
}

async fn branding(desk: &Desk) -> Result<RecordDetail, DeskError> {
    let not_read = || {
        DeskError::new(
            ErrorCode::NotFound,
            "The branding was not read from the hotel yet.",
            "Run `deskctl sync`; `deskctl doctor` tells what this hotel's server can do.",
        )
    };
    desk.branding().await?.ok_or_else(not_read)
}
