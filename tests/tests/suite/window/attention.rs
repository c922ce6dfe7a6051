//! The intents that need a person: every way to settle one works, also without a mouse.

use demo_hotel::{Action, FaultPlan, Rule, StatusFault};
use desk_tests::TestDesk;
use desk_tests::window::{Fixture, Window};
use fantoccini::key::Key;
use serde_json::json;

/// Lets the hotel refuse every change of an offer from now on.
fn refuse(fixture: &Fixture) {
    let refusal =
        StatusFault { code: 400, body: Some(json!({ "tag": ["The hotel does not want this tag."] })) };
    fixture.hotel().set_faults(FaultPlan::of([Rule::new(Action::Status(refusal)).method("PATCH")])).unwrap();
}

async fn refused(fixture: &Fixture, window: &Window, title: &str) {
    refuse(fixture);
    window.change(title, "editor-tag", "Unwanted").await;
    window.until_offer(title, "attention").await;
    window.until_says("rail-count", "1").await;
    window.press("rail-attention").await;
    window.until_says("attention-item", "does not want this tag").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_change_is_exported_and_tried_again_by_keyboard_alone() {
    let fixture = Fixture::set("refused").await;
    let window = fixture.open_signed_in().await;
    refused(&fixture, &window, "Midweek Escape").await;
    window.until_says("attention-item", "Tag:").await;
    window.tab_to("attention-export").await;
    window.key(Key::Enter).await;
    window.until_says("exported", "1 entry written to").await;
    let script = "return document.querySelector('[data-testid=exported]').dataset.file.split('/').pop()";
    let name = window.until("the file's name", script, vec![]).await;
    let written = fixture.downloaded(name.as_str().unwrap()).await;
    let [entry] = written["entries"].as_array().unwrap().as_slice() else { panic!("{written}") };
    assert_eq!(
        (&entry["title"], &entry["changes"][0]["now"]),
        (&json!("Midweek Escape"), &json!("Unwanted"))
    );
    assert!(entry["reason"].as_str().unwrap().contains("did not accept"), "{entry}");
    window.is_accessible("exported").await;

    fixture.hotel().clear_faults();
    window.press("rail-attention").await;
    window.tab_to("attention-retry").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=attention-clear]").await;
    fixture.until_at_hotel("Midweek Escape", |offer| offer["tag"] == "Unwanted").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_change_is_corrected_or_discarded() {
    let fixture = Fixture::set("correct").await;
    let window = fixture.open_signed_in().await;
    refused(&fixture, &window, "Midweek Escape").await;
    fixture.hotel().clear_faults();
    window.press("attention-edit").await;
    window.until_there("[data-testid=error-tag]").await;
    window.is_accessible("at-the-field").await;
    window.fill("editor-tag", "Wanted").await;
    window.save().await;
    fixture.until_at_hotel("Midweek Escape", |offer| offer["tag"] == "Wanted").await;
    window.until_there("[data-testid=attention-clear]").await;

    window.press("rail-offers").await;
    refused(&fixture, &window, "Dogs Stay Free").await;
    window.tab_to("attention-discard").await;
    window.key(Key::Enter).await;
    window.until_says("discard-dialog", "What you wrote in the tag is lost").await;
    window.tab_to("discard-dialog-sure").await;
    window.key(Key::Enter).await;
    window.until_there("[data-testid=attention-clear]").await;
    window.until_pill("saved").await;
    assert_ne!(fixture.at_hotel("Dogs Stay Free")[0]["tag"], "Unwanted");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_a_colleague_removed_is_made_anew_or_let_go() {
    let mut fixture = Fixture::set("removed").await;
    let window = fixture.open_signed_in().await;
    fixture.close_hotel().await;
    window.change("Midweek Escape", "editor-tag", "Mine").await;
    window.change("Dogs Stay Free", "editor-tag", "Mine too").await;
    window.until_says("status-pill", "2 waiting").await;
    fixture.end(window).await;
    fixture.open_hotel().await;
    let old = fixture.at_hotel("Midweek Escape")[0]["id"].clone();
    let colleague = TestDesk::manual(fixture.hotel(), 1).await;
    colleague.desk.sync_until_quiet().await.unwrap();
    for title in ["Midweek Escape", "Dogs Stay Free"] {
        let offer = colleague.titled(title).await.unwrap();
        colleague.desk.delete_entity(offer.local_id).await.unwrap();
    }
    colleague.desk.sync_until_quiet().await.unwrap();

    let window = fixture.open_window().await;
    window.until_says("rail-count", "2").await;
    window.press("rail-attention").await;
    window.until_says("attention-item", "A colleague removed this offer while you changed it").await;
    window.is_accessible("choice").await;
    let item = |title: &str, button: &str| {
        let script = "
            const item = [...document.querySelectorAll('[data-testid=attention-item]')]
                .find((item) => item.innerText.includes(arguments[0]));
            return item?.querySelector(`[data-testid=${arguments[1]}]`)?.click() ?? Boolean(item);";
        let arguments = vec![json!(title), json!(button)];
        (script, arguments)
    };
    let (script, arguments) = item("Midweek Escape", "attention-retry");
    window.run(script, arguments).await;
    fixture.until_at_hotel("Midweek Escape", |offer| offer["tag"] == "Mine" && offer["id"] != old).await;
    window.until_says("rail-count", "1").await;
    window.press("attention-discard").await;
    window.until_says("discard-dialog", "stays removed").await;
    window.until_says("discard-dialog", "the tag").await;
    window.shot("drop").await;
    window.press("discard-dialog-sure").await;
    window.until_there("[data-testid=attention-clear]").await;
    window.until_pill("saved").await;
    assert!(fixture.at_hotel("Dogs Stay Free").is_empty());
}
