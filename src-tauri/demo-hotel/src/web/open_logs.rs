//! The people who are on duty, at the server of 2025-11-25 (`contract.md 9.1`).

use serde_json::json;

use super::Outcome;
use super::call::Call;
use super::paging::page;
use super::refusal::Refusal;
use super::staff::department;
use crate::clock::serialized;
use crate::query;

const PAGE_SIZE: u32 = 10;

/// Returns the open logs of a hotel, to every signed-in person of any hotel. Each person on duty has one; its number is
/// that of the person.
pub(crate) async fn currently_clocked_in(call: Call) -> Outcome {
    call.user()?;
    call.only("GET, HEAD, OPTIONS")?;
    let slug = query::value(call.uri.query(), "hotel_slug")
        .ok_or_else(|| Refusal::error(axum::http::StatusCode::BAD_REQUEST, "hotel_slug is required."))?;
    let mut people = match call.app.store.hotel_id(&slug)? {
        Some(hotel) => call.app.store.staff_of_hotel(hotel)?,
        None => Vec::new(),
    };
    people.retain(|staff| staff.is_on_duty);
    page(&call, people, PAGE_SIZE, |staff| {
        let department = department(staff.department);
        json!({
            "id": staff.id,
            "staff": staff.id,
            "staff_name": staff.full_name(),
            "hotel": staff.hotel_id,
            "hotel_slug": staff.hotel_slug,
            "time_in": staff.last_clock_in.map(serialized),
            "time_out": null,
            "verified_by_face": true,
            "location_note": null,
            "auto_clock_out": false,
            "department": {"name": department.name, "slug": department.slug},
        })
    })
}
