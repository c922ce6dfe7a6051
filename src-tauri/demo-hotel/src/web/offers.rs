//! Offers over HTTP (`CONTRACT.md 4`).
//!
//! A write reads the row when the request starts and writes the whole of it at its end, with the image host's time
//! in between. Two requests that overlap lose updates, an upload takes back an edit made while it ran, and it
//! brings a deleted offer back (`CONTRACT.md 12`, traps 12 to 14). None of that is a defect here: it is the server
//! clients have to live with.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::json;

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
        "POST" => create(&call, &staff).await,
        _ => call.other_method("GET, POST, HEAD, OPTIONS"),
    }
}

pub(crate) async fn one(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    match call.verb() {
        "GET" => ok(found(&call, &staff, &id)?.to_staff_json(&call.base())),
        "PATCH" => update(&call, &staff, found(&call, &staff, &id)?, true).await,
        "PUT" => update(&call, &staff, found(&call, &staff, &id)?, false).await,
        "DELETE" => delete(&call, &staff, found(&call, &staff, &id)?).await,
        _ => call.other_method("GET, PUT, PATCH, DELETE, HEAD, OPTIONS"),
    }
}

pub(crate) async fn upload_image(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    if call.verb() != "POST" {
        return call.other_method("POST, OPTIONS");
    }
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
    call.app.store.save_offer(&mut offer, to_micros(call.now()))?;
    let photo_url = offer.photo_url(&call.base());
    let payload = json!({
        "action": "image-updated", "offer_id": offer.id, "offer_title": offer.title, "photo_url": photo_url,
    });
    call.announce(&staff.hotel_slug, "offer-image-updated", payload).await;
    announce_sync(&call, &staff).await;
    ok(json!({"message": "Image uploaded", "photo_url": photo_url}))
}

/// The alias carries no hotel, so nobody's hotel is ever the right one.
pub(crate) async fn alias_without_slug(call: Call) -> Outcome {
    call.user()?;
    Err(Refusal::detail(StatusCode::FORBIDDEN, "You can only access resources from your hotel."))
}

fn found(call: &Call, staff: &Staff, id: &str) -> Result<Offer, Refusal> {
    call.app.store.offer(staff.hotel_id, row_id(id)?)?.ok_or_else(|| Refusal::not_found("Offer"))
}

fn list(call: &Call, staff: &Staff) -> Outcome {
    let store = &call.app.store;
    let page = Page::wanted(call, store.offers_count(staff.hotel_id)?, PAGE_SIZE)?;
    let base = call.base();
    let offers = store.offers_page(staff.hotel_id, page.skip(), page.take())?;
    ok(page.wrap(call, offers.iter().map(|offer| offer.to_staff_json(&base)).collect()))
}

async fn create(call: &Call, staff: &Staff) -> Outcome {
    let changes = Changes::read(&call.input().await?, false)?;
    let offer = Offer { hotel_id: staff.hotel_id, is_active: true, ..Offer::default() };
    let offer = save(call, offer, changes).await?;
    let object = offer.to_staff_json(&call.base());
    call.announce(&staff.hotel_slug, "offer-created", json!({"action": "created", "offer": object})).await;
    announce_sync(call, staff).await;
    created(object)
}

async fn update(call: &Call, staff: &Staff, offer: Offer, partial: bool) -> Outcome {
    let changes = Changes::read(&call.input().await?, partial)?;
    let offer = save(call, offer, changes).await?;
    let object = offer.to_staff_json(&call.base());
    call.announce(&staff.hotel_slug, "offer-updated", json!({"action": "updated", "offer": object})).await;
    announce_sync(call, staff).await;
    ok(object)
}

async fn delete(call: &Call, staff: &Staff, offer: Offer) -> Outcome {
    call.pass_gate().await;
    call.app.store.delete_offer(offer.id)?;
    let payload = json!({"action": "deleted", "offer_id": offer.id, "offer_title": offer.title});
    call.announce(&staff.hotel_slug, "offer-deleted", payload).await;
    announce_sync(call, staff).await;
    no_content()
}

async fn announce_sync(call: &Call, staff: &Staff) {
    call.announce(&staff.hotel_slug, "offers-updated", json!({"action": "sync"})).await;
}

/// Applies the changes to the row as it was read and writes it whole.
async fn save(call: &Call, mut offer: Offer, changes: Changes) -> Result<Offer, Refusal> {
    let picture = match &changes.photo {
        PhotoChange::File(file) => Some(
            pictures::inspect(file.clone())
                .await
                .map_err(|reason| Refusal::Crash(format!("Error: {reason}")))?,
        ),
        _ => None,
    };
    changes.apply(&mut offer);
    call.pass_gate().await;
    if let Some(picture) = picture {
        offer.photo = Some(pictures::keep(call, &picture)?);
    }
    call.app.store.save_offer(&mut offer, to_micros(call.now()))?;
    Ok(offer)
}

/// What a request changes; `None` leaves a field as it is.
struct Changes {
    title: Option<String>,
    short_description: Option<String>,
    details_text: Option<String>,
    details_html: Option<String>,
    valid_from: Option<Option<String>>,
    valid_to: Option<Option<String>>,
    tag: Option<String>,
    book_now_url: Option<String>,
    photo: PhotoChange,
    sort_order: Option<i64>,
    is_active: Option<bool>,
}

impl Changes {
    fn read(input: &Input, partial: bool) -> Result<Self, Refusal> {
        let mut check = Checker::new(input, partial);
        let changes = Self {
            title: check.text("title", Text::REQUIRED.max(200)),
            short_description: check.text("short_description", Text::REQUIRED),
            details_text: check.text("details_text", Text::OPTIONAL),
            details_html: check.text("details_html", Text::OPTIONAL),
            valid_from: check.date("valid_from"),
            valid_to: check.date("valid_to"),
            tag: check.text("tag", Text::OPTIONAL.max(50)),
            book_now_url: check.url("book_now_url", Text::OPTIONAL.max(200)).flatten(),
            photo: check.photo("photo"),
            sort_order: check.integer("sort_order", 0),
            is_active: check.boolean("is_active"),
        };
        check.finish()?;
        Ok(changes)
    }

    /// Everything but a picture file, which has to be stored first.
    fn apply(self, offer: &mut Offer) {
        set(&mut offer.title, self.title);
        set(&mut offer.short_description, self.short_description);
        set(&mut offer.details_text, self.details_text);
        set(&mut offer.details_html, self.details_html);
        set(&mut offer.valid_from, self.valid_from);
        set(&mut offer.valid_to, self.valid_to);
        set(&mut offer.tag, self.tag);
        set(&mut offer.book_now_url, self.book_now_url);
        set(&mut offer.sort_order, self.sort_order);
        set(&mut offer.is_active, self.is_active);
        match self.photo {
            PhotoChange::Keep | PhotoChange::File(_) => {}
            PhotoChange::Clear => offer.photo = None,
            PhotoChange::Path(path) => offer.photo = Some(path),
        }
    }
}
