use jiff::Timestamp;

use super::*;
use crate::ids::{IntentId, LocalId};
use crate::model::{IntentState, Note};
use crate::records::{Datum, Fields};
use crate::resources::ServerPicture;

fn create(content: Fields) -> Intent {
    Intent {
        seq: 1,
        id: IntentId::from_random([1; 16]),
        lane: LocalId::from_random([1; 16]),
        operation: Operation::Create { content },
        state: IntentState::Unclear,
        note: Note { known_up_to: Some(10), ..Note::default() },
        not_before: 0,
        created_at: Timestamp::UNIX_EPOCH,
        open: None,
    }
}

fn offer(title: &str) -> Fields {
    Kind::Offer.table().blank().with("title", title).with("short_description", "Two nights")
}

fn there(id: i64, content: Fields) -> ServerCopy {
    ServerCopy::as_sent(Kind::Offer, ServerId(id), &content, Timestamp::UNIX_EPOCH)
}

fn room(fields: &[(&str, Datum)]) -> Fields {
    Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn room_there(fields: Fields) -> ServerCopy {
    ServerCopy::as_sent(Kind::RoomType, ServerId(11), &fields, Timestamp::UNIX_EPOCH)
}

#[test]
fn an_echo_holds_all_that_was_sent_as_the_server_stores_it() {
    let create = create(offer(" Spa\u{1f}"));
    assert!(is_echo(&create, &there(11, offer("Spa"))));
}

#[test]
fn a_row_that_was_there_before_is_no_echo() {
    let create = create(offer("Spa"));
    assert!(!is_echo(&create, &there(10, offer("Spa"))));
}

#[test]
fn a_row_that_differs_in_one_field_is_no_echo() {
    let create = create(offer("Spa"));
    assert!(!is_echo(&create, &there(11, offer("Spa").with("tag", "New"))));
    assert!(!is_echo(&create, &there(11, offer("Another"))));
}

#[test]
fn a_row_with_a_picture_is_no_echo() {
    let create = create(offer("Spa"));
    let mut theirs = there(11, offer("Spa"));
    theirs.set_picture(
        Slot::Photo,
        ServerPicture { path: None, url: Some("http://hotel.example/a.jpg".into()) },
    );
    assert!(!is_echo(&create, &theirs));
}

#[test]
fn a_row_that_another_create_has_made_is_no_echo() {
    let mut create = create(offer("Spa"));
    create.note.not_mine.push(ServerId(11));
    assert!(!is_echo(&create, &there(11, offer("Spa"))));
}

#[test]
fn what_was_not_filled_in_may_have_the_servers_default_and_nothing_else() {
    let text = |text: &str| Datum::Text(text.into());
    let sent = room(&[("name", text("Suite")), ("starting_price_from", text("99.00"))]);
    let create = create(sent.clone());
    let stored = |name: &str, value: Datum| {
        let mut fields = sent.clone();
        fields.set("max_occupancy", Datum::Number(2));
        fields.set("sort_order", Datum::Number(0));
        fields.set("is_active", Datum::Flag(true));
        fields.set(name, value);
        room_there(fields)
    };
    assert!(is_echo(&create, &stored("bed_setup", text(""))));
    assert!(!is_echo(&create, &stored("bed_setup", text("Two twin beds"))));
    assert!(!is_echo(&create, &stored("max_occupancy", Datum::Number(4))));
    assert!(!is_echo(&create, &stored("is_active", Datum::Flag(false))));
}
