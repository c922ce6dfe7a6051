//! Events: those of each write, their order, and the behaviour of the socket.

use crate::support::{Desk, Listener, OFFERS, offer_path, open, picture, read};
use demo_hotel::DemoHotel;
use serde_json::{Value, json};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn every_write_sends_its_event_and_then_the_sync_before_it_is_answered() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;

    let offer = mary.offer("Eventful").await;
    // The answer is here, so both events have been sent already; a marker after them proves it.
    hotel.publish("hotel-killarney", "marker", &json!({}));
    assert_eq!(
        listener.event().await,
        ("offer-created".into(), json!({"action": "created", "offer": offer}))
    );
    assert_eq!(listener.event().await, ("offers-updated".into(), json!({"action": "sync"})));
    assert_eq!(listener.event().await.0, "marker");

    let updated = mary.patch(&offer_path(&offer), json!({})).await.json();
    assert_eq!(
        listener.event().await,
        ("offer-updated".into(), json!({"action": "updated", "offer": updated}))
    );
    assert_eq!(listener.event().await.0, "offers-updated");

    let url = mary.upload(&offer, picture(1)).await.json()["photo_url"].clone();
    let payload = json!({"action": "image-updated", "offer_id": offer["id"], "offer_title": "Eventful", "photo_url": url});
    assert_eq!(listener.event().await, ("offer-image-updated".into(), payload));
    assert_eq!(listener.event().await.0, "offers-updated");

    mary.delete(&offer_path(&offer)).await;
    let payload = json!({"action": "deleted", "offer_id": offer["id"], "offer_title": "Eventful"});
    assert_eq!(listener.event().await, ("offer-deleted".into(), payload));
    assert_eq!(listener.event().await.0, "offers-updated");
}

#[tokio::test]
async fn a_refused_write_sends_nothing() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    assert_eq!(mary.post(OFFERS, json!({})).await.status, 400);
    assert_eq!(listener.names_so_far(&hotel).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_offer_too_large_for_an_event_is_told_by_the_sync_alone() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let long = "x".repeat(12_000);
    let one_emoji = format!("{}🍀", "x".repeat(7_500));
    for text in [long, one_emoji] {
        let body = json!({"title": "t", "short_description": "s", "details_text": text});
        assert_eq!(mary.post(OFFERS, body).await.status, 201);
        assert_eq!(listener.names_so_far(&hotel).await, ["offers-updated"]);
    }
    let fits = json!({"title": "t", "short_description": "s", "details_text": "x".repeat(9_000)});
    mary.post(OFFERS, fits).await;
    assert_eq!(listener.names_so_far(&hotel).await, ["offer-created", "offers-updated"]);
}

#[tokio::test]
async fn the_clock_toggles_tells_everybody_and_shows_in_the_profile() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let mut listener = Listener::on_hotel(&hotel).await;
    let clock = "/api/staff/killarney/clock/";
    for (on_duty, action) in [(true, "clock_in"), (false, "clock_out")] {
        let answer = read(mary.request(reqwest::Method::POST, clock)).await.unwrap().json();
        assert_eq!((&answer["success"], &answer["is_on_duty"]), (&json!(true), &json!(on_duty)));
        assert!(answer["clock_time"].as_str().unwrap().ends_with("+00:00"));
        let (name, mut payload) = listener.event().await;
        assert_eq!(name, "clock-status-updated");
        let me = mary.get("/api/staff/killarney/me/").await.json();
        payload["clock_time"].take();
        let expected = json!({"user_id": me["user"]["id"], "staff_id": me["id"], "is_on_duty": on_duty,
            "clock_time": null, "first_name": "Mary", "last_name": "O'Sullivan", "action": action});
        assert_eq!((payload, &me["is_on_duty"]), (expected, &json!(on_duty)));
        assert!(me["last_clock_in"].is_string());
        assert_eq!(me["last_clock_out"].is_string(), !on_duty);
    }
    assert_eq!(mary.get(clock).await.status, 405);
    assert_eq!(mary.post("/api/staff/dingle/clock/", json!({})).await.status, 403);
}

#[tokio::test]
async fn the_greeting_is_encoded_twice_and_names_the_activity_timeout() {
    let hotel = open().await;
    let mut socket = Listener::connect(&hotel).await;
    let greeting = socket.frame().await;
    let inner: Value = serde_json::from_str(greeting["data"].as_str().unwrap()).unwrap();
    assert_eq!(greeting["event"], "pusher:connection_established");
    assert_eq!(inner["activity_timeout"], 120);
    let (left, right) = inner["socket_id"].as_str().unwrap().split_once('.').unwrap();
    assert!(left.parse::<u64>().is_ok() && right.parse::<u64>().is_ok());
}

async fn greeted(hotel: &DemoHotel) -> Listener {
    let mut socket = Listener::connect(hotel).await;
    socket.frame().await;
    socket
}

#[tokio::test]
async fn a_ping_is_answered_and_nonsense_is_an_error_on_an_open_socket() {
    let hotel = open().await;
    let mut socket = greeted(&hotel).await;
    socket.say(json!({"event": "pusher:ping", "data": {}})).await;
    assert_eq!(socket.frame().await["event"], "pusher:pong");
    for frame in
        [json!(7), json!({"event": "pusher:what"}), json!({"event": "client-x", "channel": "a", "data": {}})]
    {
        socket.say(frame).await;
        assert_eq!(socket.frame().await["event"], "pusher:error");
    }
    socket.say(json!({"event": "pusher:subscribe", "data": {"channel": "no spaces"}})).await;
    assert_eq!(socket.frame().await["data"]["code"], 4300);
}

#[tokio::test]
async fn private_and_presence_channels_are_refused_on_the_channel() {
    let hotel = open().await;
    let mut socket = greeted(&hotel).await;
    for channel in ["private-killarney", "presence-killarney"] {
        socket
            .say(json!({"event": "pusher:subscribe", "data": {"channel": channel, "auth": "key:sig"}}))
            .await;
        let refusal = socket.frame().await;
        assert_eq!(refusal["event"], "pusher:subscription_error");
        assert_eq!(refusal["channel"], channel);
    }
}

#[tokio::test]
async fn a_second_subscription_to_a_channel_is_an_error_without_a_code() {
    let hotel = open().await;
    let mut socket = Listener::on_hotel(&hotel).await;
    socket.say(json!({"event": "pusher:subscribe", "data": {"channel": "hotel-killarney"}})).await;
    let error = socket.frame().await;
    assert_eq!((&error["event"], &error["data"]["code"]), (&json!("pusher:error"), &Value::Null));
}

#[tokio::test]
async fn nothing_of_a_channel_comes_after_leaving_it() {
    let hotel = open().await;
    let mut socket = Listener::on_hotel(&hotel).await;
    socket.say(json!({"event": "pusher:unsubscribe", "data": {"channel": "hotel-killarney"}})).await;
    socket.say(json!({"event": "pusher:ping"})).await;
    assert_eq!(socket.frame().await["event"], "pusher:pong");
    hotel.publish("hotel-killarney", "x", &json!({}));
    socket.say(json!({"event": "pusher:ping"})).await;
    assert_eq!(socket.frame().await["event"], "pusher:pong");
}

#[tokio::test]
async fn an_unknown_key_and_a_strange_protocol_are_closed_with_their_codes() {
    let hotel = open().await;
    let pusher = hotel.pusher();
    for (tail, code) in [
        ("nobody?protocol=7".to_owned(), 4001),
        (pusher.key.clone(), 4008),
        (format!("{}?protocol=99", pusher.key), 4007),
    ] {
        let (socket, _) = connect_async(format!("{}/app/{tail}", pusher.host)).await.unwrap();
        let mut socket = Listener(socket);
        assert_eq!(socket.frame().await["data"]["code"], code);
        let Message::Close(Some(frame)) = socket.message().await else { panic!("not closed") };
        assert_eq!(u16::from(frame.code), code);
    }
}

#[tokio::test]
async fn the_test_can_close_sockets_with_any_code() {
    let hotel = open().await;
    let mut socket = Listener::on_hotel(&hotel).await;
    hotel.close_sockets(4200);
    let Message::Close(Some(frame)) = socket.message().await else { panic!("not closed") };
    assert_eq!(u16::from(frame.code), 4200);
}

#[tokio::test]
async fn a_silenced_socket_stays_open_and_answers_nothing_until_the_hotel_stops() {
    let hotel = open().await;
    let mut socket = Listener::on_hotel(&hotel).await;
    hotel.silence_sockets();
    hotel.publish("hotel-killarney", "unheard", &json!({}));
    socket.say(json!({"event": "pusher:ping"})).await;
    // A second socket gets all events meanwhile, so the first had its chance.
    let mut other = Listener::on_hotel(&hotel).await;
    assert_eq!(other.names_so_far(&hotel).await, Vec::<String>::new());
    hotel.stop().await;
    let end = tokio::time::timeout(crate::support::DEADLINE, futures_util::StreamExt::next(&mut socket.0))
        .await
        .unwrap();
    assert!(matches!(end, None | Some(Err(_))), "{end:?}");
}
