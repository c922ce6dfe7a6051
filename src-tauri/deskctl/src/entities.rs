//! The verbs that offers, room types and the branding share.
//!
//! Each change is stored with the value that the person saw (`was`), as an editor in the window would store it. An
//! answer in JSON is always the whole entity after the command.

use std::path::{Path, PathBuf};

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::DeskError;
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::{FieldValue, Fields, Slot};
use hotelmate_core::resources::Kind;

use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::picture;
use crate::records::{in_words, may_write};

/// The result that an edit asks for.
pub struct Wanted {
    pub values: Vec<FieldValue>,
    pub photo: Option<PathBuf>,
    pub clears_photo: bool,
}

/// Answers with everything about one entity.
pub async fn show(desk: &Desk, out: &mut Output, kind: Kind, id: &str) -> Outcome {
    let detail = desk.record(desk.find_entity(kind, id).await?).await?;
    out.answer(&detail.record, || in_words(&detail))?;
    Ok(Exit::Done)
}

/// Creates an entity. Every check of the person's input comes before it is stored.
pub async fn add(desk: &Desk, out: &mut Output, kind: Kind, fields: Fields, photo: Option<&Path>) -> Outcome {
    may_write(desk, |capabilities| capabilities.of(kind)).await?;
    let wrong = desk.check(kind, &fields);
    if !wrong.is_empty() {
        return Err(DeskError::invalid(wrong));
    }
    let picture = picture::prepare_any(desk, out, photo).await?;
    let id = desk.create(kind, fields, picture).await?;
    answer(desk, out, id).await
}

/// Creates a copy of an entity.
pub async fn copy(desk: &Desk, out: &mut Output, kind: Kind, id: &str) -> Outcome {
    may_write(desk, |capabilities| capabilities.of(kind)).await?;
    let copy = desk.copy_of(desk.find_entity(kind, id).await?).await?;
    if copy.lacks_picture {
        out.remark(&say!("deskctl-copy-lacks-picture"));
    }
    let mut fields = kind.table().blank();
    fields.0.extend(copy.fields.0);
    let id = desk.create(kind, fields, copy.picture.map(|picture| picture.hash)).await?;
    answer(desk, out, id).await
}

/// Changes the fields that differ from the `wanted` ones, given the present fields.
pub async fn edit(
    desk: &Desk,
    out: &mut Output,
    kind: Kind,
    id: &str,
    wanted: impl FnOnce(&Fields) -> Result<Wanted, DeskError>,
) -> Outcome {
    may_write(desk, |capabilities| capabilities.of(kind)).await?;
    let id = desk.find_entity(kind, id).await?;
    let was = desk.record(id).await?.record.fields;
    let wanted = wanted(&was)?;
    let edits = kind.table().edits(&was, wanted.values);
    // Every check of the person's input comes before the first change is stored.
    let picture = picture::prepare_any(desk, out, wanted.photo.as_deref()).await?;
    if !edits.is_empty() {
        desk.edit(id, edits).await?;
    }
    if picture.is_some() || wanted.clears_photo {
        desk.set_picture(id, Slot::Photo, picture).await?;
    }
    answer(desk, out, id).await
}

/// Removes the entity. Answers with it as it was, so that a script can keep the removed content.
pub async fn remove(desk: &Desk, out: &mut Output, kind: Kind, id: &str) -> Outcome {
    may_write(desk, |capabilities| capabilities.of(kind)).await?;
    let id = desk.find_entity(kind, id).await?;
    let was = desk.record(id).await?.record;
    desk.delete_entity(id).await?;
    out.answer(&was, || id.to_string())?;
    Ok(Exit::Done)
}

/// Puts a picture into a slot of an entity. None removes it.
pub async fn put_picture(
    desk: &Desk,
    out: &mut Output,
    kind: Kind,
    (id, slot): (&str, Slot),
    file: Option<&Path>,
) -> Outcome {
    may_write(desk, |capabilities| capabilities.of(kind)).await?;
    let id = desk.find_entity(kind, id).await?;
    let picture = picture::prepare_any(desk, out, file).await?;
    desk.set_picture(id, slot, picture).await?;
    answer(desk, out, id).await
}

/// People get the local id alone, which a shell can keep in a variable.
async fn answer(desk: &Desk, out: &mut Output, id: LocalId) -> Outcome {
    out.answer(&desk.record(id).await?.record, || id.to_string())?;
    Ok(Exit::Done)
}
