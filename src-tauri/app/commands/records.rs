//! Room types and the branding.

use hotelmate_core::model::{
    DraftId, FieldEdit, FieldErrors, Fields, LocalId, MediaHash, RecordKind, Rule, Slot,
};
use hotelmate_core::views::{Place, RecordDetail, RoomTypeList};
use tauri::State;

use super::Answer;
use crate::shell::Shell;

#[tauri::command]
pub(super) async fn record_rules(shell: State<'_, Shell>, kind: RecordKind) -> Answer<Vec<Rule>> {
    Ok(shell.desk().await?.record_rules(kind))
}

#[tauri::command]
pub(super) async fn validate_record(
    shell: State<'_, Shell>,
    kind: RecordKind,
    fields: Fields,
) -> Answer<FieldErrors> {
    Ok(shell.desk().await?.validate_record(kind, &fields))
}

#[tauri::command]
pub(super) async fn room_types(shell: State<'_, Shell>) -> Answer<RoomTypeList> {
    shell.desk().await?.room_types().await
}

#[tauri::command]
pub(super) async fn branding(shell: State<'_, Shell>) -> Answer<Option<RecordDetail>> {
    shell.desk().await?.branding().await
}

#[tauri::command]
pub(super) async fn record(shell: State<'_, Shell>, id: LocalId) -> Answer<RecordDetail> {
    shell.desk().await?.record(id).await
}

#[tauri::command]
pub(super) async fn create_room_type(
    shell: State<'_, Shell>,
    fields: Fields,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<LocalId> {
    shell.desk().await?.from_draft(draft).create_room_type(fields, picture).await
}

#[tauri::command]
pub(super) async fn edit_record(
    shell: State<'_, Shell>,
    id: LocalId,
    edits: Vec<FieldEdit>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).edit_record(id, edits).await
}

#[tauri::command]
pub(super) async fn set_record_picture(
    shell: State<'_, Shell>,
    id: LocalId,
    slot: Slot,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).set_record_picture(id, slot, picture).await
}

#[tauri::command]
pub(super) async fn move_room_type(shell: State<'_, Shell>, id: LocalId, to: Place) -> Answer<()> {
    shell.desk().await?.move_room_type(id, to).await
}
