//! A manager's decision about a clock-in without a shift (contract.md 9.3).

use demo_hotel::DemoHotel;
use desk_tests::TestDesk;
use desk_tests::guest::posts;
use desk_tests::test_desk::{colleague, token};
use hotelmate_core::resources::DutyStatus;
use hotelmate_core::views::EventOutcome;
use serde_json::{Value, json};

use super::{COLLEAGUE, PERSON, WAYS, hints, until_settled};

/// Clocks the person in, and returns the number of the clock log, the person's channel, and the desk with its hint.
async fn clocked_in() -> (DemoHotel, TestDesk, i64, String) {
    let [_, way] = WAYS;
    let (hotel, test_desk) = way.live(false).await;
    test_desk.desk.intend_duty(true).await.unwrap();
    assert!(hints(&until_settled(&test_desk).await));
    let api = colleague(&hotel, PERSON).await;
    let staff = api.me().await.unwrap().profile.staff_id;
    let log = api.own_log(staff, true).await.unwrap().unwrap();
    let channel = format!("attendance-{}-staff-{staff}", hotel.slug());
    test_desk.until("the channel", || async { (hotel.listeners(&channel) > 0).then_some(()) }).await;
    test_desk.until_quiet(&hotel).await;
    hotel.reset_requests();
    (hotel, test_desk, log.id.0, channel)
}

async fn until_read(hotel: &DemoHotel, test_desk: &TestDesk) {
    let is_read = || hotel.requests().iter().any(|one| one.path.ends_with("/me/"));
    test_desk.until("a read of the own clock", || async { is_read().then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_removes_the_hint_that_one_may_be_needed_and_the_own_clock_is_read() {
    let (hotel, test_desk, log, _) = clocked_in().await;
    let path = format!("/api/staff/hotel/{}/attendance/clock-logs/{log}/approve/", hotel.slug());
    let manager = token(&hotel, COLLEAGUE).await;
    posts(&hotel, &path, Some(manager.expose()), &json!({})).await;
    let duty = test_desk
        .until("no hint", || async { Some(test_desk.desk.duty().await.unwrap()).filter(|duty| !hints(duty)) })
        .await;
    assert_eq!((duty.status, duty.notice), (Some(DutyStatus::OnDuty), None));
    until_read(&hotel, &test_desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_keeps_the_hint_and_the_own_clock_is_read_and_another_event_is_not_known() {
    let (hotel, test_desk, log, channel) = clocked_in().await;
    let event: Value = json!({"clock_log_id": log, "message": "No."});
    for (name, outcome) in
        [("clocklog-of-a-later-version", EventOutcome::Unknown), ("clocklog-rejected", EventOutcome::Applied)]
    {
        hotel.publish(&channel, name, &event);
        let logged = || async {
            let entries = test_desk.desk.event_log(0).entries;
            entries.into_iter().find(|entry| entry.event == name).map(|entry| entry.outcome)
        };
        assert_eq!(test_desk.until("the event", logged).await, outcome);
    }
    until_read(&hotel, &test_desk).await;
    assert!(hints(&test_desk.desk.duty().await.unwrap()));
}
