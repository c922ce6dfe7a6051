//! A server that has no clock, or that says so once.

use demo_hotel::{Action, FaultPlan, Rule, StatusFault};

use super::{WAYS, Way, presses};

/// The server's answer for an address that it does not have.
fn no_clock(way: Way, code: u16) -> Rule {
    let none = StatusFault { code, body: Some("<html><h1>Page not found</h1></html>".into()) };
    Rule::new(Action::Status(none)).path(way.clock_in)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_answer_that_there_is_no_clock_takes_no_button_away() {
    for (way, codes) in [(WAYS[0], &[403, 404, 405][..]), (WAYS[1], &[404, 405][..])] {
        for code in codes {
            let (hotel, test_desk, _) = way.manual(false).await;
            hotel.set_faults(FaultPlan::of([no_clock(way, *code).times(1)])).unwrap();
            let duty = test_desk.desk.carry_out_duty(true).await.unwrap();
            assert_eq!((duty.is_on_duty(), duty.unavailable), (Some(false), None));
            assert!(duty.notice.unwrap().contains("Try again"), "{code}");
            let duty = test_desk.desk.carry_out_duty(true).await.unwrap();
            assert_eq!((duty.is_on_duty(), duty.unavailable), (Some(true), None));
            assert_eq!(presses(&hotel), 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotel_without_a_clock_gets_a_plain_reason_in_place_of_the_button_until_it_has_one() {
    for way in WAYS {
        let (hotel, test_desk, clock) = way.manual(false).await;
        hotel.set_faults(FaultPlan::of([no_clock(way, 404)])).unwrap();
        test_desk.desk.carry_out_duty(true).await.unwrap();
        clock.set_wall(61);
        let duty = test_desk.desk.carry_out_duty(true).await.unwrap();
        assert!(duty.unavailable.unwrap().contains("no clock"));
        assert_eq!(duty.notice, None);
        // Every read looks for the clock again, without a press.
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert!(test_desk.desk.duty().await.unwrap().unavailable.is_some());
        hotel.clear_faults();
        hotel.reset_requests();
        test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!((test_desk.desk.duty().await.unwrap().unavailable, presses(&hotel)), (None, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_pressed_here_before_is_never_taken_away() {
    for way in WAYS {
        let (hotel, test_desk, clock) = way.manual(false).await;
        test_desk.desk.carry_out_duty(true).await.unwrap();
        way.press_elsewhere(&hotel, false).await;
        hotel.set_faults(FaultPlan::of([no_clock(way, 404)])).unwrap();
        test_desk.desk.carry_out_duty(true).await.unwrap();
        clock.set_wall(61);
        let duty = test_desk.desk.carry_out_duty(true).await.unwrap();
        assert!(duty.unavailable.is_none() && duty.notice.is_some());
    }
}
