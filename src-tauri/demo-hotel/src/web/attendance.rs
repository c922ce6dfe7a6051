//! The clock of the server of 2026-05 (`contract.md 9.3`), without the requests that need a face. None of it is a
//! toggle.

use axum::extract::Path;
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::call::{Call, created, ok, row_id};
use super::current::{may, not_permitted, slug_of};
use super::paging::page;
use super::refusal::Refusal;
use super::staff::{department, role};
use crate::clock::{from_micros, handwritten, serialized, to_micros};
use crate::store::clock_logs::ClockLog;
use crate::store::people::Staff;

const PAGE_SIZE: u32 = 10;
/// The right to read the logs of other people.
const READ_ALL: &str = "attendance.log.read_all";

/// The route no longer exists, but another one answers in its place.
pub(crate) async fn no_toggle(Path(slug): Path<String>, call: Call) -> Outcome {
    call.staff(&slug)?;
    Err(call.other_method("GET, PUT, PATCH, DELETE, HEAD, OPTIONS"))
}

/// Returns the hotel's logs; without the right to read all, only the person's own.
pub(crate) async fn logs(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    if call.verb() != "GET" {
        return Err(call.other_method("GET, POST, HEAD, OPTIONS"));
    }
    let mut logs = call.app.store.clock_logs(staff.hotel_id)?;
    logs.retain(|log| log.staff_id == staff.id || may(&staff, READ_ALL));
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

/// Clocks in, without a face and without a roster.
pub(crate) async fn unrostered_confirm(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let input = call.input().await?;
    let whose = input.values.get("staff_id").and_then(Value::as_i64);
    let whose = whose.ok_or_else(|| Refusal::error(StatusCode::BAD_REQUEST, "staff_id is required."))?;
    if whose != staff.id && !may(&staff, READ_ALL) {
        let text = "You can only confirm unrostered clock-in for yourself.";
        return Err(Refusal::error(StatusCode::FORBIDDEN, text));
    }
    let mut who = owner(&call, &staff, whose)?;
    if who.is_on_duty {
        return Err(Refusal::error(StatusCode::BAD_REQUEST, "Staff member is already clocked in."));
    }
    call.pass_gate().await;
    let now = to_micros(call.now());
    let mut log = ClockLog { staff_id: who.id, ..ClockLog::default() };
    call.app.store.save(&mut log, now)?;
    (who.is_on_duty, who.last_clock_in, who.break_start) = (true, Some(now), None);
    call.app.store.save(&mut who, now)?;
    let asks = asks_for_approval(&call, &log, &who);
    call.announce_on(format!("attendance-{slug}-managers"), "unrostered-clockin-request", &asks).await;
    notify(&call, &who, "clock_in").await;
    created(json!({
        "action": "unrostered_clock_in_created",
        "message":
            format!("Unrostered clock-in recorded for {}. Manager approval required.", who.first_name),
        "log": shown(&log, &who),
    }))
}

/// Makes the event to the managers. Its addresses lead nowhere, as those of the real server (`contract.md 9.3`).
fn asks_for_approval(call: &Call, log: &ClockLog, who: &Staff) -> Value {
    let way = |label: &str, action: &str, style: &str| {
        let endpoint = format!("/api/hotels/{}/clock-logs/{}/{action}/", who.hotel_slug, log.id);
        json!({"label": label, "action": action, "endpoint": endpoint, "style": style})
    };
    let message = format!("{} clocked in without a scheduled shift and needs approval.", who.full_name());
    json!({
        "type": "unrostered_clockin_request",
        "clock_log_id": log.id,
        "staff_id": who.id,
        "staff_name": who.full_name(),
        "department": department(who.department).name,
        "clock_in_time": handwritten(from_micros(log.time_in)),
        "message": message,
        "actions": [way("Approve", "approve", "success"), way("Reject", "reject", "danger")],
        "timestamp": handwritten(call.now()),
    })
}

/// Clocks out, without a face.
pub(crate) async fn force_clock_out(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("POST, OPTIONS")?;
    let mut log = log_of(&call, &staff, &id)?;
    if log.staff_id != staff.id && !may(&staff, READ_ALL) {
        let text = "You can only force-clock-out your own clock log.";
        return Err(Refusal::detail(StatusCode::FORBIDDEN, text));
    }
    if log.time_out.is_some() {
        return Err(Refusal::detail(StatusCode::BAD_REQUEST, "Log is already closed."));
    }
    call.pass_gate().await;
    let mut who = owner(&call, &staff, log.staff_id)?;
    let now = to_micros(call.now());
    log.time_out = Some(now);
    call.app.store.save(&mut log, now)?;
    (who.is_on_duty, who.last_clock_out, who.break_start) = (false, log.time_out, None);
    call.app.store.save(&mut who, now)?;
    notify(&call, &who, "clock_out").await;
    ok(json!({
        "detail": "Clocked out successfully after hard limit warning.",
        "action": "clock_out_completed",
        "log": shown(&log, &who),
    }))
}

/// Accepts, as a manager, a time on duty without a shift.
pub(crate) async fn approve(Path((slug, id)): Path<(String, String)>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    if !may(&staff, READ_ALL) {
        return Err(not_permitted("attendance.log.approve"));
    }
    call.only("POST, OPTIONS")?;
    let mut log = log_of(&call, &staff, &id)?;
    log.is_approved = true;
    call.app.store.save(&mut log, to_micros(call.now()))?;
    let who = owner(&call, &staff, log.staff_id)?;
    let reported = json!({
        "clock_log_id": log.id,
        "message": "Your unrostered clock-in has been approved.",
        "approved_by": staff.first_name,
    });
    let channel = format!("attendance-{slug}-staff-{}", who.id);
    call.announce_on(channel, "clocklog-approved", &reported).await;
    ok(json!({"detail": "Clock log approved.", "log": shown(&log, &who)}))
}

/// Returns the people on duty, by department; times have no date. All of them came without a shift, so the closed logs
/// of the day stay in the second list.
pub(crate) async fn department_status(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    if !may(&staff, READ_ALL) {
        return Err(not_permitted(READ_ALL));
    }
    call.only("GET, HEAD, OPTIONS")?;
    let today = from_micros(to_micros(call.now())).to_zoned(TimeZone::UTC).date();
    let mut departments = Map::new();
    for log in call.app.store.clock_logs(staff.hotel_id)? {
        if from_micros(log.time_in).to_zoned(TimeZone::UTC).date() != today {
            continue;
        }
        let who = owner(&call, &staff, log.staff_id)?;
        let of = departments
            .entry(slug_of(department(who.department).slug))
            .or_insert_with(|| json!({"currently_clocked_in": [], "unrostered": []}));
        let (on_duty, unrostered) = rows_of(&log, &who);
        for (list, row) in [("currently_clocked_in", on_duty), ("unrostered", Some(unrostered))] {
            if let (Some(row), Some(rows)) = (row, of[list].as_array_mut()) {
                rows.push(row);
            }
        }
    }
    ok(Value::Object(departments))
}

/// Returns a log as in the two lists of a department; it is in the first one only while it is open.
fn rows_of(log: &ClockLog, who: &Staff) -> (Option<Value>, Value) {
    let time = |micros: i64| from_micros(micros).to_zoned(TimeZone::UTC).strftime("%H:%M").to_string();
    let row = json!({
        "staff_id": who.id,
        "staff_name": who.full_name(),
        "clock_in_time": time(log.time_in),
        "clock_out_time": log.time_out.map(time),
        "hours_worked": 0.0,
        "is_approved": log.is_approved,
        "currently_active": log.time_out.is_none(),
    });
    let with = |more: Value| {
        let mut row = row.clone();
        if let (Value::Object(row), Value::Object(more)) = (&mut row, more) {
            row.extend(more);
        }
        row
    };
    let on_duty = log.time_out.is_none().then(|| with(json!({"is_on_break": who.is_on_break()})));
    let asks = !log.is_approved;
    (on_duty, with(json!({"log_id": log.id, "is_unrostered": true, "needs_approval": asks})))
}

/// Broken on the real server for people with the right to read it.
pub(crate) async fn currently_clocked_in(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    if !may(&staff, READ_ALL) {
        return Err(not_permitted(READ_ALL));
    }
    call.only("GET, HEAD, OPTIONS")?;
    Err(Refusal::Crash(format!("TypeError at {}", call.uri.path())))
}

/// Returns a log of this hotel.
fn log_of(call: &Call, staff: &Staff, id: &str) -> Result<ClockLog, Refusal> {
    let id = row_id(id)?;
    let logs = call.app.store.clock_logs(staff.hotel_id)?;
    logs.into_iter().find(|log| log.id == id).ok_or_else(|| Refusal::not_found("ClockLog"))
}

fn owner(call: &Call, staff: &Staff, id: i64) -> Result<Staff, Refusal> {
    call.app.store.staff_member(staff.hotel_id, id)?.ok_or_else(|| Refusal::not_found("Staff"))
}

/// Returns microseconds as hours with two decimals.
fn hours(micros: i64) -> String {
    let hundredths = micros / 36_000_000;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn shown(log: &ClockLog, who: &Staff) -> Value {
    let break_start = who.break_start.filter(|_| who.is_on_break() && log.time_out.is_none()).map(serialized);
    let department = department(who.department);
    json!({
        "id": log.id,
        "staff": who.id,
        "staff_name": who.full_name(),
        "staff_image": null,
        "hotel": who.hotel_id,
        "hotel_slug": who.hotel_slug,
        "time_in": serialized(log.time_in),
        "time_out": log.time_out.map(serialized),
        "verified_by_face": true,
        "location_note": null,
        "auto_clock_out": false,
        "hours_worked": log.time_out.map(|out| hours(out - log.time_in)),
        "roster_shift": null,
        "is_unrostered": true,
        "is_approved": log.is_approved,
        "is_rejected": false,
        "break_warning_sent": false,
        "overtime_warning_sent": false,
        "hard_limit_warning_sent": false,
        "long_session_ack_mode": log.time_out.map(|_| "clocked_out"),
        "is_on_break": break_start.is_some(),
        "break_start": break_start,
        "break_end": null,
        "total_break_minutes": 0,
        "department": {"name": department.name, "slug": slug_of(department.slug)},
    })
}

/// Publishes the event, in its envelope.
async fn notify(call: &Call, who: &Staff, action: &str) {
    let (department, role) = (department(who.department), role(who.role));
    let ((status, label), is_on_break) = (who.duty_status(), who.is_on_break());
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
        "source": "manual",
        "is_on_duty": who.is_on_duty,
        "is_on_break": is_on_break,
        "current_status": {"status": status, "label": label, "is_on_break": is_on_break},
    });
    let scope = json!({"staff_id": who.id, "department": slug_of(department.slug)});
    call.announce_enveloped(&who.hotel_slug, "attendance", "clock_status_updated", (payload, scope)).await;
}
