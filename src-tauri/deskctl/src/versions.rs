//! `versions` and `bring-back`: the earlier versions of an entity, compared with what stands there now.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::ids::LocalId;
use hotelmate_core::records::FieldEdit;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{EarlierPicture, EarlierVersion};

use crate::conflict;
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::records::may_write;
use crate::text::moment;

/// Lists the earlier versions of an entity, newest first.
pub async fn list(desk: &Desk, out: &mut Output, kind: Kind, id: &str) -> Outcome {
    let versions = desk.versions(desk.find_entity(kind, id).await?).await?;
    out.answer(&versions, || match versions.as_slice() {
        [] => say!("deskctl-no-versions"),
        all => all.iter().map(|version| in_words(kind, version)).collect::<Vec<_>>().join("\n\n"),
    })?;
    Ok(Exit::Done)
}

/// Brings an earlier version back as an ordinary edit.
pub async fn bring_back(desk: &Desk, out: &mut Output, kind: Kind, id: &str, version: i64) -> Outcome {
    may_write(desk, |capabilities| capabilities.of(kind)).await?;
    let id: LocalId = desk.find_entity(kind, id).await?;
    let brought = desk.bring_back(id, version).await?;
    if brought.pictures.iter().any(EarlierPicture::is_missing) {
        out.remark(&say!("deskctl-version-lacks-picture"));
    }
    out.answer(&desk.record(id).await?.record, || id.to_string())?;
    Ok(Exit::Done)
}

fn in_words(kind: Kind, version: &EarlierVersion) -> String {
    let until = moment(version.until);
    let head = if version.is_own {
        say!("deskctl-version-own", number = version.number, until = until)
    } else {
        say!("deskctl-version-theirs", number = version.number, until = until)
    };
    let mut lines = vec![head];
    lines.extend(version.edits.iter().flat_map(|edit| fields(kind, edit)));
    lines.extend(version.pictures.iter().map(picture));
    if lines.len() == 1 {
        lines.push(say!("deskctl-version-same"));
    }
    lines.join("\n")
}

/// Returns a line for each of the server's names: dates have two.
fn fields(kind: Kind, edit: &FieldEdit) -> Vec<String> {
    let table = kind.table();
    let now = table.by_name(&edit.was);
    let line = |((field, then), (_, now))| {
        let [then, now] = [&then, &now].map(conflict::value);
        say!("deskctl-version-field", field = field, then = then, now = now)
    };
    let differs = |((_, then), (_, now)): &((String, _), (String, _))| then != now;
    table.by_name(&edit.now).into_iter().zip(now).filter(differs).map(line).collect()
}

fn picture(picture: &EarlierPicture) -> String {
    let place = picture.slot.name();
    match &picture.picture {
        Some(hash) => say!("deskctl-version-picture", place = place, hash = hash.to_string()),
        None if picture.existed => say!("deskctl-version-picture-missing", place = place),
        None => say!("deskctl-version-no-picture", place = place),
    }
}
