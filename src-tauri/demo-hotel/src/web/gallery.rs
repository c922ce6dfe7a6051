//! The flat gallery of the documents (`contract.md 5.1`): a list of addresses that the last writer replaces.
//!
//! The hotel's own addresses are stored without host and port, so that a hotel that moves to another port keeps its
//! pictures; all other values are stored unchanged, even if they are not texts.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Outcome;
use super::call::{Call, created, ok};
use super::pictures;
use super::refusal::Refusal;
use crate::store::pictures::photo_url;

pub(crate) async fn upload(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let input = call.input().await?;
    let Some(file) = input.files.get("image") else {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "No image file provided"));
    };
    let refused =
        |reason| Refusal::Error(StatusCode::INTERNAL_SERVER_ERROR, format!("Upload failed: {reason}"));
    let picture = pictures::inspect(file.clone()).await.map_err(refused)?;
    call.pass_gate().await;
    let path = pictures::keep(&call, &picture)?;
    let url = photo_url(&call.base(), Some(&path));
    let file_name = path.rsplit('/').next().unwrap_or_default();
    let public_id = file_name.split('.').next().unwrap_or_default();
    // The picture is stored, but not in the gallery: that takes a reorder.
    call.announce(&staff.hotel_slug, "gallery-image-uploaded", json!({"url": url, "public_id": public_id}))
        .await;
    created(json!({"url": url, "public_id": public_id, "message": "Image uploaded successfully"}))
}

pub(crate) async fn reorder(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let input = call.input().await?;
    let Some(Value::Array(wanted)) = input.values.get("gallery") else {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "gallery must be a list"));
    };
    let gallery = stored(&call.base(), wanted);
    call.pass_gate().await;
    call.app.store.save_flat_gallery(staff.hotel_id, &gallery)?;
    let gallery = shown(&call.base(), &gallery);
    call.announce(&staff.hotel_slug, "gallery-reordered", json!({"gallery": gallery})).await;
    ok(json!({"message": "Gallery reordered successfully", "gallery": gallery}))
}

pub(crate) async fn remove(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("DELETE, OPTIONS")?;
    let input = call.input().await?;
    let Some(url) = input.values.get("url").filter(|url| !url.is_null()) else {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "No URL provided"));
    };
    let wanted = stored(&call.base(), std::slice::from_ref(url));
    let mut gallery = call.app.store.settings(staff.hotel_id)?.gallery;
    let Some(place) = gallery.iter().position(|entry| wanted.contains(entry)) else {
        return Err(Refusal::error(StatusCode::NOT_FOUND, "URL not found in gallery"));
    };
    gallery.remove(place);
    call.pass_gate().await;
    call.app.store.save_flat_gallery(staff.hotel_id, &gallery)?;
    // No event: contract.md 5.1.
    ok(json!({"message": "Image removed from gallery", "gallery": shown(&call.base(), &gallery)}))
}

/// Returns entries in their stored form.
pub(crate) fn stored(base: &str, entries: &[Value]) -> Vec<Value> {
    let own = format!("{base}/media/");
    let shorten = |entry: &Value| match entry.as_str().and_then(|text| text.strip_prefix(&own)) {
        Some(path) => Value::from(path),
        None => entry.clone(),
    };
    entries.iter().map(shorten).collect()
}

/// Returns entries in their visible form.
pub(crate) fn shown(base: &str, entries: &[Value]) -> Vec<Value> {
    let lengthen = |entry: &Value| match entry.as_str().filter(|text| text.starts_with("image/upload/")) {
        Some(path) => Value::from(photo_url(base, Some(path))),
        None => entry.clone(),
    };
    entries.iter().map(lengthen).collect()
}
