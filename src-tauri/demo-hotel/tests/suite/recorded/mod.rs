//! Answers of the real servers, recorded on 2026-11-24 (`tests/fixtures`): the dialects answer with the same names, and
//! the same status.

mod booking_chat;
mod chat;

use std::path::Path;

use crate::support::{Answer, Desk, Listener, client, read};
use demo_hotel::{DemoHotel, Dialect, Options};
use serde_json::{Value, json};

const LOGS: &str = "/api/staff/hotel/killarney/attendance/clock-logs/";

/// Returns a recorded request with its answer.
fn recorded(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(format!("{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// Fails unless `played` has exactly the names of `real`, at the same places. A null does not show the names that it
/// may hold; of lists the first items are compared.
fn assert_same_names(real: &Value, played: &Value, at: &str) {
    match (real, played) {
        (Value::Object(real), Value::Object(played)) => {
            let names = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            let (mut expected, mut found) = (names(real), names(played));
            expected.sort();
            found.sort();
            assert_eq!(expected, found, "{at}");
            for (name, value) in real {
                assert_same_names(value, &played[name], &format!("{at}.{name}"));
            }
        }
        (Value::Array(real), Value::Array(played)) => {
            if let (Some(real), Some(played)) = (real.first(), played.first()) {
                assert_same_names(real, played, &format!("{at}[0]"));
            }
        }
        (Value::Null, _) | (_, Value::Null) => {}
        (real, played) => {
            assert_eq!(std::mem::discriminant(real), std::mem::discriminant(played), "{at}");
        }
    }
}

fn assert_as_recorded(name: &str, played: &Answer) {
    let real = recorded(name);
    assert_eq!(real["status"], played.status, "{name}: {}", played.text);
    assert_same_names(&real["answer"], &played.json(), name);
}

async fn hotel(dialect: Dialect) -> DemoHotel {
    DemoHotel::start(Options::default().dialect(dialect)).await.unwrap()
}

/// Sends the recorded requests as a guest.
async fn assert_guests_see(hotel: &DemoHotel, names: &[&str]) {
    for name in names {
        let request = recorded(name)["request"].as_str().unwrap().to_owned();
        let path = request.strip_prefix("GET ").unwrap();
        let played = read(client().get(format!("{}{path}", hotel.url()))).await.unwrap();
        assert_as_recorded(name, &played);
        for header in ["etag", "cache-control"] {
            assert_eq!(played.header(header), "", "{name}");
        }
    }
}

#[tokio::test]
async fn guests_see_what_the_servers_of_each_date_show_them() {
    let documents = hotel(Dialect::Documents).await;
    let of_a0 = ["card", "list", "page", "settings", "theme"].map(|name| format!("A0-public-{name}-old"));
    assert_guests_see(&documents, &of_a0.each_ref().map(String::as_str)).await;
    let of_a = ["card", "page", "settings", "theme"].map(|name| format!("A-public-{name}-old"));
    assert_guests_see(&hotel(Dialect::Galleries).await, &of_a.each_ref().map(String::as_str)).await;
    let of_b = ["list", "page", "presets"].map(|name| format!("B-public-{name}-new"));
    assert_guests_see(&hotel(Dialect::Current).await, &of_b.each_ref().map(String::as_str)).await;
}

#[tokio::test]
async fn the_calls_without_a_face_answer_and_send_events_as_recorded() {
    let hotel = hotel(Dialect::Current).await;
    let mary = Desk::mary(&hotel).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    let own = rory.get("/api/staff/hotel/killarney/me/").await.json()["id"].clone();
    let marys = mary.get("/api/staff/hotel/killarney/me/").await.json()["id"].clone();
    let mut listener = Listener::on_hotel(&hotel).await;
    for channel in ["attendance-killarney-managers", "killarney.attendance"] {
        listener.say(json!({"event": "pusher:subscribe", "data": {"channel": channel}})).await;
        assert_eq!(listener.frame().await["event"], "pusher_internal:subscription_succeeded");
    }
    let mut assert_sends = async |name: &str| {
        for event in recorded(name)["events"].as_array().unwrap() {
            let (played, data) = listener.event().await;
            assert_eq!(event["event"], played.as_str(), "{name}");
            assert_same_names(&event["data"], &data, name);
        }
    };
    let confirm = format!("{LOGS}unrostered-confirm/");
    assert_as_recorded(
        "B-team-unrostered-confirm-other",
        &rory.post(&confirm, json!({"staff_id": marys})).await,
    );
    assert_as_recorded("B-team-unrostered-confirm", &rory.post(&confirm, json!({"staff_id": own})).await);
    assert_sends("B-team-unrostered-confirm").await;
    assert_as_recorded(
        "B-team-unrostered-confirm-again",
        &rory.post(&confirm, json!({"staff_id": own})).await,
    );
    assert_eq!(rory.post(&confirm, json!({})).await.status, 400);
    assert_as_recorded("B-team-status", &rory.get(&format!("{LOGS}status/")).await);
    let logs = rory.get(&format!("{LOGS}?is_open=false")).await;
    assert_as_recorded("B-team-clock-logs-own", &logs);
    let path = |log: &Value, action: &str| format!("{LOGS}{}/{action}/", log["id"]);
    let log = logs.json()["results"][0].clone();
    assert_eq!(rory.post(&path(&log, "approve"), json!({})).await.status, 403);
    assert_as_recorded("B-team-approve", &mary.post(&path(&log, "approve"), json!({})).await);
    for (desk, departments, clocked_in) in [(&mary, 200, 500), (&rory, 403, 403)] {
        assert_eq!(desk.get(&format!("{LOGS}department-status/")).await.status, departments);
        assert_eq!(desk.get(&format!("{LOGS}currently-clocked-in/")).await.status, clocked_in);
    }
    let departments = mary.get(&format!("{LOGS}department-status/")).await.json();
    let real = &recorded("B-team-department-status")["answer"]["front_office"];
    assert_same_names(real, &departments["front_office"], "front_office");
    let out = path(&log, "force-clock-out");
    assert_as_recorded("B-team-force-clock-out-own", &rory.post(&out, json!({})).await);
    assert_sends("B-team-force-clock-out-own").await;
    assert_as_recorded("B-team-force-clock-out-again", &rory.post(&out, json!({})).await);
    let marys = mary.post(&confirm, json!({"staff_id": marys})).await.json()["log"].clone();
    let refused = rory.post(&path(&marys, "force-clock-out"), json!({})).await;
    assert_as_recorded("B-team-force-clock-out-other", &refused);
    assert_eq!(rory.post(&format!("{LOGS}999/force-clock-out/"), json!({})).await.status, 404);
}

#[tokio::test]
async fn galleries_in_containers_are_for_those_who_build_the_page() {
    let hotel = hotel(Dialect::Current).await;
    let mary = Desk::mary(&hotel).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    let path = "/api/staff/hotel/killarney/gallery-containers/";
    assert_eq!(rory.get(path).await.status, 403);
    let page = mary.get(path).await.json();
    let gallery = &recorded("B-public-page-new")["answer"]["sections"][0]["galleries"][0];
    assert_same_names(gallery, &page["results"][0], "gallery");
}

#[tokio::test]
async fn a_server_without_a_toggle_refuses_its_path_without_naming_it() {
    let hotel = hotel(Dialect::Galleries).await;
    let mary = Desk::mary(&hotel).await;
    let refused = mary.post("/api/staff/killarney/clock/", json!({})).await;
    let text = "You do not have permission to perform this action.";
    assert_eq!((refused.status, refused.json()), (403, json!({"detail": text})));
}
