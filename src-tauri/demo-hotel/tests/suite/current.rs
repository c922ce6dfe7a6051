//! The server of 2026-05 for the staff of a desk (`contract.md`, **B**).

use crate::support::{Desk, Listener, client, file, picture, read};
use demo_hotel::{DemoHotel, Dialect, Options};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};

const ZONE: &str = "/api/staff/hotel/killarney/";

async fn open() -> (DemoHotel, Desk, Desk) {
    let hotel = DemoHotel::start(Options::default().dialect(Dialect::Current)).await.unwrap();
    let mary = Desk::mary(&hotel).await;
    let rory = Desk::sign_in(&hotel, "rory", "killarney-demo").await;
    (hotel, mary, rory)
}

fn at(path: &str) -> String {
    format!("{ZONE}{path}")
}

async fn listen(hotel: &DemoHotel, channel: &str) -> Listener {
    let mut listener = Listener::on_hotel(hotel).await;
    listener.say(json!({"event": "pusher:subscribe", "data": {"channel": channel}})).await;
    assert_eq!(listener.frame().await["event"], "pusher_internal:subscription_succeeded");
    listener
}

#[tokio::test]
async fn a_sign_in_tells_what_one_may_and_its_refusals_have_other_shapes() {
    let (hotel, _, _) = open().await;
    let login = |username: &'static str, password: &'static str| {
        let body = json!({"username": username, "password": password});
        read(client().post(format!("{}/api/staff/login/", hotel.url())).json(&body))
    };
    let reported = login("rory", "killarney-demo").await.unwrap().json();
    assert_eq!(
        (&reported["tier"], &reported["role_slug"]),
        (&json!("regular_staff"), &json!("front_desk_agent"))
    );
    assert_eq!((&reported["is_staff"], &reported["department_slug"]), (&json!(true), &json!("front_office")));
    assert!(reported["allowed_capabilities"].as_array().unwrap().contains(&json!("chat.guest.respond")));
    let wrong = login("rory", "x").await.unwrap();
    assert_eq!((wrong.status, wrong.header("www-authenticate")), (401, ""));
    assert_eq!(wrong.json(), json!({"error": "Invalid username or password"}));
    let nobody = login("admin", "admin-demo").await.unwrap();
    assert_eq!(nobody.status, 404);
    assert!(nobody.json()["error"].as_str().unwrap().starts_with("Staff profile not found."));
}

#[tokio::test]
async fn who_one_is_stands_at_another_path_and_the_old_one_is_for_managers() {
    let (_hotel, mary, rory) = open().await;
    let me = rory.get(&at("me/")).await.json();
    assert_eq!((&me["duty_status"], &me["is_on_duty"]), (&json!("off_duty"), &json!(false)));
    assert!(me["rbac"].is_object() && me.get("last_clock_in").is_none());
    assert_eq!(rory.get("/api/staff/killarney/me/").await.status, 403);
    let older = mary.get("/api/staff/killarney/me/").await.json();
    assert_eq!(older["duty_status"], "off_duty");
    assert!(
        older.get("allowed_capabilities").is_none() && older.get("rbac").is_none(),
        "it hides one's rights"
    );
    let foreign = rory.get("/api/staff/hotel/dingle/me/").await;
    assert_eq!(foreign.status, 404);
    assert_eq!(foreign.json()["hotel_slug"], "killarney", "the refusal has the whole of one's rights in it");
}

#[tokio::test]
async fn there_are_no_offers_and_no_galleries_and_their_absence_is_no_page() {
    let (_hotel, mary, _) = open().await;
    for path in ["offers/", "offers/1/", "galleries/", "gallery/reorder/", "settings/gallery/reorder/"] {
        for method in [Method::GET, Method::OPTIONS, Method::POST] {
            let answer = read(mary.request(method, &at(path))).await.unwrap();
            assert_eq!((answer.status, answer.json()), (404, json!({"detail": "Not found."})), "{path}");
        }
    }
    let slashless = read(mary.request(Method::POST, &at("room-types")).json(&json!({}))).await.unwrap();
    assert_eq!(slashless.status, 301, "whoever follows this loses the write");
}

#[tokio::test]
async fn the_settings_are_flat_and_nothing_is_checked_and_no_event_comes() {
    let (hotel, mary, rory) = open().await;
    let aoife = Desk::sign_in(&hotel, "aoife", "killarney-demo").await;
    let mut listener = listen(&hotel, "killarney").await;
    let before = mary.get(&at("settings/")).await.json();
    assert_eq!((&before["name"], &before["main_color"]), (&json!("Hotel Killarney"), &json!("#1F5F4A")));
    assert!(before["hero_image"].as_str().unwrap().starts_with("http") && before["logo"].is_null());
    assert!(before.get("updated_at").is_none() && before.get("amenities").is_none());
    let odd = json!({"main_color": "not-a-colour-at-all", "email": "nope", "slogan": "unknown here", "latitude": null});
    let after = mary.patch(&at("settings/"), odd).await;
    assert_eq!((after.status, &after.json()["main_color"]), (200, &json!("not-a-colour-at-all")));
    assert_eq!((&after.json()["email"], after.json().get("slogan")), (&json!("nope"), None));
    assert!(after.json().get("default_cancellation_policy").is_none());
    assert_eq!(mary.patch(&at("settings/"), json!({"name": null})).await.status, 500);
    assert_eq!(mary.patch(&at("settings/"), json!({"tagline": "x".repeat(201)})).await.status, 500);
    let form = Form::new().part("logo", file(picture(3)));
    let with_logo = mary.send_form(Method::PATCH, &at("settings/"), form).await.json();
    assert!(with_logo["logo"].as_str().unwrap().starts_with("http"));
    assert_eq!(with_logo["hero_image"], before["hero_image"]);
    assert_eq!(mary.put(&at("settings/"), json!({})).await.status, 405);
    assert_eq!(
        (aoife.get(&at("settings/")).await.status, rory.get(&at("settings/")).await.status),
        (200, 403)
    );
    assert_eq!(aoife.patch(&at("settings/"), json!({"tagline": "x"})).await.status, 403);
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
    assert_eq!(hotel.settings()["tagline"], before["tagline"]);
}

#[tokio::test]
async fn room_types_need_a_right_and_have_no_events() {
    let (hotel, mary, rory) = open().await;
    let mut listener = listen(&hotel, "killarney.rooms").await;
    let room = rory.get(&at("room-types/")).await.json()["results"][0].clone();
    let path = at(&format!("room-types/{}/", room["id"]));
    assert_eq!(rory.patch(&path, json!({"name": "Rory's"})).await.status, 403);
    assert_eq!(mary.patch(&path, json!({"name": "Mary's"})).await.status, 200);
    let form = || Form::new().part("photo", file(picture(5)));
    let photo = format!("{path}upload-image/");
    assert_eq!(rory.send_form(Method::POST, &photo, form()).await.status, 403);
    assert_eq!(mary.send_form(Method::POST, &photo, form()).await.status, 200);
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_two_calls_without_a_face_are_no_toggles_and_tell_in_an_envelope() {
    let (hotel, mary, rory) = open().await;
    let mut listener = listen(&hotel, "killarney.attendance").await;
    let logs = at("attendance/clock-logs/");
    let me = rory.get(&at("me/")).await.json();
    let confirm = format!("{logs}unrostered-confirm/");
    let own = json!({"staff_id": me["id"]});
    assert_eq!(rory.get(&format!("{logs}status/")).await.json(), json!({"status": "not_clocked_in"}));
    assert_eq!(rory.post(&confirm, own.clone()).await.status, 201);
    assert_eq!(rory.get(&format!("{logs}status/")).await.json()["status"], "clocked_in");
    let again = rory.post(&confirm, own).await;
    assert_eq!((again.status, again.json()), (400, json!({"error": "Staff member is already clocked in."})));
    let marys = mary.get(&at("me/")).await.json()["id"].clone();
    assert_eq!(rory.post(&confirm, json!({"staff_id": marys})).await.status, 403);
    let (name, event) = listener.event().await;
    assert_eq!((name.as_str(), &event["category"]), ("clock_status_updated", &json!("attendance")));
    assert_eq!(
        (&event["payload"]["staff_id"], &event["payload"]["duty_status"]),
        (&me["id"], &json!("on_duty"))
    );
    assert_eq!(event["meta"]["hotel_slug"], "killarney");
    let list = rory.get(&logs).await.json();
    assert_eq!((&list["count"], mary.get(&logs).await.json()["count"].clone()), (&json!(1), json!(1)));
    let out = format!("{logs}{}/force-clock-out/", list["results"][0]["id"]);
    assert_eq!(rory.post(&out, json!({})).await.status, 200);
    let again = rory.post(&out, json!({})).await;
    assert_eq!((again.status, again.json()), (400, json!({"detail": "Log is already closed."})));
    assert_eq!(listener.event().await.1["payload"]["duty_status"], "off_duty");
    assert_eq!(rory.get(&at("me/")).await.json()["duty_status"], "off_duty");
    assert_eq!(rory.post("/api/staff/killarney/clock/", Value::Null).await.status, 405);
}
