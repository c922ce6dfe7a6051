//! Who is signed in, and how the desk stands.

use hotelmate_core::private::Secret;
use hotelmate_core::views::{Capabilities, DeskStatus, SendReport, SessionView, SignInHints, SignOutChoice};

use super::{Answer, TheShell};

#[tauri::command]
pub(super) async fn session(shell: TheShell<'_>) -> Answer<Option<SessionView>> {
    Ok(shell.desk().await?.session().await)
}

#[tauri::command]
pub(super) async fn sign_in_hints(shell: TheShell<'_>) -> Answer<SignInHints> {
    Ok(shell.desk().await?.sign_in_hints())
}

#[tauri::command]
pub(super) async fn sign_in(
    shell: TheShell<'_>,
    server: String,
    username: String,
    password: Secret,
) -> Answer<SessionView> {
    shell.desk().await?.sign_in(&server, &username, password).await
}

#[tauri::command]
pub(super) async fn sign_in_again(shell: TheShell<'_>, password: Secret) -> Answer<()> {
    shell.desk().await?.sign_in_again(password).await
}

#[tauri::command]
pub(super) async fn sign_out(shell: TheShell<'_>, choice: SignOutChoice) -> Answer<()> {
    shell.desk().await?.sign_out(choice).await
}

#[tauri::command]
pub(super) async fn send_now(shell: TheShell<'_>) -> Answer<SendReport> {
    shell.desk().await?.send_now().await
}

#[tauri::command]
pub(super) async fn status(shell: TheShell<'_>) -> Answer<DeskStatus> {
    Ok(shell.desk().await?.status().await)
}

#[tauri::command]
pub(super) async fn try_now(shell: TheShell<'_>) -> Answer<()> {
    shell.desk().await?.try_now().await;
    Ok(())
}

#[tauri::command]
pub(super) async fn accept_absences(shell: TheShell<'_>) -> Answer<()> {
    shell.desk().await?.accept_absences().await
}

#[tauri::command]
pub(super) async fn capabilities(shell: TheShell<'_>) -> Answer<Capabilities> {
    shell.desk().await?.capabilities().await
}
