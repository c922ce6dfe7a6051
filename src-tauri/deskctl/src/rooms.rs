//! `rooms`: list, show and change room types.

use hotelmate_core::desk::Desk;
use hotelmate_core::error::DeskError;
use hotelmate_core::records::{Datum, Fields, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{RecordView, RoomTypeList};

use crate::cli::{PhotoArgs, RoomAddArgs, RoomEditArgs, RoomsCommand};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::picture;
use crate::records::{edits, in_words, may_write, tell_changed, values};
use crate::text::{count, key, listed, plain, word};

/// Carries out one `rooms` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: RoomsCommand) -> Outcome {
    match command {
        RoomsCommand::List => list(desk, out).await,
        RoomsCommand::Show { id } => show(desk, out, &id).await,
        RoomsCommand::Add(args) => add(desk, out, args).await,
        RoomsCommand::Edit(args) => edit(desk, out, args).await,
        RoomsCommand::Rm { id } => remove(desk, out, &id).await,
        RoomsCommand::Photo(args) => photo(desk, out, args).await,
    }
}

async fn list(desk: &Desk, out: &mut Output) -> Outcome {
    let list = desk.room_types().await?;
    out.answer(&list.room_types, || list_in_words(&list))?;
    if list.as_of.is_none() {
        match desk.abilities().await?.room_types.reason {
            Some(reason) => out.remark(&reason),
            None => out.remark("The list was not read from the hotel yet: run `deskctl sync`."),
        }
    }
    Ok(Exit::Done)
}

async fn show(desk: &Desk, out: &mut Output, id: &str) -> Outcome {
    let id = desk.find_thing(Kind::RoomType, id).await?;
    let detail = desk.record(id).await?;
    let rules = desk.record_rules(Kind::RoomType);
    out.answer(&detail.record, || in_words(&detail, &rules))?;
    Ok(Exit::Done)
}

async fn add(desk: &Desk, out: &mut Output, args: RoomAddArgs) -> Outcome {
    may_write(desk, |abilities| &abilities.room_types).await?;
    let rules = desk.record_rules(Kind::RoomType);
    let mut fields = Fields::default();
    for value in values(&rules, &args.set, &[])? {
        fields.put(value);
    }
    let wrong = desk.check(Kind::RoomType, &fields);
    if !wrong.is_empty() {
        return Err(DeskError::invalid(wrong));
    }
    let picture = picture::prepare_any(desk, out, args.photo.as_deref()).await?;
    let id = desk.create(Kind::RoomType, fields, picture).await?;
    tell_changed(desk, out, id).await
}

async fn edit(desk: &Desk, out: &mut Output, mut args: RoomEditArgs) -> Outcome {
    may_write(desk, |abilities| &abilities.room_types).await?;
    let id = desk.find_thing(Kind::RoomType, &args.id).await?;
    let named = args.clear.len();
    args.clear.retain(|name| name != Slot::Photo.name());
    let take_off = args.clear.len() < named && args.photo.is_none();
    let was = desk.record(id).await?.record.fields;
    let values = values(&desk.record_rules(Kind::RoomType), &args.set, &args.clear)?;
    let edits = edits(&was, values);
    // Everything that can fail for the person's own reasons comes before the first wish is stored.
    let picture = picture::prepare_any(desk, out, args.photo.as_deref()).await?;
    if !edits.is_empty() {
        desk.edit(id, edits).await?;
    }
    if picture.is_some() || take_off {
        desk.set_picture(id, Slot::Photo, picture).await?;
    }
    tell_changed(desk, out, id).await
}

/// Answers with the room type as it was, so that a script can keep what it removes.
async fn remove(desk: &Desk, out: &mut Output, id: &str) -> Outcome {
    may_write(desk, |abilities| &abilities.room_types).await?;
    let id = desk.find_thing(Kind::RoomType, id).await?;
    let room = desk.record(id).await?.record;
    desk.delete_thing(id).await?;
    out.answer(&room, || room.local_id.to_string())?;
    Ok(Exit::Done)
}

async fn photo(desk: &Desk, out: &mut Output, args: PhotoArgs) -> Outcome {
    may_write(desk, |abilities| &abilities.room_types).await?;
    let id = desk.find_thing(Kind::RoomType, &args.id).await?;
    let picture = picture::prepare_any(desk, out, args.file.as_deref()).await?;
    desk.set_picture(id, Slot::Photo, picture).await?;
    tell_changed(desk, out, id).await
}

fn list_in_words(list: &RoomTypeList) -> String {
    let row = |room: &RecordView| {
        let fields = &room.fields;
        let active = fields.get("is_active") == Some(&Datum::Flag(true));
        [
            key(room.id, room.local_id),
            if active { "shown" } else { "hidden" }.to_owned(),
            word(room.sync),
            plain(&format!("{} {}", fields.text("starting_price_from"), fields.text("currency"))),
            plain(&fields.text("name")),
        ]
    };
    let rows: Vec<_> = list.room_types.iter().map(row).collect();
    listed(["ID", "STATE", "SYNC", "PRICE FROM", "NAME"], &rows, &count(rows.len(), "room type"), list.as_of)
}
