//! Offers over HTTP (`contract.md 4`).
//!
//! A write reads the row when the request starts and writes all of it at its end, with the image host's time in
//! between. Two requests that overlap lose updates, an upload undoes an edit made while it ran, and it brings a deleted
//! offer back (`contract.md 12`, traps 12 to 14). This is not a defect here: clients have to handle such a server.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Outcome;
use super::body::Input;
use super::call::{Call, created, no_content, ok, row_id};
use super::paging::Page;
use super::pictures;
use super::refusal::Refusal;
use super::validate::{Checker, PhotoChange, Text, set};
use crate::clock::to_micros;
use crate::store::offers::Offer;
use crate::store::people::Staff;

/// Offers on one page of the list.
const PAGE_SIZE: u32 = 10;

pub(crate) async fn collection(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    match call.verb() {
        "GET" => list(&call, &staff),
        "POST" => {
            let offer = Offer { hotel_id: staff.hotel_id, is_active: true, ..Offer::default() };
            created(write(&call, &staff, offer, false).await?)
        }
        _ => Err(call.other_method("GET, POST, HEAD, OPTIONS")),
    }
}

pub(crate) async fn one(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    match call.verb() {
        "GET" => ok(found(&call, &staff, &id)?.to_staff_json(&call.base())),
        verb @ ("PATCH" | "PUT") => {
            ok(write(&call, &staff, found(&call, &staff, &id)?, verb == "PATCH").await?)
        }
        "DELETE" => delete(&call, &staff, found(&call, &staff, &id)?).await,
        _ => Err(call.other_method("GET, PUT, PATCH, DELETE, HEAD, OPTIONS")),
    }
}

pub(crate) async fn upload_image(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let mut offer = found(&call, &staff, &id)?;
    let input = call.input().await?;
    let Some(file) = input.files.get("photo") else {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "No photo file provided"));
    };
    let refused =
        |reason| Refusal::Error(StatusCode::INTERNAL_SERVER_ERROR, format!("Upload failed: {reason}"));
    let picture = pictures::inspect(file.clone()).await.map_err(refused)?;
    call.pass_gate().await;
    offer.photo = Some(pictures::keep(&call, &picture)?);
    call.app.store.save(&mut offer, to_micros(call.now()))?;
    let photo_url = offer.photo_url(&call.base());
    let payload = json!({
        "action": "image-updated", "offer_id": offer.id, "offer_title": offer.title, "photo_url": photo_url,
    });
    call.announce(&staff.hotel_slug, "offer-image-updated", payload).await;
    announce_sync(&call, &staff).await;
    ok(json!({"message": "Image uploaded", "photo_url": photo_url}))
}

/// The alias has no hotel in its path, so no staff member belongs to it.
pub(crate) async fn alias_without_slug(call: Call) -> Outcome {
    call.user()?;
    Err(Refusal::detail(StatusCode::FORBIDDEN, "You can only access resources from your hotel."))
}

fn found(call: &Call, staff: &Staff, id: &str) -> Result<Offer, Refusal> {
    call.app.store.find(staff.hotel_id, row_id(id)?)?.ok_or_else(|| Refusal::not_found("Offer"))
}

fn list(call: &Call, staff: &Staff) -> Outcome {
    let store = &call.app.store;
    let page = Page::wanted(call, store.count::<Offer>(staff.hotel_id)?, PAGE_SIZE)?;
    let base = call.base();
    let offers: Vec<Offer> = store.page(staff.hotel_id, page.skip(), page.take())?;
    ok(page.wrap(call, offers.iter().map(|offer| offer.to_staff_json(&base)).collect()))
}

/// Saves a new offer, or the changes to an existing one, and publishes the event.
async fn write(call: &Call, staff: &Staff, offer: Offer, partial: bool) -> Result<Value, Refusal> {
    let action = if offer.id == 0 { "created" } else { "updated" };
    let offer = save(call, offer, partial).await?.to_staff_json(&call.base());
    let payload = json!({"action": action, "offer": offer});
    call.announce(&staff.hotel_slug, &format!("offer-{action}"), payload).await;
    announce_sync(call, staff).await;
    Ok(offer)
}

async fn delete(call: &Call, staff: &Staff, offer: Offer) -> Outcome {
    call.pass_gate().await;
    call.app.store.delete::<Offer>(offer.id)?;
    let payload = json!({"action": "deleted", "offer_id": offer.id, "offer_title": offer.title});
    call.announce(&staff.hotel_slug, "offer-deleted", payload).await;
    announce_sync(call, staff).await;
    no_content()
}

async fn announce_sync(call: &Call, staff: &Staff) {
    call.announce(&staff.hotel_slug, "offers-updated", json!({"action": "sync"})).await;
}

/// Changes the row as it was read and writes it whole.
async fn save(call: &Call, mut offer: Offer, partial: bool) -> Result<Offer, Refusal> {
    let photo = change(&call.input().await?, partial, &mut offer)?;
    pictures::change(call, photo, &mut offer.photo).await?;
    call.app.store.save(&mut offer, to_micros(call.now()))?;
    Ok(offer)
}

/// Changes the row by the request, all but its picture.
fn change(input: &Input, partial: bool, offer: &mut Offer) -> Result<PhotoChange, Refusal> {
    let mut check = Checker::new(input, partial);
    set(&mut offer.title, check.text("title", Text::REQUIRED.max(200)));
    set(&mut offer.short_description, check.text("short_description", Text::REQUIRED));
    set(&mut offer.details_text, check.text("details_text", Text::OPTIONAL));
    set(&mut offer.details_html, check.text("details_html", Text::OPTIONAL));
    set(&mut offer.valid_from, check.date("valid_from"));
    set(&mut offer.valid_to, check.date("valid_to"));
    set(&mut offer.tag, check.text("tag", Text::OPTIONAL.max(50)));
    set(&mut offer.book_now_url, check.url("book_now_url", Text::OPTIONAL.max(200)).flatten());
    set(&mut offer.sort_order, check.integer("sort_order", 0));
    set(&mut offer.is_active, check.boolean("is_active"));
    let photo = check.photo("photo");
    check.finish()?;
    Ok(photo)
}
