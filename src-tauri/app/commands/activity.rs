//! What colleagues did and guests wrote, and how it is told.

use hotelmate_core::views::{FactList, FactQuery, NotificationView};
use tauri::State;

use super::Answer;
use crate::shell::Shell;

#[tauri::command]
pub(super) async fn facts(shell: State<'_, Shell>, query: FactQuery) -> Answer<FactList> {
    shell.desk().await?.facts(query).await
}

#[tauri::command]
pub(super) async fn mark_facts_seen(shell: State<'_, Shell>, upto: i64) -> Answer<()> {
    shell.desk().await?.mark_facts_seen(upto).await
}

#[tauri::command]
pub(super) async fn notification_settings(shell: State<'_, Shell>) -> Answer<NotificationView> {
    shell.desk().await?.notifications().await
}

#[tauri::command]
pub(super) async fn set_quiet(shell: State<'_, Shell>, minutes: Option<u32>) -> Answer<()> {
    shell.desk().await?.set_quiet(minutes).await
}

#[tauri::command]
pub(super) async fn set_sounds(shell: State<'_, Shell>, on: bool) -> Answer<()> {
    shell.desk().await?.set_sounds(on).await
}
