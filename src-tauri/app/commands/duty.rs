//! The clock.

use hotelmate_core::views::DutyView;

use super::{Answer, TheShell};

#[tauri::command]
pub(super) async fn duty(shell: TheShell<'_>) -> Answer<DutyView> {
    shell.desk().await?.duty().await
}

#[tauri::command]
pub(super) async fn wish_duty(shell: TheShell<'_>, on: bool) -> Answer<()> {
    shell.desk().await?.wish_duty(on).await
}

#[tauri::command]
pub(super) async fn cancel_duty_wish(shell: TheShell<'_>) -> Answer<()> {
    shell.desk().await?.cancel_duty_wish().await
}

#[tauri::command]
pub(super) async fn dismiss_duty_notice(shell: TheShell<'_>) -> Answer<()> {
    shell.desk().await?.dismiss_duty_notice().await
}
