//! An intent that waits: without a network, over a suspend, a crash, and a clock that is set.

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule};
use desk_tests::TestDesk;
use desk_tests::clock::FastClock;
use pusher::time::Clock;

use super::{PERSON, WAYS, Way, asks, at_hotel, cases, presses, until_settled};

#[tokio::test(flavor = "multi_thread")]
async fn a_suspend_while_the_hotel_is_read_lets_the_intent_lapse() {
    for (way, on_duty) in cases() {
        let hotel = way.hotel(!on_duty).await;
        let clock = FastClock::of_speed(1);
        let test_desk = TestDesk::fast(&hotel, PERSON, &clock).await;
        way.until_listening(&hotel, &test_desk, 1).await;
        test_desk.until_quiet(&hotel).await;
        hotel.reset_requests();
        hotel.set_faults(FaultPlan::of([Rule::new(Action::DelayMs(400)).path("*/me/")])).unwrap();
        test_desk.desk.intend_duty(on_duty).await.unwrap();
        test_desk.until("the read", || async { (!hotel.requests().is_empty()).then_some(()) }).await;
        clock.set_wall(3 * 3600);
        let duty = until_settled(&test_desk).await;
        assert!(duty.notice.unwrap().contains("10 minutes"), "{way:?}");
        assert_eq!((presses(&hotel), at_hotel(&hotel).await), (0, Some(!on_duty)), "{way:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_dies_while_it_presses_only_reads_after_its_restart() {
    for (way, on_duty) in cases() {
        let (hotel, test_desk) = way.live(!on_duty).await;
        hotel.set_faults(FaultPlan::of([way.fault(on_duty, Action::DelayMs(60_000))])).unwrap();
        test_desk.desk.intend_duty(on_duty).await.unwrap();
        test_desk.until("the press", || async { (presses(&hotel) == 1).then_some(()) }).await;
        let test_desk = test_desk.die().await;
        let duty = until_settled(&test_desk).await;
        assert!(asks(&duty), "{way:?} {duty:?}");
        assert_eq!(presses(&hotel), 1, "{way:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_intent_waits_visibly_and_can_be_cancelled() {
    for way in WAYS {
        let (hotel, test_desk) = way.live(false).await;
        let port = hotel.port();
        hotel.stop().await;
        test_desk.desk.intend_duty(true).await.unwrap();
        let intent = test_desk
            .until("a waiting intent", || async {
                test_desk.desk.duty().await.unwrap().intent.filter(|intent| !intent.running)
            })
            .await;
        assert!(intent.on_duty);
        test_desk.desk.cancel_duty_intent().await.unwrap();
        let hotel = opened_again(way, port, &test_desk).await;
        assert_eq!(presses(&hotel), 0);
    }
}

/// Opens the hotel again and waits until the desk has reached it.
async fn opened_again(way: Way, port: u16, test_desk: &TestDesk) -> DemoHotel {
    let options = Options::default().seed(7).port(port).dialect(way.dialect);
    let hotel = DemoHotel::start(options).await.unwrap();
    test_desk.desk.try_now().await;
    test_desk
        .until("online again", || async {
            (test_desk.desk.status().await.online == Some(true)).then_some(())
        })
        .await;
    hotel
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_intent_lapses_after_ten_minutes_with_a_notice_and_fires_no_more() {
    for (way, on_duty) in cases() {
        let hotel = way.hotel(!on_duty).await;
        let clock = FastClock::default();
        let test_desk = TestDesk::fast(&hotel, PERSON, &clock).await;
        way.until_listening(&hotel, &test_desk, 1).await;
        let port = hotel.port();
        hotel.stop().await;
        let began = clock.monotonic();
        test_desk.desk.intend_duty(on_duty).await.unwrap();
        let duty = until_settled(&test_desk).await;
        assert!(clock.monotonic() - began >= Duration::from_secs(600), "{way:?}");
        assert!(duty.notice.unwrap().contains("10 minutes"), "{way:?}");
        let hotel = opened_again(way, port, &test_desk).await;
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!(presses(&hotel), 0, "{way:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_does_not_outlive_its_ten_minutes_when_the_clock_is_set_back() {
    for way in WAYS {
        let hotel = way.hotel(false).await;
        let clock = FastClock::of_speed(1);
        let test_desk = TestDesk::fast(&hotel, PERSON, &clock).await;
        way.until_listening(&hotel, &test_desk, 1).await;
        let port = hotel.port();
        hotel.stop().await;
        test_desk.desk.intend_duty(true).await.unwrap();
        clock.set_wall(-3600);
        let duty = until_settled(&test_desk).await;
        assert!(duty.notice.unwrap().contains("10 minutes"));
        let hotel = opened_again(way, port, &test_desk).await;
        assert_eq!(presses(&hotel), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_of_this_computer_makes_no_forgotten_clock_out() {
    for way in WAYS {
        let (_hotel, test_desk, clock) = way.manual(true).await;
        clock.set_wall(20 * 3600);
        let duty = test_desk.desk.refresh_duty().await.unwrap();
        assert_eq!((duty.is_on_duty(), duty.notice), (Some(true), None), "{way:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_that_is_cancelled_while_the_hotel_is_read_presses_nothing() {
    for way in WAYS {
        let (hotel, test_desk) = way.live(false).await;
        hotel.set_faults(FaultPlan::of([Rule::new(Action::DelayMs(500)).path("*/me/").times(1)])).unwrap();
        test_desk.desk.intend_duty(true).await.unwrap();
        test_desk.desk.cancel_duty_intent().await.unwrap();
        hotel.clear_faults();
        // A second intent is carried out after the end of the first one.
        test_desk.desk.intend_duty(false).await.unwrap();
        until_settled(&test_desk).await;
        assert_eq!(presses(&hotel), 0);
    }
}
