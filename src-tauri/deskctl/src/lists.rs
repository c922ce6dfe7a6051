//! `rooms`, and `records` for any list of the hotel: list, show and change its entities.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::DeskError;
use hotelmate_core::records::{Datum, Fields, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{RecordList, RecordView};

use crate::cli::{ListCommand, RecordEditArgs};
use crate::entities::{self, Wanted};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::records::{remark_unread, values};
use crate::text::{key, listed, plain};
use crate::{states, versions};

/// Carries out one command about a list.
pub async fn carry_out(desk: &Desk, out: &mut Output, kind: Kind, command: ListCommand) -> Outcome {
    match command {
        ListCommand::List(_) => list(desk, out, kind).await,
        ListCommand::Show { id } => entities::show(desk, out, kind, &id).await,
        ListCommand::Add(args) => {
            let mut fields = Fields::default();
            values(kind.table().fields, &args.set, &[])?.into_iter().for_each(|value| fields.put(value));
            entities::add(desk, out, kind, fields, args.photo.as_deref()).await
        }
        ListCommand::Edit(args) => entities::edit(desk, out, kind, &args.id, |_| wanted(kind, &args)).await,
        ListCommand::Copy { id } => entities::copy(desk, out, kind, &id).await,
        ListCommand::Versions { id } => versions::list(desk, out, kind, &id).await,
        ListCommand::BringBack { id, version } => versions::bring_back(desk, out, kind, &id, version).await,
        ListCommand::Rm { id } => entities::remove(desk, out, kind, &id).await,
        ListCommand::Photo(args) => {
            entities::put_picture(desk, out, kind, (&args.id, Slot::Photo), args.file.as_deref()).await
        }
    }
}

async fn list(desk: &Desk, out: &mut Output, kind: Kind) -> Outcome {
    let list = desk.records(kind).await?;
    out.answer(&list.records, || if kind == Kind::RoomType { rooms(&list) } else { records(kind, &list) })?;
    remark_unread(desk, out, |capabilities| capabilities.of(kind), list.as_of).await?;
    Ok(Exit::Done)
}

/// Returns the wanted values and picture. The picture is cleared by its name, as the fields are.
fn wanted(kind: Kind, args: &RecordEditArgs) -> Result<Wanted, DeskError> {
    let (photo, clear): (Vec<String>, _) =
        args.clear.iter().cloned().partition(|name| name == Slot::Photo.name());
    let values = values(kind.table().fields, &args.set, &clear)?;
    Ok(Wanted { values, photo: args.photo.clone(), clears_photo: !photo.is_empty() })
}

fn rooms(list: &RecordList) -> String {
    let row = |room: &RecordView| {
        let fields = &room.fields;
        let active = fields.get("is_active") == Some(&Datum::Flag(true));
        [
            key(room.id, room.local_id),
            if active { say!("deskctl-room-shown") } else { say!("deskctl-room-hidden") },
            states::sync(room.sync),
            plain(&format!("{} {}", fields.text("starting_price_from"), fields.text("currency"))),
            plain(&fields.text("name")),
        ]
    };
    let rows: Vec<_> = list.records.iter().map(row).collect();
    listed(&say!("deskctl-columns-rooms"), &rows, &total(Kind::RoomType, list), list.as_of)
}

/// Returns the table of a list without its own columns: the fields by which people recognize a record.
fn records(kind: Kind, list: &RecordList) -> String {
    let row = |record: &RecordView| {
        let [name, other] = kind.table().marks.map(|mark| plain(&record.fields.text(mark)));
        [key(record.id, record.local_id), states::sync(record.sync), name, other]
    };
    let rows: Vec<_> = list.records.iter().map(row).collect();
    listed(&say!("deskctl-columns-records"), &rows, &total(kind, list), list.as_of)
}

fn total(kind: Kind, list: &RecordList) -> String {
    kind.counted(u32::try_from(list.records.len()).unwrap_or(u32::MAX))
}
