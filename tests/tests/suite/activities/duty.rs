//! A colleague who comes on or goes off duty becomes one activity.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_duty_is_told_once_whether_doubled_late_or_again_after_a_restart() {
    let (hotel, test_desk, _api) = live_desk().await;
    let clock = "clock-status-updated";
    let (on, off) = (duty_of(1, true, "09:00"), duty_of(1, false, "17:00"));
    for event in [&on, &on, &off, &off, &on] {
        publish(&hotel, clock, event);
    }
    fence(&hotel, &test_desk, 1).await;
    let day = ["Aoife Byrne came on duty.", "Aoife Byrne went off duty."];
    assert_eq!(reported_without_fences(&test_desk).await.0, day);
    let test_desk = test_desk.restart().await;
    test_desk.until_live().await;
    until_listening(&hotel, &test_desk).await;
    publish(&hotel, clock, &off);
    publish(&hotel, clock, &duty_of(1, true, "18:00"));
    fence(&hotel, &test_desk, 2).await;
    assert_eq!(reported_without_fences(&test_desk).await.0, [day[0], day[1], day[0]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_duty_that_changed_elsewhere_while_the_line_was_down_is_told_once() {
    let (hotel, test_desk, _api) = live_desk().await;
    let elsewhere = colleague(&hotel, 0).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::EventLost)])).unwrap();
    elsewhere.toggle_clock().await.unwrap();
    hotel.clear_faults();
    hotel.close_sockets(4200);
    test_desk
        .until("my duty", || async {
            (test_desk.desk.duty().await.unwrap().is_on_duty() == Some(true)).then_some(())
        })
        .await;
    assert_eq!(test_desk.reported().await, ["You were clocked in elsewhere."]);
    test_desk.until_live().await;
    elsewhere.toggle_clock().await.unwrap();
    test_desk
        .until("my duty", || async {
            (test_desk.desk.duty().await.unwrap().is_on_duty() == Some(false)).then_some(())
        })
        .await;
    fence(&hotel, &test_desk, 1).await;
    let reported = reported_without_fences(&test_desk).await.0;
    assert_eq!(reported, ["You were clocked in elsewhere.", "You were clocked out elsewhere."]);
}
