//! The clock.

use hotelmate_core::views::DutyView;

use super::{Answer, TheShell};

#[tauri::command]
pub(super) async fn duty(shell: TheShell<'_>) -> Answer<DutyView> {
    shell.desk().await?.duty().await
}

#[tauri::command]
pub(super) async fn intend_duty(shell: TheShell<'_>, on: bool) -> Answer<()> {
    shell.desk().await?.intend_duty(on).await
}

#[tauri::command]
pub(super) async fn cancel_duty_intent(shell: TheShell<'_>) -> Answer<()> {
    shell.desk().await?.cancel_duty_intent().await
}

#[tauri::command]
pub(super) async fn dismiss_duty_notice(shell: TheShell<'_>) -> Answer<()> {
    shell.desk().await?.dismiss_duty_notice().await
}
