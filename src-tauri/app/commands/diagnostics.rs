//! What keeps the desk from working, and what helps to find out.

use hotelmate_core::views::{Diagnosis, EventLog, ExportedFile, LogLevel};
use tauri::AppHandle;

use super::{Answer, TheShell};
use crate::export;

#[tauri::command]
pub(super) async fn set_log_level(shell: TheShell<'_>, level: LogLevel) -> Answer<()> {
    shell.desk().await?.set_log_level(level)
}

/// Where the file goes is decided here, as for `export_outbox`.
#[tauri::command]
pub(super) async fn support_file(app: AppHandle, shell: TheShell<'_>) -> Answer<ExportedFile> {
    shell.desk().await?.support_file(export::folder(&app)?).await
}

#[tauri::command]
pub(super) async fn diagnosis(shell: TheShell<'_>) -> Answer<Diagnosis> {
    Ok(shell.desk().await?.diagnosis().await)
}

#[tauri::command]
pub(super) async fn run_checks(shell: TheShell<'_>) -> Answer<()> {
    shell.desk().await?.run_checks().await;
    Ok(())
}

#[tauri::command]
pub(super) async fn event_log(shell: TheShell<'_>, after: u32) -> Answer<EventLog> {
    Ok(shell.desk().await?.event_log(after))
}

#[tauri::command]
pub(super) async fn reveal_event(shell: TheShell<'_>, seq: u32) -> Answer<String> {
    shell.desk().await?.reveal_event(seq)
}

#[tauri::command]
pub(super) async fn note_shown(shell: TheShell<'_>, seq: u32) -> Answer<()> {
    shell.desk().await?.note_shown(seq);
    Ok(())
}
