//! Room types over HTTP (`contract.md 7`). Only a new picture sends an event.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Outcome;
use super::body::Input;
use super::call::{Call, created, no_content, ok, row_id};
use super::current::{may, not_permitted};
use super::paging::page;
use super::pictures;
use super::refusal::Refusal;
use super::validate::{Checker, PhotoChange, Text, set};
use crate::clock::to_micros;
use crate::options::Dialect;
use crate::store::people::Staff;
use crate::store::pictures::photo_url;
use crate::store::room_types::RoomType;

/// Room types on one page of the list.
const PAGE_SIZE: u32 = 10;

pub(crate) async fn collection(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = allowed(&call, &slug)?;
    match call.verb() {
        "GET" => {
            let (rooms, base) = (call.app.store.list(staff.hotel_id)?, call.base());
            page(&call, rooms, PAGE_SIZE, |room: &RoomType| room.to_json(&base))
        }
        "POST" => {
            let room = RoomType {
                hotel_id: staff.hotel_id,
                max_occupancy: 2,
                currency: "EUR".to_owned(),
                is_active: true,
                ..RoomType::default()
            };
            created(save(&call, room, false).await?.to_json(&call.base()))
        }
        _ => Err(call.other_method("GET, POST, HEAD, OPTIONS")),
    }
}

pub(crate) async fn one(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = allowed(&call, &slug)?;
    let found = || -> Result<RoomType, Refusal> {
        call.app.store.find(staff.hotel_id, row_id(&id)?)?.ok_or_else(|| Refusal::not_found("RoomType"))
    };
    match call.verb() {
        "GET" => ok(found()?.to_json(&call.base())),
        verb @ ("PATCH" | "PUT") => ok(save(&call, found()?, verb == "PATCH").await?.to_json(&call.base())),
        "DELETE" => {
            let room = found()?;
            call.pass_gate().await;
            call.app.store.delete::<RoomType>(room.id)?;
            no_content()
        }
        _ => Err(call.other_method("GET, PUT, PATCH, DELETE, HEAD, OPTIONS")),
    }
}

pub(crate) async fn upload_image(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = allowed(&call, &slug)?;
    call.only("POST, OPTIONS")?;
    let input = call.input().await?;
    // The view catches every error, the missing row too, and answers with a failed request.
    let failed = |text: String| Refusal::Error(StatusCode::INTERNAL_SERVER_ERROR, text);
    let number = row_id(&id)
        .map_err(|_| failed(format!("Request failed: Field 'id' expected a number but got '{id}'.")))?;
    let Some(mut room) = call.app.store.find::<RoomType>(staff.hotel_id, number)? else {
        return Err(failed("Request failed: No RoomType matches the given query.".to_owned()));
    };
    let bad = |text| Refusal::error(StatusCode::BAD_REQUEST, text);
    if let Some(file) = input.files.get("photo") {
        let picture = pictures::inspect(file.clone())
            .await
            .map_err(|reason| failed(format!("Upload failed: {reason}")))?;
        call.pass_gate().await;
        room.photo = Some(pictures::keep(&call, &picture)?);
        call.app.store.save(&mut room, to_micros(call.now()))?;
        let url = photo_url(&call.base(), room.photo.as_deref());
        // The timestamp is always null: contract.md 7.
        let payload = json!({"room_type_id": room.id, "photo_url": url, "timestamp": null});
        call.announce(&slug, "room-type-image-updated", payload).await;
        return ok(json!({"message": "Image uploaded successfully", "photo_url": url}));
    }
    match input.values.get("photo_url") {
        None => Err(bad("Please provide either a photo file or photo_url")),
        Some(Value::String(url)) if !url.trim().is_empty() => {
            call.pass_gate().await;
            room.photo = Some(format!("image/upload/{url}"));
            call.app.store.save(&mut room, to_micros(call.now()))?;
            ok(json!({"message": "Image URL saved successfully", "photo_url": url}))
        }
        Some(_) => Err(bad("photo_url cannot be empty")),
    }
}

/// Refuses people without the right to write at the server of 2026-05.
fn allowed(call: &Call, slug: &str) -> Result<Staff, Refusal> {
    let staff = call.staff(slug)?;
    let writes = !["GET", "OPTIONS"].contains(&call.verb());
    if call.app.dialect == Dialect::Current && writes && !may(&staff, "room.type.manage") {
        return Err(not_permitted("room.type.manage"));
    }
    Ok(staff)
}

async fn save(call: &Call, mut room: RoomType, partial: bool) -> Result<RoomType, Refusal> {
    let photo = change(&call.input().await?, partial, &mut room)?;
    pictures::change(call, photo, &mut room.photo).await?;
    call.app.store.save(&mut room, to_micros(call.now()))?;
    Ok(room)
}

/// Changes the row by the request, all but its picture.
fn change(input: &Input, partial: bool, room: &mut RoomType) -> Result<PhotoChange, Refusal> {
    let mut check = Checker::new(input, partial);
    let texts = [
        (&mut room.code, "code", Text::OPTIONAL.max(50)),
        (&mut room.name, "name", Text::REQUIRED.max(200)),
        (&mut room.short_description, "short_description", Text::OPTIONAL),
        (&mut room.bed_setup, "bed_setup", Text::OPTIONAL.max(100)),
        (&mut room.currency, "currency", Text { blank: false, ..Text::OPTIONAL }.max(3)),
        (&mut room.booking_code, "booking_code", Text::OPTIONAL.max(50)),
        (&mut room.availability_message, "availability_message", Text::OPTIONAL.max(100)),
    ];
    for (slot, field, rule) in texts {
        set(slot, check.text(field, rule));
    }
    set(&mut room.booking_url, check.url("booking_url", Text::OPTIONAL.max(200)).flatten());
    if !partial && !input.values.contains_key("starting_price_from") {
        check.refuse::<()>("starting_price_from", "This field is required.");
    }
    set(&mut room.starting_price_from, check.decimal("starting_price_from", 2, false).flatten());
    set(&mut room.max_occupancy, check.integer("max_occupancy", 0));
    set(&mut room.sort_order, check.integer("sort_order", 0));
    set(&mut room.is_active, check.boolean("is_active"));
    let photo = check.photo("photo");
    check.finish()?;
    Ok(photo)
}
