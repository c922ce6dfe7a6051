//! Clocks in and out as in `contract.md 9.5`: a toggle, by token.
//!
//! It must never be repeated automatically: the second request undoes the first (`contract.md 12`, trap 7).

use axum::extract::Path;
use serde_json::json;

use super::Outcome;
use super::call::{Call, ok};
use crate::clock::{handwritten, to_micros};

pub(crate) async fn toggle(Path(slug): Path<String>, call: Call) -> Outcome {
    let mut staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    staff.is_on_duty = !staff.is_on_duty;
    let now = to_micros(call.now());
    if staff.is_on_duty {
        staff.last_clock_in = Some(now);
    } else {
        staff.last_clock_out = Some(now);
    }
    call.pass_gate().await;
    call.app.store.save(&mut staff, now)?;
    let payload = json!({
        "user_id": staff.user.id,
        "staff_id": staff.id,
        "is_on_duty": staff.is_on_duty,
        // The moment of publishing, slightly later than the stored one.
        "clock_time": handwritten(call.now()),
        "first_name": staff.first_name,
        "last_name": staff.last_name,
        "action": if staff.is_on_duty { "clock_in" } else { "clock_out" },
    });
    call.announce(&staff.hotel_slug, "clock-status-updated", payload).await;
    ok(json!({"success": true, "is_on_duty": staff.is_on_duty, "clock_time": handwritten(call.now())}))
}
