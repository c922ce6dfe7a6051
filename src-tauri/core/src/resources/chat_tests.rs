use serde_json::json;

use super::*;

fn recorded(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

macro_rules! sample {
    ($name:literal) => {
        recorded(include_str!(concat!("../../tests/fixtures/", $name, ".json")))
    };
}

/// Returns what each recorded event on the channel of a conversation says.
fn events(sample: &Value) -> Vec<ChatEvent> {
    let on_conversation =
        |event: &&Value| event["channel"].as_str().is_some_and(|channel| channel.contains("-conversation-"));
    let events = sample["events"].as_array().unwrap().iter().filter(on_conversation);
    events
        .map(|event| chat_event(event["event"].as_str().unwrap(), &event["data"]).unwrap().unwrap())
        .collect()
}

fn rows(sample: &Value) -> Vec<ServerRecord> {
    sample["answer"].as_array().unwrap().iter().map(|row| read_conversation(row).unwrap()).collect()
}

#[test]
fn the_lists_of_both_servers_are_read_with_room_guest_and_what_is_unread() {
    for sample in [sample!("A-chat-conversations"), sample!("B-chat-conversations")] {
        let row = &rows(&sample)[0];
        let fields = &row.fields;
        assert_eq!((row.id, fields.text("room_number")), (ServerId(1), "101".to_owned()));
        assert_eq!(fields.text("guest_name"), "Gale Room101");
        assert_eq!((fields.text("last_message").as_str(), fields.number("unread")), ("Two towels please", 1));
    }
    let silent = &rows(&sample!("A-chat-conversations"))[1].fields;
    assert_eq!((silent.text("last_message_time"), silent.number("unread")), (String::new(), 0));
}

#[test]
fn messages_have_their_writer_and_never_the_servers_wrong_name_of_a_guest() {
    let read = |row: &Value| ServerMessage::read(row).unwrap();
    let messages: Vec<_> =
        sample!("A-chat-messages")["answer"].as_array().unwrap().iter().map(read).collect();
    let writers: Vec<_> =
        messages.iter().map(|one| (one.sender, one.staff, one.content.name.as_str())).collect();
    assert_eq!(
        writers,
        [
            (Sender::Guest, None, "Gale Room101"),
            (Sender::Staff, Some(ServerId(3)), "Mary Kelly"),
            (Sender::Staff, Some(ServerId(2)), "Anna Byrne"),
        ]
    );
    assert!(messages[0].is_unread && !messages[1].is_unread);
    assert_eq!(messages[2].content.reply_to, Some(ServerId(2)));
    let newest = read(&sample!("B-chat-staff-send")["answer"]["message"]);
    assert_eq!((newest.sender, newest.content.name.as_str()), (Sender::Staff, "Mary Kelly"));
    let joined = sample!("B-chat-messages");
    assert!(joined["answer"].as_array().unwrap().iter().map(read).any(|one| one.sender == Sender::System));
}

#[test]
fn a_message_of_staff_comes_as_a_delivery_and_as_itself() {
    let said = events(&sample!("A-chat-staff-send"));
    assert_eq!(said[0], ChatEvent::Nothing);
    let ChatEvent::Message { message, is_whole: true } = &said[1] else { panic!("{said:?}") };
    assert_eq!((message.staff, message.content.text.as_str()), (Some(ServerId(3)), "On their way"));
}

#[test]
fn a_guests_message_comes_whole_from_the_first_servers_and_in_part_from_the_newest() {
    let whole = events(&sample!("A-chat-guest-send"));
    assert!(
        whole
            .iter()
            .any(|said| matches!(said, ChatEvent::Message { message, is_whole: true } if message.is_unread))
    );
    let part = events(&sample!("B-chat-guest-send"));
    assert!(
        matches!(&part[..], [ChatEvent::Message { message, is_whole: false }] if message.id == ServerId(1))
    );
}

#[test]
fn what_was_read_changed_or_deleted_names_its_messages() {
    assert_eq!(
        events(&sample!("A-chat-mark-read")),
        [ChatEvent::ReadByStaff(vec![ServerId(1)]), ChatEvent::Nothing]
    );
    let by_guest = ChatEvent::ReadByGuest(vec![ServerId(2), ServerId(3)]);
    assert_eq!(events(&sample!("A-chat-mark-read-guest")), [by_guest]);
    assert_eq!(
        events(&sample!("A-chat-delete-hard")),
        [ChatEvent::Removed(ServerId(2)), ChatEvent::Removed(ServerId(2))]
    );
    let soft = events(&sample!("A-chat-delete"));
    assert_eq!(soft.len(), 2);
    assert!(
        soft.iter()
            .all(|said| matches!(said, ChatEvent::Message { message, .. } if message.content.is_deleted))
    );
    let edited = events(&sample!("A-chat-edit-unread"));
    assert!(matches!(&edited[..], [ChatEvent::Message { message, .. }] if message.content.is_edited));
}

#[test]
fn the_chat_among_staff_on_the_same_channel_is_left_alone() {
    let staff = json!({"category": "staff_chat", "type": "message_created", "payload": {"id": 7}});
    assert_eq!(chat_event("realtime_event", &staff), None);
    assert_eq!(chat_event("weather", &json!({})), None);
}

#[test]
fn an_event_that_cannot_be_read_names_the_missing_key_only() {
    let fault = chat_event("new-message", &json!({"id": 1, "message": "Secret"})).unwrap().unwrap_err();
    assert_eq!(fault, "it has no sender_type");
    assert_eq!(
        chat_event("messages-read-by-staff", &json!({})).unwrap().unwrap_err(),
        "it names no messages"
    );
}
