//! Offers: their list, and their HTML made harmless.

use hotelmate_core::ids::LocalId;
use hotelmate_core::views::{OfferDetail, OfferList, OfferQuery};

use super::{Answer, TheShell};

#[tauri::command]
pub(super) async fn offers(shell: TheShell<'_>, query: OfferQuery) -> Answer<OfferList> {
    shell.desk().await?.offers(query).await
}

#[tauri::command]
pub(super) async fn offer(shell: TheShell<'_>, id: LocalId) -> Answer<OfferDetail> {
    shell.desk().await?.offer(id).await
}

#[tauri::command]
pub(super) async fn sanitise_html(shell: TheShell<'_>, html: String) -> Answer<String> {
    Ok(shell.desk().await?.sanitise_html(&html))
}
