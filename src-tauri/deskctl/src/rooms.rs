//! `rooms`: list, show and change room types.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::DeskError;
use hotelmate_core::records::{Datum, Fields, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{RecordList, RecordView};

use crate::cli::{RoomEditArgs, RoomsCommand};
use crate::entities::{self, Wanted};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::records::{remark_unread, values};
use crate::text::{key, listed, plain, word};

/// Carries out one `rooms` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: RoomsCommand) -> Outcome {
    let kind = Kind::RoomType;
    match command {
        RoomsCommand::List(_) => list(desk, out).await,
        RoomsCommand::Show { id } => entities::show(desk, out, kind, &id).await,
        RoomsCommand::Add(args) => {
            let mut fields = Fields::default();
            values(kind.table().fields, &args.set, &[])?.into_iter().for_each(|value| fields.put(value));
            entities::add(desk, out, kind, fields, args.photo.as_deref()).await
        }
        RoomsCommand::Edit(args) => entities::edit(desk, out, kind, &args.id, |_| wanted(&args)).await,
        RoomsCommand::Rm { id } => entities::remove(desk, out, kind, &id).await,
        RoomsCommand::Photo(args) => {
            entities::put_picture(desk, out, kind, (&args.id, Slot::Photo), args.file.as_deref()).await
        }
    }
}

async fn list(desk: &Desk, out: &mut Output) -> Outcome {
    let list = desk.records(Kind::RoomType).await?;
    out.answer(&list.records, || list_in_words(&list))?;
    remark_unread(desk, out, |capabilities| capabilities.of(Kind::RoomType), list.as_of).await?;
    Ok(Exit::Done)
}

/// The picture is cleared by its name, as the fields are.
fn wanted(args: &RoomEditArgs) -> Result<Wanted, DeskError> {
    let (photo, clear): (Vec<String>, _) =
        args.clear.iter().cloned().partition(|name| name == Slot::Photo.name());
    let values = values(Kind::RoomType.table().fields, &args.set, &clear)?;
    Ok(Wanted { values, photo: args.photo.clone(), clears_photo: !photo.is_empty() })
}

fn list_in_words(list: &RecordList) -> String {
    let row = |room: &RecordView| {
        let fields = &room.fields;
        let active = fields.get("is_active") == Some(&Datum::Flag(true));
        [
            key(room.id, room.local_id),
            if active { say!("deskctl-room-shown") } else { say!("deskctl-room-hidden") },
            word(room.sync),
            plain(&format!("{} {}", fields.text("starting_price_from"), fields.text("currency"))),
            plain(&fields.text("name")),
        ]
    };
    let rows: Vec<_> = list.records.iter().map(row).collect();
    let total = say!("deskctl-count-room-types", count = rows.len());
    listed(&say!("deskctl-columns-rooms"), &rows, &total, list.as_of)
}
