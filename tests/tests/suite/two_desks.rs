//! Two desks at one hotel: each shows the other's changes at once, and its own work never twice.

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::records::{FieldValue, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::{ActivityKind, Deed, LiveState};
use tokio::time::timeout;

/// The longest time that counts as "at once".
const AT_ONCE: Duration = Duration::from_secs(1);

async fn two_desks() -> (DemoHotel, TestDesk, TestDesk) {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let (mine, theirs) = (TestDesk::at(&hotel, 0).await, TestDesk::at(&hotel, 1).await);
    mine.until_live().await;
    theirs.until_live().await;
    (hotel, mine, theirs)
}

#[tokio::test(flavor = "multi_thread")]
async fn create_edit_picture_and_delete_are_seen_by_the_other_desk_within_a_second_each() {
    let (_hotel, mine, theirs) = two_desks().await;
    let id = mine.desk.create(Kind::Offer, offer("Boat trip"), None).await.unwrap();
    let seen = timeout(AT_ONCE, theirs.until_titled("Boat trip")).await.expect("the create").local_id;
    mine.until_saved().await;

    mine.edit(id, FieldValue::of("tag", "Summer")).await;
    let look = || async {
        let offer = theirs.desk.record(seen).await.ok()?.record;
        (offer.fields.text("tag") == "Summer").then_some(())
    };
    timeout(AT_ONCE, theirs.until("the edit", look)).await.expect("the edit");
    mine.until_saved().await;

    let prepared = mine.desk.prepare_picture(picture(99)).await.unwrap();
    mine.desk.set_picture(id, Slot::Photo, Some(prepared.hash.clone())).await.unwrap();
    let look = || async { theirs.desk.record(seen).await.ok()?.record.photo().picture };
    let shown = timeout(AT_ONCE, theirs.until("the picture", look)).await.expect("the picture");
    assert_eq!(theirs.desk.media(&shown).await.unwrap(), mine.desk.media(&prepared.hash).await.unwrap());
    mine.until_saved().await;

    // The time to undo is the deleting person's; from then on it is at once.
    mine.desk.delete_entity(id).await.unwrap();
    mine.until_saved().await;
    let look = || async { theirs.titled("Boat trip").await.is_none().then_some(()) };
    timeout(AT_ONCE, theirs.until("the deletion", look)).await.expect("the deletion");
}

#[tokio::test(flavor = "multi_thread")]
async fn my_own_work_is_never_shown_twice_nor_told_to_me_although_its_event_comes_first() {
    let (hotel, mine, theirs) = two_desks().await;
    // The answer is delayed well beyond the event.
    let late = Rule::new(Action::EventHostHangingMs(300)).event("offers-updated");
    hotel.set_faults(FaultPlan::of([late])).unwrap();
    let id = mine.desk.create(Kind::Offer, offer("Mine alone"), None).await.unwrap();
    theirs.until_titled("Mine alone").await;
    let count = mine.offers().await.iter().filter(|offer| offer.fields.text("title") == "Mine alone").count();
    assert_eq!(count, 1, "while the answer is on its way");
    mine.until_saved().await;
    mine.edit(id, FieldValue::of("tag", "New")).await;
    mine.until_saved().await;
    let count = mine.offers().await.iter().filter(|offer| offer.fields.text("title") == "Mine alone").count();
    assert_eq!(count, 1);
    assert_eq!(mine.activities().await, []);
    let reported: Vec<ActivityKind> =
        theirs.activities().await.into_iter().rev().map(|activity| activity.kind).collect();
    assert_eq!(
        reported,
        [ActivityKind::Of(Kind::Offer, Deed::Created), ActivityKind::Of(Kind::Offer, Deed::Updated)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_activity_is_told_once_however_often_its_event_comes() {
    let (hotel, mine, theirs) = two_desks().await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventDoubled)])).unwrap();
    mine.desk.create(Kind::Offer, offer("Doubled"), None).await.unwrap();
    theirs.until_titled("Doubled").await;
    mine.until_saved().await;
    hotel.clear_faults();
    // A later event comes after every copy of the earlier ones.
    mine.desk.create(Kind::Offer, offer("Later"), None).await.unwrap();
    theirs.until_titled("Later").await;
    let reported = theirs.activities().await;
    assert_eq!(
        reported.iter().map(|activity| activity.text.as_str()).collect::<Vec<_>>(),
        ["A colleague added “Later”.", "A colleague added “Doubled”."]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_whose_event_is_lost_is_found_by_the_sync_event() {
    let (hotel, mine, theirs) = two_desks().await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost).event("offer-created")])).unwrap();
    mine.desk.create(Kind::Offer, offer("No event"), None).await.unwrap();
    theirs.until_titled("No event").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_during_an_outage_is_read_after_it() {
    let (hotel, mine, theirs) = two_desks().await;
    theirs.until_quiet(&hotel).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost)])).unwrap();
    mine.desk.create(Kind::Offer, offer("During the gap"), None).await.unwrap();
    mine.until_saved().await;
    assert_eq!(theirs.titled("During the gap").await, None, "nothing tells of it yet");
    hotel.clear_faults();
    hotel.close_sockets(4200);
    theirs.until_titled("During the gap").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_host_that_hangs_delays_the_answer_but_doubles_nothing() {
    let (hotel, mine, _theirs) = two_desks().await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventHostHangingMs(1500))])).unwrap();
    mine.desk.create(Kind::Offer, offer("Slow host"), None).await.unwrap();
    mine.until_saved().await;
    assert_eq!(hotel.offers().iter().filter(|offer| offer["title"] == "Slow host").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotel_that_goes_away_is_noticed_although_nobody_does_anything() {
    let (hotel, mine, _theirs) = two_desks().await;
    hotel.stop().await;
    mine.until("the offline pill", || async {
        (mine.desk.status().await.pill == hotelmate_core::views::Pill::Offline).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_socket_serves_the_whole_desk() {
    let (hotel, mine, _theirs) = two_desks().await;
    assert_eq!(hotel.open_sockets(), 2);
    mine.desk.try_now().await;
    mine.until("still live", || async { (mine.desk.status().await.live == LiveState::Live).then_some(()) })
        .await;
    assert_eq!(hotel.open_sockets(), 2);
}
