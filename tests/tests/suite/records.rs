//! Room types and branding: the same offline as online, only changed fields are sent, and no text that a person typed
//! is overwritten.

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, picture};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::hotel::dialect::GalleryDialect;
use hotelmate_core::ids::{LocalId, MediaHash};
use hotelmate_core::model::IntentState;
use hotelmate_core::records::{Datum, FieldEdit, FieldValue, Fields, Slot};
use hotelmate_core::resources::{Kind, ONLY_ONE};
use hotelmate_core::views::{ActivityKind, Deed, Place, RecordDetail, RecordView, Resolution, SyncMark};
use serde_json::json;

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

fn value(name: &str, value: Datum) -> FieldValue {
    FieldValue::of(name, value)
}

/// Changes one field from the value that is shown now.
async fn edit(test_desk: &TestDesk, record: &RecordView, name: &str, now: Datum) {
    let now = value(name, now);
    let edit = FieldEdit { was: record.fields.in_place_of(&now), now };
    test_desk.desk.edit(record.local_id, vec![edit]).await.unwrap();
}

async fn branding(test_desk: &TestDesk) -> RecordDetail {
    test_desk.until("the branding", || async { test_desk.desk.branding().await.unwrap() }).await
}

async fn rooms(test_desk: &TestDesk) -> Vec<RecordView> {
    test_desk
        .until("the room types", || async {
            let rooms = test_desk.desk.records(Kind::RoomType).await.unwrap();
            rooms.as_of.is_some().then_some(rooms.records)
        })
        .await
}

fn names(rooms: &[RecordView]) -> Vec<String> {
    rooms.iter().map(|room| room.fields.text("name")).collect()
}

fn new_room(name: &str) -> Fields {
    let mut fields = Fields::default();
    fields.set("name", text(name));
    fields.set("starting_price_from", text("99"));
    fields.set("currency", text("eur"));
    fields
}

async fn two_desks() -> (DemoHotel, TestDesk, TestDesk) {
    let hotel = hotel().await;
    let (mine, theirs) = (TestDesk::at(&hotel, 0).await, TestDesk::at(&hotel, 1).await);
    mine.until_live().await;
    theirs.until_live().await;
    (hotel, mine, theirs)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colour_reaches_the_other_desk_live_and_is_told_there() {
    let (hotel, mine, theirs) = two_desks().await;
    let (before, _) = (branding(&mine).await, branding(&theirs).await);
    edit(&mine, &before.record, "button_color", text("#aa3311")).await;
    assert_eq!(branding(&mine).await.record.fields.text("button_color"), "#AA3311", "seen here at once");
    theirs
        .until("the colour", || async {
            (branding(&theirs).await.record.fields.text("button_color") == "#AA3311").then_some(())
        })
        .await;
    mine.until_saved().await;
    assert_eq!(hotel.settings()["button_color"], "#AA3311");
    let reported = theirs.activities().await;
    assert!(
        reported.iter().any(|activity| activity.kind == ActivityKind::Of(Kind::Branding, Deed::Changed)),
        "{reported:?}"
    );
    let own = mine.activities().await;
    assert!(
        own.iter().all(|activity| activity.kind != ActivityKind::Of(Kind::Branding, Deed::Changed)),
        "own work is silent: {own:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_changed_fields_are_sent_and_files_go_in_requests_of_their_own() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let before = branding(&test_desk).await.record;
    hotel.reset_requests();
    edit(&test_desk, &before, "slogan", text("Stay longer")).await;
    let hash = test_desk.desk.prepare_picture(picture(10)).await.unwrap().hash;
    test_desk.desk.set_picture(before.local_id, Slot::HeroImage, Some(hash.clone())).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let patches: Vec<_> = hotel.requests().into_iter().filter(|request| request.method == "PATCH").collect();
    assert_eq!(patches.len(), 2, "{patches:?}");
    let after = hotel.settings();
    assert_eq!(after["slogan"], "Stay longer");
    let shown = branding(&test_desk).await.record.pictures[&Slot::HeroImage].clone();
    assert_eq!((shown.picture, shown.waiting), (Some(hash), false));
    assert_eq!(shown.url.as_deref(), after["hero_image_display"].as_str());
    // The other fields are unchanged.
    let others = ["tagline_override", "long_description", "primary_color", "amenities", "theme_mode"];
    let kept = branding(&test_desk).await.record.fields;
    assert!(others.iter().all(|name| kept.get(name) == before.fields.get(name)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_logo_is_replaced_and_shown_although_it_has_no_stored_path() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let id = branding(&test_desk).await.record.local_id;
    let hash = test_desk.desk.prepare_picture(picture(11)).await.unwrap().hash;
    test_desk.desk.set_picture(id, Slot::Logo, Some(hash.clone())).await.unwrap();
    test_desk.until_saved().await;
    let detail = branding(&test_desk).await;
    assert_eq!(detail.record.pictures[&Slot::Logo].picture, Some(hash));
    assert_eq!(detail.conflicts, []);
}

/// The hotel's next answer to an upload for the settings.
fn answers_upload(action: fn(StatusFault) -> Action, code: u16, body: serde_json::Value) -> FaultPlan {
    let fault = StatusFault { code, body: Some(body) };
    FaultPlan::of([Rule::new(action(fault)).method("PATCH").path("*/settings/").times(1)])
}

async fn put_logo(test_desk: &TestDesk) -> (LocalId, MediaHash) {
    let id = branding(test_desk).await.record.local_id;
    let hash = test_desk.desk.prepare_picture(picture(11)).await.unwrap().hash;
    test_desk.desk.set_picture(id, Slot::Logo, Some(hash.clone())).await.unwrap();
    (id, hash)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_that_the_hotel_refuses_and_stores_all_the_same_is_saved() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let refusal = json!({"logo": ["Enter a valid URL."]});
    hotel.set_faults(answers_upload(Action::StatusAfterCommit, 400, refusal)).unwrap();
    hotel.reset_requests();
    let (_, hash) = put_logo(&test_desk).await;
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((report.waiting, report.attention), (0, 0), "{report:?}");
    let shown = branding(&test_desk).await.record.pictures[&Slot::Logo].clone();
    assert_eq!((shown.picture, shown.waiting), (Some(hash), false));
    let uploads = hotel.requests().iter().filter(|request| request.method == "PATCH").count();
    assert_eq!(uploads, 1, "it is not sent twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_picture_needs_a_person_and_holds_no_later_edit_back() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let refusal = json!({"logo": ["Enter a valid URL."]});
    hotel.set_faults(answers_upload(Action::Status, 400, refusal)).unwrap();
    put_logo(&test_desk).await;
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((report.waiting, report.attention), (0, 1), "{report:?}");
    let before = branding(&test_desk).await.record;
    edit(&test_desk, &before, "slogan", text("Stay longer")).await;
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((report.waiting, report.attention), (0, 1), "{report:?}");
    assert_eq!(hotel.settings()["slogan"], "Stay longer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_is_too_large_for_the_hotel_is_said_so_in_words() {
    let host = json!({"error": "Upload failed: File size too large. Got 10495555. Maximum is 10485760."});
    let form = json!({"detail": "Multipart form parse error - Request payload is too large"});
    for (code, body) in [(500, host), (413, json!("<h1>Request Entity Too Large</h1>")), (400, form)] {
        let hotel = hotel().await;
        let test_desk = TestDesk::synced(&hotel).await;
        hotel.set_faults(answers_upload(Action::Status, code, body)).unwrap();
        put_logo(&test_desk).await;
        test_desk.desk.sync_until_quiet().await.unwrap();
        let item = test_desk.desk.outbox().await.unwrap().items.remove(0);
        let said =
            "The picture is too large for the hotel’s server. Choose a smaller one, or a smaller part of it.";
        assert_eq!((item.state, item.reason.as_str()), (IntentState::Attention, said), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_on_one_text_get_a_choice_and_on_two_texts_none() {
    let hotel = hotel().await;
    let (mine, theirs) = (TestDesk::manual(&hotel, 0).await, TestDesk::manual(&hotel, 1).await);
    for test_desk in [&mine, &theirs] {
        test_desk.desk.sync_until_quiet().await.unwrap();
    }
    let (my_view, their_view) = (branding(&mine).await.record, branding(&theirs).await.record);
    edit(&theirs, &their_view, "slogan", text("Theirs")).await;
    edit(&theirs, &their_view, "contact_phone", text("+353 1 111")).await;
    theirs.desk.sync_until_quiet().await.unwrap();
    edit(&mine, &my_view, "slogan", text("Mine")).await;
    edit(&mine, &my_view, "contact_email", text("mine@hotel.example")).await;
    mine.desk.sync_until_quiet().await.unwrap();
    let settings = hotel.settings();
    assert_eq!(
        (&settings["slogan"], &settings["contact_phone"], &settings["contact_email"]),
        (&json!("Theirs"), &json!("+353 1 111"), &json!("mine@hotel.example"))
    );
    let detail = branding(&mine).await;
    assert_eq!(detail.record.fields.text("slogan"), "Mine", "the person's text stays at hand");
    let [conflict] = detail.conflicts.as_slice() else { panic!("one conflict: {:?}", detail.conflicts) };
    assert_eq!(conflict.theirs, Some(value("slogan", text("Theirs"))));
    mine.desk.resolve_conflict(conflict.intent, conflict.field.clone(), Resolution::Mine).await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    assert_eq!(hotel.settings()["slogan"], "Mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_settings_event_changes_only_what_it_names() {
    let (hotel, mine, _theirs) = two_desks().await;
    let before = branding(&mine).await.record;
    let reversed: Vec<String> =
        hotel.gallery().iter().rev().map(|url| url.as_str().unwrap().to_owned()).collect();
    colleague(&hotel, 1).await.order_images(GalleryDialect::Flat, ONLY_ONE, &reversed).await.unwrap();
    let hero = before.pictures[&Slot::HeroImage].url.clone();
    let small =
        json!({"hero_image": hero, "hero_image_display": hero, "gallery": reversed, "updated_at": null});
    hotel.publish("hotel-killarney", "settings-updated", &small);
    mine.until("the order", || async {
        let galleries = mine.desk.galleries().await.unwrap().galleries;
        let urls: Vec<String> = galleries[0].images.iter().filter_map(|image| image.url.clone()).collect();
        (urls == reversed).then_some(())
    })
    .await;
    assert_eq!(branding(&mine).await.record.fields, before.fields);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_colour_is_refused_here_and_queues_nothing() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let before = branding(&test_desk).await.record;
    let wrong = FieldEdit {
        was: before.fields.in_place_of(&value("link_color", text(""))),
        now: value("link_color", text("#fff")),
    };
    let error = test_desk.desk.edit(before.local_id, vec![wrong]).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Invalid);
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    let none = test_desk.desk.set_picture(before.local_id, Slot::HeroImage, None).await.unwrap_err();
    assert_eq!(none.code, ErrorCode::Invalid, "the server can only replace it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_type_is_made_offline_changed_pictured_and_removed() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(rooms(&test_desk).await.len(), 6);
    let hash = test_desk.desk.prepare_picture(picture(12)).await.unwrap().hash;
    let id =
        test_desk.desk.create(Kind::RoomType, new_room("Attic Single"), Some(hash.clone())).await.unwrap();
    let view = test_desk.desk.record(id).await.unwrap().record;
    assert_eq!((view.sync, view.fields.text("starting_price_from")), (SyncMark::Waiting, "99.00".to_owned()));
    edit(&test_desk, &view, "bed_setup", text("1 single bed")).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let made: Vec<_> =
        hotel.room_types().iter().filter(|room| room["name"] == "Attic Single").cloned().collect();
    let [made] = made.as_slice() else { panic!("one room: {made:?}") };
    assert_eq!(
        (&made["bed_setup"], &made["starting_price_from"], &made["currency"]),
        (&json!("1 single bed"), &json!("99.00"), &json!("EUR"))
    );
    assert!(made["photo_url"].is_string());
    test_desk.desk.delete_entity(id).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(hotel.room_types().iter().all(|room| room["name"] != "Attic Single"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_type_is_made_once_although_the_answer_is_lost() {
    let hotel = hotel().await;
    let clock = FastClock::default();
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    rooms(&test_desk).await;
    let lost = Rule::new(Action::DropAfterCommit).method("POST").path("*/room-types/").times(1);
    hotel.set_faults(FaultPlan::of([lost])).unwrap();
    test_desk.desk.create(Kind::RoomType, new_room("Lost Answer"), None).await.unwrap();
    test_desk.until_saved().await;
    let count = |rooms: &[String]| rooms.iter().filter(|name| *name == "Lost Answer").count();
    let at_hotel: Vec<String> =
        hotel.room_types().iter().map(|room| room["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!((count(&at_hotel), count(&names(&rooms(&test_desk).await))), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_types_picture_is_seen_on_the_other_desk_live() {
    let (_hotel, mine, theirs) = two_desks().await;
    let mine_first = rooms(&mine).await.remove(0);
    rooms(&theirs).await;
    let hash = mine.desk.prepare_picture(picture(13)).await.unwrap().hash;
    mine.desk.set_picture(mine_first.local_id, Slot::Photo, Some(hash.clone())).await.unwrap();
    let number = mine_first.id;
    theirs
        .until("the picture", || async {
            let rooms = rooms(&theirs).await;
            let room = rooms.iter().find(|room| room.id == number).unwrap();
            (room.pictures[&Slot::Photo].picture == Some(hash.clone())).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_room_type_is_where_it_was_put_here_and_at_the_hotel() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let before = rooms(&test_desk).await;
    let (last, second): (LocalId, LocalId) = (before[5].local_id, before[1].local_id);
    test_desk.desk.move_to(last, Place::Before { other: second }).await.unwrap();
    let shown = names(&rooms(&test_desk).await);
    let old = names(&before);
    let expected: Vec<&String> = [&old[0], &old[5]].into_iter().chain(&old[1..5]).collect();
    assert_eq!(shown.iter().collect::<Vec<_>>(), expected);
    test_desk.desk.sync_until_quiet().await.unwrap();
    let at_hotel: Vec<String> =
        hotel.room_types().iter().map(|room| room["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(at_hotel, shown);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_new_room_type_is_found_by_the_next_read_since_no_event_tells() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let content = new_room("Made elsewhere");
    colleague(&hotel, 1).await.create(Kind::RoomType, &content).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(names(&rooms(&test_desk).await).contains(&"Made elsewhere".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_room_type_without_a_code_is_not_taken_for_ones_own() {
    let hotel = hotel().await;
    let clock = FastClock::default();
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    rooms(&test_desk).await;
    let lost = Rule::new(Action::DropBeforeCommit).method("POST").path("*/room-types/").times(1);
    hotel.set_faults(FaultPlan::of([lost])).unwrap();
    test_desk.desk.create(Kind::RoomType, new_room("Mine"), None).await.unwrap();
    test_desk
        .until("the lost request", || async {
            hotel
                .requests()
                .iter()
                .any(|request| request.method == "POST" && request.path.ends_with("/room-types/"))
                .then_some(())
        })
        .await;
    let theirs = new_room("Theirs");
    colleague(&hotel, 1).await.create(Kind::RoomType, &theirs).await.unwrap();
    test_desk.until_saved().await;
    let there: Vec<String> =
        hotel.room_types().iter().map(|room| room["name"].as_str().unwrap().to_owned()).collect();
    assert!(
        ["Mine", "Theirs"].iter().all(|name| there.iter().filter(|other| other == name).count() == 1),
        "{there:?}"
    );
    let conflicts = test_desk.desk.outbox().await.unwrap().items;
    assert_eq!(conflicts, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_settles_a_conflict_is_written_as_the_server_writes_it() {
    let hotel = hotel().await;
    let (mine, theirs) = (TestDesk::manual(&hotel, 0).await, TestDesk::manual(&hotel, 1).await);
    for test_desk in [&mine, &theirs] {
        test_desk.desk.sync_until_quiet().await.unwrap();
    }
    let (my_room, their_room) = (rooms(&mine).await.remove(0), rooms(&theirs).await.remove(0));
    edit(&theirs, &their_room, "starting_price_from", text("130")).await;
    theirs.desk.sync_until_quiet().await.unwrap();
    edit(&mine, &my_room, "starting_price_from", text("125")).await;
    mine.desk.sync_until_quiet().await.unwrap();
    let conflict = mine.desk.record(my_room.local_id).await.unwrap().conflicts.remove(0);
    let third = Resolution::Edit { value: value("starting_price_from", text("128")) };
    mine.desk.resolve_conflict(conflict.intent, conflict.field, third).await.unwrap();
    mine.desk.sync_until_quiet().await.unwrap();
    assert_eq!(hotel.room_types()[0]["starting_price_from"], "128.00");
    assert_eq!(mine.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_of_another_kind_is_refused_and_queues_nothing() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let offer = test_desk.offers().await.remove(0);
    let stray = FieldEdit { was: value("slogan", text("")), now: value("slogan", text("x")) };
    assert!(test_desk.desk.edit(offer.local_id, vec![stray]).await.is_err());
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}
