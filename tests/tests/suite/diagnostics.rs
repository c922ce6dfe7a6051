//! The checklist of the diagnostics screen and its event log: a desk at a hotel, with one fault at a time.

use hotelmate_core::resources::Kind;
use std::path::PathBuf;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::{TestDesk, offer};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::views::{
    Change, ChannelState, Check, Diagnosis, EventEntry, EventOutcome, Finding, FindingState, LiveState,
    SignOutChoice,
};
use pusher::time::Clock;
use serde_json::{Value, json};

const CHANNEL: &str = "hotel-killarney";

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

async fn desk() -> (DemoHotel, TestDesk) {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    test_desk.until_saved().await;
    // The channels of the guest chat are joined after its list was read.
    test_desk
        .until("all channels", || async {
            let channels = test_desk.desk.diagnosis().await.channels;
            let stand = channels.iter().all(|channel| channel.state == ChannelState::Confirmed);
            (stand && channels.iter().any(|channel| channel.name.contains("-conversation-1-"))).then_some(())
        })
        .await;
    (hotel, test_desk)
}

async fn checked(test_desk: &TestDesk) -> Diagnosis {
    test_desk.desk.run_checks().await;
    test_desk.desk.diagnosis().await
}

fn finding(diagnosis: &Diagnosis, check: Check) -> &Finding {
    diagnosis.findings.iter().find(|finding| finding.check == check).expect("a line for each check")
}

#[track_caller]
fn assert_finding(diagnosis: &Diagnosis, check: Check, state: FindingState, says: &str) {
    let finding = finding(diagnosis, check);
    assert!(finding.state == state && finding.text.contains(says), "{finding:?}");
    let must_act = matches!(state, FindingState::Warning | FindingState::Failed);
    assert!(!must_act || finding.way_out.is_some(), "{finding:?}");
}

/// Returns the checks that failed.
fn failed(diagnosis: &Diagnosis) -> Vec<Check> {
    let failed = diagnosis.findings.iter().filter(|finding| finding.state == FindingState::Failed);
    failed.map(|finding| finding.check).collect()
}

/// Waits for a line of the checklist, without running the checks.
async fn until_finding(test_desk: &TestDesk, check: Check, state: FindingState) -> Finding {
    test_desk
        .until("a finding", || async {
            let diagnosis = test_desk.desk.diagnosis().await;
            Some(finding(&diagnosis, check).clone()).filter(|finding| finding.state == state)
        })
        .await
}

/// Waits for an entry of the event log.
async fn until_logged(test_desk: &TestDesk, wanted: impl Fn(&EventEntry) -> bool) -> EventEntry {
    test_desk
        .until("an entry of the event log", || async {
            test_desk.desk.event_log(0).entries.into_iter().find(|entry| wanted(entry))
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn where_all_is_well_every_line_says_so_and_only_the_speed_needs_an_event() {
    let (hotel, test_desk) = desk().await;
    let diagnosis = checked(&test_desk).await;
    for finding in &diagnosis.findings {
        let expected = match finding.check {
            Check::Latency => FindingState::Unknown,
            _ => FindingState::Ok,
        };
        assert_eq!(finding.state, expected, "{finding:?}");
        assert_eq!(finding.way_out, None, "{finding:?}");
    }
    assert_finding(&diagnosis, Check::Latency, FindingState::Unknown, "No event has come");
    hotel.publish(CHANNEL, "offers-updated", &json!({"action": "sync"}));
    until_finding(&test_desk, Check::Latency, FindingState::Ok).await;
    assert!(test_desk.desk.diagnosis().await.findings.iter().all(|one| one.state == FindingState::Ok));
    let socket = diagnosis.socket.unwrap();
    assert_eq!((socket.state, socket.connections, socket.attempt), (LiveState::Live, 1, 0));
    let channel = &diagnosis.channels[0];
    assert_eq!((channel.name.as_str(), channel.state, channel.events), (CHANNEL, ChannelState::Confirmed, 0));
    assert!(!diagnosis.running && diagnosis.checked_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_fails_and_what_needs_it_is_unknown_until_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::default().seed(7).data(folder.path().join("hotel.sqlite"));
    let hotel = DemoHotel::start(options.clone()).await.unwrap();
    let options = options.port(hotel.port());
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    // An answer that is still being stored would count as one that came after the stop.
    test_desk.until_quiet(&hotel).await;
    hotel.stop().await;
    // A request on a connection that the stop has just closed fails in other words; the next one finds no server.
    for says in ["", "cannot be reached"] {
        let diagnosis = checked(&test_desk).await;
        assert_finding(&diagnosis, Check::NameResolution, FindingState::Ok, "");
        assert_finding(&diagnosis, Check::Server, FindingState::Failed, says);
        assert_finding(&diagnosis, Check::ServerClock, FindingState::Unknown, "Not checked");
        assert_finding(&diagnosis, Check::SignIn, FindingState::Unknown, "Not checked");
        assert_finding(&diagnosis, Check::Lists, FindingState::Unknown, "Not checked");
        assert_finding(&diagnosis, Check::Latency, FindingState::Unknown, "Not checked");
        assert_finding(&diagnosis, Check::Channels, FindingState::Unknown, "Not confirmed");
    }
    // The status pill says the same, once it has lasted.
    test_desk
        .until("the pill", || async { (test_desk.desk.status().await.online == Some(false)).then_some(()) })
        .await;

    let _hotel = DemoHotel::start(options).await.unwrap();
    test_desk.desk.try_now().await;
    // The checks are not run again: the state that was seen since then counts.
    until_finding(&test_desk, Check::Server, FindingState::Ok).await;
    until_finding(&test_desk, Check::SignIn, FindingState::Ok).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_four_minutes_behind_is_told_in_minutes() {
    let hotel = hotel().await;
    for (set, side) in [(-240, "4 minutes behind"), (240, "4 minutes ahead of")] {
        let clock = FastClock::of_speed(1);
        clock.set_wall(set);
        let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
        let diagnosis = checked(&test_desk).await;
        assert_finding(&diagnosis, Check::ServerClock, FindingState::Warning, side);
        assert_eq!(failed(&diagnosis), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_has_ended_is_found_and_a_new_one_too() {
    let (hotel, test_desk) = desk().await;
    assert_finding(&checked(&test_desk).await, Check::SignIn, FindingState::Ok, "");
    let user = hotel.users().swap_remove(0);
    // A read that is under way with the old sign-in would be refused after the new one, and end it as well.
    test_desk.until_quiet(&hotel).await;
    assert!(hotel.revoke_token(&user.username));
    let diagnosis = checked(&test_desk).await;
    assert_finding(&diagnosis, Check::SignIn, FindingState::Failed, "sign-in has ended");
    assert_finding(&diagnosis, Check::Server, FindingState::Ok, "answers");
    test_desk.until_quiet(&hotel).await;
    test_desk.desk.sign_in_again(&user.password).await.unwrap();
    until_finding(&test_desk, Check::SignIn, FindingState::Ok).await;
    assert_finding(&checked(&test_desk).await, Check::SignIn, FindingState::Ok, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_trouble_of_its_own_is_not_called_unreachable() {
    let (hotel, test_desk) = desk().await;
    hotel.publish(CHANNEL, "offers-updated", &json!({"action": "sync"}));
    until_finding(&test_desk, Check::Latency, FindingState::Ok).await;
    let page = Action::Status(StatusFault { code: 500, body: None });
    hotel.set_faults(FaultPlan::of([Rule::new(page)])).unwrap();
    let diagnosis = checked(&test_desk).await;
    assert_finding(&diagnosis, Check::Server, FindingState::Failed, "problem of its own (500)");
    assert_finding(&diagnosis, Check::NameResolution, FindingState::Ok, "");
    // Beside it no check that needs the server passes, although the live connection is open.
    assert_finding(&diagnosis, Check::Socket, FindingState::Ok, "is up");
    for check in [Check::SignIn, Check::Lists, Check::Latency] {
        assert_finding(&diagnosis, check, FindingState::Unknown, "Not checked");
    }
    hotel.clear_faults();
    let diagnosis = checked(&test_desk).await;
    assert_eq!(failed(&diagnosis), []);
    assert_finding(&diagnosis, Check::Latency, FindingState::Ok, "without delay");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_live_connection_says_why_and_what_to_do() {
    let hotel = hotel().await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::SocketRefuse(4001))])).unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    let socket = until_finding(&test_desk, Check::Socket, FindingState::Failed).await;
    assert!(socket.text.contains("refuses"), "{socket:?}");
    assert!(socket.way_out.unwrap().contains("pusher_key"));
    let diagnosis = checked(&test_desk).await;
    assert_eq!(failed(&diagnosis), [Check::Socket], "the rest is well, or follows from it");
    assert_finding(&diagnosis, Check::Channels, FindingState::Unknown, "live connection");
    assert_eq!(diagnosis.socket.unwrap().state, LiveState::Refused);
    until_logged(&test_desk, |entry| entry.event.starts_with("Connection refused")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_not_taken_for_minutes_although_the_server_answers_is_stuck() {
    let hotel = hotel().await;
    let clock = FastClock::of_speed(1);
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let busy = Rule::new(Action::RateLimited { retry_after_s: 3600 }).method("POST").path("*/offers/");
    hotel.set_faults(FaultPlan::of([busy])).unwrap();
    test_desk.desk.create(Kind::Offer, offer("Stuck"), None).await.unwrap();
    assert_finding(&test_desk.desk.diagnosis().await, Check::Outbox, FindingState::Ok, "1 change on the way");
    test_desk
        .until("the refusal", || async {
            hotel.requests().iter().any(|request| request.status == Some(429)).then_some(())
        })
        .await;
    clock.set_wall(900);
    let outbox = until_finding(&test_desk, Check::Outbox, FindingState::Failed).await;
    assert!(outbox.text.contains("waiting for 15 minutes"), "{outbox:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_hotel_refuses_needs_a_person_and_is_no_failure_of_the_desk() {
    let (hotel, test_desk) = desk().await;
    let body = Some(json!({"title": ["The hotel does not like it."]}));
    let refusal = Action::Status(StatusFault { code: 400, body });
    let rule = Rule::new(refusal).method("POST").path("*/offers/");
    hotel.set_faults(FaultPlan::of([rule])).unwrap();
    test_desk.desk.create(Kind::Offer, offer("Disliked"), None).await.unwrap();
    let outbox = until_finding(&test_desk, Check::Outbox, FindingState::Warning).await;
    assert_eq!(outbox.text, "1 change needs a person.");
}

fn database(test_desk: &TestDesk) -> PathBuf {
    let mut accounts = std::fs::read_dir(test_desk.folder().join("accounts")).unwrap();
    accounts.next().unwrap().unwrap().path().join("desk.sqlite")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_found_while_it_is_in_use_and_told_of_after_it_was_set_aside() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_finding(&checked(&test_desk).await, Check::Database, FindingState::Ok, "sound");
    let path = database(&test_desk);
    let own = rusqlite::Connection::open(&path).unwrap();
    own.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(own);
    let mut bytes = std::fs::read(&path).unwrap();
    let end = bytes.len();
    assert!(end > 64 * 1024, "{end} bytes");
    bytes[end - 8 * 4096..].fill(0xAB);
    std::fs::write(&path, bytes).unwrap();
    assert_finding(&checked(&test_desk).await, Check::Database, FindingState::Failed, "damaged");

    let test_desk = test_desk.restart().await;
    let diagnosis = checked(&test_desk).await;
    assert_finding(&diagnosis, Check::Database, FindingState::Warning, "set aside");
    let aside = &finding(&diagnosis, Check::Database).details;
    let aside = aside.iter().find(|detail| detail.name == "Set aside").unwrap();
    assert_eq!(aside.value, "desk.sqlite.damaged-1", "the name alone, without anybody's home folder");
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_somebody_swept_away_are_missed() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    test_desk.desk.prepare_picture(desk_tests::picture(9)).await.unwrap();
    assert_finding(&checked(&test_desk).await, Check::Cache, FindingState::Ok, "sound");
    drop(test_desk);

    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk
        .until("a picture", || async {
            test_desk.offers().await.into_iter().find_map(|offer| offer.photo().picture)
        })
        .await;
    test_desk.until_quiet(&hotel).await;
    let media = database(&test_desk).with_file_name("media");
    // In one step, because another picture may still be added meanwhile.
    std::fs::rename(&media, media.with_file_name("swept")).unwrap();
    std::fs::create_dir_all(&media).unwrap();
    assert_finding(&checked(&test_desk).await, Check::Cache, FindingState::Warning, "missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_logged_with_what_became_of_it() {
    let (hotel, test_desk) = desk().await;
    let theirs = json!({"gallery_id": 1, "hotel_slug": "elsewhere"});
    let reported = [
        ("weather-changed", json!({"rain": true}), EventOutcome::Unknown),
        ("offer-updated", json!({"offer": {"title": 5}}), EventOutcome::Unreadable),
        ("gallery-updated", theirs, EventOutcome::Foreign),
        ("offers-updated", json!({"action": "sync"}), EventOutcome::Applied),
    ];
    for (name, data, _) in &reported {
        hotel.publish(CHANNEL, name, data);
    }
    for (name, data, outcome) in &reported {
        let entry = until_logged(&test_desk, |entry| entry.event == *name).await;
        assert_eq!(entry.outcome, *outcome, "{name}");
        assert_eq!(entry.channel.as_deref(), Some(CHANNEL));
        assert_eq!(entry.bytes as usize, data.to_string().len());
        assert_eq!(entry.stored_ms.is_some(), *outcome == EventOutcome::Applied, "{name}");
    }
    let diagnosis = test_desk.desk.diagnosis().await;
    let channel = &diagnosis.channels[0];
    assert_eq!((channel.events, channel.last_event.as_deref()), (4, Some("offers-updated")));
    assert_finding(&diagnosis, Check::Latency, FindingState::Ok, "without delay");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_told_after_the_rows_that_its_event_changed() {
    let (_hotel, mine) = desk().await;
    let theirs = TestDesk::at(&_hotel, 1).await;
    theirs.until_live().await;
    let mut feed = mine.desk.changes();
    theirs.desk.create(Kind::Offer, offer("Boat trip"), None).await.unwrap();
    let mut offers_reported = false;
    let seq = loop {
        match tokio::time::timeout(Duration::from_secs(20), feed.recv()).await.unwrap().unwrap() {
            Change::Entities { resource: Kind::Offer, .. } => offers_reported = true,
            Change::Live { seq } => {
                let entry = mine.desk.event_log(seq - 1).entries.swap_remove(0);
                if entry.event == "offer-created" {
                    break seq;
                }
            }
            _ => {}
        }
    };
    assert!(offers_reported);
    assert!(mine.titled("Boat trip").await.is_some(), "the row is there");
    mine.desk.note_shown(&[seq]);
    let entry = mine.desk.event_log(seq - 1).entries.swap_remove(0);
    assert!(entry.shown_ms.unwrap() >= entry.stored_ms.unwrap(), "{entry:?}");
    assert!(mine.desk.diagnosis().await.latency.unwrap().shown_ms.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_from_the_hotel_is_told_right_by_a_clock_that_is_wrong() {
    let hotel = hotel().await;
    for set in [-240, 240] {
        let (hotels, clock) = (FastClock::of_speed(1), FastClock::of_speed(1));
        clock.set_wall(set);
        let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
        test_desk.until_live().await;
        let reported = jiff::Timestamp::from_duration(hotels.wall().try_into().unwrap()).unwrap();
        hotel.publish(CHANNEL, "offers-updated", &json!({"timestamp": reported.to_string()}));
        let entry = until_logged(&test_desk, |entry| entry.event == "offers-updated").await;
        let took = entry.hotel_ms.expect("the clocks were compared by the first reading");
        assert!((0..2000).contains(&took), "{took} ms");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_is_masked_until_somebody_reveals_it() {
    let (hotel, test_desk) = desk().await;
    let message = json!({"id": 45, "guest_name": "Mary O'Brien", "message": "Two more towels, please",
        "sender_type": "guest", "phone": "+353 87 123 4567"});
    hotel.publish(CHANNEL, "new-message", &message);
    let entry = until_logged(&test_desk, |entry| entry.event == "new-message").await;
    assert!(entry.masked);
    for personal in ["Mary", "towels", "+353"] {
        assert!(!entry.data.contains(personal), "{}", entry.data);
    }
    let revealed: Value = serde_json::from_str(&test_desk.desk.reveal_event(entry.seq).unwrap()).unwrap();
    assert_eq!(revealed, message);
    let removed = test_desk.desk.reveal_event(entry.seq + 1000).unwrap_err();
    assert_eq!(removed.code, ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn losses_and_returns_of_the_connection_stand_in_the_log() {
    let (hotel, test_desk) = desk().await;
    hotel.close_sockets(4200);
    let gap = until_logged(&test_desk, |entry| entry.event.starts_with("Events may be missing")).await;
    assert_eq!((gap.outcome, gap.channel.as_deref()), (EventOutcome::Connection, Some(CHANNEL)));
    let log = test_desk.desk.event_log(0);
    let loss = log.entries.iter().position(|entry| entry.event.starts_with("No connection"));
    let back = log.entries.iter().rposition(|entry| entry.event == "Connected");
    assert!(loss.unwrap() < back.unwrap(), "{log:?}");
    assert!(log.entries.windows(2).all(|pair| pair[0].seq + 1 == pair[1].seq));
    until_finding(&test_desk, Check::Channels, FindingState::Ok).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_person_does_not_see_what_came_for_the_one_before() {
    let (hotel, test_desk) = desk().await;
    hotel.publish(CHANNEL, "new-message", &json!({"message": "Two more towels, please"}));
    let entry = until_logged(&test_desk, |entry| entry.event == "new-message").await;
    test_desk.desk.sign_out(SignOutChoice::Keep).await.unwrap();
    assert_eq!(test_desk.desk.event_log(0).entries, []);
    assert!(test_desk.desk.reveal_event(entry.seq).is_err());
    let diagnosis = checked(&test_desk).await;
    assert_finding(&diagnosis, Check::Server, FindingState::Ok, "answers");
    assert_finding(&diagnosis, Check::SignIn, FindingState::Unknown, "Nobody");
    assert_eq!((diagnosis.socket, diagnosis.channels.len()), (None, 0));
    assert!(test_desk.desk.event_log(0).newest >= entry.seq, "the numbers go on");
}
