//! What waits to be sent, and what became of it.

use hotelmate_core::ids::{IntentId, ServerId};
use hotelmate_core::records::Field;
use hotelmate_core::views::{ExportedFile, OutboxView, Resolution};
use tauri::AppHandle;

use super::{Answer, TheShell};
use crate::export;

#[tauri::command]
pub(super) async fn outbox(shell: TheShell<'_>) -> Answer<OutboxView> {
    shell.desk().await?.outbox().await
}

#[tauri::command]
pub(super) async fn retry_intent(shell: TheShell<'_>, id: IntentId) -> Answer<()> {
    shell.desk().await?.retry_intent(id).await
}

#[tauri::command]
pub(super) async fn discard_intent(shell: TheShell<'_>, id: IntentId) -> Answer<()> {
    shell.desk().await?.discard_intent(id).await
}

#[tauri::command]
pub(super) async fn discard_doubtful(shell: TheShell<'_>, id: IntentId) -> Answer<()> {
    shell.desk().await?.discard_doubtful(id).await
}

#[tauri::command]
pub(super) async fn send_again(shell: TheShell<'_>, id: IntentId) -> Answer<()> {
    shell.desk().await?.send_again(id).await
}

#[tauri::command]
pub(super) async fn adopt_intent(shell: TheShell<'_>, id: IntentId, number: ServerId) -> Answer<()> {
    shell.desk().await?.adopt_intent(id, number).await
}

/// Where the file goes is decided here: a page that could name a file could write any.
#[tauri::command]
pub(super) async fn export_outbox(
    app: AppHandle,
    shell: TheShell<'_>,
    id: Option<IntentId>,
) -> Answer<ExportedFile> {
    shell.desk().await?.export_to(export::folder(&app)?, id).await
}

#[tauri::command]
pub(super) async fn resolve_conflict(
    shell: TheShell<'_>,
    id: IntentId,
    field: Option<Field>,
    resolution: Resolution,
) -> Answer<()> {
    shell.desk().await?.resolve_conflict(id, field, resolution).await
}
