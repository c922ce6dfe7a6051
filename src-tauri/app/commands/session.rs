//! Who is signed in, and how the desk stands.

use hotelmate_core::private::Secret;
use hotelmate_core::views::{Abilities, DeskStatus, SendReport, SessionView, SignInHints, SignOutChoice};
use tauri::State;

use super::Answer;
use crate::shell::Shell;

#[tauri::command]
pub(super) async fn session(shell: State<'_, Shell>) -> Answer<Option<SessionView>> {
    Ok(shell.desk().await?.session().await)
}

#[tauri::command]
pub(super) async fn sign_in_hints(shell: State<'_, Shell>) -> Answer<SignInHints> {
    Ok(shell.desk().await?.sign_in_hints())
}

#[tauri::command]
pub(super) async fn sign_in(
    shell: State<'_, Shell>,
    server: String,
    username: String,
    password: Secret,
) -> Answer<SessionView> {
    shell.desk().await?.sign_in(&server, &username, password).await
}

#[tauri::command]
pub(super) async fn sign_in_again(shell: State<'_, Shell>, password: Secret) -> Answer<()> {
    shell.desk().await?.sign_in_again(password).await
}

#[tauri::command]
pub(super) async fn sign_out(shell: State<'_, Shell>, choice: SignOutChoice) -> Answer<()> {
    shell.desk().await?.sign_out(choice).await
}

#[tauri::command]
pub(super) async fn send_now(shell: State<'_, Shell>) -> Answer<SendReport> {
    shell.desk().await?.send_now().await
}

#[tauri::command]
pub(super) async fn status(shell: State<'_, Shell>) -> Answer<DeskStatus> {
    Ok(shell.desk().await?.status().await)
}

#[tauri::command]
pub(super) async fn try_now(shell: State<'_, Shell>) -> Answer<()> {
    shell.desk().await?.try_now().await;
    Ok(())
}

#[tauri::command]
pub(super) async fn accept_absences(shell: State<'_, Shell>) -> Answer<()> {
    shell.desk().await?.accept_absences().await
}

#[tauri::command]
pub(super) async fn abilities(shell: State<'_, Shell>) -> Answer<Abilities> {
    shell.desk().await?.abilities().await
}
