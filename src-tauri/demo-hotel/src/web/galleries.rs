//! Gallery objects with images (`contract.md 5.2`), as in the dialect `galleries`.
//!
//! Creating, renaming and deleting a gallery sends no event. The events of images have neither image nor order, and no
//! request can change or delete a single image. Clients have to handle such a server.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Outcome;
use super::call::{Call, created, no_content, ok, row_id};
use super::paging::page;
use super::pictures;
use super::refusal::Refusal;
use super::validate::{Checker, Text, set};
use crate::clock::to_micros;
use crate::store::galleries::{Gallery, Image};
use crate::store::people::Staff;

/// Galleries on one page of the list.
const PAGE_SIZE: u32 = 10;
const CATEGORIES: [&str; 8] =
    ["rooms", "facilities", "dining", "spa", "events", "exterior", "activities", "other"];

pub(crate) async fn collection(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    match call.verb() {
        "GET" => {
            let (galleries, base) = (call.app.store.galleries(staff.hotel_id)?, call.base());
            page(&call, galleries, PAGE_SIZE, |gallery| gallery.to_json(&base))
        }
        "POST" => {
            let gallery = Gallery {
                hotel_id: staff.hotel_id,
                hotel_slug: staff.hotel_slug.clone(),
                category: "other".to_owned(),
                is_active: true,
                ..Gallery::default()
            };
            created(save(&call, gallery, false).await?.to_short_json())
        }
        _ => Err(call.other_method("GET, POST, HEAD, OPTIONS")),
    }
}

pub(crate) async fn one(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    match call.verb() {
        "GET" => ok(found(&call, &staff, &id)?.to_json(&call.base())),
        verb @ ("PATCH" | "PUT") => {
            let gallery = found(&call, &staff, &id)?;
            ok(save(&call, gallery, verb == "PATCH").await?.to_short_json())
        }
        "DELETE" => {
            let gallery = found(&call, &staff, &id)?;
            call.pass_gate().await;
            call.app.store.delete::<Gallery>(gallery.id)?;
            no_content()
        }
        _ => Err(call.other_method("GET, PUT, PATCH, DELETE, HEAD, OPTIONS")),
    }
}

pub(crate) async fn upload_image(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let gallery = found(&call, &staff, &id)?;
    let input = call.input().await?;
    let Some(file) = input.files.get("image") else {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "No image file provided"));
    };
    let mut check = Checker::new(&input, false);
    let mut image = Image {
        gallery_id: gallery.id,
        caption: check.text("caption", Text::OPTIONAL.max(255)).unwrap_or_default(),
        alt_text: check.text("alt_text", Text::OPTIONAL.max(255)).unwrap_or_default(),
        display_order: check.integer("display_order", 0).unwrap_or_default(),
        is_featured: check.boolean("is_featured").unwrap_or_default(),
        ..Image::default()
    };
    check.finish()?;
    let refused = |reason| Refusal::Crash(format!("Error: {reason}"));
    let picture = pictures::inspect(file.clone()).await.map_err(refused)?;
    call.pass_gate().await;
    image.image = pictures::keep(&call, &picture)?;
    call.app.store.save(&mut image, to_micros(call.now()))?;
    let payload = json!({
        "gallery_id": gallery.id,
        "gallery_name": gallery.name,
        "action": "image_added",
        // Counted when the gallery was read, and so one too low.
        "image_count": gallery.images.len(),
    });
    call.announce(&staff.hotel_slug, "gallery-updated", payload).await;
    created(image.to_json_without_url())
}

pub(crate) async fn reorder_images(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let gallery = found(&call, &staff, &id)?;
    let input = call.input().await?;
    let wanted = match input.values.get("image_ids") {
        None => &Vec::new(),
        Some(Value::Array(wanted)) => wanted,
        Some(_) => return Err(Refusal::error(StatusCode::BAD_REQUEST, "image_ids must be a list")),
    };
    call.pass_gate().await;
    // An unknown id also uses up a number, and images that are not named keep theirs: numbers collide.
    for (place, id) in (0..).zip(wanted) {
        call.app.store.place_gallery_image(gallery.id, image_id(id)?, place)?;
    }
    let payload =
        json!({"gallery_id": gallery.id, "gallery_name": gallery.name, "action": "images_reordered"});
    call.announce(&staff.hotel_slug, "gallery-updated", payload).await;
    ok(json!({"message": "Images reordered successfully"}))
}

/// Handles one image, which can be read. It cannot be changed or deleted: the check of its hotel looks for a field that
/// images do not have, and so refuses every request.
pub(crate) async fn image(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    let found = || -> Result<Image, Refusal> {
        let image = call.app.store.gallery_image(staff.hotel_id, row_id(&id)?)?;
        image.ok_or_else(|| Refusal::not_found("GalleryImage"))
    };
    match call.verb() {
        "GET" => ok(found()?.to_json(&call.base())),
        "PUT" | "PATCH" | "DELETE" => {
            found()?;
            let text = "You can only access resources from your hotel.";
            Err(Refusal::detail(StatusCode::FORBIDDEN, text))
        }
        _ => Err(call.other_method("GET, PUT, PATCH, DELETE, HEAD, OPTIONS")),
    }
}

fn found(call: &Call, staff: &Staff, id: &str) -> Result<Gallery, Refusal> {
    call.app.store.gallery(staff.hotel_id, row_id(id)?)?.ok_or_else(|| Refusal::not_found("Gallery"))
}

/// Returns an image's id in a list. A value that is not a number ends the request at that place.
fn image_id(value: &Value) -> Result<i64, Refusal> {
    let number = value.as_i64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()));
    number.ok_or_else(|| Refusal::Crash(format!("ValueError: Field 'id' expected a number but got {value}.")))
}

/// Changes the row by the request and writes it whole. No check finds a name that is taken: the database refuses it,
/// and that is a 500.
async fn save(call: &Call, mut gallery: Gallery, partial: bool) -> Result<Gallery, Refusal> {
    let input = call.input().await?;
    let mut check = Checker::new(&input, partial);
    set(&mut gallery.name, check.text("name", Text::REQUIRED.max(100)));
    set(&mut gallery.category, check.choice("category", &CATEGORIES));
    set(&mut gallery.description, check.text("description", Text::OPTIONAL));
    set(&mut gallery.is_active, check.boolean("is_active"));
    set(&mut gallery.display_order, check.integer("display_order", 0));
    check.finish()?;
    call.pass_gate().await;
    gallery.updated_at = to_micros(call.now());
    call.app.store.save(&mut gallery, to_micros(call.now()))?;
    Ok(gallery)
}
