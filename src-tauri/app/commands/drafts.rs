//! What was typed and not saved.

use hotelmate_core::ids::DraftId;
use hotelmate_core::views::{Draft, DraftView};
use tauri::State;

use super::{Answer, TheShell};
use crate::page::Page;

#[tauri::command]
pub(super) async fn drafts(shell: TheShell<'_>) -> Answer<Vec<DraftView>> {
    shell.desk().await?.drafts().await
}

#[tauri::command]
pub(super) async fn save_draft(shell: TheShell<'_>, draft: Draft) -> Answer<()> {
    shell.desk().await?.save_draft(draft).await
}

#[tauri::command]
pub(super) async fn discard_draft(shell: TheShell<'_>, id: DraftId) -> Answer<()> {
    shell.desk().await?.discard_draft(id).await
}

/// The page's answer to a question of the shell. It needs no desk.
#[tauri::command]
pub(super) fn answer_shell(page: State<'_, Page>, number: u32) {
    page.answered(number);
}
