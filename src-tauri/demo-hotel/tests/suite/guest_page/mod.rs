//! The page of a guest in a real browser, with the official pusher-js.

mod browser;

use crate::support::{Desk, client, file, open, picture, read};
use browser::Browser;
use demo_hotel::{DemoHotel, Dialect, Options};
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};

const MESSAGES: &str = "/api/chat/killarney/conversations/1/messages/";
const SEND: &str = "/api/chat/killarney/conversations/1/messages/send/";

/// The texts on the page, in their order.
const SHOWN: &str = "[...document.querySelectorAll('#messages li')].map((line) => line.childNodes[1].data)";

const CONNECTED: &str = "document.getElementById('connection').dataset.state === 'connected'";

async fn page_of_101(hotel: &DemoHotel) -> Browser {
    let room = hotel.rooms().swap_remove(0);
    let browser = Browser::open(&room.page).await;
    enter(&browser, "door", "pin", &room.pin).await;
    browser.until(CONNECTED).await;
    browser
}

async fn enter(browser: &Browser, form: &str, field: &str, text: &str) {
    let text = json!(text);
    let submit = format!("document.getElementById('{form}').requestSubmit()");
    browser.run(&format!("document.getElementById('{field}').value = {text}; {submit}")).await;
}

async fn until_shown(browser: &Browser, texts: &[&str]) {
    let texts = json!(texts);
    browser.until(&format!("JSON.stringify({SHOWN}) === JSON.stringify({texts})")).await;
}

#[tokio::test]
async fn messages_appear_once_by_their_events_and_are_marked_as_read() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let browser = page_of_101(&hotel).await;
    enter(&browser, "writing", "text", "Two <b>towels</b>").await;
    until_shown(&browser, &["Two <b>towels</b>"]).await;
    mary.post(SEND, json!({"message": "On their way"})).await;
    until_shown(&browser, &["Two <b>towels</b>", "On their way"]).await;
    // Four events later, the page still shows two messages.
    let mut socket = crate::support::Listener::connect(&hotel).await;
    socket.frame().await;
    let channel = json!({"channel": "killarney-conversation-1-chat"});
    socket.say(json!({"event": "pusher:subscribe", "data": channel})).await;
    let stored = async || mary.get(MESSAGES).await.json();
    while stored().await[1]["read_by_guest"] != true {
        socket.frame().await;
    }
    until_shown(&browser, &["Two <b>towels</b>", "On their way"]).await;
    let handler = browser.value("document.getElementById('handler').textContent").await;
    assert_eq!(handler, "– you are talking with Mary O'Sullivan (Manager)");
}

#[tokio::test]
async fn after_a_reconnect_and_after_a_reload_nothing_is_missing() {
    let hotel = open().await;
    let mary = Desk::mary(&hotel).await;
    let browser = page_of_101(&hotel).await;
    mary.post(SEND, json!({"message": "Before"})).await;
    until_shown(&browser, &["Before"]).await;
    // The events of the next message are lost, or come over the next socket.
    hotel.close_sockets(4200);
    mary.post(SEND, json!({"message": "Meanwhile"})).await;
    until_shown(&browser, &["Before", "Meanwhile"]).await;
    let upload = Form::new().text("message", "The map").part("files", file(picture(7)));
    mary.send_form(Method::POST, "/api/chat/killarney/conversations/1/upload-attachment/", upload).await;
    until_shown(&browser, &["Before", "Meanwhile", "The map"]).await;
    browser.until("document.querySelector('#messages img').naturalWidth === 8").await;
    browser.reload().await;
    until_shown(&browser, &["Before", "Meanwhile", "The map"]).await;
}

#[tokio::test]
async fn a_wrong_pin_is_said_and_other_rooms_have_no_page() {
    let hotel = open().await;
    let room = hotel.rooms().swap_remove(0);
    let browser = Browser::open(&room.page).await;
    enter(&browser, "door", "pin", "0000").await;
    browser.until("document.getElementById('problem').textContent.startsWith('Invalid PIN')").await;
    let page = async |path: &str| read(client().get(format!("{}{path}", hotel.url()))).await.unwrap();
    assert_eq!(page("/guest/killarney/999").await.status, 404);
    assert_eq!(page("/guest/nowhere/101").await.status, 404);
    assert_eq!(page("/guest-files/secret.txt").await.status, 404);
    let known: Value = json!(page("/guest/killarney/101").await.text);
    assert!(known.as_str().unwrap().contains("Hotel Killarney"));
}

#[tokio::test]
async fn the_page_loads_nothing_from_other_servers() {
    let hotel = open().await;
    let browser = page_of_101(&hotel).await;
    let loaded = browser.value("performance.getEntriesByType('resource').map((entry) => entry.name)").await;
    let loaded = loaded.as_array().unwrap();
    assert!(loaded.len() >= 3, "{loaded:?}");
    assert!(loaded.iter().all(|address| address.as_str().unwrap().starts_with(&hotel.url())), "{loaded:?}");
}

#[tokio::test]
async fn the_link_of_a_booking_opens_the_page_at_the_newest_server() {
    let hotel = DemoHotel::start(Options::default().dialect(Dialect::Current)).await.unwrap();
    let mary = Desk::mary(&hotel).await;
    let browser = Browser::open(&hotel.rooms()[0].page).await;
    browser.until(CONNECTED).await;
    enter(&browser, "writing", "text", "Two towels, please").await;
    until_shown(&browser, &["Two towels, please"]).await;
    let send = "/api/staff/hotel/killarney/chat/conversations/1/messages/send/";
    mary.post(send, json!({"message": "On their way"})).await;
    let joined = "Mary O'Sullivan has joined the conversation.";
    until_shown(&browser, &["Two towels, please", "On their way", joined]).await;
    hotel.close_sockets(4200);
    mary.post(send, json!({"message": "Here they are"})).await;
    until_shown(&browser, &["Two towels, please", "On their way", joined, "Here they are"]).await;
    let stranger = Browser::open(&format!("{}/guest/killarney/101", hotel.url())).await;
    stranger.until("document.getElementById('problem').textContent.startsWith('Invalid or expired')").await;
}
