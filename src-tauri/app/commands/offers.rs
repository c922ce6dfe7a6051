//! Offers: their list, and their HTML made harmless.

use hotelmate_core::ids::LocalId;
use hotelmate_core::views::{OfferDetail, OfferList, OfferQuery};
use tauri::State;

use super::Answer;
use crate::shell::Shell;

#[tauri::command]
pub(super) async fn offers(shell: State<'_, Shell>, query: OfferQuery) -> Answer<OfferList> {
    shell.desk().await?.offers(query).await
}

#[tauri::command]
pub(super) async fn offer(shell: State<'_, Shell>, id: LocalId) -> Answer<OfferDetail> {
    shell.desk().await?.offer(id).await
}

#[tauri::command]
pub(super) async fn sanitise_html(shell: State<'_, Shell>, html: String) -> Answer<String> {
    Ok(shell.desk().await?.sanitise_html(&html))
}
