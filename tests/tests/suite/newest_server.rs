//! A desk at the server of 2026: other paths, other settings, other channels, and no event about most entities.

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::guest::posts;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, picture};
use hotelmate_core::desk::Mode;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::records::{Datum, FieldEdit, FieldValue, Slot};
use hotelmate_core::resources::{Kind, ONLY_ONE};
use hotelmate_core::views::{
    ActivityKind, ChannelState, Check, Deed, FindingState, LiveState, Pill, RecordDetail, SyncMark,
};
use serde_json::json;

const MANAGER: usize = 0;
const RECEPTIONIST: usize = 1;
const CHANNEL: &str = "killarney.attendance";

async fn hotel(dialect: Dialect) -> DemoHotel {
    DemoHotel::start(Options::default().seed(7).dialect(dialect)).await.unwrap()
}

async fn newest() -> DemoHotel {
    hotel(Dialect::Current).await
}

async fn synced(hotel: &DemoHotel, user: usize) -> TestDesk {
    let test_desk = TestDesk::manual(hotel, user).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    test_desk
}

async fn until_live(test_desk: &TestDesk, channel: &str) {
    test_desk
        .until("the live channel", || async {
            let channels = test_desk.desk.diagnosis().await.channels;
            let stands = channels.iter().any(|it| it.name == channel && it.state == ChannelState::Confirmed);
            (stands && test_desk.desk.status().await.live == LiveState::Live).then_some(())
        })
        .await;
}

async fn branding(test_desk: &TestDesk) -> RecordDetail {
    test_desk.until("the branding", || async { test_desk.desk.branding().await.unwrap() }).await
}

fn change(detail: &RecordDetail, name: &str, now: Datum) -> FieldEdit {
    let now = FieldValue::of(name, now);
    FieldEdit { was: detail.record.fields.in_place_of(&now), now }
}

fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

/// Returns the number of changes at the hotel.
fn writes(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.method == "PATCH").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn ordinary_staff_of_the_newest_server_can_work() {
    let hotel = newest().await;
    let clock = FastClock::of_speed(1);
    let test_desk = TestDesk::fast_manual(&hotel, RECEPTIONIST, &clock).await;
    // The desk accepts the answer that there are no offers only if it comes twice, a minute apart.
    test_desk.desk.sync_until_quiet().await.unwrap();
    clock.set_wall(61);
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(report.absent[0], "This hotel’s server has no offers.");
    assert!(
        report.complete && report.online && !report.sign_in_needed && report.message.is_empty(),
        "{report:?}"
    );
    assert_eq!(test_desk.desk.records(Kind::RoomType).await.unwrap().records.len(), hotel.room_types().len());
    let profile = test_desk.desk.session().await.unwrap().profile.unwrap();
    assert_eq!((profile.first_name.as_str(), profile.last_name.as_str()), ("Rory", "Brosnan"));
    let duty = test_desk.desk.duty().await.unwrap();
    assert_eq!(duty.is_on_duty(), Some(false));
    assert_eq!(duty.unavailable, None, "the newest server has a clock");
    // The desk remembers the path that worked.
    hotel.reset_requests();
    test_desk.desk.refresh_duty().await.unwrap();
    let asked: Vec<String> = hotel.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(asked, ["/api/staff/hotel/killarney/me/"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn galleries_in_containers_are_said_to_be_there_and_not_to_be_readable_yet() {
    let hotel = newest().await;
    for (user, said) in [
        (MANAGER, "This hotel’s server keeps its gallery in a form that this program cannot read yet."),
        (RECEPTIONIST, "You are not allowed to see the gallery of this hotel."),
    ] {
        let clock = FastClock::of_speed(1);
        let test_desk = TestDesk::fast_manual(&hotel, user, &clock).await;
        test_desk.desk.sync_until_quiet().await.unwrap();
        clock.set_wall(61);
        test_desk.desk.sync_until_quiet().await.unwrap();
        let gallery = test_desk.desk.capabilities().await.unwrap().of(Kind::Gallery).clone();
        assert_eq!((gallery.read, gallery.reason.as_deref()), (false, Some(said)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotel_that_one_is_not_staff_of_is_said_in_those_words_with_the_setting() {
    for dialect in [Dialect::Documents, Dialect::Current] {
        let hotel = hotel(dialect).await;
        let elsewhere = hotel.neighbour_slug();
        let test_desk = TestDesk::with(&hotel, MANAGER, Mode::Manual, |settings| {
            settings.hotel = Some(elsewhere.to_owned());
        })
        .await;
        let refused = test_desk.desk.sync_until_quiet().await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotAllowed, "{refused:?}");
        assert!(refused.message.contains("not count you among the staff of “dingle”"), "{}", refused.message);
        assert!(refused.way_out.contains("in the settings (hotel in desk.toml"), "{}", refused.way_out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_has_left_the_staff_is_told_so_by_a_sync_that_read_nothing() {
    for dialect in [Dialect::Documents, Dialect::Current] {
        let hotel = hotel(dialect).await;
        let test_desk = synced(&hotel, MANAGER).await;
        let removed = StatusFault { code: 403, body: Some(json!({"detail": "No."})) };
        hotel.set_faults(FaultPlan::of([Rule::new(Action::Status(removed)).path("*/me/")])).unwrap();
        let report = test_desk.desk.sync_until_quiet().await.unwrap();
        assert!(report.message.contains("not count you among the staff"), "{report:?}");
        assert!(!report.complete, "a sync that read nothing is no success");
        let notice = |code| move |notice: &hotelmate_core::error::DeskError| notice.code == code;
        assert!(test_desk.desk.status().await.notices.iter().any(notice(ErrorCode::NotAllowed)));
        hotel.clear_faults();
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert!(!test_desk.desk.status().await.notices.iter().any(notice(ErrorCode::NotAllowed)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_token_alone_the_hotel_is_found_where_the_server_tells_it() {
    let hotel = newest().await;
    let found = TestDesk::with(&hotel, RECEPTIONIST, Mode::Manual, |settings| settings.hotel = None).await;
    assert_eq!(found.desk.session().await.unwrap().hotel_slug, "killarney");
    let hotel = self::hotel(Dialect::Documents).await;
    let test_desk =
        TestDesk::with(&hotel, RECEPTIONIST, Mode::Manual, |settings| settings.hotel = None).await;
    let refused = test_desk.desk.sync_until_quiet().await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Configuration);
    assert!(refused.way_out.contains("in the settings"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_branding_of_the_newest_server_is_read_and_written_by_its_own_names() {
    let hotel = newest().await;
    let test_desk = synced(&hotel, MANAGER).await;
    let detail = branding(&test_desk).await;
    let fields = &detail.record.fields;
    assert_eq!(
        (fields.text("name").as_str(), fields.text("main_color").as_str()),
        ("Hotel Killarney", "#1F5F4A")
    );
    assert!(!fields.0.contains_key("name_override") && !fields.0.contains_key("primary_color"));
    assert_eq!(detail.record.pictures.keys().copied().collect::<Vec<_>>(), Slot::BRANDING);
    assert!(detail.record.pictures[&Slot::HeroImage].url.is_some());
    assert!(detail.record.pictures[&Slot::Logo].url.is_none());
    let mut expected = hotel.settings();
    let edits = vec![
        change(&detail, "tagline", text("By the lake")),
        change(&detail, "main_color", text("#aa3311")),
        change(&detail, "latitude", text("52.1")),
    ];
    test_desk.desk.edit(detail.record.local_id, edits).await.unwrap();
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((report.waiting, report.attention), (0, 0), "{report:?}");
    expected["tagline"] = "By the lake".into();
    expected["main_color"] = "#AA3311".into();
    expected["latitude"] = json!(52.1);
    assert_eq!((hotel.settings(), writes(&hotel)), (expected, 1), "in one request, and nothing else");
    let again = branding(&test_desk).await;
    assert_eq!((again.record.sync, again.conflicts.len()), (SyncMark::Saved, 0));
    assert_eq!(test_desk.activities().await, [], "no colleague did anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pictures_of_the_newest_server_are_replaced_one_by_one_and_no_colleague_is_invented() {
    let hotel = newest().await;
    let test_desk = synced(&hotel, MANAGER).await;
    let before = hotel.settings();
    for slot in Slot::BRANDING {
        let prepared = test_desk.desk.prepare_picture(picture(9)).await.unwrap().hash;
        let id = branding(&test_desk).await.record.local_id;
        test_desk.desk.set_picture(id, slot, Some(prepared)).await.unwrap();
        let report = test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!((report.waiting, report.attention), (0, 0), "{slot:?}: {report:?}");
        let stands = hotel.settings();
        assert!(stands[slot.name()].is_string() && stands[slot.name()] != before[slot.name()]);
    }
    let detail = branding(&test_desk).await;
    assert_eq!((detail.record.sync, detail.conflicts.len()), (SyncMark::Saved, 0));
    assert_eq!(test_desk.activities().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_newest_server_does_not_check_is_refused_here_and_a_field_that_it_has_not_is_none() {
    let hotel = newest().await;
    let test_desk = synced(&hotel, MANAGER).await;
    let detail = branding(&test_desk).await;
    let id = detail.record.local_id;
    for (name, bad) in [("main_color", "red"), ("email", "nope"), ("name", ""), ("phone", &"1".repeat(31))] {
        let refused = test_desk.desk.edit(id, vec![change(&detail, name, text(bad))]).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid, "{name}");
    }
    for foreign in ["slogan", "primary_color", "name_override"] {
        let edit = change(&detail, foreign, text("#112233"));
        assert_eq!(
            test_desk.desk.edit(id, vec![edit]).await.unwrap_err().code,
            ErrorCode::NotFound,
            "{foreign}"
        );
    }
    assert_eq!(writes(&hotel), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_of_an_unknown_shape_can_be_looked_at_only_and_say_so() {
    let hotel = newest().await;
    let strange =
        StatusFault { code: 200, body: Some(json!({"title": "Killarney", "colour": "green", "logo": null})) };
    let rule = Rule::new(Action::Status(strange)).method("GET").path("*/settings/");
    hotel.set_faults(FaultPlan::of([rule])).unwrap();
    let test_desk = synced(&hotel, MANAGER).await;
    let can = test_desk.desk.capabilities().await.unwrap().of(Kind::Branding).clone();
    assert!(can.read && !can.write, "{can:?}");
    assert!(can.reason.unwrap().contains("can only show it"));
    let detail = branding(&test_desk).await;
    assert!(detail.record.fields.0.is_empty() && detail.record.pictures.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_waits_while_the_server_is_replaced_needs_a_person_and_is_not_lost_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::default().seed(7).data(folder.path().join("hotel.sqlite"));
    let hotel = DemoHotel::start(options.clone()).await.unwrap();
    let test_desk = synced(&hotel, MANAGER).await;
    let detail = branding(&test_desk).await;
    let edits = vec![change(&detail, "slogan", text("Of before"))];
    let options = options.port(hotel.port()).dialect(Dialect::Current);
    hotel.stop().await;
    test_desk.desk.edit(detail.record.local_id, edits).await.unwrap();
    let hotel = DemoHotel::start(options).await.unwrap();
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((report.waiting, report.attention), (0, 1), "{report:?}");
    assert_eq!(writes(&hotel), 0);
    let reported: Vec<ActivityKind> =
        test_desk.activities().await.into_iter().map(|activity| activity.kind).collect();
    assert!(
        !reported.contains(&ActivityKind::Of(Kind::Branding, Deed::Changed)),
        "other names are nobody's change: {reported:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_server_counts_as_read_once_it_is_known_what_it_lacks() {
    for user in [MANAGER, RECEPTIONIST] {
        let hotel = newest().await;
        let test_desk = TestDesk::fast(&hotel, user, &FastClock::default()).await;
        let is_read = || async {
            let status = test_desk.desk.status().await;
            let is_whole = status.pill == Pill::Saved && status.read_failure.is_none();
            (is_whole && status.last_sync.is_some()).then_some(())
        };
        test_desk.until("a whole read", is_read).await;
        assert_eq!(test_desk.desk.status().await.notices, [], "{user}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_servers_own_channels_are_listened_to_and_no_others() {
    let hotel = newest().await;
    let test_desk = TestDesk::at(&hotel, RECEPTIONIST).await;
    let me = colleague(&hotel, RECEPTIONIST).await.me().await.unwrap();
    assert_eq!(me.generation, Generation::Current);
    let own = format!("killarney.staff-{}-notifications", me.profile.staff_id.0);
    until_live(&test_desk, CHANNEL).await;
    until_live(&test_desk, &own).await;
    let clock = format!("attendance-killarney-staff-{}", me.profile.staff_id.0);
    let wanted = [clock, CHANNEL.to_owned(), own.clone()];
    // Until the desk knows the server's generation, it listens to the channels of the older one.
    test_desk
        .until("the old channels to be left", || async {
            let channels = test_desk.desk.diagnosis().await.channels;
            // The conversations have channels of their own, from the first read of their list on.
            let others = channels.iter().map(|channel| &channel.name);
            let is_so = others.filter(|name| !name.starts_with("killarney-conversation-")).eq(&wanted);
            (is_so && hotel.listeners("hotel-killarney") == 0).then_some(())
        })
        .await;
    let message = json!({"type": "guest_message", "message_id": 5, "conversation_id": 2, "booking_id": "B1",
        "room_number": 101, "guest_message": "Two towels, please", "sender_name": "Mary", "guest_name": "Mary",
        "timestamp": "2026-05-20T09:05:00+00:00"});
    hotel.publish(&own, "new-guest-message", &message);
    let reported =
        test_desk.until("the guest's message", || async { test_desk.activities().await.pop() }).await;
    assert_eq!(reported.text, "Guest in room 101: “Two towels, please”");
    // The next start begins with these values.
    let test_desk = test_desk.restart().await;
    until_live(&test_desk, CHANNEL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_on_duty_at_the_newest_server_is_told_and_ones_own_duty_is_read() {
    let hotel = newest().await;
    let test_desk = TestDesk::at(&hotel, MANAGER).await;
    until_live(&test_desk, CHANNEL).await;
    let clock_in = async |user: usize| {
        let staff = colleague(&hotel, user).await.me().await.unwrap().profile.staff_id;
        let account = hotel.users().swap_remove(user);
        let login = json!({"username": account.username, "password": account.password});
        let reported = posts(&hotel, "/api/staff/login/", None, &login).await;
        let path = "/api/staff/hotel/killarney/attendance/clock-logs/unrostered-confirm/";
        posts(&hotel, path, reported["token"].as_str(), &json!({"staff_id": staff.0})).await;
    };
    clock_in(RECEPTIONIST).await;
    let reported = test_desk.until("the colleague", || async { test_desk.activities().await.pop() }).await;
    assert_eq!(
        (reported.kind, reported.text.as_str()),
        (ActivityKind::ColleagueOnDuty, "Rory Brosnan came on duty.")
    );
    clock_in(MANAGER).await;
    test_desk
        .until("one's own duty", || async {
            (test_desk.desk.duty().await.unwrap().is_on_duty() == Some(true)).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checklist_says_that_no_events_can_come_although_the_channels_are_confirmed() {
    let hotel = newest().await;
    for user in [RECEPTIONIST, MANAGER] {
        // A command line reads them too, although it has never read anything before.
        let test_desk = TestDesk::manual(&hotel, user).await;
        test_desk.desk.run_checks().await;
        let diagnosis = test_desk.desk.diagnosis().await;
        let channels = diagnosis.findings.iter().find(|finding| finding.check == Check::Channels).unwrap();
        assert_eq!(channels.state, FindingState::Ok, "{channels:?}");
        assert!(
            channels.text.contains("This server sends no events about room types, the branding"),
            "{channels:?}"
        );
        assert_eq!(diagnosis.channels[0].name, CHANNEL);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_event_tells_of_is_read_as_often_as_without_a_live_connection() {
    for dialect in [Dialect::Documents, Dialect::Current] {
        let hotel = hotel(dialect).await;
        let clock = FastClock::of_speed(12);
        let test_desk = TestDesk::fast(&hotel, MANAGER, &clock).await;
        until_live(&test_desk, if dialect == Dialect::Current { CHANNEL } else { "hotel-killarney" }).await;
        test_desk
            .until("the first reading", || async {
                test_desk.desk.records(Kind::RoomType).await.unwrap().as_of
            })
            .await;
        test_desk.until_quiet(&hotel).await;
        let api = colleague(&hotel, MANAGER).await;
        let room = api.page(Kind::RoomType, Generation::Current, 1).await.unwrap().entities.remove(0);
        let name = FieldValue::of("name", text("Of a colleague"));
        api.edit(Kind::RoomType, room.id(), &[name]).await.unwrap();
        if dialect == Dialect::Current {
            let tagline = FieldValue::of("tagline", text("Theirs"));
            api.edit(Kind::Branding, ONLY_ONE, &[tagline]).await.unwrap();
        }
        hotel.reset_requests();
        test_desk
            .until("the colleague's change", || async {
                let rooms = test_desk.desk.records(Kind::RoomType).await.unwrap().records;
                rooms.iter().any(|room| room.fields.text("name") == "Of a colleague").then_some(())
            })
            .await;
        if dialect == Dialect::Current {
            test_desk
                .until("the tagline", || async {
                    (branding(&test_desk).await.record.fields.text("tagline") == "Theirs").then_some(())
                })
                .await;
        } else {
            let offers = hotel.requests().iter().filter(|request| request.path.contains("/offers/")).count();
            assert_eq!(offers, 0, "what has events is not read for it");
        }
        assert_eq!(test_desk.desk.status().await.live, LiveState::Live);
    }
}
