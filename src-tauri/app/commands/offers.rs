//! Offers, and what they share with other things: checks of HTML, deletion.

use hotelmate_core::model::{DraftId, FieldEdit, FieldErrors, LocalId, MediaHash, OfferContent};
use hotelmate_core::views::{OfferDetail, OfferList, OfferQuery, Place};
use tauri::State;

use super::Answer;
use crate::shell::Shell;

#[tauri::command]
pub(super) async fn offers(shell: State<'_, Shell>, query: OfferQuery) -> Answer<OfferList> {
    shell.desk().await?.offers(query).await
}

#[tauri::command]
pub(super) async fn offer(shell: State<'_, Shell>, id: LocalId) -> Answer<OfferDetail> {
    shell.desk().await?.offer(id).await
}

#[tauri::command]
pub(super) async fn validate_offer(shell: State<'_, Shell>, content: OfferContent) -> Answer<FieldErrors> {
    Ok(shell.desk().await?.validate_offer(&content))
}

#[tauri::command]
pub(super) async fn sanitise_html(shell: State<'_, Shell>, html: String) -> Answer<String> {
    Ok(shell.desk().await?.sanitise_html(&html))
}

#[tauri::command]
pub(super) async fn create_offer(
    shell: State<'_, Shell>,
    content: OfferContent,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<LocalId> {
    shell.desk().await?.from_draft(draft).create_offer(content, picture).await
}

#[tauri::command]
pub(super) async fn edit_offer(
    shell: State<'_, Shell>,
    id: LocalId,
    edits: Vec<FieldEdit>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).edit_offer(id, edits).await
}

#[tauri::command]
pub(super) async fn delete_thing(shell: State<'_, Shell>, id: LocalId) -> Answer<()> {
    shell.desk().await?.delete_thing(id).await
}

#[tauri::command]
pub(super) async fn undo_delete(shell: State<'_, Shell>, id: LocalId) -> Answer<()> {
    shell.desk().await?.undo_delete(id).await
}

#[tauri::command]
pub(super) async fn move_offer(shell: State<'_, Shell>, id: LocalId, to: Place) -> Answer<()> {
    shell.desk().await?.move_offer(id, to).await
}

#[tauri::command]
pub(super) async fn set_picture(
    shell: State<'_, Shell>,
    id: LocalId,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).set_picture(id, picture).await
}
