//! The events about duty, as each server sends them (contract.md 9.1, 9.2, 9.3, 9.5).

use serde_json::json;

use super::*;
use crate::ids::ServerId;
use crate::resources::DutyStatus::{OffDuty, OnBreak, OnDuty};
use crate::resources::{DutyStatus, DutyUpdate};

fn duty(name: &str, data: &Value) -> DutyUpdate {
    let [Ok(Said::Duty(update))] = &read(name, data)[..] else { panic!("{data} is a duty") };
    update.clone()
}

/// A payload of the first servers: flat, recorded from server A.
fn of_a(is_on_duty: bool, action: &str) -> Value {
    json!({"user_id": 4, "staff_id": 4, "is_on_duty": is_on_duty, "clock_time": "2026-11-24T20:35:18.584691+00:00",
        "first_name": "Rory", "last_name": "Walsh", "action": action, "department": "Housekeeping",
        "department_slug": "housekeeping"})
}

/// A payload of the server of December 2025: flat, with breaks, recorded from server C.
fn of_c(status: &str, action: &str) -> Value {
    let (is_on_duty, is_on_break) = (status != "off_duty", status == "on_break");
    json!({"user_id": 3, "staff_id": 3, "duty_status": status, "is_on_duty": is_on_duty, "is_on_break": is_on_break,
        "status_label": "On Duty", "clock_time": "2026-11-24T20:36:42.398827+00:00", "first_name": "Mary",
        "last_name": "Kelly", "action": action, "department": "Front Office", "department_slug": "front-office",
        "current_status": {"status": status, "label": "On Duty", "is_on_break": is_on_break}})
}

/// A payload of the newest server: in an envelope, recorded from server B.
fn of_b(status: &str, action: &str) -> Value {
    let (is_on_duty, is_on_break) = (status != "off_duty", status == "on_break");
    json!({"category": "attendance", "type": "clock_status_updated",
        "payload": {"staff_id": 3, "staff_name": "Mary Kelly", "user_id": 3, "department": "Front Office",
            "department_slug": "front_office", "role": "Front Desk Agent", "role_slug": "front_desk_agent",
            "duty_status": status, "action": action, "timestamp": "2026-11-24T20:35:25.771334+00:00",
            "source": "manual", "is_on_duty": is_on_duty, "is_on_break": is_on_break,
            "current_status": {"status": status, "label": "On Duty", "is_on_break": is_on_break}},
        "meta": {"hotel_slug": "killarney", "event_id": "14aba13a-6b8f-4d40-ada3-48be7be5f10e",
            "ts": "2026-11-24T20:35:25.772800+00:00", "scope": {"staff_id": 3, "department": "front_office"}}})
}

#[test]
fn every_recorded_payload_gives_the_person_the_status_and_the_department() {
    let (flat, enveloped) = ("clock-status-updated", "clock_status_updated");
    for (name, data, staff, status, slug) in [
        (flat, of_a(true, "clock_in"), 4, OnDuty, "housekeeping"),
        (flat, of_a(false, "clock_out"), 4, OffDuty, "housekeeping"),
        (flat, of_c("on_duty", "clock_in"), 3, OnDuty, "front-office"),
        (flat, of_c("on_break", "start_break"), 3, OnBreak, "front-office"),
        (flat, of_c("on_duty", "end_break"), 3, OnDuty, "front-office"),
        (flat, of_c("off_duty", "clock_out"), 3, OffDuty, "front-office"),
        (enveloped, of_b("on_duty", "clock_in"), 3, OnDuty, "front_office"),
        (enveloped, of_b("on_break", "start_break"), 3, OnBreak, "front_office"),
        (enveloped, of_b("on_duty", "end_break"), 3, OnDuty, "front_office"),
        (enveloped, of_b("off_duty", "clock_out"), 3, OffDuty, "front_office"),
        // For some days the envelope came with the earlier name (contract.md 0.1).
        (flat, of_b("on_duty", "clock_in"), 3, OnDuty, "front_office"),
    ] {
        let update = duty(name, &data);
        let (is_of, number) = (update.status, Some(ServerId(staff)));
        assert_eq!((update.staff_id, update.user_id, is_of), (number, number, status), "{data}");
        assert_eq!(update.department_slug, slug);
        assert!(update.clock_time.is_some() && !update.department.is_empty(), "{data}");
    }
}

#[test]
fn an_envelope_has_the_name_in_one_and_its_own_time() {
    let update = duty("clock_status_updated", &of_b("on_duty", "clock_in"));
    assert_eq!((update.first_name.as_str(), update.last_name.as_str()), ("Mary Kelly", ""));
    assert_eq!(update.clock_time, "2026-11-24T20:35:25.771334Z".parse().ok());
}

#[test]
fn the_documented_clock_event_is_read() {
    let data = json!({"user_id": 123, "staff_id": 456, "is_on_duty": true, "clock_time": "2025-11-22T14:30:00.000Z",
        "first_name": "John", "last_name": "Doe", "action": "clock_in"});
    let expected = DutyUpdate {
        user_id: Some(ServerId(123)),
        staff_id: Some(ServerId(456)),
        status: OnDuty,
        clock_time: "2025-11-22T14:30:00Z".parse().ok(),
        first_name: "John".into(),
        last_name: "Doe".into(),
        department: String::new(),
        department_slug: String::new(),
    };
    assert_eq!(duty("clock-status-updated", &data), expected);
}

#[test]
fn an_event_with_an_action_and_no_status_is_read_by_the_action() {
    for (action, status) in
        [("clock_in", OnDuty), ("clock_out", OffDuty), ("start_break", OnBreak), ("end_break", OnDuty)]
    {
        let data = json!({"user_id": 3, "action": action, "clock_time": "2026-11-01T09:00:00Z"});
        assert_eq!(duty("clock-status-updated", &data).status, status, "{action}");
    }
    let odd = json!({"staff_id": 3, "action": "dance"});
    assert!(matches!(read("clock-status-updated", &odd)[..], [Err(_)]));
}

#[test]
fn the_newer_field_decides_and_an_unknown_status_is_ignored() {
    let status = |data: Value| duty("clock-status-updated", &data).status;
    assert_eq!(status(json!({"staff_id": 3, "is_on_duty": false, "duty_status": "on_break"})), OnBreak);
    assert_eq!(status(json!({"staff_id": 3, "is_on_duty": true, "duty_status": "asleep"})), OnDuty);
    assert_eq!(status(json!({"staff_id": 3, "is_on_duty": true, "is_on_break": true})), OnBreak);
    assert!([OnDuty, OnBreak].into_iter().all(DutyStatus::is_on_duty) && !OffDuty.is_on_duty());
}

#[test]
fn an_odd_time_or_department_does_not_cost_the_status() {
    let data = json!({"staff_id": 3, "duty_status": "on_duty", "clock_time": "soon", "first_name": null,
        "department": {"x": 1}});
    let update = duty("clock-status-updated", &data);
    assert_eq!((update.status, update.user_id, update.clock_time), (OnDuty, None, None));
    assert_eq!(update.department, "");
}
