//! The main job: offers that sync, edit and update live.

use demo_hotel::Dialect;
use desk_tests::window::{Fixture, until};
use desk_tests::{TestDesk, picture};
use hotelmate_core::records::FieldValue;
use serde_json::json;

/// Rory, a colleague at another desk.
pub(crate) const COLLEAGUE: usize = 1;

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_by_hand_shows_the_fourteen_offers_with_their_pictures() {
    let fixture = Fixture::set("first-look").await;
    let window = fixture.open_window().await;
    window.until_there("[data-testid=signin-submit]").await;
    window.shot("sign-in").await;
    let person = fixture.person();
    window.sign_in(&person.username, "not the password").await;
    window.until_there("[role=alert]").await;
    window.shot("wrong-password").await;
    window.sign_in(&person.username, &person.password).await;
    window.close_handover().await;
    window.until_offers().await;
    window.shot("offers").await;

    // The list shows all of them at the same time.
    window.press("view-list").await;
    let all = fixture.hotel().offers();
    let with_picture = all.iter().filter(|offer| offer["photo_url"].is_string()).count();
    let script = "
        const drawn = [...document.querySelectorAll('[data-testid=offer-card]')];
        const pictures = drawn.filter((row) => (row.querySelector('img')?.naturalWidth ?? 0) > 0
            && new URL(row.querySelector('img').src).protocol === 'media:');
        return drawn.length === arguments[0] && pictures.length === arguments[1];";
    window.until("fourteen offers and their pictures", script, vec![json!(14), json!(with_picture)]).await;
    assert!(all.len() == 14 && with_picture >= 10, "{with_picture} of {}", all.len());
    window.shot("list").await;

    window.press("view-cards").await;
    window.resize(2560, 1440).await;
    window.until_pictures().await;
    window.shot("large").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_offer_reaches_the_hotel_with_its_photo_and_without_a_message_about_oneself() {
    let fixture = Fixture::set("create").await;
    let window = fixture.open_signed_in().await;
    window.press("offers-new").await;
    window.fill("editor-title", "Lake Swim at Dawn").await;
    window.fill("editor-short_description", "A cold lake, a warm robe and a hot breakfast.").await;
    window.press("editor-details_html").await;
    window.keys("Meet at the boat house.").await;
    window.fill("editor-tag", "New").await;
    window.choose_file("editor-photo-input", &fixture.file("lake.png", &picture(40))).await;
    window.until_there("[data-testid=editor-picture] img").await;
    window.shot("editor").await;
    window.save().await;
    let stored = fixture.until_at_hotel("Lake Swim at Dawn", |offer| offer["photo_url"].is_string()).await;
    assert_eq!(stored["details_html"], "<p>Meet at the boat house.</p>");
    window.fill("offers-search", "Lake Swim").await;
    window.until_offer("Lake Swim at Dawn", "saved").await;
    window.until_pictures().await;
    window.shot("saved").await;

    // The hotel sends the events of this change to all desks, including this one, which must not show them as an
    // activity.
    let colleague = TestDesk::manual(fixture.hotel(), COLLEAGUE).await;
    colleague.desk.sync_until_quiet().await.unwrap();
    let theirs = colleague.titled("Midweek Escape").await.unwrap();
    colleague.edit(theirs.local_id, FieldValue::of("tag", "Half price")).await;
    colleague.desk.sync_until_quiet().await.unwrap();
    window.until_toast("Midweek Escape").await;
    assert_eq!(window.count("[data-testid=toast]").await, 1, "one colleague did one thing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_edit_appears_without_touching_anything() {
    let fixture = Fixture::set("colleague").await;
    let window = fixture.open_signed_in().await;
    let colleague = TestDesk::at(fixture.hotel(), COLLEAGUE).await;
    colleague.until_live().await;
    let theirs = colleague.titled("Midweek Escape").await.unwrap();
    colleague.edit(theirs.local_id, FieldValue::of("title", "Midweek Escape for Three")).await;
    window.until_offer("Midweek Escape for Three", "saved").await;
    window.until_toast("Midweek Escape for Three").await;
    window.shot("toast").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_made_offline_waits_and_is_saved_when_the_hotel_is_back() {
    let mut fixture = Fixture::set("offline").await;
    let window = fixture.open_signed_in().await;
    fixture.close_hotel().await;
    window.change("Midweek Escape", "editor-title", "Midweek Escape by Train").await;
    window.until_offer("Midweek Escape by Train", "waiting").await;
    window.until_pill("offline").await;
    window.until_says("status-pill", "1 waiting").await;
    window.shot("waiting").await;
    fixture.open_hotel().await;
    fixture.until_at_hotel("Midweek Escape by Train", |_| true).await;
    window.until_offer("Midweek Escape by Train", "saved").await;
    window.until_pill("saved").await;
    window.until_says("status-pill", "All saved").await;
    window.shot("saved").await;
    assert!(fixture.at_hotel("Midweek Escape").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_while_offline_keeps_the_sign_in_the_offers_and_what_waits() {
    let mut fixture = Fixture::set("restart").await;
    let window = fixture.open_signed_in().await;
    fixture.close_hotel().await;
    window.change("Dogs Stay Free", "editor-tag", "Cats too").await;
    window.until_offer("Dogs Stay Free", "waiting").await;
    let window = fixture.restart(window).await;
    window.until_pill("offline").await;
    window.until_says("status-pill", "1 waiting").await;
    window.until_offer("Dogs Stay Free", "waiting").await;
    window.until_pictures().await;
    window.until_says("offer-card", "Cats too").await;
    window.until_says("filter-all", "14").await;
    window.shot("offline").await;
    fixture.open_hotel().await;
    fixture.until_at_hotel("Dogs Stay Free", |offer| offer["tag"] == "Cats too").await;
    window.until_pill("saved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clocking_in_at_the_window_is_what_deskctl_sees() {
    let fixture = Fixture::set("clock").await;
    let window = fixture.open_signed_in().await;
    window.until_there("[data-testid=clock-button][data-duty=off]").await;
    assert_eq!(fixture.deskctl(&["clock", "status"]).await["is_on_duty"], false);
    window.press("clock-button").await;
    window.until_there("[data-testid=clock-button][data-duty=on]").await;
    window.until_says("clock-button", "Clock Out").await;
    window.shot("on-duty").await;
    let status = fixture.deskctl(&["clock", "status"]).await;
    assert_eq!(status["is_on_duty"], true);
    assert!(status["since"].is_string() && status["confirmed_at"].is_string(), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_newest_server_a_clock_in_hints_at_the_approval_and_a_break_is_shown() {
    let fixture = Fixture::set_at("approval", Dialect::Current).await;
    let (window, person) = (fixture.open_window().await, fixture.person());
    window.sign_in(&person.username, &person.password).await;
    window.until_there("[data-testid=clock-button][data-duty=off]").await;
    window.press("clock-button").await;
    window.until_there("[data-testid=clock-button][data-duty=on]").await;
    window.until_says("clock-notice", "A manager may have to approve it").await;
    window.shot("hint").await;
    assert!(fixture.hotel().set_break(&person.username, true));
    assert_eq!(fixture.deskctl(&["clock", "status"]).await["status"], "on_break");
    window.until_there("[data-testid=clock-button][data-duty=break]").await;
    window.until_says("clock", "On a break; on duty since").await;
    window.shot("break").await;
    window.press("clock-button").await;
    window.until_there("[data-testid=clock-button][data-duty=off]").await;
    assert_eq!(fixture.deskctl(&["clock", "status"]).await["is_on_duty"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_can_be_taken_back_and_otherwise_reaches_the_hotel() {
    let fixture = Fixture::set("delete").await;
    let window = fixture.open_signed_in().await;
    let bin = "[data-testid=offer-card][data-title=\"Midweek Escape\"] [data-testid=offer-delete]";
    window.press_at(bin).await;
    window.until_removed(bin).await;
    window.shot("undo").await;
    window.press("undo-button").await;
    window.until_offer("Midweek Escape", "saved").await;
    assert_eq!(fixture.at_hotel("Midweek Escape").len(), 1);
    window.press_at(bin).await;
    until("the deletion at the hotel", async || fixture.at_hotel("Midweek Escape").is_empty().then_some(()))
        .await;
    window.until_pill("saved").await;
    window.until_says("filter-all", "13").await;
}
