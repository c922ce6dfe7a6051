//! The guest chat of a desk: conversations, messages, live events and what staff write.

mod attachments;
mod attention;
mod live;
mod newest;
mod privacy;
mod sending;

use demo_hotel::{DemoHotel, Options};
use desk_tests::TestDesk;
use hotelmate_core::ids::{LocalId, ServerId};
use hotelmate_core::resources::Sender;
use hotelmate_core::views::{ConversationView, MessageList, MessageView};

/// Rory, a receptionist.
const RECEPTIONIST: usize = 1;
const OTHER_RECEPTIONIST: usize = 2;

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

/// Returns a desk with a live connection that hears the conversation with room 101.
async fn live_desk(hotel: &DemoHotel) -> (TestDesk, LocalId) {
    let test_desk = TestDesk::at(hotel, RECEPTIONIST).await;
    test_desk.until_live().await;
    let conversation = of_room(&test_desk, "101").await.id;
    test_desk.desk.show_conversation(Some(conversation)).await.unwrap();
    test_desk.desk.show_conversation(None).await.unwrap();
    (test_desk, conversation)
}

async fn of_room(test_desk: &TestDesk, room: &str) -> ConversationView {
    test_desk
        .until("the conversation with a room", || async {
            let list = test_desk.desk.conversations().await.unwrap();
            list.conversations.into_iter().find(|one| one.room == room)
        })
        .await
}

async fn messages(test_desk: &TestDesk, conversation: LocalId) -> MessageList {
    test_desk.desk.messages(conversation, 500).await.unwrap()
}

/// Waits for a message that fulfils a condition.
async fn until_message(
    test_desk: &TestDesk,
    conversation: LocalId,
    what: &str,
    wanted: impl Fn(&MessageView) -> bool,
) -> MessageView {
    test_desk
        .until(what, || async { messages(test_desk, conversation).await.messages.into_iter().find(&wanted) })
        .await
}

fn texts(list: &MessageList) -> Vec<&str> {
    list.messages.iter().map(|message| message.text.as_str()).collect()
}

/// Returns the messages that the hotel has, as anyone can read them.
async fn at_hotel(test_desk: &TestDesk, hotel: &DemoHotel, conversation: i64) -> Vec<(Sender, String)> {
    let _ = test_desk;
    let api = desk_tests::test_desk::colleague(hotel, OTHER_RECEPTIONIST).await;
    let generation = hotelmate_core::hotel::dialect::Generation::First;
    let mut all = Vec::new();
    let mut before: Option<ServerId> = None;
    loop {
        let page = api.messages(generation, ServerId(conversation), before).await.unwrap();
        before = page.messages.first().map(|message| message.id);
        let texts = page.messages.into_iter().map(|message| (message.sender, message.content.text));
        all.splice(0..0, texts);
        if page.has_start {
            return all;
        }
    }
}

async fn staff_texts(test_desk: &TestDesk, hotel: &DemoHotel, conversation: i64) -> Vec<String> {
    let all = at_hotel(test_desk, hotel, conversation).await;
    all.into_iter().filter(|(sender, _)| *sender == Sender::Staff).map(|(_, text)| text).collect()
}
