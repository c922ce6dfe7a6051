//! A colleague's change becomes one activity, regardless of how the desk learns of it. The person's own work becomes
//! none.

mod duty;
mod own_work;

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule, StatusFault};
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::hotel::Api;
use hotelmate_core::hotel::dialect::GalleryDialect;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::{LocalId, ServerId};
use hotelmate_core::records::{FieldValue, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{ActivityKind, ActivityQuery, Deed, RecordView};
use serde_json::{Value, json};

const OFFER_UPDATED: &str = "offer-updated";

async fn hotel(offers: usize) -> DemoHotel {
    DemoHotel::start(Options::default().seed(7).offers(offers)).await.unwrap()
}

/// A hotel, a desk that has read all of it, and a colleague.
async fn live_desk() -> (DemoHotel, TestDesk, Api) {
    let hotel = hotel(0).await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let api = colleague(&hotel, 1).await;
    // The first read is over when no more requests come.
    test_desk.until_quiet(&hotel).await;
    (hotel, test_desk, api)
}

/// A hotel, a desk that does nothing by itself, and a colleague.
async fn manual_desk(offers: usize) -> (DemoHotel, TestDesk, Api) {
    let hotel = hotel(offers).await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let api = colleague(&hotel, 1).await;
    (hotel, test_desk, api)
}

async fn first_offer(test_desk: &TestDesk) -> (RecordView, ServerId) {
    let offer = test_desk.offers().await.swap_remove(0);
    let id = offer.id.unwrap();
    (offer, id)
}

async fn tag(api: &Api, id: ServerId, tag: &str) {
    api.edit(Kind::Offer, id, &[FieldValue::of("tag", tag)]).await.unwrap();
}

/// Returns the hotel's present event about an offer, to be sent again later.
fn event_about(hotel: &DemoHotel, id: ServerId) -> Value {
    let offer = hotel.offers().into_iter().find(|offer| offer["id"] == id.0).unwrap();
    json!({ "offer": offer })
}

fn publish(hotel: &DemoHotel, event: &str, data: &Value) {
    hotel.publish(&format!("hotel-{}", hotel.slug()), event, data);
}

fn duty_of(staff: i64, on: bool, at: &str) -> Value {
    // This staff member is not the person at the desk.
    json!({"user_id": 900 + staff, "staff_id": 500 + staff, "is_on_duty": on, "first_name": "Aoife",
        "last_name": "Byrne", "clock_time": format!("2026-11-01T{at}:00+00:00")})
}

/// Waits until every event that was published before has been handled. Leaves an activity of its own.
async fn fence(hotel: &DemoHotel, test_desk: &TestDesk, staff: i64) {
    let fences = reported_without_fences(test_desk).await.1;
    let mut duty = duty_of(900 + staff, true, "09:00");
    duty["first_name"] = "Fence".into();
    publish(hotel, "clock-status-updated", &duty);
    test_desk
        .until("the fence", || async { (reported_without_fences(test_desk).await.1 > fences).then_some(()) })
        .await;
}

async fn reported_without_fences(test_desk: &TestDesk) -> (Vec<String>, usize) {
    let reported = test_desk.reported().await;
    let count = reported.len();
    let reported: Vec<String> = reported.into_iter().filter(|text| !text.starts_with("Fence")).collect();
    let fences = count - reported.len();
    (reported, fences)
}

/// Waits until events that are published now are received.
async fn until_listening(hotel: &DemoHotel, test_desk: &TestDesk) {
    let channel = Generation::First.hotel_channel(hotel.slug());
    test_desk.until("the channel", || async { (hotel.listeners(&channel) > 0).then_some(()) }).await;
}

/// Waits until the desk has read an offer by itself.
async fn until_confirmed(hotel: &DemoHotel, test_desk: &TestDesk, id: ServerId) {
    let path = format!("/offers/{}/", id.0);
    test_desk
        .until("the read", || async {
            let mut requests = hotel.requests().into_iter();
            requests.any(|request| request.method == "GET" && request.path.ends_with(&path)).then_some(())
        })
        .await;
}

async fn until_tag(test_desk: &TestDesk, id: LocalId, tag: &str) {
    test_desk
        .until(tag, || async { (test_desk.record(id).await.fields.text("tag") == tag).then_some(()) })
        .await;
}

/// A colleague tags an offer with "one", and then with "two". Returns the event of the first edit.
async fn tag_one_and_two(hotel: &DemoHotel, test_desk: &TestDesk, api: &Api, offer: &RecordView) -> Value {
    let id = offer.id.unwrap();
    tag(api, id, "one").await;
    until_tag(test_desk, offer.local_id, "one").await;
    let first = event_about(hotel, id);
    tag(api, id, "two").await;
    until_tag(test_desk, offer.local_id, "two").await;
    first
}

/// Sends an event with an old value: it is not shown, and a read brings the present one.
async fn send_late(hotel: &DemoHotel, test_desk: &TestDesk, event: &Value, id: LocalId, now: &str) {
    let tag = || async { test_desk.record(id).await.fields.text("tag") };
    hotel.reset_requests();
    publish(hotel, OFFER_UPDATED, event);
    fence(hotel, test_desk, 7).await;
    assert_eq!(tag().await, now);
    until_confirmed(hotel, test_desk, ServerId(event["offer"]["id"].as_i64().unwrap())).await;
    test_desk.until_quiet(hotel).await;
    assert_eq!(tag().await, now);
}

fn changed(offer: &RecordView) -> String {
    format!("A colleague changed “{}”.", offer.fields.text("title"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_while_the_program_was_off_is_told_once_and_the_first_reading_not_at_all() {
    let (_hotel, test_desk, api) = manual_desk(0).await;
    assert_eq!(test_desk.reported().await, Vec::<String>::new());
    let offers = test_desk.offers().await;
    let (one, two) = (&offers[0], &offers[1]);
    let test_desk = test_desk.restart().await;
    tag(&api, one.id.unwrap(), "While off").await;
    api.delete(Kind::Offer, two.id.unwrap()).await.unwrap();
    api.create(Kind::Offer, &offer("Made meanwhile")).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    let mut reported = test_desk.reported().await;
    reported.sort();
    let removed = format!("A colleague removed “{}”.", two.fields.text("title"));
    assert_eq!(reported, ["A colleague added “Made meanwhile”.".to_owned(), changed(one), removed]);
    let test_desk = test_desk.restart().await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(test_desk.reported().await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_during_the_first_reading_is_part_of_it() {
    let hotel = hotel(20).await;
    let known = hotel.offers().last().unwrap()["id"].as_i64().map(ServerId).unwrap();
    let api = colleague(&hotel, 1).await;
    // The page is delayed until after the event, not the other way round.
    let slow = Rule::new(Action::DelayMs(3000)).path("*offers/?page=1").times(1);
    hotel.set_faults(FaultPlan::of([slow])).unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    until_listening(&hotel, &test_desk).await;
    test_desk
        .until("the first page being asked for", || async {
            hotel.requests().iter().any(|request| request.path.contains("offers/?page=1")).then_some(())
        })
        .await;
    tag(&api, known, "Early").await;
    let is_early = |offer: &RecordView| offer.fields.text("tag") == "Early";
    test_desk
        .until("the event", || async { test_desk.offers().await.iter().any(is_early).then_some(()) })
        .await;
    test_desk
        .until("the whole list", || async { (test_desk.offers().await.len() == 34).then_some(()) })
        .await;
    assert_eq!(test_desk.reported().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_comes_again_after_a_later_one_tells_nothing() {
    let (hotel, test_desk, api) = live_desk().await;
    let (shown, _) = first_offer(&test_desk).await;
    let first = tag_one_and_two(&hotel, &test_desk, &api, &shown).await;
    send_late(&hotel, &test_desk, &first, shown.local_id, "two").await;
    assert_eq!(reported_without_fences(&test_desk).await.0, [changed(&shown), changed(&shown)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_takes_a_change_back_is_told_of_when_a_read_confirms_it() {
    let (_hotel, test_desk, api) = live_desk().await;
    let (shown, id) = first_offer(&test_desk).await;
    for value in ["one", "two", "one"] {
        tag(&api, id, value).await;
        until_tag(&test_desk, shown.local_id, value).await;
    }
    test_desk
        .until("the third change", || async { (test_desk.reported().await.len() == 3).then_some(()) })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_taken_back_is_told_once_though_its_event_comes_twice() {
    let (hotel, test_desk, api) = live_desk().await;
    let (shown, id) = first_offer(&test_desk).await;
    tag_one_and_two(&hotel, &test_desk, &api, &shown).await;
    until_confirmed(&hotel, &test_desk, id).await;
    test_desk.until_quiet(&hotel).await;
    hotel.reset_requests();
    tag(&api, id, "one").await;
    // The event comes before a read can have confirmed the first.
    publish(&hotel, OFFER_UPDATED, &event_about(&hotel, id));
    until_confirmed(&hotel, &test_desk, id).await;
    test_desk.until_quiet(&hotel).await;
    fence(&hotel, &test_desk, 1).await;
    assert_eq!(reported_without_fences(&test_desk).await.0.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gallery_that_is_moved_there_and_back_is_told_of_twice_where_events_do_not_say_what_changed() {
    let hotel = DemoHotel::start(Options::default().seed(7).dialect(Dialect::Galleries)).await.unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    test_desk.until_quiet(&hotel).await;
    let api = colleague(&hotel, 1).await;
    let gallery = ServerId(hotel.gallery()[0]["id"].as_i64().unwrap());
    let there = api.gallery(GalleryDialect::Objects, gallery).await.unwrap();
    let mut names: Vec<String> = there.images.into_iter().map(|image| image.name).collect();
    for moves in 1..=2 {
        names.reverse();
        api.order_images(GalleryDialect::Objects, gallery, &names).await.unwrap();
        test_desk
            .until("the move being told", || async {
                (test_desk.reported().await.len() == moves).then_some(())
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_a_reading_overtook_tells_nothing() {
    let (hotel, test_desk, api) = live_desk().await;
    let (shown, id) = first_offer(&test_desk).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost)])).unwrap();
    tag(&api, id, "one").await;
    let event = event_about(&hotel, id);
    hotel.clear_faults();
    hotel.close_sockets(4200);
    until_tag(&test_desk, shown.local_id, "one").await;
    test_desk.until_live().await;
    publish(&hotel, OFFER_UPDATED, &event);
    fence(&hotel, &test_desk, 1).await;
    assert_eq!(reported_without_fences(&test_desk).await.0, [changed(&shown)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_comes_again_after_a_restart_tells_nothing() {
    let (hotel, test_desk, api) = live_desk().await;
    let (shown, _) = first_offer(&test_desk).await;
    let first = tag_one_and_two(&hotel, &test_desk, &api, &shown).await;
    let test_desk = test_desk.restart().await;
    test_desk.until_live().await;
    until_listening(&hotel, &test_desk).await;
    test_desk.until_quiet(&hotel).await;
    send_late(&hotel, &test_desk, &first, shown.local_id, "two").await;
    assert_eq!(reported_without_fences(&test_desk).await.0, [changed(&shown), changed(&shown)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_taken_in_while_a_slow_hotel_is_read() {
    let (hotel, test_desk, api) = live_desk().await;
    let (shown, id) = first_offer(&test_desk).await;
    test_desk.until_quiet(&hotel).await;
    hotel.reset_requests();
    // This is longer than any test waits: the desk learns everything from events alone.
    let slow = Rule::new(Action::DelayMs(3_600_000)).method("GET");
    hotel.set_faults(FaultPlan::of([slow])).unwrap();
    tag(&api, id, "one").await;
    until_confirmed(&hotel, &test_desk, id).await;
    fence(&hotel, &test_desk, 1).await;
    tag(&api, id, "two").await;
    until_tag(&test_desk, shown.local_id, "two").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_change_that_ones_own_edit_finds_first_is_told_once() {
    let (hotel, test_desk, api) = live_desk().await;
    let (shown, id) = first_offer(&test_desk).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost)])).unwrap();
    tag(&api, id, "theirs").await;
    let event = event_about(&hotel, id);
    test_desk.edit(shown.local_id, FieldValue::of("sort_order", 77)).await;
    test_desk.until_saved().await;
    assert_eq!(test_desk.reported().await, [changed(&shown)], "the edit has read it");
    hotel.clear_faults();
    // The colleague's own event comes late, without my edit in it.
    publish(&hotel, OFFER_UPDATED, &event);
    let sort_order = || async { test_desk.record(shown.local_id).await.fields.number("sort_order") };
    fence(&hotel, &test_desk, 7).await;
    assert_eq!(sort_order().await, 77, "it is not shown");
    assert_eq!(reported_without_fences(&test_desk).await.0, [changed(&shown)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_event_that_comes_late_tells_nothing() {
    let (hotel, test_desk, _api) = live_desk().await;
    let other = TestDesk::manual(&hotel, 1).await;
    other.desk.sync_until_quiet().await.unwrap();
    let (shown, id) = first_offer(&test_desk).await;
    let theirs = other.titled(&shown.fields.text("title")).await.unwrap().local_id;
    let address = || event_about(&hotel, id)["offer"]["photo_url"].clone();
    let mut addresses = Vec::new();
    for red in [1, 2] {
        let hash = other.desk.prepare_picture(picture(red)).await.unwrap().hash;
        other.desk.set_picture(theirs, Slot::Photo, Some(hash)).await.unwrap();
        other.desk.sync_until_quiet().await.unwrap();
        addresses.push(address());
        test_desk
            .until("the picture", || async {
                (test_desk.reported().await.len() == addresses.len()).then_some(())
            })
            .await;
    }
    hotel.reset_requests();
    let late =
        json!({"offer_id": id.0, "offer_title": shown.fields.text("title"), "photo_url": addresses[0]});
    publish(&hotel, "offer-image-updated", &late);
    until_confirmed(&hotel, &test_desk, id).await;
    fence(&hotel, &test_desk, 1).await;
    assert_eq!(reported_without_fences(&test_desk).await.0.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mass_change_is_told_once_each_and_no_more_activities_are_kept_than_anybody_reads() {
    let (hotel, test_desk, api) = manual_desk(286).await;
    let ids: Vec<ServerId> =
        hotel.offers().iter().map(|offer| ServerId(offer["id"].as_i64().unwrap())).collect();
    assert_eq!(ids.len(), 300);
    let all = ActivityQuery { limit: Some(1000), ..ActivityQuery::default() };
    for (round, kept) in [("one", 300), ("two", 500)] {
        for id in &ids {
            tag(&api, *id, round).await;
        }
        test_desk.desk.sync_until_quiet().await.unwrap();
        test_desk.desk.sync_until_quiet().await.unwrap();
        let list = test_desk.desk.activities(all.clone()).await.unwrap();
        assert_eq!((list.activities.len(), list.unseen), (kept, u32::try_from(kept).unwrap()));
        assert_eq!(test_desk.desk.status().await.unread, list.unseen);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_looked_at_stays_so_and_the_list_can_be_searched_and_paged() {
    let (_hotel, test_desk, api) = manual_desk(0).await;
    for title in ["Spa day", "Boat trip", "Spa night"] {
        api.create(Kind::Offer, &offer(title)).await.unwrap();
        test_desk.desk.sync_until_quiet().await.unwrap();
    }
    let (_, id) = first_offer(&test_desk).await;
    tag(&api, id, "changed").await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let activities = test_desk.activities().await;
    assert_eq!(activities.len(), 4);

    let query = ActivityQuery {
        text: Some("SPA".into()),
        kinds: vec![ActivityKind::Of(Kind::Offer, Deed::Created)],
        ..Default::default()
    };
    let page = test_desk.desk.activities(ActivityQuery { limit: Some(1), ..query.clone() }).await.unwrap();
    assert_eq!((page.activities[0].text.as_str(), page.more), ("A colleague added “Spa night”.", true));
    let rest = test_desk
        .desk
        .activities(ActivityQuery { before: Some(page.activities[0].id), ..query })
        .await
        .unwrap();
    assert_eq!(rest.activities.len(), 1);
    assert_eq!((rest.activities[0].text.as_str(), rest.more), ("A colleague added “Spa day”.", false));

    test_desk.desk.mark_activities_seen(activities[1].id).await.unwrap();
    assert_eq!(test_desk.desk.status().await.unread, 1);
    test_desk.desk.mark_activities_seen(activities[3].id).await.unwrap();
    let test_desk = test_desk.restart().await;
    assert_eq!(test_desk.desk.status().await.unread, 1, "the mark does not go back");
    test_desk.desk.mark_activities_seen(i64::MAX).await.unwrap();
    assert_eq!(test_desk.desk.status().await.unread, 0);
    tag(&api, id, "changed again").await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(test_desk.desk.status().await.unread, 1, "the mark is not beyond what was there");
}
