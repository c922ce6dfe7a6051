//! The gallery on several desks: every picture once, and the same order everywhere, after any failure.

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, picture};
use hotelmate_core::desk::Mode;
use hotelmate_core::hotel::dialect::GalleryDialect;
use hotelmate_core::ids::{LocalId, MediaHash};
use hotelmate_core::records::Slot;
use hotelmate_core::resources::ONLY_ONE;
use hotelmate_core::views::{Activity, ActivityQuery, GalleryView, ImageView, NewImage, Place, SyncMark};

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

/// Returns a picture that does not compress well: noise with transparency.
fn noise() -> Vec<u8> {
    let mut state = 1_u32;
    let pixels = image::RgbaImage::from_fn(2400, 2400, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgba((state >> 1).to_be_bytes())
    });
    let mut file = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Returns the first gallery, once it is read.
async fn gallery(test_desk: &TestDesk) -> GalleryView {
    test_desk
        .until("the gallery", || async {
            let mut galleries = test_desk.desk.galleries().await.unwrap().galleries;
            (!galleries.is_empty()).then(|| galleries.remove(0))
        })
        .await
}

async fn prepared(test_desk: &TestDesk, red: u8) -> MediaHash {
    test_desk.desk.prepare_picture(picture(red)).await.unwrap().hash
}

/// Adds a picture at the end.
async fn add(test_desk: &TestDesk, red: u8) -> LocalId {
    let (gallery, picture) = (gallery(test_desk).await.local_id, prepared(test_desk, red).await);
    let image = NewImage { picture, caption: String::new() };
    test_desk.desk.add_images(gallery, vec![image], None).await.unwrap().remove(0)
}

fn addresses(images: &[ImageView]) -> Vec<String> {
    images.iter().filter_map(|image| image.url.clone()).collect()
}

/// Returns the hotel's own list of addresses.
fn at_hotel(hotel: &DemoHotel) -> Vec<String> {
    hotel.gallery().iter().map(|url| url.as_str().unwrap().to_owned()).collect()
}

/// Waits until every screen shows the hotel's list.
async fn until_alike(hotel: &DemoHotel, seats: &[&TestDesk]) -> Vec<String> {
    for test_desk in seats {
        test_desk.until_saved().await;
    }
    for test_desk in seats {
        test_desk
            .until("what the hotel has", || async {
                (addresses(&gallery(test_desk).await.images) == at_hotel(hotel)).then_some(())
            })
            .await;
    }
    at_hotel(hotel)
}

fn uploads(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.path.ends_with("/upload/")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_seen_at_once_where_it_was_put_and_then_on_the_other_desk() {
    let hotel = hotel().await;
    let (mine, theirs) = (TestDesk::at(&hotel, 0).await, TestDesk::at(&hotel, 1).await);
    mine.until_live().await;
    theirs.until_live().await;
    let before = gallery(&mine).await;
    let picture = prepared(&mine, 10).await;
    let image = NewImage { picture: picture.clone(), caption: String::new() };
    let first = before.images[0].local_id;
    mine.desk.add_images(before.local_id, vec![image], Some(first)).await.unwrap();
    let shown = gallery(&mine).await.images;
    assert_eq!(shown.len(), before.images.len() + 1);
    assert_eq!((&shown[1].picture, shown[1].sync), (&Some(picture), SyncMark::Waiting));
    let list = until_alike(&hotel, &[&mine, &theirs]).await;
    assert_eq!(list.len(), before.images.len() + 1);
    assert_eq!(gallery(&mine).await.images[1].local_id, shown[1].local_id, "it keeps its key");
    assert_eq!(uploads(&hotel), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn moves_and_removals_reach_the_other_desk_and_a_removal_can_be_undone() {
    let hotel = hotel().await;
    let (mine, theirs) = (TestDesk::at(&hotel, 0).await, TestDesk::at(&hotel, 1).await);
    mine.until_live().await;
    theirs.until_live().await;
    let before = gallery(&mine).await;
    let [a, b, c] = [0, 1, 2].map(|at| before.images[at].local_id);
    mine.desk.move_image(before.local_id, c, Place::First).await.unwrap();
    mine.desk.remove_image(before.local_id, a).await.unwrap();
    let shown: Vec<LocalId> = gallery(&mine).await.images.iter().map(|image| image.local_id).collect();
    assert_eq!(shown[..2], [c, b]);
    mine.desk.undo_remove_image(before.local_id, a).await.unwrap();
    let shown: Vec<LocalId> = gallery(&mine).await.images.iter().map(|image| image.local_id).collect();
    assert_eq!(shown[..3], [c, a, b]);
    mine.desk.remove_image(before.local_id, b).await.unwrap();
    let list = until_alike(&hotel, &[&mine, &theirs]).await;
    let old = addresses(&before.images);
    let expected: Vec<String> = [&old[2], &old[0]].into_iter().chain(&old[3..]).cloned().collect();
    assert_eq!(list, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_two_desks_add_offline_are_all_there_once() {
    let hotel = hotel().await;
    let (mine, theirs) = (TestDesk::manual(&hotel, 0).await, TestDesk::manual(&hotel, 1).await);
    for test_desk in [&mine, &theirs] {
        test_desk.desk.sync_until_quiet().await.unwrap();
    }
    let before = at_hotel(&hotel);
    for (test_desk, reds) in [(&mine, [10, 11]), (&theirs, [20, 21])] {
        for red in reds {
            add(test_desk, red).await;
        }
        let gallery = gallery(test_desk).await;
        test_desk.desk.move_image(gallery.local_id, gallery.images[0].local_id, Place::Last).await.unwrap();
    }
    for test_desk in [&mine, &theirs, &mine] {
        test_desk.desk.sync_until_quiet().await.unwrap();
    }
    let after = at_hotel(&hotel);
    assert_eq!(after.len(), before.len() + 4);
    assert!(before.iter().all(|url| after.iter().filter(|other| *other == url).count() == 1));
    assert_eq!(addresses(&gallery(&mine).await.images), after);
    assert_eq!(uploads(&hotel), 4);
}

/// Returns the activities that offer to put a picture back.
async fn offers_to_put_back(test_desk: &TestDesk) -> Vec<Activity> {
    let activities = test_desk.desk.activities(ActivityQuery::default()).await.unwrap().activities;
    activities.into_iter().filter(|activity| activity.put_back).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_no_order_follows_makes_the_desk_read_the_gallery() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    test_desk.until_quiet(&hotel).await;
    let before = at_hotel(&hotel);
    let theirs = colleague(&hotel, 1).await;
    // The order is written, but its event is lost.
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost)])).unwrap();
    let moved: Vec<String> = before.iter().rev().cloned().collect();
    theirs.order_images(GalleryDialect::Flat, ONLY_ONE, &moved).await.unwrap();
    hotel.clear_faults();
    let uploaded = serde_json::json!({"url": "https://pictures.example/new.jpg"});
    hotel.publish(&format!("hotel-{}", hotel.slug()), "gallery-image-uploaded", &uploaded);
    test_desk
        .until("the new list", || async {
            (addresses(&gallery(&test_desk).await.images) == moved).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_a_colleague_removed_stays_out_until_a_person_puts_it_back() {
    let hotel = hotel().await;
    let clock = FastClock::default();
    let mine = TestDesk::fast(&hotel, 0, &clock).await;
    mine.until_live().await;
    let before = gallery(&mine).await;
    let picture = prepared(&mine, 30).await;
    let image = NewImage { picture: picture.clone(), caption: String::new() };
    let first = before.images[0].local_id;
    mine.desk.add_images(before.local_id, vec![image], Some(first)).await.unwrap();
    mine.until_saved().await;
    let added = at_hotel(&hotel);
    assert_eq!(added.len(), before.images.len() + 1);
    // The server does not show whether the colleague wanted this, or had read the list before.
    let theirs = colleague(&hotel, 1).await;
    theirs.order_images(GalleryDialect::Flat, ONLY_ONE, &addresses(&before.images)).await.unwrap();
    let reported = mine
        .until("the activity about it", || async { offers_to_put_back(&mine).await.into_iter().next() })
        .await;
    assert_eq!(reported.text, "A colleague removed a picture that you put into the gallery.");
    clock.set_wall(100);
    mine.desk.try_now().await;
    mine.until_saved().await;
    assert_eq!(at_hotel(&hotel), addresses(&before.images), "nothing goes back by itself");
    assert_eq!(gallery(&mine).await.images.len(), before.images.len());

    mine.desk.put_back(reported.id).await.unwrap();
    mine.until_saved().await;
    let shown = gallery(&mine).await.images;
    assert_eq!(shown.len(), before.images.len() + 1);
    assert_eq!(shown[1].picture, Some(picture), "where it was");
    assert_eq!(at_hotel(&hotel).len(), shown.len());
    assert_eq!(offers_to_put_back(&mine).await, [], "it is offered once");
    assert!(mine.desk.put_back(reported.id).await.is_err());
}

/// The own order is computed from the list that the desk reads before it, so this order lacks the picture too.
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_a_colleague_removed_just_before_an_own_order_is_offered_back() {
    let hotel = hotel().await;
    let mine = TestDesk::at(&hotel, 0).await;
    mine.until_live().await;
    let before = gallery(&mine).await;
    add(&mine, 31).await;
    mine.until_saved().await;
    mine.until_quiet(&hotel).await;
    let theirs = colleague(&hotel, 1).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost)])).unwrap();
    theirs.order_images(GalleryDialect::Flat, ONLY_ONE, &addresses(&before.images)).await.unwrap();
    let last = before.images.last().unwrap().local_id;
    mine.desk.move_image(before.local_id, last, Place::First).await.unwrap();
    mine.until_saved().await;
    hotel.clear_faults();
    assert_eq!(at_hotel(&hotel).len(), before.images.len());
    assert_eq!(offers_to_put_back(&mine).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_this_desk_takes_out_itself_is_not_offered_back() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let image = add(&test_desk, 31).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let shown = gallery(&test_desk).await;
    test_desk.desk.remove_image(shown.local_id, image).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(gallery(&test_desk).await.images.len(), shown.images.len() - 1);
    assert_eq!(offers_to_put_back(&test_desk).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_uploaded_once_although_the_answer_is_lost() {
    for action in [Action::DropAfterCommit, Action::TruncatedBody] {
        let hotel = hotel().await;
        let clock = FastClock::default();
        let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
        test_desk.until_live().await;
        let before = gallery(&test_desk).await.images.len();
        let lost = Rule::new(action.clone()).path("*/gallery/upload/").times(1);
        hotel.set_faults(FaultPlan::of([lost])).unwrap();
        add(&test_desk, 40).await;
        until_alike(&hotel, &[&test_desk]).await;
        assert_eq!(at_hotel(&hotel).len(), before + 1, "{action:?}");
        assert_eq!(uploads(&hotel), 1, "its event told the address: {action:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_between_upload_and_order_neither_loses_nor_doubles_the_picture() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let before = at_hotel(&hotel).len();
    let refuse = Rule::new(Action::DropBeforeCommit).path("*/gallery/reorder/").times(1);
    hotel.set_faults(FaultPlan::of([refuse])).unwrap();
    add(&test_desk, 50).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(at_hotel(&hotel).len(), before, "the order was lost");
    let test_desk = test_desk.restart().await;
    let beside = test_desk.beside(Mode::Manual).await;
    beside.try_now().await;
    beside.sync_until_quiet().await.unwrap();
    assert_eq!(at_hotel(&hotel).len(), before + 1);
    assert_eq!(uploads(&hotel), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_has_not_left_is_simply_taken_back() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let before = gallery(&test_desk).await;
    let image = add(&test_desk, 60).await;
    test_desk.desk.remove_image(before.local_id, image).await.unwrap();
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((uploads(&hotel), at_hotel(&hotel)), (0, addresses(&before.images)));
}

#[tokio::test(flavor = "multi_thread")]
async fn galleries_of_rows_take_pictures_with_captions_and_keep_their_order() {
    let hotel = DemoHotel::start(Options::default().seed(7).dialect(Dialect::Galleries)).await.unwrap();
    let (mine, theirs) = (TestDesk::at(&hotel, 0).await, TestDesk::at(&hotel, 1).await);
    mine.until_live().await;
    theirs.until_live().await;
    let before = gallery(&mine).await;
    let image = NewImage { picture: prepared(&mine, 70).await, caption: "The new sauna".to_owned() };
    let first = before.images[0].local_id;
    mine.desk.add_images(before.local_id, vec![image], Some(first)).await.unwrap();
    mine.until_saved().await;
    theirs
        .until("the picture in its place", || async {
            let shown = gallery(&theirs).await.images;
            (shown.len() == before.images.len() + 1 && shown[1].caption == "The new sauna").then_some(())
        })
        .await;
    let capabilities = mine.desk.capabilities().await.unwrap();
    assert!(capabilities.captions.write && !capabilities.gallery_removal.write);
    assert!(capabilities.gallery_removal.reason.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_uploaded_once_although_the_answer_is_lost() {
    let hotel = DemoHotel::start(Options::default().seed(7).dialect(Dialect::Galleries)).await.unwrap();
    let clock = FastClock::default();
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let before = gallery(&test_desk).await;
    let lost = Rule::new(Action::DropAfterCommit).path("*/upload_image/").times(1);
    hotel.set_faults(FaultPlan::of([lost])).unwrap();
    let image = NewImage { picture: prepared(&test_desk, 80).await, caption: String::new() };
    test_desk.desk.add_images(before.local_id, vec![image], None).await.unwrap();
    test_desk.until_saved().await;
    test_desk
        .until("one picture more", || async {
            (gallery(&test_desk).await.images.len() == before.images.len() + 1).then_some(())
        })
        .await;
    let uploads = hotel.requests().iter().filter(|request| request.path.ends_with("/upload_image/")).count();
    assert_eq!(uploads, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_stopped_is_as_if_it_had_never_been_wanted() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    let before = gallery(&test_desk).await;
    // The line is so slow that the desk has sent only a small part of this large picture for a long time.
    hotel.slow_line(Duration::from_secs(600));
    let large = test_desk.desk.prepare_picture(noise()).await.unwrap();
    let image = NewImage { picture: large.hash, caption: String::new() };
    let key = test_desk.desk.add_images(before.local_id, vec![image], None).await.unwrap().remove(0);
    test_desk.until("a stopped upload", || async { test_desk.desk.cancel_upload(key).ok() }).await;
    hotel.slow_line(Duration::ZERO);
    test_desk.until_saved().await;
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    assert_eq!(gallery(&test_desk).await.images.len(), before.images.len());
    assert_eq!(at_hotel(&hotel), addresses(&before.images));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_removal_of_a_new_picture_is_the_last_word() {
    let hotel = hotel().await;
    let clock = FastClock::default();
    let (mine, theirs) = (TestDesk::fast(&hotel, 0, &clock).await, TestDesk::fast(&hotel, 1, &clock).await);
    mine.until_live().await;
    theirs.until_live().await;
    let before = at_hotel(&hotel);
    add(&mine, 90).await;
    until_alike(&hotel, &[&mine, &theirs]).await;
    let shown = gallery(&theirs).await;
    theirs.desk.remove_image(shown.local_id, shown.images.last().unwrap().local_id).await.unwrap();
    let settled = || async {
        let nothing_waits = |test_desk: &TestDesk| {
            let desk = test_desk.desk.clone();
            async move { desk.outbox().await.unwrap().items.is_empty() }
        };
        let quiet = nothing_waits(&mine).await && nothing_waits(&theirs).await;
        (quiet && at_hotel(&hotel) == before).then_some(())
    };
    for _ in 0..3 {
        mine.until("the picture gone", settled).await;
        clock.set_wall(100);
        mine.desk.try_now().await;
    }
    mine.until("the activity about it", || async { offers_to_put_back(&mine).await.into_iter().next() })
        .await;
    assert_eq!(offers_to_put_back(&theirs).await, []);
    let orders = hotel.requests().iter().filter(|request| request.path.ends_with("/reorder/")).count();
    assert!(orders < 12, "{orders} orders were written");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_the_hotel_refuses_holds_up_no_other_and_can_be_taken_back() {
    let hotel = hotel().await;
    let clock = FastClock::default();
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let before = gallery(&test_desk).await;
    let bad = StatusFault { code: 500, body: Some(serde_json::json!({"error": "Upload failed"})) };
    hotel
        .set_faults(FaultPlan::of([Rule::new(Action::Status(bad)).path("*/gallery/upload/").times(3)]))
        .unwrap();
    let refused = add(&test_desk, 91).await;
    add(&test_desk, 92).await;
    test_desk
        .until("the other picture", || async {
            (at_hotel(&hotel).len() == before.images.len() + 1).then_some(())
        })
        .await;
    let shown = gallery(&test_desk).await;
    let mark = shown.images.iter().find(|image| image.local_id == refused).unwrap().sync;
    assert_eq!(mark, SyncMark::Attention);
    test_desk.desk.remove_image(before.local_id, refused).await.unwrap();
    test_desk.until_saved().await;
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
    assert_eq!(at_hotel(&hotel).len(), before.images.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_nobody_knows_cannot_be_taken_out() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let shown = gallery(&test_desk).await;
    assert!(test_desk.desk.remove_image(shown.local_id, shown.local_id).await.is_err());
    assert!(
        test_desk.desk.set_picture(shown.local_id, Slot::Photo, None).await.is_err(),
        "a gallery has no picture of its own"
    );
    assert!(test_desk.desk.delete_entity(shown.local_id).await.is_err(), "and is not deleted from here");
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_that_was_refused_can_be_asked_for_again() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let shown = gallery(&test_desk).await;
    let image = shown.images[0].local_id;
    let no = StatusFault { code: 403, body: Some(serde_json::json!({"detail": "Not you."})) };
    hotel
        .set_faults(FaultPlan::of([Rule::new(Action::Status(no)).path("*/gallery/remove/").times(1)]))
        .unwrap();
    test_desk.desk.remove_image(shown.local_id, image).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(gallery(&test_desk).await.images.len(), shown.images.len(), "it is shown with its reason");
    test_desk.desk.remove_image(shown.local_id, image).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(at_hotel(&hotel).len(), shown.images.len() - 1);
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_for_what_is_no_gallery_is_refused() {
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let offer = test_desk.offers().await.remove(0).local_id;
    let image = NewImage { picture: prepared(&test_desk, 93).await, caption: String::new() };
    assert!(test_desk.desk.add_images(offer, vec![image], None).await.is_err());
    assert_eq!(test_desk.desk.outbox().await.unwrap().items, []);
}
