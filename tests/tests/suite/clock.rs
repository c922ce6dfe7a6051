//! The clock: pressed at most once per intent, and never from a queue.

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::TestDesk;
use desk_tests::clock::FastClock;
use hotelmate_core::views::{ActivityKind, DutyView};

const CLOCK: &str = "*/clock/";

async fn desk() -> (DemoHotel, TestDesk) {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    (hotel, test_desk)
}

fn presses(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|r| r.method == "POST" && r.path.ends_with("/clock/")).count()
}

async fn until_settled(test_desk: &TestDesk) -> DutyView {
    test_desk
        .until("the wish is settled", || async {
            let duty = test_desk.desk.duty().await.unwrap();
            duty.intent.is_none().then_some(duty)
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn clocking_in_and_out_presses_once_each_and_shows_the_hotels_time() {
    let (hotel, test_desk) = desk().await;
    test_desk.desk.intend_duty(true).await.unwrap();
    let duty = until_settled(&test_desk).await;
    assert_eq!((duty.is_on_duty, duty.notice), (Some(true), None));
    assert!(duty.since.is_some());
    test_desk.desk.intend_duty(false).await.unwrap();
    assert_eq!(until_settled(&test_desk).await.is_on_duty, Some(false));
    assert_eq!(presses(&hotel), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_that_is_already_so_presses_nothing() {
    let (hotel, test_desk) = desk().await;
    let beside = TestDesk::at(&hotel, 0).await;
    beside.desk.carry_out_duty(true).await.unwrap();
    assert_eq!(presses(&hotel), 1);
    test_desk.desk.intend_duty(true).await.unwrap();
    assert_eq!(until_settled(&test_desk).await.is_on_duty, Some(true));
    assert_eq!(presses(&hotel), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_whose_answer_is_lost_is_read_and_never_repeated() {
    for stored in [true, false] {
        let (hotel, test_desk) = desk().await;
        let action = if stored { Action::DropAfterCommit } else { Action::DropBeforeCommit };
        hotel.set_faults(FaultPlan::of([Rule::new(action).method("POST").path(CLOCK)])).unwrap();
        test_desk.desk.intend_duty(true).await.unwrap();
        let duty = until_settled(&test_desk).await;
        assert_eq!(presses(&hotel), 1);
        assert_eq!(duty.is_on_duty, Some(stored));
        assert_eq!(duty.notice.is_some(), !stored, "when it did not arrive, the person is asked");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_intent_waits_in_sight_and_can_be_taken_back() {
    let (hotel, test_desk) = desk().await;
    let port = hotel.port();
    hotel.stop().await;
    test_desk.desk.intend_duty(true).await.unwrap();
    let intent = test_desk
        .until("a waiting wish", || async {
            test_desk.desk.duty().await.unwrap().intent.filter(|intent| !intent.running)
        })
        .await;
    assert!(intent.on_duty);
    test_desk.desk.cancel_duty_intent().await.unwrap();
    let hotel = DemoHotel::start(Options::default().seed(7).port(port)).await.unwrap();
    test_desk.desk.try_now().await;
    test_desk
        .until("online again", || async {
            (test_desk.desk.status().await.online == Some(true)).then_some(())
        })
        .await;
    assert_eq!(presses(&hotel), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_does_not_outlive_its_ten_minutes_when_the_clock_is_set_back() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let clock = FastClock::of_speed(1);
    let test_desk = TestDesk::fast(&hotel, 0, &clock).await;
    test_desk.until_live().await;
    let port = hotel.port();
    hotel.stop().await;
    test_desk.desk.intend_duty(true).await.unwrap();
    clock.set_wall(-3600);
    let duty = until_settled(&test_desk).await;
    assert!(duty.notice.unwrap().contains("10 minutes"));
    let hotel = DemoHotel::start(Options::default().seed(7).port(port)).await.unwrap();
    test_desk.desk.try_now().await;
    test_desk
        .until("online again", || async {
            (test_desk.desk.status().await.online == Some(true)).then_some(())
        })
        .await;
    assert_eq!(presses(&hotel), 0);
}

/// The server's answer for an address that it does not have.
fn no_clock(code: u16) -> Rule {
    let none = StatusFault { code, body: Some("<html><h1>Page not found</h1></html>".into()) };
    Rule::new(Action::Status(none)).path(CLOCK)
}

async fn manual_desk() -> (DemoHotel, TestDesk, FastClock) {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let clock = FastClock::of_speed(1);
    let test_desk = TestDesk::fast_manual(&hotel, 0, &clock).await;
    (hotel, test_desk, clock)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_answer_that_there_is_no_clock_takes_no_button_away() {
    for code in [403, 404, 405] {
        let (hotel, test_desk, _) = manual_desk().await;
        hotel.set_faults(FaultPlan::of([no_clock(code).times(1)])).unwrap();
        let duty = test_desk.desk.carry_out_duty(true).await.unwrap();
        assert_eq!((duty.unavailable, duty.is_on_duty), (None, Some(false)));
        assert!(duty.notice.unwrap().contains("Try again"), "{code}");
        let duty = test_desk.desk.carry_out_duty(true).await.unwrap();
        assert_eq!((duty.unavailable, duty.notice, duty.is_on_duty), (None, None, Some(true)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotel_without_a_clock_gets_a_plain_reason_in_place_of_the_button_until_it_has_one() {
    let (hotel, test_desk, clock) = manual_desk().await;
    hotel.set_faults(FaultPlan::of([no_clock(404)])).unwrap();
    test_desk.desk.carry_out_duty(true).await.unwrap();
    clock.set_wall(61);
    let duty = test_desk.desk.carry_out_duty(true).await.unwrap();
    assert!(duty.unavailable.unwrap().contains("no clock"));
    assert_eq!(duty.notice, None);
    // The question is asked with every read, without a press.
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(test_desk.desk.duty().await.unwrap().unavailable.is_some());
    hotel.clear_faults();
    hotel.reset_requests();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((test_desk.desk.duty().await.unwrap().unavailable, presses(&hotel)), (None, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_pressed_here_before_is_never_taken_away() {
    let (hotel, test_desk, clock) = manual_desk().await;
    test_desk.desk.carry_out_duty(true).await.unwrap();
    hotel.set_faults(FaultPlan::of([no_clock(404)])).unwrap();
    test_desk.desk.carry_out_duty(false).await.unwrap();
    clock.set_wall(61);
    let duty = test_desk.desk.carry_out_duty(false).await.unwrap();
    assert!(duty.unavailable.is_none() && duty.notice.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_of_mine_and_of_my_colleagues_hears_of_it() {
    let (hotel, test_desk) = desk().await;
    let (mine_elsewhere, colleague) = (TestDesk::at(&hotel, 0).await, TestDesk::at(&hotel, 1).await);
    mine_elsewhere.until_live().await;
    colleague.until_live().await;
    test_desk.desk.intend_duty(true).await.unwrap();
    until_settled(&test_desk).await;
    mine_elsewhere
        .until("my other screen", || async {
            (mine_elsewhere.desk.duty().await.unwrap().is_on_duty == Some(true)).then_some(())
        })
        .await;
    let reported =
        colleague.until("the colleague's toast", || async { colleague.activities().await.pop() }).await;
    assert_eq!(reported.kind, ActivityKind::ColleagueOnDuty);
    assert_eq!(test_desk.activities().await, [], "my own press is silent here");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_that_is_taken_back_while_the_hotel_is_read_presses_nothing() {
    let (hotel, test_desk) = desk().await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::DelayMs(500)).path("*/me/").times(1)])).unwrap();
    test_desk.desk.intend_duty(true).await.unwrap();
    test_desk.desk.cancel_duty_intent().await.unwrap();
    hotel.clear_faults();
    // A second intent is carried out after the first one has come to its end.
    test_desk.desk.intend_duty(false).await.unwrap();
    until_settled(&test_desk).await;
    assert_eq!(presses(&hotel), 0);
}
