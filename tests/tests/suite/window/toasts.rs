//! Activities of colleagues are shown once: a message that opens the entity, a history with filters, and no messages
//! during do-not-disturb.

use desk_tests::test_desk::colleague;
use desk_tests::window::{Fixture, Window, until};
use desk_tests::{TestDesk, guest};
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::records::FieldValue;

use crate::window::main_job::COLLEAGUE;

/// Changes the tag of an offer as a colleague, which this desk shows as an activity.
pub(crate) async fn tag(colleague: &TestDesk, title: &str, tag: &str) {
    let theirs = colleague.until_titled(title).await;
    colleague.edit(theirs.local_id, FieldValue::of("tag", tag.to_owned())).await;
    colleague.until_saved().await;
}

async fn open_history(window: &Window) {
    window.press("bell").await;
    window.until_there("[data-testid=history]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_opens_its_entity_and_a_restart_repeats_nothing() {
    let fixture = Fixture::set("told-once").await;
    let window = fixture.open_signed_in().await;
    let colleague = TestDesk::at(fixture.hotel(), COLLEAGUE).await;
    colleague.until_live().await;
    tag(&colleague, "Midweek Escape", "Quiet days").await;
    window.until_toast("Midweek Escape").await;
    window.shot("toast").await;
    window.press("toast-open").await;
    window.until_there("[data-testid=editor-tag]").await;
    assert_eq!(window.value("editor-tag").await, "Quiet days");
    window.press("editor-close").await;
    window.until_removed("[data-testid=editor]").await;

    let window = fixture.restart(window).await;
    window.until_offers().await;
    open_history(&window).await;
    window.until_says("history-list", "Midweek Escape").await;
    assert_eq!(window.count("[data-testid=history-entry]").await, 1, "one activity, once");
    assert_eq!(window.count("[data-testid=toast]").await, 0, "told before the restart");
    window.is_accessible("history").await;
    window.shot("history").await;
    window.resize(2560, 1440).await;
    window.shot("history-large").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn do_not_disturb_shows_its_end_and_holds_messages_back_but_not_the_history() {
    let fixture = Fixture::set_dark("told-quiet").await;
    let window = fixture.open_signed_in().await;
    let colleague = TestDesk::at(fixture.hotel(), COLLEAGUE).await;
    colleague.until_live().await;
    open_history(&window).await;
    window.press("quiet-60").await;
    window.until_there("[data-testid=quiet-until]").await;
    window.is_accessible("quiet").await;
    window.shot("quiet").await;
    window.press("history-close").await;
    window.until_removed("[data-testid=history]").await;
    tag(&colleague, "Dogs Stay Free", "Cats too").await;
    window.until_says("offer-card", "Cats too").await;
    window.until_says("bell", "1").await;
    assert_eq!(window.count("[data-testid=toast]").await, 0);
    window.shot("held-back").await;

    open_history(&window).await;
    window.until_says("history-list", "Dogs Stay Free").await;
    window.press("history-team").await;
    window.until_there("[data-testid=history-nothing]").await;
    window.press("history-offers").await;
    window.until_says("history-list", "Dogs Stay Free").await;
    window.press("quiet-end").await;
    window.until_removed("[data-testid=quiet-until]").await;
    // The pressed button no longer exists, so the focus moves to the first button that holds messages back.
    window.until_focus("quiet-30").await;
    window.press("history-close").await;
    window.until_removed("[data-testid=history]").await;
    tag(&colleague, "Midweek Escape", "Loud days").await;
    window.until_toast("Midweek Escape").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_guest_writes_stays_until_somebody_has_looked_at_it() {
    let fixture = Fixture::set("told-guest").await;
    let window = fixture.open_window().await;
    let receptionist = fixture.hotel().users().swap_remove(1);
    window.sign_in(&receptionist.username, &receptionist.password).await;
    window.until_offers().await;
    let me = colleague(fixture.hotel(), 1).await.me().await.unwrap();
    let channel = Generation::First.own_channel(fixture.hotel().slug(), me.profile.staff_id).unwrap();
    until("the channel", async || (fixture.hotel().listeners(&channel) == 1).then_some(())).await;
    guest::writes(fixture.hotel(), guest::ROOM_101, "Could we have two more towels?").await;
    window.until_says("toast", "Guest in room 101: “Could we have two more towels?”").await;
    window.is_accessible("guest").await;
    window.shot("toast").await;
    window.press("toast-open").await;
    window.until_says("chat-message", "two more towels").await;
    window.until_removed("[data-testid=toast]").await;
    window.shot("conversation").await;
    open_history(&window).await;
    window.press("history-guests").await;
    window.until_says("history-list", "two more towels").await;
    window.shot("history").await;
}
