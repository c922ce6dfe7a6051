//! A hotel with a long and a short conversation, and the data of a desk that has read both.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use demo_hotel::{DemoHotel, Options};
use desk_tests::test_desk;
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::ids::LocalId;

use crate::{SHORT, long};

/// The user name of a receptionist: guests' messages are announced to these.
const RECEPTIONIST: &str = "rory";

/// A conversation, at the hotel and on the desk.
#[derive(Clone, Copy)]
pub(crate) struct Conversation {
    /// Its number at the hotel.
    pub(crate) number: i64,
    /// Its key on the desk.
    pub(crate) key: LocalId,
}

/// An open hotel with a desk's data.
pub(crate) struct Hotel {
    /// The hotel's server.
    pub(crate) server: DemoHotel,
    /// The conversation with many messages, all of them on the desk.
    pub(crate) long: Conversation,
    /// The conversation with few messages.
    pub(crate) short: Conversation,
    /// The conversation without a message.
    pub(crate) empty: Conversation,
    /// The folder of the desk's data.
    pub(crate) desk_folder: PathBuf,
    /// The settings that the desk reads from its environment.
    pub(crate) settings: Vec<(&'static str, String)>,
}

impl Hotel {
    /// Opens a hotel, and reads its conversations into the desk's data.
    pub(crate) async fn open(folder: &Path) -> Self {
        let server = DemoHotel::start(Options::default().seed(7)).await.expect("the hotel opens");
        let rooms: HashMap<String, i64> = server
            .rooms()
            .into_iter()
            .map(|room| (room.room_number.to_string(), room.conversation))
            .collect();
        let mut numbers: Vec<i64> = rooms.values().copied().collect();
        numbers.sort_unstable();
        server.fill_conversation(numbers[0], long());
        server.fill_conversation(numbers[1], SHORT);
        let user = server.users().iter().position(|user| user.username == RECEPTIONIST);
        let desk_folder = folder.join("desk");
        let known = test_desk::settings(&server, user.expect("a receptionist"), desk_folder.clone()).await;
        let settings = test_desk::environment(&server, &known);

        let desk = Desk::open(known, Mode::Full).await.expect("the desk opens");
        let list = test_desk::until(&desk, "the conversations", || async {
            let list = desk.conversations().await.ok()?.conversations;
            (list.len() == rooms.len()).then_some(list)
        })
        .await;
        let found = |number: i64| {
            let of_room = list.iter().find(|one| rooms.get(&one.room) == Some(&number));
            Conversation { number, key: of_room.expect("the conversation is on the desk").id }
        };
        let (longest, short, empty) = (found(numbers[0]), found(numbers[1]), found(numbers[2]));
        read_whole(&desk, longest.key, long()).await;
        read_whole(&desk, short.key, SHORT).await;
        desk.close().await;
        Self { server, long: longest, short, empty, desk_folder, settings }
    }
}

/// Reads a conversation back to its first message.
async fn read_whole(desk: &Desk, conversation: LocalId, count: usize) {
    desk.show_conversation(Some(conversation)).await.expect("the conversation is shown");
    test_desk::until(desk, "the newest messages", || async {
        let list = desk.messages(conversation, 1).await.ok()?;
        (!list.messages.is_empty()).then_some(())
    })
    .await;
    let limit = u32::try_from(count).expect("a number of messages");
    while desk.messages(conversation, limit).await.expect("the messages").messages.len() < count {
        desk.read_older_messages(conversation).await.expect("older messages are read");
    }
}
