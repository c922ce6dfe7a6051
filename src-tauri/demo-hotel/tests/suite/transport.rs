//! Sessions, refusals and redirects as in contract.md sections 1 and 3.

use crate::support::{Answer, Desk, OFFERS, client, open, read};
use demo_hotel::{DemoHotel, Options};
use reqwest::Method;
use serde_json::{Value, json};

async fn login(hotel: &DemoHotel, body: Value) -> Answer {
    read(client().post(format!("{}/api/staff/login/", hotel.url())).json(&body)).await.unwrap()
}

#[tokio::test]
async fn signing_in_tells_who_one_is_and_gives_the_same_token_again() {
    let hotel = open().await;
    let body = json!({"username": "mary", "password": "killarney-demo"});
    let first = login(&hotel, body.clone()).await.json();
    assert_eq!(first["token"].as_str().unwrap().len(), 40);
    assert_eq!(first["access_level"], "super_staff_admin");
    assert_eq!(
        first["hotel"],
        json!({"id": first["hotel_id"], "name": "Hotel Killarney", "slug": "killarney"})
    );
    assert_eq!((&first["role"], &first["department"]), (&json!("Manager"), &json!("Management")));
    assert_eq!(login(&hotel, body).await.json()["token"], first["token"]);
}

#[tokio::test]
async fn a_refused_sign_in_is_a_400_without_a_challenge() {
    let hotel = open().await;
    let wrong = login(&hotel, json!({"username": "mary", "password": "no"})).await;
    assert_eq!((wrong.status, wrong.header("www-authenticate")), (400, ""));
    assert_eq!(wrong.json(), json!({"non_field_errors": ["Unable to log in with provided credentials."]}));
    let missing = login(&hotel, json!({"username": "mary"})).await;
    assert_eq!((missing.status, missing.json()), (400, json!({"password": ["This field is required."]})));
    assert!(hotel.set_user_active("mary", false));
    assert_eq!(login(&hotel, json!({"username": "mary", "password": "killarney-demo"})).await.status, 400);
    assert_eq!(login(&hotel, json!({"username": "admin", "password": "admin-demo"})).await.status, 500);
}

#[tokio::test]
async fn every_listed_user_can_sign_in_and_the_first_is_the_manager() {
    let hotel = open().await;
    for (place, user) in hotel.users().iter().enumerate() {
        let answer = login(&hotel, json!(user)).await;
        assert_eq!(answer.status, 200, "{}", user.username);
        assert_eq!(place == 0, answer.json()["role"] == "Manager");
    }
}

#[tokio::test]
async fn token_and_bearer_are_taken_and_everything_else_is_refused_with_a_challenge() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let ask = async |header: &str| {
        let request = mary.client.get(format!("{}{OFFERS}", hotel.url())).header("Authorization", header);
        read(request).await.unwrap()
    };
    for keyword in ["Token", "token", "Bearer"] {
        assert_eq!(ask(&format!("{keyword} {}", mary.token)).await.status, 200);
    }
    let refusals = [
        ("Basic x", "Authentication credentials were not provided."),
        ("Token", "Invalid token header. No credentials provided."),
        ("Token a b", "Invalid token header. Token string should not contain spaces."),
        ("Token abc", "Invalid token."),
    ];
    for (header, text) in refusals {
        let answer = ask(header).await;
        assert_eq!((answer.status, answer.header("www-authenticate")), (401, "Token"));
        assert_eq!(answer.json(), json!({"detail": text}));
    }
    assert!(hotel.set_user_active("mary", false));
    assert_eq!(mary.get(OFFERS).await.json(), json!({"detail": "User inactive or deleted."}));
}

#[tokio::test]
async fn a_revoked_token_is_unknown_and_the_next_sign_in_gives_another() {
    let hotel = open().await;
    let before = Desk::mary(&hotel).await;
    assert!(hotel.revoke_token("mary"));
    assert_eq!(before.get(OFFERS).await.status, 401);
    let after = Desk::mary(&hotel).await;
    assert_ne!(after.token, before.token);
    assert_eq!(after.get(OFFERS).await.status, 200);
}

#[tokio::test]
async fn me_is_the_profile_with_the_clock_times() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let me = mary.get("/api/staff/killarney/me/").await.json();
    assert_eq!((&me["user"]["username"], &me["is_on_duty"]), (&json!("mary"), &json!(false)));
    assert_eq!((&me["last_clock_in"], &me["role_slug"]), (&Value::Null, &json!("manager")));
    assert!(me.get("profile_image_url").is_none());
    let elsewhere = mary.get("/api/staff/dingle/me/").await;
    let text = "Staff profile not found for the current user and hotel.";
    assert_eq!((elsewhere.status, elsewhere.json()), (404, json!({"detail": text})));
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused_each_in_its_way() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let send = async |kind: &str, body: &'static str| {
        read(mary.request(Method::POST, OFFERS).header("Content-Type", kind).body(body)).await.unwrap()
    };
    let text = send("text/plain", "hello").await;
    let unsupported = json!({"detail": "Unsupported media type \"text/plain\" in request."});
    assert_eq!((text.status, text.json()), (415, unsupported));
    assert_eq!(read(mary.request(Method::POST, OFFERS).body("x")).await.unwrap().status, 415);
    let malformed = send("application/json", "{\"title\":").await;
    assert_eq!(malformed.status, 400);
    assert!(malformed.json()["detail"].as_str().unwrap().starts_with("JSON parse error - "));
    let list = send("application/json", "[]").await;
    let wrong = json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]});
    assert_eq!((list.status, list.json()), (400, wrong));
    let unbounded = send("multipart/form-data", "x").await;
    assert!(unbounded.json()["detail"].as_str().unwrap().starts_with("Multipart form parse error - "));
}

#[tokio::test]
async fn a_method_a_route_does_not_have_is_a_405_that_tells_the_others() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let answer = mary.delete(OFFERS).await;
    assert_eq!((answer.status, answer.json()), (405, json!({"detail": "Method \"DELETE\" not allowed."})));
    assert_eq!(answer.header("allow"), "GET, POST, HEAD, OPTIONS");
    let options = read(mary.request(Method::OPTIONS, OFFERS)).await.unwrap();
    assert_eq!((options.status, options.header("allow")), (200, "GET, POST, HEAD, OPTIONS"));
}

#[tokio::test]
async fn an_unknown_address_is_a_long_html_page() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let answer = mary.get("/api/staff/hotel/killarney/nothing/").await;
    assert_eq!(answer.status, 404);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(answer.text.len() > 20_000);
}

#[tokio::test]
async fn without_the_final_slash_a_read_is_redirected_and_a_write_crashes() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let bare = OFFERS.trim_end_matches('/');
    let read = mary.get(&format!("{bare}?page=2")).await;
    assert_eq!((read.status, read.header("location")), (301, format!("{OFFERS}?page=2").as_str()));
    let write = mary.post(bare, json!({"title": "t", "short_description": "s"})).await;
    assert_eq!(write.status, 500);
    assert_eq!(hotel.offers().len(), 14);
}

#[tokio::test]
async fn there_is_no_signing_out() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    assert_eq!(mary.post("/api/staff/logout/", json!({})).await.status, 403);
    assert_eq!(mary.get(OFFERS).await.status, 200);
}

#[tokio::test]
async fn a_hotel_with_a_data_file_goes_on_where_it_stopped_on_the_same_port() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hotel.db");
    let hotel = DemoHotel::start(Options::default().data(&file)).await.unwrap();
    let (port, mary) = (hotel.port(), Desk::mary(&hotel).await);
    let offer = mary.offer("Kept").await;
    mary.upload(&offer, crate::support::picture(5)).await;
    hotel.stop().await;
    assert!(read(mary.request(Method::GET, OFFERS)).await.unwrap_err().is_connect());

    let hotel = DemoHotel::start(Options::default().data(&file).port(port)).await.unwrap();
    let kept = mary.get(&crate::support::offer_path(&offer)).await.json();
    assert_eq!(kept["title"], "Kept");
    let picture = mary.client.get(kept["photo_url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(picture.bytes().await.unwrap(), crate::support::picture(5));
    assert_eq!(hotel.offers().len(), 15);
}

#[tokio::test]
async fn the_same_seed_makes_the_same_tokens_and_keys() {
    let (one, two) = (open().await, open().await);
    assert_eq!(Desk::mary(&one).await.token, Desk::mary(&two).await.token);
    assert_eq!(one.pusher().key, two.pusher().key);
    let other = DemoHotel::start(Options::default().seed(8)).await.unwrap();
    assert_ne!(other.pusher().key, one.pusher().key);
}
