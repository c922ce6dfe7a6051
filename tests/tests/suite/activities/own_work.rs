//! The person's own work becomes no activity, in any order of answers and events and with any outcome.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_echo_is_silent_even_after_a_later_edit_of_ones_own() {
    let (hotel, test_desk, _api) = live_desk().await;
    let (shown, id) = first_offer(&test_desk).await;
    test_desk.edit(shown.local_id, FieldValue::of("tag", "mine")).await;
    test_desk.until_saved().await;
    let echo = event_about(&hotel, id);
    test_desk.edit(shown.local_id, FieldValue::of("tag", "mine, better")).await;
    test_desk.until_saved().await;
    send_late(&hotel, &test_desk, &echo, shown.local_id, "mine, better").await;
    assert_eq!(reported_without_fences(&test_desk).await.0, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_comes_after_ones_own_newer_edit_never_puts_the_older_value_on_the_screen() {
    let (hotel, test_desk, api) = live_desk().await;
    let (shown, id) = first_offer(&test_desk).await;
    tag(&api, id, "theirs").await;
    until_tag(&test_desk, shown.local_id, "theirs").await;
    let event = event_about(&hotel, id);
    test_desk.edit(shown.local_id, FieldValue::of("tag", "mine")).await;
    test_desk.until_saved().await;
    test_desk.until_quiet(&hotel).await;
    // The read that would correct it fails.
    let broken = StatusFault { code: 500, body: None };
    hotel.set_faults(FaultPlan::of([Rule::new(Action::Status(broken)).method("GET")])).unwrap();
    hotel.reset_requests();
    publish(&hotel, OFFER_UPDATED, &event);
    until_confirmed(&hotel, &test_desk, id).await;
    let tag_shown = test_desk.record(shown.local_id).await.fields.text("tag");
    assert_eq!(tag_shown, "mine");
    // The read stays due, and is made when the hotel can be read again.
    hotel.clear_faults();
    hotel.reset_requests();
    test_desk.desk.try_now().await;
    test_desk
        .until("a read", || async {
            hotel.requests().iter().any(|request| request.path.contains("/offers/")).then_some(())
        })
        .await;
    assert_eq!(test_desk.reported().await, [changed(&shown)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_work_is_silent_however_its_answer_is_lost() {
    let (hotel, test_desk, _api) = live_desk().await;
    let lost = [
        Action::DropAfterCommit,
        Action::TruncatedBody,
        Action::StatusAfterCommit(StatusFault { code: 500, body: None }),
    ];
    for (n, action) in (0..).zip(lost) {
        let title = format!("Mine {n}");
        let hash = test_desk.desk.prepare_picture(picture(n)).await.unwrap().hash;
        let writes =
            ["POST", "PATCH", "DELETE"].map(|method| Rule::new(action.clone()).method(method).times(1));
        hotel.set_faults(FaultPlan::of(writes)).unwrap();
        let id = test_desk.desk.create(Kind::Offer, offer(&title), None).await.unwrap();
        test_desk.until_saved().await;
        test_desk.edit(id, FieldValue::of("tag", "mine")).await;
        test_desk.until_saved().await;
        let upload = Rule::new(action).path("*/upload-image/").times(1);
        hotel.set_faults(FaultPlan::of([upload])).unwrap();
        test_desk.desk.set_picture(id, Slot::Photo, Some(hash)).await.unwrap();
        test_desk.until_saved().await;
        test_desk.desk.delete_entity(id).await.unwrap();
        test_desk.until_saved().await;
    }
    assert_eq!(test_desk.reported().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_edit_is_silent_when_the_program_ends_before_its_answer() {
    let (hotel, test_desk, _api) = manual_desk(0).await;
    let (shown, id) = first_offer(&test_desk).await;
    test_desk.edit(shown.local_id, FieldValue::of("tag", "mine")).await;
    hotel.set_faults(FaultPlan::of([Rule::new(Action::DropAfterCommit).method("PATCH").times(1)])).unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(event_about(&hotel, id)["offer"]["tag"], "mine");
    let test_desk = test_desk.restart().await;
    let report = test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!((report.waiting, test_desk.reported().await), (0, Vec::new()));
}
