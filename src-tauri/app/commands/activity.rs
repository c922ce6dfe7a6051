//! What colleagues did and guests wrote, and how it is told.

use hotelmate_core::views::{ActivityList, ActivityQuery, NotificationView};

use super::{Answer, TheShell};

#[tauri::command]
pub(super) async fn activities(shell: TheShell<'_>, query: ActivityQuery) -> Answer<ActivityList> {
    shell.desk().await?.activities(query).await
}

#[tauri::command]
pub(super) async fn mark_activities_seen(shell: TheShell<'_>, upto: i64) -> Answer<()> {
    shell.desk().await?.mark_activities_seen(upto).await
}

#[tauri::command]
pub(super) async fn notification_settings(shell: TheShell<'_>) -> Answer<NotificationView> {
    shell.desk().await?.notifications().await
}

#[tauri::command]
pub(super) async fn set_quiet(shell: TheShell<'_>, minutes: Option<u32>) -> Answer<()> {
    shell.desk().await?.set_quiet(minutes).await
}

#[tauri::command]
pub(super) async fn set_sounds(shell: TheShell<'_>, on: bool) -> Answer<()> {
    shell.desk().await?.set_sounds(on).await
}
