//! The guest chat in the window: a guest is answered by keyboard alone, and what was typed survives a kill.

use demo_hotel::Sender;
use desk_tests::figures::milliseconds;
use desk_tests::guest::{ROOM_101, posts, shares, writes};
use desk_tests::picture;
use desk_tests::window::{Fixture, Window};
use fantoccini::key::Key;
use pusher::{Clock, SystemClock};
use serde_json::json;

const TOWELS: &str = "Could we have two more towels?";

/// Opens the chat and its newest conversation by keyboard.
async fn open_conversation(window: &Window) {
    window.until_there("[data-testid=rail-chat]").await;
    window.key(Key::F7).await;
    window.until_there("[data-testid=conversation]").await;
    window.key(Key::Enter).await;
    window.until_focus("chat-text").await;
}

/// Returns the texts of staff at the hotel, in their order.
fn staff_texts(fixture: &Fixture) -> Vec<String> {
    let messages = fixture.hotel().messages(ROOM_101);
    messages
        .into_iter()
        .filter(|message| matches!(message.sender, Sender::Staff(_)))
        .map(|one| one.text)
        .collect()
}

/// Returns the names of files that staff have sent, by message.
fn staff_files(fixture: &Fixture) -> Vec<Vec<String>> {
    let messages = fixture.hotel().messages(ROOM_101).into_iter();
    messages.filter(|one| matches!(one.sender, Sender::Staff(_))).map(|one| one.files).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_answered_by_keyboard_alone_and_sees_that_the_answer_was_read() {
    let fixture = Fixture::set("guest-chat").await;
    let window = fixture.open_signed_in().await;
    writes(fixture.hotel(), ROOM_101, TOWELS).await;
    window.until_says("rail-chat", "1").await;
    open_conversation(&window).await;
    window.until_says("chat-message", TOWELS).await;
    window.keys("Of course. They are on their way").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=chat-message][data-sender=staff][data-state=at_hotel]").await;
    window.until_focus("chat-text").await;
    // The guest's message was on the screen, so it counts as read.
    window.until_removed("[data-testid=conversation-unread]").await;
    window.until_removed("[data-testid=bell] .count").await;
    posts(fixture.hotel(), &format!("/api/chat/conversations/{ROOM_101}/mark-read/"), None, &json!({})).await;
    window.until_there("[data-testid=chat-message][data-sender=staff][data-state=read]").await;
    assert_eq!(staff_texts(&fixture), ["Of course. They are on their way"]);
    window.resize(1366, 768).await;
    window.shot("answered").await;
    window.is_accessible("chat").await;
    window.resize(1000, 700).await;
    window.shot("small").await;
    window.resize(2560, 1440).await;
    window.shot("large").await;
    let shown = fixture.deskctl(&["chat", "show", "101"]).await;
    assert_eq!(shown[0]["text"], TOWELS, "{shown}");
    window.resize(1366, 768).await;
    window.ctrl('l').await;
    window.until_there("[data-testid=lock-screen]").await;
    let locked = window.run("return document.body.innerText", Vec::new()).await;
    assert!(!locked.as_str().unwrap().contains("towels"), "{locked}");
    fixture.end(window).await;
}

/// The longest time until the other side sees a message, in milliseconds.
const AT_ONCE: f64 = 1000.0;

/// Notes the time at which a text appears in the messages of the window.
const EXPECT: &str = "
    const [text] = arguments;
    window.seen = null;
    const look = () => {
        const shown = [...document.querySelectorAll('[data-testid=chat-message]')];
        if (window.seen === null && shown.some((one) => one.innerText.includes(text))) window.seen = Date.now();
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });";

/// Returns the milliseconds since 1970.
fn now() -> f64 {
    milliseconds(SystemClock::new().wall())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guests_page_shows_each_answer_within_a_second_and_once_also_after_its_own_reconnect() {
    let fixture = Fixture::set("guests-page").await;
    let window = fixture.open_signed_in().await;
    window.until_pill("saved").await;
    let page = fixture.open_guest_page().await;
    page.write(TOWELS).await;
    window.until_says("rail-chat", "1").await;
    open_conversation(&window).await;
    window.until_says("chat-message", TOWELS).await;
    for answer in ["Of course", "They are at your door"] {
        page.expect(answer).await;
        window.keys(answer).await;
        let sent = now();
        window.key(Key::Enter).await;
        let took = page.seen().await - sent;
        assert!(took < AT_ONCE, "the guest saw “{answer}” after {took} ms");
        page.watch_connection().await;
        fixture.hotel().close_sockets(4200);
        page.until_reconnected().await;
    }
    assert_eq!(page.texts().await, [TOWELS, "Of course", "They are at your door"]);
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_message_is_in_a_window_in_the_background_within_a_second() {
    let fixture = Fixture::set("background-chat").await;
    let window = fixture.open_signed_in().await;
    writes(fixture.hotel(), ROOM_101, TOWELS).await;
    window.until_says("rail-chat", "1").await;
    open_conversation(&window).await;
    window.until_says("chat-message", TOWELS).await;
    window.until_pill("saved").await;
    let screen = fixture.screen();
    screen.look_at_window().await;
    screen.look_elsewhere();
    let is_behind = "return !document.hasFocus()";
    window.until("the window in the background", is_behind, Vec::new()).await;
    window.run(EXPECT, vec![json!("And a pillow, please")]).await;
    let written = now();
    writes(fixture.hotel(), ROOM_101, "And a pillow, please").await;
    window.until_says("conversation", "And a pillow, please").await;
    window.until("the message", "return window.seen !== null", Vec::new()).await;
    let took = window.run("return window.seen", Vec::new()).await.as_f64().unwrap() - written;
    assert!(took < AT_ONCE, "the message was there after {took} ms");
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_offline_survives_a_kill_and_reaches_the_guest_once_and_in_order() {
    let mut fixture = Fixture::set("waiting-chat").await;
    let window = fixture.open_signed_in().await;
    writes(fixture.hotel(), ROOM_101, TOWELS).await;
    window.until_says("rail-chat", "1").await;
    open_conversation(&window).await;
    window.until_says("chat-message", TOWELS).await;
    fixture.close_hotel().await;
    for text in ["Of course", "Ten minutes"] {
        window.keys(text).await;
        window.key(Key::Enter).await;
    }
    let waiting = "[data-testid=chat-message][data-state=waiting]";
    desk_tests::window::until("both wait", async || (window.count(waiting).await == 2).then_some(())).await;
    window.keys("Half a word").await;
    window.shot("waiting").await;
    // A draft is stored within a second of typing.
    desk_tests::window::until("the draft", async || {
        let drafts = fixture.deskctl(&["drafts", "list", "--text"]).await;
        drafts.to_string().contains("Half a word").then_some(())
    })
    .await;
    let window = fixture.kill_and_restart(window).await;
    open_conversation(&window).await;
    assert_eq!(window.value("chat-text").await, "Half a word");
    fixture.open_hotel().await;
    desk_tests::window::until("both arrive", async || (staff_texts(&fixture).len() >= 2).then_some(())).await;
    window.until_removed(waiting).await;
    assert_eq!(staff_texts(&fixture), ["Of course", "Ten minutes"]);
    window.shot("sent").await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_picture_is_shown_saved_by_choice_and_hidden_by_the_lock() {
    let fixture = Fixture::set("guest-picture").await;
    let window = fixture.open_signed_in().await;
    window.resize(1366, 768).await;
    let message = shares(fixture.hotel(), ROOM_101, "tap.png", &picture(120)).await;
    assert!(message["id"].is_number(), "{message}");
    open_conversation(&window).await;
    window.until_there("[data-testid=chat-picture] img").await;
    let is_drawn = "return document.querySelector('[data-testid=chat-picture] img').naturalWidth > 0";
    window.until("the picture", is_drawn, Vec::new()).await;
    window.press("conversation-mute").await;
    window.until_there("[data-testid=conversation-muted]").await;
    window.shot("inline").await;
    window.press("chat-picture").await;
    window.until_there("[data-testid=chat-file-dialog]").await;
    window.shot("dialog").await;
    window.is_accessible("the dialog").await;
    window.press("chat-file-save").await;
    window.until_there("[data-testid=exported]").await;
    assert_eq!(
        std::fs::read(fixture.downloads().join("tap.png")).unwrap(),
        picture(120),
        "as the guest sent it"
    );
    let (id, folder) = (message["id"].to_string(), fixture.data_folder().display().to_string());
    let fetched = fixture.deskctl(&["chat", "file", "101", &id, "--to", &folder]).await;
    assert_eq!(std::fs::read(fetched["file"].as_str().unwrap()).unwrap(), picture(120));
    window.press("chat-file-close").await;
    window.press("bell").await;
    window.until_there("[data-testid=repeats-switch]").await;
    window.shot("sounds").await;
    window.key(Key::Escape).await;
    window.ctrl('l').await;
    window.until_there("[data-testid=lock-screen]").await;
    window.until_removed("[data-testid=chat-picture]").await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_chosen_dropped_and_sent_with_an_answer_and_survives_a_kill() {
    let mut fixture = Fixture::set("sent-file").await;
    let window = fixture.open_signed_in().await;
    window.resize(1366, 768).await;
    writes(fixture.hotel(), ROOM_101, "May I see the bill?").await;
    open_conversation(&window).await;
    let bill = fixture.data_folder().join("bill.pdf");
    std::fs::write(&bill, b"%PDF-1.7").unwrap();
    window.choose_file("chat-file-input", &bill).await;
    window.until_says("chat-attached", "bill.pdf").await;
    window.keys("Here it is").await;
    window.shot("chosen").await;
    window.is_accessible("the chosen file").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=chat-message][data-sender=staff][data-state=at_hotel]").await;
    window.until_focus("chat-text").await;
    fixture.close_hotel().await;
    window.drop_file("conversation-open", "pool.png", &picture(120)).await;
    window.until_says("chat-attached", "pool.png").await;
    window.drop_file("conversation-open", "garden.png", &picture(121)).await;
    window.until_says("chat-attached", "garden.png").await;
    window.shot("two-files").await;
    window.key(Key::Enter).await;
    window.until_removed("[data-testid=chat-attached]").await;
    window.until_there("[data-testid=chat-message][data-state=waiting]").await;
    window.shot("waiting").await;
    let window = fixture.kill_and_restart(window).await;
    fixture.open_hotel().await;
    open_conversation(&window).await;
    // The hotel has a message a moment before its file.
    let sent = [["bill.pdf"], ["pool.png"], ["garden.png"]];
    desk_tests::window::until("all files", async || (staff_files(&fixture) == sent).then_some(())).await;
    window.until_removed("[data-testid=chat-message][data-state=waiting]").await;
    assert_eq!(staff_files(&fixture), sent, "once each");
    window.shot("sent").await;
    let answer =
        fixture.deskctl(&["chat", "send", "101", "Once more", "--file", &bill.display().to_string()]).await;
    assert_eq!(answer["sent"], true, "{answer}");
    assert_eq!(staff_files(&fixture).len(), 4);
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_files_upload_shows_its_progress_and_is_stopped_and_sent_again() {
    let fixture = Fixture::set("stopped-file").await;
    let window = fixture.open_signed_in().await;
    window.resize(1000, 700).await;
    writes(fixture.hotel(), ROOM_101, "May I see the plan?").await;
    open_conversation(&window).await;
    let plan = fixture.data_folder().join("plan of the hotel.pdf");
    std::fs::write(&plan, vec![b'x'; 30 << 20]).unwrap();
    // The line is so slow that only a part of the file has left for a long time.
    fixture.hotel().slow_line(std::time::Duration::from_secs(600));
    window.choose_file("chat-file-input", &plan).await;
    window.until_says("chat-attached", "plan of the hotel.pdf").await;
    window.shot("chosen").await;
    window.keys("All floors").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=chat-file-sending]").await;
    window.shot("sending").await;
    window.press("chat-file-stop").await;
    window.until_says("chat-not-sent", "You stopped the file").await;
    // The button is gone, and the focus is still in the conversation.
    window.until_focus("chat-message").await;
    window.shot("stopped").await;
    window.is_accessible("a stopped file").await;
    window.resize(2560, 1440).await;
    window.shot("large").await;
    assert_eq!(staff_texts(&fixture), [""; 0]);
    fixture.hotel().slow_line(std::time::Duration::ZERO);
    window.press("chat-retry").await;
    window.until_there("[data-testid=chat-message][data-sender=staff][data-state=at_hotel]").await;
    assert_eq!(staff_texts(&fixture), ["All floors"]);
    assert_eq!(staff_files(&fixture), [["plan of the hotel.pdf"]]);
    fixture.end(window).await;
}
