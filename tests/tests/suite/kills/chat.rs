//! The person's messages to the guest of room 101, and the guest's own.

use demo_hotel::{Sender, StoredMessage};
use desk_tests::guest::ROOM_101;
use serde_json::Value;

use crate::kills::desk::Desk;
use crate::kills::program::{Blow, Moment};

/// The room, as a person names it.
const ROOM: &str = "101";
/// The exit codes of a command that has queued a message: sent, unreachable, waiting, in need of a person.
const QUEUED: [i32; 4] = [0, 3, 7, 8];

/// The texts of the chat.
#[derive(Debug, Default)]
pub struct Said {
    /// Those that the program has accepted, in their order.
    accepted: Vec<String>,
    /// Those that a person was asked about, and dropped.
    dropped: Vec<String>,
    /// Those of the guest, in their order.
    guest: Vec<String>,
}

impl Desk<'_> {
    /// Writes a message to the guest. The program may be stopped while it stores or sends it.
    pub async fn write_to_the_guest(&mut self) {
        self.counter += 1;
        let text = format!("desk {}", self.counter);
        let moment = match self.strikes(0.6) {
            true => Moment::Heard { requests: 1, writes: true, then: self.short_time() },
            false => Moment::Never,
        };
        let run = self.program.run(&["chat", "send", ROOM, &text], moment, Blow::Kill).await;
        self.count(&run, Blow::Kill);
        let expected = run.struck || run.code.is_some_and(|code| QUEUED.contains(&code));
        assert!(expected, "a message ended with {:?}: {}", run.code, run.reported);
        // Without an answer, the message is stored completely or not at all.
        let is_stored =
            run.answer.is_some() || self.shown_messages().await.iter().any(|one| one["text"] == *text);
        if is_stored {
            self.accepted += 1;
            self.ledger.said.accepted.push(text);
        }
    }

    /// The guest writes.
    pub async fn guest_writes(&mut self) {
        self.counter += 1;
        let text = format!("guest {}", self.counter);
        assert_eq!(self.hotel.guest_writes(ROOM_101, [text.clone()]).await.len(), 1);
        self.ledger.said.guest.push(text);
    }

    /// Notes that a person drops the message of an intent, if it is one. It may be at the hotel: that is the question.
    pub async fn note_dropped(&mut self, intent: &str) {
        let shown = self.shown_messages().await;
        let message = shown.iter().find(|one| one["intent"] == intent);
        if let Some(text) = message.and_then(|one| one["text"].as_str()) {
            self.ledger.said.dropped.push(text.to_owned());
        }
    }

    async fn shown_messages(&mut self) -> Vec<Value> {
        self.ask(&["chat", "show", ROOM, "--limit", "1000"]).await.as_array().unwrap().clone()
    }

    /// Compares the messages of the hotel and of the desk with the ledger.
    pub async fn compare_chat(&mut self) {
        let there = self.hotel.messages(ROOM_101);
        let texts = |is_wanted: fn(&StoredMessage) -> bool| -> Vec<String> {
            there.iter().filter(|one| is_wanted(one)).map(|one| one.text.clone()).collect()
        };
        let staff = texts(|one| matches!(one.sender, Sender::Staff(_)));
        let guest = texts(|one| one.sender == Sender::Guest);
        let shown = self.shown_messages().await;
        let shown: Vec<&str> = shown.iter().filter_map(|one| one["text"].as_str()).collect();
        let all: Vec<&str> = there.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(shown, all, "the desk shows the hotel's messages");
        let said = &self.ledger.said;
        assert_eq!(guest, said.guest, "the guest's messages, each once and in order");
        for text in &said.accepted {
            match staff.iter().filter(|one| *one == text).count() {
                0 if said.dropped.contains(text) => {}
                0 => self.findings.lost.push(format!("the message “{text}” is not at the hotel")),
                1 => {}
                more => self.findings.doubled.push(format!("the message “{text}” is there {more} times")),
            }
        }
        for text in staff.iter().filter(|text| !said.accepted.contains(text)) {
            self.findings.doubled.push(format!("the message “{text}” was never accepted"));
        }
        let sure = |texts: &[String]| -> Vec<String> {
            texts.iter().filter(|text| !said.dropped.contains(text)).cloned().collect()
        };
        if sure(&staff) != sure(&said.accepted) {
            self.findings.lost.push(format!("the order of {:?}: {staff:?}", said.accepted));
        }
    }
}
