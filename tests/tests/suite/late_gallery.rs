//! Steps on galleries that the hotel's server carries out late: the last confirmed order is there in the end, every
//! picture is there once, and no change is attributed to a colleague.

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, LateCommit, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, picture};
use hotelmate_core::hotel::dialect::GalleryDialect;
use hotelmate_core::model::IntentState;
use hotelmate_core::resources::ONLY_ONE;
use hotelmate_core::views::{GalleryView, NewImage, Place};
use pusher::time::Clock;

/// A little longer than the server can take for a request whose answer was lost, by the desks' clock.
const LATE: Duration = Duration::from_secs(125);
/// So long that a request is carried out only at the test's command.
const NEVER_MS: u64 = 600_000;

struct Scene {
    hotel: DemoHotel,
    test_desk: TestDesk,
    clock: FastClock,
}

impl Scene {
    async fn set(dialect: Dialect) -> Self {
        Self::with_clock(dialect, FastClock::default()).await
    }

    /// The clock is so slow that an upload and several tries take less than the time in which a request may be late.
    async fn set_slow() -> Self {
        Self::with_clock(Dialect::default(), FastClock::of_speed(40)).await
    }

    async fn with_clock(dialect: Dialect, clock: FastClock) -> Self {
        let hotel = DemoHotel::start(Options::default().seed(7).dialect(dialect)).await.unwrap();
        let test_desk = TestDesk::fast_manual(&hotel, 0, &clock).await;
        test_desk.desk.sync_until_quiet().await.unwrap();
        Self { hotel, test_desk, clock }
    }

    /// Lets the answer to the first request to this path look lost, and carries the request out at the test's command.
    fn late(&self, path: &str) {
        self.late_times(path, 1);
    }

    fn late_times(&self, path: &str, times: u64) {
        let answer = Some(StatusFault { code: 504, body: None });
        let late = Action::CommitLate(LateCommit { after_ms: NEVER_MS, after_requests: None, answer });
        self.hotel.set_faults(FaultPlan::of([Rule::new(late).path(path).times(times)])).unwrap();
    }

    async fn sync(&self) {
        self.test_desk.desk.try_now().await;
        self.test_desk.desk.sync_until_quiet().await.unwrap();
    }

    async fn gallery(&self) -> GalleryView {
        self.test_desk.desk.galleries().await.unwrap().galleries.remove(0)
    }

    async fn add(&self, shade: u8) {
        let picture = self.test_desk.desk.prepare_picture(picture(shade)).await.unwrap().hash;
        let image = NewImage { picture, caption: String::new() };
        let gallery = self.gallery().await.local_id;
        self.test_desk.desk.add_images(gallery, vec![image], None).await.unwrap();
    }

    async fn move_last_to_the_front(&self) {
        let gallery = self.gallery().await;
        let last = gallery.images.last().unwrap().local_id;
        self.test_desk.desk.move_image(gallery.local_id, last, Place::First).await.unwrap();
    }

    /// Writes the hotel's list in the opposite order, as a colleague. Returns it.
    async fn colleague_reverses(&self) -> Vec<String> {
        let mut theirs = self.list();
        theirs.reverse();
        let colleague = colleague(&self.hotel, 1).await;
        colleague.order_images(GalleryDialect::Flat, ONLY_ONE, &theirs).await.unwrap();
        theirs
    }

    fn list(&self) -> Vec<String> {
        self.hotel.gallery().iter().map(|url| url.as_str().unwrap().to_owned()).collect()
    }

    /// Checks that nothing waits, no activity of a colleague is shown, and the screen shows the hotel's content.
    async fn assert_quiet(&self) {
        assert_eq!(self.test_desk.desk.outbox().await.unwrap().items, []);
        assert_eq!(self.test_desk.reported().await, Vec::<String>::new());
        let shown: Vec<_> = self.gallery().await.images.into_iter().filter_map(|image| image.url).collect();
        assert_eq!(shown, self.list());
    }
}

/// Moves the last picture to the front, and adds a picture. The hotel carries out the move at the test's command.
async fn open_move_and_added_picture(scene: &Scene) {
    scene.late("*/gallery/reorder/");
    scene.move_last_to_the_front().await;
    scene.sync().await;
    scene.add(10).await;
    scene.sync().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_order_does_not_stand_over_a_picture_that_was_added_since() {
    for is_killed in [false, true] {
        let mut scene = Scene::set(Dialect::default()).await;
        open_move_and_added_picture(&scene).await;
        let list = scene.list();
        if is_killed {
            scene.test_desk = scene.test_desk.die().await;
        }
        scene.hotel.carry_out_late().await;
        assert_eq!(scene.list().len(), list.len() - 1, "the first order came last");
        // The lease of a killed sender has to expire.
        scene.clock.sleep(LATE).await;
        scene.sync().await;
        assert_eq!(scene.list(), list, "killed: {is_killed}");
        scene.sync().await;
        scene.assert_quiet().await;
    }
}

/// Moves the last picture to the front, which fails until a person has to look at it, and adds a picture meanwhile.
/// Returns the hotel's list. The failed orders are carried out at the test's command.
async fn failed_move_and_added_picture(scene: &Scene) -> Vec<String> {
    scene.late_times("*/gallery/reorder/", 3);
    scene.move_last_to_the_front().await;
    while scene.test_desk.desk.outbox().await.unwrap().items[0].state != IntentState::Attention {
        scene.sync().await;
    }
    scene.add(10).await;
    scene.sync().await;
    scene.list()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_order_of_a_step_that_waits_for_a_person_does_not_stand_over_a_picture_that_was_added_since() {
    let scene = Scene::set_slow().await;
    let list = failed_move_and_added_picture(&scene).await;
    scene.hotel.carry_out_late().await;
    assert_eq!(scene.list().len(), list.len() - 1, "the first order came last");
    scene.clock.sleep(LATE).await;
    scene.sync().await;
    assert_eq!(scene.list(), list);
    assert_eq!(scene.test_desk.reported().await, Vec::<String>::new());
    assert_eq!(
        scene.test_desk.desk.outbox().await.unwrap().items.len(),
        1,
        "the move still waits for a person"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_order_between_its_repeat_and_the_read_after_it_takes_no_picture_out() {
    let scene = Scene::set_slow().await;
    let mut list = failed_move_and_added_picture(&scene).await;
    // The picture that was last before the other one was added.
    let moved = list.remove(list.len() - 2);
    list.insert(0, moved);
    // The answer comes a moment after the list is written.
    let slow = Rule::new(Action::EventHostHangingMs(100)).event("gallery-reordered").times(1);
    scene.hotel.set_faults(FaultPlan::of([slow])).unwrap();
    let id = scene.test_desk.desk.outbox().await.unwrap().items[0].id;
    scene.test_desk.desk.retry_intent(id).await.unwrap();
    let late = async {
        while scene.list() != list {
            tokio::task::yield_now().await;
        }
        scene.hotel.carry_out_late().await;
        assert_eq!(scene.list().len(), list.len() - 1, "the first order came last");
    };
    futures_util::join!(scene.sync(), late);
    scene.clock.sleep(LATE).await;
    scene.sync().await;
    assert_eq!(scene.list(), list);
    scene.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_colleague_wrote_over_a_late_order_stands() {
    let scene = Scene::set(Dialect::default()).await;
    open_move_and_added_picture(&scene).await;
    scene.hotel.carry_out_late().await;
    let theirs = scene.colleague_reverses().await;
    scene.clock.sleep(LATE).await;
    scene.sync().await;
    assert_eq!(scene.list(), theirs);
    assert_eq!(scene.test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_a_late_order_took_out_is_reported_if_a_colleague_has_written_since() {
    let scene = Scene::set(Dialect::default()).await;
    open_move_and_added_picture(&scene).await;
    scene.hotel.carry_out_late().await;
    // The desk reads the late order, but cannot write the previous one.
    let refused = Action::Status(StatusFault { code: 503, body: None });
    scene.hotel.set_faults(FaultPlan::of([Rule::new(refused).path("*/gallery/reorder/")])).unwrap();
    scene.sync().await;
    scene.hotel.clear_faults();
    let theirs = scene.colleague_reverses().await;
    scene.clock.sleep(LATE).await;
    scene.sync().await;
    assert_eq!(scene.list(), theirs, "a colleague's order stands");
    let removal = scene.test_desk.activities().await.into_iter().find(|activity| activity.put_back);
    scene.test_desk.desk.put_back(removal.expect("the loss is reported").id).await.unwrap();
    scene.sync().await;
    assert_eq!(scene.list().len(), theirs.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_a_late_order_took_out_is_reported_if_the_hotel_refuses_the_previous_order() {
    let scene = Scene::set(Dialect::default()).await;
    open_move_and_added_picture(&scene).await;
    scene.hotel.carry_out_late().await;
    let late = scene.list();
    let refused = Action::Status(StatusFault { code: 403, body: None });
    scene.hotel.set_faults(FaultPlan::of([Rule::new(refused).path("*/gallery/reorder/")])).unwrap();
    scene.clock.sleep(LATE).await;
    scene.sync().await;
    assert_eq!(scene.list(), late);
    let removal = scene.test_desk.activities().await.into_iter().find(|activity| activity.put_back);
    assert!(removal.is_some(), "the loss is reported");
    let shown: Vec<_> = scene.gallery().await.images.into_iter().filter_map(|image| image.url).collect();
    assert_eq!(shown, late, "the screen shows the hotel's order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_carried_out_late_puts_one_picture_into_the_gallery() {
    for (dialect, path) in
        [(Dialect::default(), "*/gallery/upload/"), (Dialect::Galleries, "*/upload_image/")]
    {
        let scene = Scene::set(dialect).await;
        let before = scene.gallery().await.images.len();
        scene.late(path);
        scene.add(10).await;
        scene.sync().await;
        scene.hotel.carry_out_late().await;
        scene.clock.sleep(LATE).await;
        scene.sync().await;
        scene.sync().await;
        assert_eq!(scene.gallery().await.images.len(), before + 1, "{dialect:?}");
        assert_eq!(scene.test_desk.desk.outbox().await.unwrap().items, [], "{dialect:?}");
        assert_eq!(scene.test_desk.reported().await, Vec::<String>::new(), "{dialect:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_of_a_row_that_was_lost_for_good_is_sent_again() {
    let scene = Scene::set(Dialect::Galleries).await;
    let before = scene.gallery().await.images.len();
    let lost = Rule::new(Action::DropBeforeCommit).path("*/upload_image/").times(1);
    scene.hotel.set_faults(FaultPlan::of([lost])).unwrap();
    scene.add(10).await;
    scene.sync().await;
    scene.clock.sleep(LATE).await;
    scene.sync().await;
    scene.sync().await;
    assert_eq!(scene.gallery().await.images.len(), before + 1);
    assert_eq!(scene.test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_has_come_back_by_itself_is_not_put_back_a_second_time() {
    let scene = Scene::set(Dialect::default()).await;
    scene.add(10).await;
    scene.sync().await;
    let list = scene.list();
    let theirs = colleague(&scene.hotel, 1).await;
    theirs.order_images(GalleryDialect::Flat, ONLY_ONE, &list[..list.len() - 1]).await.unwrap();
    scene.sync().await;
    let removal = scene.test_desk.activities().await.into_iter().find(|activity| activity.put_back).unwrap();
    // The colleague writes first, and this desk has not read the change yet.
    theirs.order_images(GalleryDialect::Flat, ONLY_ONE, &list).await.unwrap();
    scene.test_desk.desk.put_back(removal.id).await.unwrap();
    scene.sync().await;
    assert_eq!(scene.list(), list);
    assert_eq!(scene.test_desk.desk.outbox().await.unwrap().items, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_a_colleague_took_out_before_its_move_arrives_is_reported() {
    let scene = Scene::set(Dialect::default()).await;
    scene.add(10).await;
    scene.sync().await;
    let list = scene.list();
    scene.move_last_to_the_front().await;
    let theirs = colleague(&scene.hotel, 1).await;
    theirs.order_images(GalleryDialect::Flat, ONLY_ONE, &list[..list.len() - 1]).await.unwrap();
    scene.sync().await;
    assert_eq!(scene.test_desk.desk.outbox().await.unwrap().items, []);
    let removal = scene.test_desk.activities().await.into_iter().find(|activity| activity.put_back);
    scene.test_desk.desk.put_back(removal.expect("the loss is reported").id).await.unwrap();
    scene.sync().await;
    assert_eq!(scene.list().len(), list.len());
}
