//! Records: offers, room types and the branding. What people do to them is the same for all.

use hotelmate_core::ids::{DraftId, LocalId, MediaHash};
use hotelmate_core::records::{FieldEdit, FieldErrors, Fields, Slot, Table};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{Place, RecordDetail, RecordList};

use super::{Answer, TheShell};

#[tauri::command]
pub(super) fn record_table(kind: Kind) -> &'static Table {
    kind.table()
}

#[tauri::command]
pub(super) async fn records(shell: TheShell<'_>, kind: Kind) -> Answer<RecordList> {
    shell.desk().await?.records(kind).await
}

#[tauri::command]
pub(super) async fn branding(shell: TheShell<'_>) -> Answer<Option<RecordDetail>> {
    shell.desk().await?.branding().await
}

#[tauri::command]
pub(super) async fn record(shell: TheShell<'_>, id: LocalId) -> Answer<RecordDetail> {
    shell.desk().await?.record(id).await
}

#[tauri::command]
pub(super) async fn check(shell: TheShell<'_>, kind: Kind, fields: Fields) -> Answer<FieldErrors> {
    Ok(shell.desk().await?.check(kind, &fields))
}

#[tauri::command]
pub(super) async fn create(
    shell: TheShell<'_>,
    kind: Kind,
    fields: Fields,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<LocalId> {
    shell.desk().await?.from_draft(draft).create(kind, fields, picture).await
}

#[tauri::command]
pub(super) async fn edit(
    shell: TheShell<'_>,
    id: LocalId,
    edits: Vec<FieldEdit>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).edit(id, edits).await
}

#[tauri::command]
pub(super) async fn set_picture(
    shell: TheShell<'_>,
    id: LocalId,
    slot: Slot,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).set_picture(id, slot, picture).await
}

#[tauri::command]
pub(super) async fn move_to(shell: TheShell<'_>, id: LocalId, to: Place) -> Answer<()> {
    shell.desk().await?.move_to(id, to).await
}

#[tauri::command]
pub(super) async fn delete_entity(shell: TheShell<'_>, id: LocalId) -> Answer<()> {
    shell.desk().await?.delete_entity(id).await
}

#[tauri::command]
pub(super) async fn undo_delete(shell: TheShell<'_>, id: LocalId) -> Answer<()> {
    shell.desk().await?.undo_delete(id).await
}
