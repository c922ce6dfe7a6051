//! Galleries and their pictures.

use hotelmate_core::ids::{DraftId, LocalId};
use hotelmate_core::views::{GalleriesView, NewImage, Place};

use super::{Answer, TheShell};

#[tauri::command]
pub(super) async fn galleries(shell: TheShell<'_>) -> Answer<GalleriesView> {
    shell.desk().await?.galleries().await
}

#[tauri::command]
pub(super) async fn add_images(
    shell: TheShell<'_>,
    gallery: LocalId,
    images: Vec<NewImage>,
    after: Option<LocalId>,
    draft: Option<DraftId>,
) -> Answer<Vec<LocalId>> {
    shell.desk().await?.from_draft(draft).add_images(gallery, images, after).await
}

#[tauri::command]
pub(super) async fn move_image(
    shell: TheShell<'_>,
    gallery: LocalId,
    image: LocalId,
    to: Place,
) -> Answer<()> {
    shell.desk().await?.move_image(gallery, image, to).await
}

#[tauri::command]
pub(super) async fn remove_image(shell: TheShell<'_>, gallery: LocalId, image: LocalId) -> Answer<()> {
    shell.desk().await?.remove_image(gallery, image).await
}

#[tauri::command]
pub(super) async fn undo_remove_image(shell: TheShell<'_>, gallery: LocalId, image: LocalId) -> Answer<()> {
    shell.desk().await?.undo_remove_image(gallery, image).await
}

#[tauri::command]
pub(super) async fn put_back(shell: TheShell<'_>, activity: i64) -> Answer<()> {
    shell.desk().await?.put_back(activity).await
}
