//! `branding`: shows and changes the hotel's description and appearance.

use hotelmate_core::desk::Desk;
use hotelmate_core::error::failure;
use hotelmate_core::resources::Kind;

use crate::cli::BrandingCommand;
use crate::entities::{self, Wanted};
use crate::exit::Outcome;
use crate::output::Output;
use crate::records::{may_write, not_here, values};
use crate::versions;

/// Carries out one `branding` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: BrandingCommand) -> Outcome {
    let kind = Kind::Branding;
    if !matches!(command, BrandingCommand::Show | BrandingCommand::Versions) {
        may_write(desk, |capabilities| capabilities.of(kind)).await?;
    }
    let Some(branding) = desk.branding().await? else {
        let unread = failure!(NotFound, "deskctl-branding-not-read");
        return Err(not_here(desk, |capabilities| capabilities.of(kind), unread).await);
    };
    let id = branding.record.local_id.to_string();
    match command {
        BrandingCommand::Show => entities::show(desk, out, kind, &id).await,
        BrandingCommand::Edit(args) => {
            entities::edit(desk, out, kind, &id, |was| {
                // The table has the names of all servers. A field that this server does not have cannot be changed at
                // this hotel.
                let mut rules = kind.table().fields.to_vec();
                rules.retain(|rule| was.0.contains_key(rule.name));
                let values = values(&rules, &args.set, &args.clear)?;
                Ok(Wanted { values, photo: None, clears_photo: false })
            })
            .await
        }
        BrandingCommand::Picture { place, file } => {
            entities::put_picture(desk, out, kind, (&id, place), Some(&file)).await
        }
        BrandingCommand::Versions => versions::list(desk, out, kind, &id).await,
        BrandingCommand::BringBack { version } => versions::bring_back(desk, out, kind, &id, version).await,
    }
}
