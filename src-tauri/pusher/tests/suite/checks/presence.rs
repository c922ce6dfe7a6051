//! Presence, on the pure machine.

use pusher::machine::Input;
use pusher::{Member, Members, Notice, State};
use serde_json::{Value, json};

use crate::checks::rig::{Rig, channel};

const ROOM: &str = "presence-room";

/// Acknowledges with these members.
fn table(rig: &mut Rig, members: &[(&str, Value)]) {
    let ids: Vec<&str> = members.iter().map(|(id, _)| *id).collect();
    let hash: Value = members.iter().map(|(id, info)| ((*id).to_owned(), info.clone())).collect();
    let data = json!({"presence": {"ids": ids, "hash": hash, "count": ids.len()}}).to_string();
    acknowledge(rig, &Value::String(data));
}

fn acknowledge(rig: &mut Rig, data: &Value) {
    rig.publish_data(ROOM, "pusher_internal:subscription_succeeded", &data.to_string());
}

fn added(rig: &mut Rig, id: Value, info: Value) {
    let data = Value::String(json!({"user_id": id, "user_info": info}).to_string());
    rig.publish_data(ROOM, "pusher_internal:member_added", &data.to_string());
}

fn removed(rig: &mut Rig, id: Value) {
    let data = Value::String(json!({"user_id": id}).to_string());
    rig.publish_data(ROOM, "pusher_internal:member_removed", &data.to_string());
}

fn ids(members: &Members) -> Vec<String> {
    members.iter().map(|member| member.id).collect()
}

fn here(rig: &Rig) -> Vec<String> {
    ids(rig.machine.members(ROOM).expect("there is a table"))
}

/// Makes a rig with a requested and authorized channel that is not yet acknowledged.
fn pending() -> Rig {
    let mut rig = Rig::live_authorized(&[]);
    rig.step(Input::Subscribe(channel(ROOM)));
    rig.grant(ROOM);
    rig
}

fn room(members: &[(&str, Value)]) -> Rig {
    let mut rig = pending();
    table(&mut rig, members);
    rig
}

#[test]
fn check_100_the_table_follows_joins_and_leaves() {
    let mut rig = room(&[("1", json!({"name": "A"})), ("me", Value::Null)]);
    added(&mut rig, json!("2"), json!({"name": "B"}));
    removed(&mut rig, json!("1"));
    removed(&mut rig, json!("nobody"));
    assert_eq!(here(&rig), ["2", "me"]);
    let members = rig.machine.members(ROOM).unwrap();
    assert_eq!((members.me(), members.len(), members.is_stale()), (Some("me"), 2, false));
    assert_eq!(members.info("2"), Some(&json!({"name": "B"})));
    let expected = [
        "subscribed presence-room",
        "members presence-room +1 +me",
        "members presence-room +2",
        "members presence-room -1",
    ];
    assert_eq!(rig.story(), expected);
    let Some(Notice::Presence(change)) = rig.notices.last() else { panic!("{:?}", rig.story()) };
    assert_eq!(change.left, [Member { id: "1".into(), info: json!({"name": "A"}) }]);
}

#[test]
fn check_100_repeated_joins_count_once_and_numbers_are_texts() {
    let mut rig = room(&[("7", json!({"name": "A"}))]);
    added(&mut rig, json!(7), json!({"name": "A"}));
    added(&mut rig, json!("7"), json!({"name": "A"}));
    assert_eq!((here(&rig), rig.notices.len()), (vec!["7".to_owned()], 2));
    added(&mut rig, json!(7), json!({"name": "Z"}));
    assert_eq!(rig.story().last().map(String::as_str), Some("members presence-room ~7"));
    removed(&mut rig, json!(7));
    assert!(here(&rig).is_empty());
}

#[test]
fn check_100_tables_are_read_in_every_known_form() {
    let forms = [
        json!({"presence": {"ids": [1, "2"], "hash": {"1": {}, "2": null}, "count": 2}}),
        json!({"presence": {"ids": ["1", 2]}}),
        json!({"presence": {"hash": {"1": {"name": "A"}, "2": {}}}}),
    ];
    for form in forms {
        for data in [form.clone(), Value::String(form.to_string())] {
            let mut rig = pending();
            acknowledge(&mut rig, &data);
            assert_eq!(here(&rig), ["1", "2"], "{data}");
        }
    }
    let mut rig = pending();
    acknowledge(&mut rig, &json!({"presence": {"ids": [], "hash": [], "count": 0}}));
    assert!(here(&rig).is_empty());
    assert!(!rig.machine.members(ROOM).unwrap().is_stale());
}

#[test]
fn check_100_changes_before_the_acknowledgement_are_applied_after_it() {
    let mut rig = pending();
    added(&mut rig, json!("2"), Value::Null);
    removed(&mut rig, json!("1"));
    assert!(rig.notices.is_empty());
    table(&mut rig, &[("1", Value::Null), ("me", Value::Null)]);
    assert_eq!(here(&rig), ["2", "me"]);
}

#[test]
fn check_100_changes_that_could_not_be_held_leave_the_table_stale() {
    let mut rig = pending();
    for id in 0..300 {
        added(&mut rig, json!(id), Value::Null);
    }
    table(&mut rig, &[]);
    assert_eq!((here(&rig).len(), rig.gaps().len()), (256, 1));
    assert!(rig.machine.members(ROOM).unwrap().is_stale());
}

#[test]
fn check_101_a_reconnect_brings_the_difference_and_the_old_table_is_stale_meanwhile() {
    let mut rig = room(&[("1", json!(1)), ("2", json!(2)), ("3", json!(3))]);
    rig.forget();
    rig.vanish();
    let members = rig.machine.members(ROOM).unwrap();
    assert_eq!((ids(members), members.is_stale()), (vec!["1".into(), "2".into(), "3".into()], true));
    rig.wait_for_attempt();
    rig.greet();
    rig.grant(ROOM);
    assert!(rig.machine.members(ROOM).unwrap().is_stale());
    table(&mut rig, &[("2", json!(2)), ("3", json!("new")), ("4", json!(4))]);
    assert!(!rig.machine.members(ROOM).unwrap().is_stale());
    assert_eq!(rig.story(), ["gap presence-room", "members presence-room +4 -1 ~3"]);
    rig.forget();
    rig.reconnect();
    rig.grant(ROOM);
    table(&mut rig, &[("2", json!(2)), ("3", json!("new")), ("4", json!(4))]);
    assert_eq!(rig.story(), ["gap presence-room", "members presence-room"]);
}

#[test]
fn check_86_presence_frames_with_wrong_data_degrade_the_table_and_are_reported() {
    let wrong = [
        json!({}),
        json!(null),
        json!(7),
        json!("text"),
        json!({"presence": null}),
        json!({"presence": {}}),
        json!({"presence": {"hash": 7}}),
        json!({"presence": {"ids": [null], "hash": {}}}),
        json!({"presence": {"ids": "1"}}),
    ];
    for data in wrong {
        let mut rig = pending();
        acknowledge(&mut rig, &data);
        assert_eq!(rig.story(), ["subscribed presence-room", "Members presence-room 1"], "{data}");
        assert!(rig.machine.members(ROOM).unwrap().is_stale());
        added(&mut rig, json!("1"), Value::Null);
        assert_eq!((rig.state(), here(&rig)), (State::Connected, vec!["1".into()]));
    }
    for data in ["{}", "null", r#""{\"user_id\":null}""#, r#"{"user_id":{}}"#, "[]", r#"{"user_id":""}"#] {
        for event in ["pusher_internal:member_added", "pusher_internal:member_removed"] {
            let mut rig = room(&[("1", Value::Null)]);
            rig.forget();
            rig.publish_data(ROOM, event, data);
            assert_eq!(rig.story(), ["Members presence-room 1"], "{event} {data}");
            assert!(rig.machine.members(ROOM).unwrap().is_stale());
            assert_eq!(here(&rig), ["1"]);
        }
    }
    let mut rig = Rig::live_authorized(&["news", "private-a"]);
    for name in ["news", "private-a", "presence-elsewhere"] {
        rig.publish_data(name, "pusher_internal:member_added", r#"{"user_id":"1"}"#);
    }
    rig.text(r#"{"event":"pusher_internal:member_removed"}"#);
    assert_eq!((rig.notices.len(), rig.machine.status().counters.unrouted), (0, 4));
}

#[test]
fn check_102_the_sender_of_a_client_event_is_the_servers_word() {
    let mut rig = room(&[("1", Value::Null), ("2", Value::Null)]);
    rig.text(&format!(
        r#"{{"event":"client-typing","channel":"{ROOM}","user_id":"1","data":"{{\"user_id\":\"2\"}}"}}"#
    ));
    rig.text(&format!(r#"{{"event":"client-typing","channel":"{ROOM}","data":"{{\"user_id\":\"2\"}}"}}"#));
    rig.text(&format!(r#"{{"event":"client-typing","channel":"{ROOM}","user_id":{{"a":1}},"data":{{}}}}"#));
    let senders: Vec<Option<&str>> = rig.events().iter().map(|event| event.user_id.as_deref()).collect();
    assert_eq!(senders, [Some("1"), None, None]);
}

#[test]
fn a_channel_that_is_left_has_no_table() {
    let mut rig = room(&[("1", Value::Null)]);
    rig.step(Input::Unsubscribe(channel(ROOM)));
    assert!(rig.machine.members(ROOM).is_none());
}
