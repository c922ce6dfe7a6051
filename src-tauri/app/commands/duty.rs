//! The clock.

use hotelmate_core::views::DutyView;
use tauri::State;

use super::Answer;
use crate::shell::Shell;

#[tauri::command]
pub(super) async fn duty(shell: State<'_, Shell>) -> Answer<DutyView> {
    shell.desk().await?.duty().await
}

#[tauri::command]
pub(super) async fn wish_duty(shell: State<'_, Shell>, on: bool) -> Answer<()> {
    shell.desk().await?.wish_duty(on).await
}

#[tauri::command]
pub(super) async fn cancel_duty_wish(shell: State<'_, Shell>) -> Answer<()> {
    shell.desk().await?.cancel_duty_wish().await
}

#[tauri::command]
pub(super) async fn dismiss_duty_notice(shell: State<'_, Shell>) -> Answer<()> {
    shell.desk().await?.dismiss_duty_notice().await
}
