//! The clock of the server of 2026-05 (`contract.md 9.3`), as far as it needs no face: none of this is a toggle.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Outcome;
use super::call::{Call, created, ok, row_id};
use super::current::{may, not_permitted, slug_of};
use super::paging::page;
use super::refusal::Refusal;
use super::staff::{department, role};
use crate::clock::{handwritten, serialized, to_micros};
use crate::store::clock_logs::ClockLog;
use crate::store::people::Staff;

const PAGE_SIZE: u32 = 10;

/// There is a route of this name no more, but another one answers in its place.
pub(crate) async fn no_toggle(Path(slug): Path<String>, call: Call) -> Outcome {
    call.staff(&slug)?;
    Err(call.other_method("GET, PUT, PATCH, DELETE, HEAD, OPTIONS"))
}

/// The hotel's logs; one's own only, without the right to read all.
pub(crate) async fn logs(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    if call.verb() != "GET" {
        return Err(call.other_method("GET, POST, HEAD, OPTIONS"));
    }
    let mut logs = call.app.store.clock_logs(staff.hotel_id)?;
    logs.retain(|log| log.staff_id == staff.id || may(&staff, "attendance.log.read_all"));
    let people = call.app.store.staff_of_hotel(staff.hotel_id)?;
    let owner = |log: &ClockLog| people.iter().find(|who| who.id == log.staff_id);
    page(&call, logs, PAGE_SIZE, |log| owner(log).map(|who| shown(log, who)).into())
}

pub(crate) async fn status(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    let moment = |micros: Option<i64>| micros.map(serialized);
    ok(match (staff.is_on_duty, staff.last_clock_in) {
        (true, since) => json!({"status": "clocked_in", "since": moment(since)}),
        (false, None) => json!({"status": "not_clocked_in"}),
        (false, _) => json!({"status": "clocked_out", "last_log": moment(staff.last_clock_out)}),
    })
}

/// On duty, without a face and without a roster.
pub(crate) async fn unrostered_confirm(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let input = call.input().await?;
    let whose = input.values.get("staff_id").and_then(Value::as_i64);
    let whose = whose.ok_or_else(|| Refusal::error(StatusCode::BAD_REQUEST, "staff_id is required."))?;
    if whose != staff.id && !may(&staff, "attendance.log.read_all") {
        return Err(not_permitted("attendance.clock.others"));
    }
    let mut who = owner(&call, &staff, whose)?;
    if who.is_on_duty {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "Staff member is already clocked in."));
    }
    call.pass_gate().await;
    let now = to_micros(call.now());
    let mut log = ClockLog { staff_id: who.id, ..ClockLog::default() };
    call.app.store.save(&mut log, now)?;
    (who.is_on_duty, who.last_clock_in) = (true, Some(now));
    call.app.store.save(&mut who, now)?;
    let asks = json!({"clock_log_id": log.id, "staff_id": who.id, "staff_name": who.full_name()});
    call.announce_on(format!("attendance-{slug}-managers"), "unrostered-clockin-request", &asks).await;
    notify(&call, &who, "clock_in").await;
    created(json!({
        "action": "unrostered_clock_in_confirmed",
        "message": "Clocked in; a manager has to approve it.",
        "log": shown(&log, &who),
    }))
}

/// Off duty, without a face.
pub(crate) async fn force_clock_out(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let (id, mut logs) = (row_id(&id)?, call.app.store.clock_logs(staff.hotel_id)?);
    logs.retain(|log| log.id == id && (log.staff_id == staff.id || may(&staff, "attendance.log.read_all")));
    let mut log = logs.pop().ok_or_else(|| Refusal::not_found("ClockLog"))?;
    if log.time_out.is_some() {
        return Err(Refusal::detail(StatusCode::BAD_REQUEST, "Log is already closed."));
    }
    call.pass_gate().await;
    let mut who = owner(&call, &staff, log.staff_id)?;
    let now = to_micros(call.now());
    log.time_out = Some(now);
    call.app.store.save(&mut log, now)?;
    (who.is_on_duty, who.last_clock_out) = (false, log.time_out);
    call.app.store.save(&mut who, now)?;
    notify(&call, &who, "clock_out").await;
    ok(json!({"action": "force_clock_out", "message": "Clocked out.", "log": shown(&log, &who)}))
}

fn owner(call: &Call, staff: &Staff, id: i64) -> Result<Staff, Refusal> {
    call.app.store.staff_member(staff.hotel_id, id)?.ok_or_else(|| Refusal::not_found("Staff"))
}

fn shown(log: &ClockLog, who: &Staff) -> Value {
    let department = department(who.department);
    json!({
        "id": log.id,
        "staff": who.id,
        "staff_name": who.full_name(),
        "hotel": who.hotel_id,
        "hotel_slug": who.hotel_slug,
        "time_in": serialized(log.time_in),
        "time_out": log.time_out.map(serialized),
        "verified_by_face": false,
        "location_note": "",
        "auto_clock_out": false,
        "is_unrostered": true,
        "department": {"name": department.name, "slug": slug_of(department.slug)},
    })
}

/// The event, in its envelope.
async fn notify(call: &Call, who: &Staff, action: &str) {
    let (department, role) = (department(who.department), role(who.role));
    let status = if who.is_on_duty { "on_duty" } else { "off_duty" };
    let payload = json!({
        "staff_id": who.id,
        "staff_name": who.full_name(),
        "user_id": who.user.id,
        "department": department.name,
        "department_slug": slug_of(department.slug),
        "role": role.name,
        "role_slug": slug_of(role.slug),
        "duty_status": status,
        "action": action,
        "timestamp": handwritten(call.now()),
        "source": "api",
        "is_on_duty": who.is_on_duty,
        "is_on_break": false,
        "current_status": {"status": status, "label": status, "is_on_break": false},
    });
    call.announce_enveloped(&who.hotel_slug, "attendance", "clock_status_updated", payload).await;
}
