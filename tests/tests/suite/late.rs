//! Requests that the hotel's server carries out late, after newer ones of this desk: the last confirmed value is there
//! in the end, and no change is attributed to a colleague.

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, LateCommit, Options, Rule, StatusFault};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use desk_tests::{TestDesk, hash_at, offer, picture};
use hotelmate_core::ids::{LocalId, MediaHash, ServerId};
use hotelmate_core::model::IntentState;
use hotelmate_core::records::{FieldValue, Slot};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::Resolution;
use pusher::time::Clock;
use serde_json::{Value, json};

/// A little longer than the server can take for a request whose answer was lost, by the desks' clock.
const LATE: Duration = Duration::from_secs(125);
/// So long that a request is carried out only at the test's command.
const NEVER_MS: u64 = 600_000;

fn late() -> Action {
    let answer = Some(StatusFault { code: 504, body: None });
    Action::CommitLate(LateCommit { after_ms: NEVER_MS, after_requests: None, answer })
}

fn said(code: u16, body: Value) -> Action {
    Action::Status(StatusFault { code, body: Some(body) })
}

/// A manual desk, and one offer of its own at the hotel.
struct Scene {
    hotel: DemoHotel,
    test_desk: TestDesk,
    clock: FastClock,
    id: LocalId,
}

impl Scene {
    async fn set() -> Self {
        let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
        let clock = FastClock::default();
        let test_desk = TestDesk::fast_manual(&hotel, 0, &clock).await;
        test_desk.desk.sync_until_quiet().await.unwrap();
        let id = test_desk.desk.create(Kind::Offer, offer("Mine"), None).await.unwrap();
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert!(test_desk.reported().await.is_empty());
        Self { hotel, test_desk, clock, id }
    }

    /// Applies these actions to requests of this method on this path, one after the other, once each.
    fn faults(&self, method: &str, path: &str, actions: impl IntoIterator<Item = Action>) {
        let rule = |(nth, action)| Rule::new(action).method(method).path(path).from_request(nth + 1).times(1);
        self.hotel.set_faults(FaultPlan::of((0_u64..).zip(actions).map(rule))).unwrap();
    }

    async fn sync(&self) {
        self.test_desk.desk.try_now().await;
        self.test_desk.desk.sync_until_quiet().await.unwrap();
    }

    async fn tag(&self, value: &str) {
        self.test_desk.edit(self.id, FieldValue::of("tag", value)).await;
    }

    async fn picture(&self, shade: u8) -> MediaHash {
        let hash = self.test_desk.desk.prepare_picture(picture(shade)).await.unwrap().hash;
        self.test_desk.desk.set_picture(self.id, Slot::Photo, Some(hash.clone())).await.unwrap();
        hash
    }

    fn row(&self) -> Value {
        self.hotel.offers().into_iter().find(|row| row["title"] == "Mine").unwrap()
    }

    async fn picture_at_hotel(&self) -> Option<String> {
        let row = self.row();
        let address = row["photo_url"].as_str()?;
        Some(hash_at(&colleague(&self.hotel, 1).await, address).await)
    }

    /// The server carries out the postponed requests, the time in which it can do so passes, and the desk syncs.
    async fn late_requests_are_carried_out(&self) {
        self.hotel.carry_out_late().await;
        self.clock.sleep(LATE).await;
        self.sync().await;
        self.sync().await;
    }

    /// Checks that nothing waits, no question is asked, and no activity of a colleague is shown.
    async fn assert_quiet(&self) {
        assert_eq!(self.test_desk.desk.outbox().await.unwrap().items, []);
        assert_eq!(self.test_desk.reported().await, Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_edit_does_not_stand_over_a_newer_one() {
    let scene = Scene::set().await;
    scene.faults("PATCH", "*/offers/*", [late()]);
    scene.tag("first").await;
    scene.sync().await;
    assert_eq!(scene.row()["tag"], "first", "the repeat arrived");
    scene.tag("second").await;
    scene.sync().await;
    scene.hotel.carry_out_late().await;
    assert_eq!(scene.row()["tag"], "first", "the first request came last");
    scene.late_requests_are_carried_out().await;
    assert_eq!(scene.row()["tag"], "second");
    assert_eq!(scene.test_desk.field(scene.id, "tag").await, FieldValue::of("tag", "second"));
    scene.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_edit_is_known_after_the_program_was_killed() {
    let mut scene = Scene::set().await;
    scene.faults("PATCH", "*/offers/*", [late()]);
    scene.tag("first").await;
    scene.sync().await;
    scene.tag("second").await;
    scene.sync().await;
    scene.test_desk = scene.test_desk.die().await;
    scene.hotel.carry_out_late().await;
    scene.sync().await;
    scene.late_requests_are_carried_out().await;
    assert_eq!(scene.row()["tag"], "second");
    scene.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_works_by_itself_puts_a_late_edit_right_by_itself() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::fast(&hotel, 0, &FastClock::default()).await;
    test_desk.until_live().await;
    let id = test_desk.desk.create(Kind::Offer, offer("Mine"), None).await.unwrap();
    test_desk.until_saved().await;
    // Without an event only the time makes a read due.
    let silent = Rule::new(Action::EventLost);
    hotel.set_faults(FaultPlan::of([Rule::new(late()).method("PATCH").times(1), silent])).unwrap();
    for value in ["first", "second"] {
        test_desk.edit(id, FieldValue::of("tag", value)).await;
        test_desk.until_saved().await;
    }
    hotel.carry_out_late().await;
    let stands = |value: &str| hotel.offers().iter().any(|row| row["tag"] == value);
    assert!(stands("first") && !stands("second"));
    test_desk.until("the newer value", || async { stands("second").then_some(()) }).await;
    test_desk.until_saved().await;
    assert_eq!(test_desk.field(id, "tag").await, FieldValue::of("tag", "second"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_does_not_conflict_with_an_earlier_try_of_its_own() {
    let scene = Scene::set().await;
    scene.faults("PATCH", "*/offers/*", [late(), Action::RateLimited { retry_after_s: 30 }]);
    scene.tag("first").await;
    scene.sync().await;
    scene.tag("second").await;
    scene.hotel.carry_out_late().await;
    assert_eq!(scene.row()["tag"], "first");
    scene.sync().await;
    scene.clock.sleep(Duration::from_secs(31)).await;
    scene.sync().await;
    assert_eq!(scene.test_desk.desk.record(scene.id).await.unwrap().conflicts, []);
    assert_eq!(scene.row()["tag"], "second");
    scene.late_requests_are_carried_out().await;
    scene.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_edit_does_not_stand_over_what_a_colleague_wrote_since() {
    let scene = Scene::set().await;
    scene.faults("PATCH", "*/offers/*", [late()]);
    scene.tag("first").await;
    scene.sync().await;
    let theirs = colleague(&scene.hotel, 1).await;
    let number = scene.test_desk.record(scene.id).await.id.unwrap();
    theirs.edit(Kind::Offer, ServerId(number.0), &[FieldValue::of("tag", "theirs")]).await.unwrap();
    scene.sync().await;
    assert_eq!(scene.test_desk.reported().await.len(), 1);
    scene.hotel.carry_out_late().await;
    assert_eq!(scene.row()["tag"], "first");
    scene.late_requests_are_carried_out().await;
    assert_eq!(scene.row()["tag"], "theirs");
    assert_eq!(scene.test_desk.desk.outbox().await.unwrap().items, []);
    assert_eq!(scene.test_desk.reported().await.len(), 1, "told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_edit_that_the_person_has_let_go_is_taken_back() {
    let scene = Scene::set().await;
    scene.faults("PATCH", "*/offers/*", [late(), said(400, json!({"tag": ["Not like this."]}))]);
    scene.tag("first").await;
    scene.sync().await;
    let item = scene.test_desk.desk.outbox().await.unwrap().items.remove(0);
    assert_eq!(item.state, IntentState::Attention);
    scene.test_desk.desk.discard_intent(item.id).await.unwrap();
    scene.late_requests_are_carried_out().await;
    assert_eq!(scene.row()["tag"], "");
    scene.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn their_version_stands_although_a_late_edit_came_over_it_while_the_person_chose() {
    for chosen in [Resolution::Theirs, Resolution::Mine] {
        let scene = Scene::set().await;
        let lost = std::iter::repeat_n(Action::DropBeforeCommit, 20);
        scene.faults("PATCH", "*/offers/*", std::iter::once(late()).chain(lost));
        scene.tag("mine").await;
        // Every repeat fails too, until a colleague writes.
        scene.sync().await;
        scene.hotel.clear_faults();
        let theirs = colleague(&scene.hotel, 1).await;
        let number = scene.test_desk.record(scene.id).await.id.unwrap();
        theirs.edit(Kind::Offer, ServerId(number.0), &[FieldValue::of("tag", "theirs")]).await.unwrap();
        scene.sync().await;
        let conflict = scene.test_desk.desk.record(scene.id).await.unwrap().conflicts.remove(0);
        scene.hotel.carry_out_late().await;
        scene.sync().await;
        scene.test_desk.desk.resolve_conflict(conflict.intent, conflict.field, chosen.clone()).await.unwrap();
        scene.late_requests_are_carried_out().await;
        let expected = if chosen == Resolution::Theirs { "theirs" } else { "mine" };
        assert_eq!(scene.row()["tag"], expected, "{chosen:?}");
        assert_eq!(scene.test_desk.desk.outbox().await.unwrap().items, [], "{chosen:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_arrived_although_its_answer_was_lost_is_sent_once_and_asked_for_no_more() {
    let scene = Scene::set().await;
    scene.faults("PATCH", "*/offers/*", [Action::StatusAfterCommit(StatusFault { code: 504, body: None })]);
    scene.tag("first").await;
    scene.sync().await;
    scene.hotel.reset_requests();
    // A colleague may undo it by hand, and this is the colleague's own change.
    let theirs = colleague(&scene.hotel, 1).await;
    let number = scene.test_desk.record(scene.id).await.id.unwrap();
    theirs.edit(Kind::Offer, ServerId(number.0), &[FieldValue::of("tag", "")]).await.unwrap();
    scene.late_requests_are_carried_out().await;
    assert_eq!(scene.row()["tag"], "");
    let patches = scene.hotel.requests().iter().filter(|asked| asked.method == "PATCH").count();
    assert_eq!(patches, 1, "the colleague's alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_picture_does_not_stand_over_a_newer_one() {
    let scene = Scene::set().await;
    scene.faults("POST", "*/upload-image/", [late()]);
    let first = scene.picture(1).await;
    scene.sync().await;
    assert_eq!(scene.picture_at_hotel().await.as_deref(), Some(first.as_str()), "the repeat arrived");
    let second = scene.picture(200).await;
    scene.sync().await;
    scene.hotel.carry_out_late().await;
    assert_eq!(scene.picture_at_hotel().await.as_deref(), Some(first.as_str()));
    scene.late_requests_are_carried_out().await;
    assert_eq!(scene.picture_at_hotel().await.as_deref(), Some(second.as_str()));
    scene.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_removal_of_a_picture_does_not_stand_over_a_newer_picture() {
    let scene = Scene::set().await;
    scene.picture(1).await;
    scene.sync().await;
    scene.faults("PATCH", "*/offers/*", [late()]);
    scene.test_desk.desk.set_picture(scene.id, Slot::Photo, None).await.unwrap();
    scene.sync().await;
    assert_eq!(scene.picture_at_hotel().await, None, "the repeat arrived");
    let second = scene.picture(200).await;
    scene.sync().await;
    scene.hotel.carry_out_late().await;
    assert_eq!(scene.picture_at_hotel().await, None);
    scene.late_requests_are_carried_out().await;
    assert_eq!(scene.picture_at_hotel().await.as_deref(), Some(second.as_str()));
    scene.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_does_not_conflict_with_an_earlier_try_of_its_own() {
    let scene = Scene::set().await;
    scene.faults("POST", "*/upload-image/", [late(), Action::RateLimited { retry_after_s: 30 }]);
    scene.picture(1).await;
    scene.sync().await;
    let second = scene.picture(200).await;
    scene.hotel.carry_out_late().await;
    scene.clock.sleep(Duration::from_secs(31)).await;
    scene.sync().await;
    assert_eq!(scene.test_desk.desk.record(scene.id).await.unwrap().conflicts, []);
    assert_eq!(scene.picture_at_hotel().await.as_deref(), Some(second.as_str()));
    scene.late_requests_are_carried_out().await;
    scene.assert_quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_a_late_removal_took_although_it_was_to_stay_is_asked_about() {
    let scene = Scene::set().await;
    scene.faults("DELETE", "*/offers/*", [late(), said(403, json!({"detail": "Managers only."}))]);
    scene.test_desk.desk.delete_entity(scene.id).await.unwrap();
    scene.sync().await;
    scene.sync().await;
    let item = scene.test_desk.desk.outbox().await.unwrap().items.remove(0);
    assert_eq!(item.state, IntentState::Attention);
    // The person discards the deletion, so the offer stays.
    scene.test_desk.desk.discard_intent(item.id).await.unwrap();
    scene.hotel.carry_out_late().await;
    scene.late_requests_are_carried_out().await;
    let items = scene.test_desk.desk.outbox().await.unwrap().items;
    let [item] = &items[..] else { panic!("one question: {items:#?}") };
    assert!(item.removed_there && !item.reason.contains("olleague"), "{}", item.reason);
    assert_eq!(scene.test_desk.reported().await, Vec::<String>::new(), "no colleague did it");
    scene.test_desk.desk.retry_intent(item.id).await.unwrap();
    scene.sync().await;
    assert_eq!(scene.row()["title"], "Mine");
    scene.assert_quiet().await;
}
