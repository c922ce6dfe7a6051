use serde_json::{Value, json};

use super::*;
use crate::resources::DutyStatus;

fn read(row: &Value) -> ServerRecord {
    read_person(row).unwrap()
}

/// The rows of a recorded answer (contract.md 9.4).
fn rows(recorded: &str) -> Vec<Value> {
    let recorded: Value = serde_json::from_str(recorded).unwrap();
    recorded["answer"]["results"].as_array().unwrap().clone()
}

#[test]
fn each_server_s_people_are_read_with_department_role_and_duty() {
    let first = rows(include_str!("../../tests/fixtures/A-team-by_hotel-mary.json"));
    let newest = rows(include_str!("../../tests/fixtures/B-team-by_hotel-anna.json"));
    for (rows, role) in [(first, "Receptionist"), (newest, "Front Desk Agent")] {
        let mary = read(&rows[0]);
        assert_eq!((mary.id, mary.fields.text("name").as_str()), (ServerId(3), "Mary Kelly"));
        let about = ["department", "role", "phone_number"].map(|name| mary.fields.text(name));
        assert_eq!(about, ["Front Office", role, ""]);
        assert_eq!(DutyStatus::named(&mary.fields.text("duty")), Some(DutyStatus::OffDuty));
        assert!(rows.iter().all(|row| read_person(row).is_ok()));
    }
}

#[test]
fn a_break_is_known_where_the_server_reports_it_and_the_time_of_the_state_comes_with_it() {
    let person = |more: Value| {
        let mut row = json!({"id": 4, "first_name": "Rory", "last_name": "", "last_clock_in": "2026-11-24T20:35:18Z",
                             "last_clock_out": "2026-11-24T08:00:00Z"});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let fields = read(&row).fields;
        (fields.text("duty"), fields.text("since"))
    };
    let text = |duty: &str, since: &str| (duty.to_owned(), since.to_owned());
    let (came, left) = ("2026-11-24T20:35:18Z", "2026-11-24T08:00:00Z");
    assert_eq!(person(json!({"duty_status": "on_break", "is_on_duty": true})), text("on_break", came));
    assert_eq!(person(json!({"is_on_duty": true})), text("on_duty", came));
    assert_eq!(person(json!({"is_on_duty": false})), text("off_duty", left));
    assert_eq!(person(json!({})).0, "");
}

#[test]
fn a_person_without_a_name_is_shown_by_the_user_name_and_one_without_any_is_not_read() {
    let row = json!({"id": 4, "first_name": null, "user": {"username": "rory"}});
    assert_eq!(read(&row).fields.text("name"), "rory");
    assert!(read_person(&json!({"id": 4})).is_err());
    assert!(read_person(&json!({"first_name": "Rory"})).is_err());
}

#[test]
fn a_picture_is_an_address_and_never_a_path() {
    let row = |url: Value| json!({"id": 4, "first_name": "Rory", "profile_image": url});
    let url = |record: ServerRecord| record.pictures[&Slot::Photo].url.clone();
    assert_eq!(
        url(read(&row(json!("https://pictures.example/a.jpg")))).as_deref(),
        Some("https://pictures.example/a.jpg")
    );
    assert_eq!(url(read(&row(json!("image/upload/v1/a.jpg")))), None);
}
