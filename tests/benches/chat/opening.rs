//! The time in which a conversation is on the screen: a long one beside a short one.

use desk_tests::figures::Figures;
use desk_tests::window::launcher::Running;
use desk_tests::window::until;
use serde_json::{Value, json};

use crate::hotel::{Conversation, Hotel};
use crate::{SHORT, long};

/// Shows the room of the chat.
const CHAT: &str = "
    document.querySelector('[data-testid=rail-chat]').click();
    return document.querySelectorAll('[data-testid=conversation]').length > 2;";

/// Opens a conversation, and waits for the second frame after its newest message is in the page. An empty conversation
/// has none. Gives the milliseconds.
const OPEN: &str = "
    const [key, newest, done] = arguments;
    const begun = performance.now();
    const is_there = () => {
        if (document.querySelector('[data-testid=conversation-open]')?.dataset.id !== key) return false;
        const last = [...document.querySelectorAll('[data-testid=chat-message]')].at(-1);
        return newest === null || (last?.innerText.includes(newest) ?? false);
    };
    const look = () => {
        if (!is_there()) requestAnimationFrame(look);
        else requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
    };
    document.querySelector(`[data-entry='${key}']`).click();
    look();";

/// The milliseconds until a conversation is on the screen.
#[derive(Default)]
pub(crate) struct Opened {
    /// The long one.
    pub(crate) long: Figures,
    /// The short one.
    pub(crate) short: Figures,
}

/// Opens both conversations in turn this many times.
pub(crate) async fn measure(hotel: &Hotel, running: &Running, times: usize) -> Opened {
    until("the conversations in the window", async || {
        (running.window.execute(CHAT, Vec::new()).await.ok()? == true).then_some(())
    })
    .await;
    let mut opened = Opened::default();
    for round in 0..=times {
        let long = open(running, hotel.long, Some(long())).await;
        let short = open(running, hotel.short, Some(SHORT)).await;
        // The first round fills the caches, and waits for the desk's own start.
        if round > 0 {
            opened.long.add(long);
            opened.short.add(short);
        }
    }
    opened
}

/// Opens a conversation with this many messages, and returns the milliseconds.
pub(crate) async fn open(running: &Running, conversation: Conversation, messages: Option<usize>) -> f64 {
    let newest = messages.map(|count| format!("Message {count}"));
    let arguments: Vec<Value> = vec![json!(conversation.key), json!(newest)];
    let time = running.window.execute_async(OPEN, arguments).await;
    time.expect("the conversation opens").as_f64().expect("a time")
}
