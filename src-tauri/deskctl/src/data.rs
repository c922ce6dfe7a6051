//! `data`: the data of the shown person on this computer.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::views::StorageView;

use crate::cli::DataCommand;
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::labelled;

/// Shows the data, or clears the picture cache and shows the rest.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: DataCommand) -> Outcome {
    let stored = match command {
        DataCommand::Show => desk.storage().await?,
        DataCommand::ClearPictures => desk.clear_pictures().await?,
    };
    out.answer(&stored, || in_words(&stored))?;
    Ok(Exit::Done)
}

fn in_words(stored: &StorageView) -> String {
    let pictures =
        say!("deskctl-data-pictures", count = stored.pictures, size = kilobytes(stored.picture_bytes));
    labelled(&[
        (say!("deskctl-label-folder"), stored.folder.clone()),
        (say!("deskctl-label-database"), say!("deskctl-data-size", size = kilobytes(stored.database_bytes))),
        (say!("deskctl-label-pictures"), pictures),
    ])
}

fn kilobytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024)
}
