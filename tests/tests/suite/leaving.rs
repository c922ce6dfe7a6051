//! Signing out: waiting changes are all counted, sent if they can be, and removed for good if the person chose that.

use demo_hotel::{Action, DemoHotel, FaultPlan, Options, Rule, StatusFault};
use desk_tests::{TestDesk, offer, picture};
use hotelmate_core::desk::Mode;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;
use hotelmate_core::store::Store;
use hotelmate_core::views::SignOutChoice;
use serde_json::json;

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

async fn edit_tag(test_desk: &TestDesk, title: &str, tag: &str) {
    let id = test_desk.titled(title).await.unwrap().local_id;
    test_desk.edit(id, FieldValue::of("tag", tag.to_owned())).await;
}

fn refusal(method: &str) -> FaultPlan {
    let refusal = StatusFault { code: 400, body: Some(json!({ "tag": ["No."] })) };
    FaultPlan::of([Rule::new(Action::Status(refusal)).method(method).times(1)])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_about_the_clock_is_something_that_waits() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.desk.intend_duty(true).await.unwrap();
    let refused = test_desk.desk.sign_out(SignOutChoice::IfNothingWaits).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::StillWaiting);
    test_desk.desk.sign_out(SignOutChoice::Keep).await.unwrap();
    let test_desk = test_desk.restart().await;
    assert!(test_desk.desk.duty().await.unwrap().intent.is_some_and(|intent| intent.on_duty));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_discarded_is_gone_even_where_the_folder_has_to_stay() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    edit_tag(&test_desk, "Midweek Escape", "Slow").await;
    test_desk.desk.intend_duty(true).await.unwrap();
    let accounts = std::fs::read_dir(test_desk.folder().join("accounts")).unwrap();
    let account = accounts.flatten().next().unwrap().path();
    std::fs::write(account.join("desk.sqlite.damaged-1"), "nobody has looked into it yet").unwrap();
    test_desk.desk.sign_out(SignOutChoice::Discard).await.unwrap();
    assert!(account.join("desk.sqlite.damaged-1").exists());

    let test_desk = test_desk.restart().await;
    assert!(test_desk.desk.outbox().await.unwrap().items.is_empty());
    assert!(test_desk.desk.duty().await.unwrap().intent.is_none());
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(hotel.offers().iter().all(|offer| offer["tag"] != "Slow"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_before_a_sign_out_tells_what_stays_and_why() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    hotel.set_faults(refusal("PATCH")).unwrap();
    edit_tag(&test_desk, "Midweek Escape", "Slow").await;
    let report = test_desk.desk.send_now().await.unwrap();
    assert_eq!(report.left, 1);
    assert!(report.reason.contains("need a person"), "{report:?}");

    let stuck = test_desk.desk.outbox().await.unwrap().items.remove(0);
    test_desk.desk.discard_intent(stuck.id).await.unwrap();
    edit_tag(&test_desk, "Dogs Stay Free", "Cats too").await;
    test_desk.desk.intend_duty(true).await.unwrap();
    let report = test_desk.desk.send_now().await.unwrap();
    assert_eq!((report.left, report.reason.as_str()), (0, ""));
    assert!(hotel.offers().iter().any(|offer| offer["tag"] == "Cats too"));
    test_desk.desk.sign_out(SignOutChoice::IfNothingWaits).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_does_not_wait_for_what_stands_behind_a_refusal() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    hotel.set_faults(refusal("POST")).unwrap();
    let prepared = test_desk.desk.prepare_picture(picture(9)).await.unwrap();
    test_desk.desk.create(Kind::Offer, offer("Refused"), Some(prepared.hash)).await.unwrap();
    let report = test_desk.desk.send_now().await.unwrap();
    assert_eq!(report.left, 2);
    assert!(report.reason.contains("stand behind"), "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_with_no_hotel_in_reach_ends_after_one_try() {
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    test_desk.until_live().await;
    hotel.stop().await;
    edit_tag(&test_desk, "Midweek Escape", "Slow").await;
    let report = test_desk.desk.send_now().await.unwrap();
    assert_eq!(report.left, 1);
    assert!(report.reason.contains("cannot be reached"), "{report:?}");
}

/// The account's database.
fn database(test_desk: &TestDesk) -> std::path::PathBuf {
    let mut accounts = std::fs::read_dir(test_desk.folder().join("accounts")).unwrap();
    accounts.next().unwrap().unwrap().path().join("desk.sqlite")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_beside_an_open_window_signs_the_window_out_too_and_the_last_one_removes_the_data() {
    let hotel = hotel().await;
    let window = TestDesk::at(&hotel, 0).await;
    window.until_live().await;
    let beside = window.beside(Mode::Manual).await;
    let database = database(&window);
    beside.sign_out(SignOutChoice::IfNothingWaits).await.unwrap();
    window
        .until("the window to be signed out", || async {
            window.desk.session().await.is_none().then_some(())
        })
        .await;
    let reported = window.desk.status().await.notices;
    assert!(reported.iter().any(|notice| notice.message.contains("another copy")), "{reported:?}");
    window.until("the data to be removed", || async { (!database.exists()).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_accepted_by_a_desk_whose_account_was_signed_out_beside_it() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let id = test_desk.titled("Midweek Escape").await.unwrap().local_id;
    let beside = test_desk.beside(Mode::Manual).await;
    beside.sign_out(SignOutChoice::IfNothingWaits).await.unwrap();
    let refused = test_desk.desk.delete_entity(id).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::SignedOut);
    let reported = beside.status().await.notices;
    assert!(reported.iter().any(|notice| notice.message.contains("still on this computer")), "{reported:?}");
    let database = database(&test_desk);
    assert!(database.exists(), "it is not pulled away under the other one");
    test_desk.desk.close().await;
    assert!(!database.exists(), "the last one to leave removes it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_desk_wanted_before_the_sign_out_keeps_the_account() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let beside = test_desk.beside(Mode::Manual).await;
    edit_tag(&test_desk, "Midweek Escape", "Slow").await;
    let refused = beside.sign_out(SignOutChoice::IfNothingWaits).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::StillWaiting);
    beside.sign_out(SignOutChoice::Keep).await.unwrap();
    assert_eq!(test_desk.desk.outbox().await.unwrap().items.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn data_that_could_not_be_removed_is_said_and_goes_at_a_later_start() {
    let hotel = hotel().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let database = database(&test_desk);
    // Another program has it open and takes its time.
    let other = Store::open(&database, tokio::sync::broadcast::channel(8).0).unwrap().store;
    test_desk.desk.sign_out(SignOutChoice::IfNothingWaits).await.unwrap();
    let reported = test_desk.desk.status().await.notices;
    assert!(reported.iter().any(|notice| notice.message.contains("still on this computer")), "{reported:?}");
    assert!(database.exists());
    other.close().await;
    assert!(database.exists(), "only a desk removes it");
    let mut settings = test_desk.settings();
    settings.token = None;
    test_desk.desk.close().await;
    let later = hotelmate_core::desk::Desk::open(settings, Mode::Manual).await.unwrap();
    assert!(!database.exists());
    assert_eq!(later.status().await.notices, []);
}
