//! Branding and room types at the window.

use desk_tests::TestDesk;
use desk_tests::picture;
use desk_tests::window::{Fixture, until};
use hotelmate_core::records::{FieldEdit, FieldValue};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_colour_is_seen_in_the_preview_at_once_and_live_on_a_colleagues_desk() {
    let fixture = Fixture::set("branding").await;
    let window = fixture.open_signed_in().await;
    let colleague = TestDesk::at(fixture.hotel(), 1).await;
    colleague.until_live().await;
    window.press("rail-branding").await;
    window.until_there("[data-testid=preview-button]").await;
    window.is_accessible("form").await;
    window.fill("branding-button_color", "#FFEE00").await;
    let preview = "
        const button = document.querySelector('[data-testid=preview-button]');
        return getComputedStyle(button).backgroundColor === 'rgb(255, 238, 0)';";
    window.until("the colour in the preview", preview, vec![]).await;
    // The contrast of white on yellow is too low.
    window.until_says("branding-contrast", "You can save all the same").await;
    window.shot("colour").await;
    assert_ne!(fixture.hotel().settings()["button_color"], "#FFEE00", "nothing is sent while it is typed");
    window.press("branding-save").await;
    colleague
        .until("the colour at a colleague's desk", || async {
            let branding = colleague.desk.branding().await.unwrap()?;
            (branding.record.fields.text("button_color") == "#FFEE00").then_some(())
        })
        .await;
    window.until_pill("saved").await;
    let settings = fixture.hotel().settings();
    assert_eq!((&settings["button_color"], &settings["link_color"]), (&json!("#FFEE00"), &json!("#1F5F4A")));
    window.resize(1366, 768).await;
    window.shot("saved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_typed_stays_while_a_colleague_saves_and_both_arrive() {
    let fixture = Fixture::set("branding-typing").await;
    let window = fixture.open_signed_in().await;
    let colleague = TestDesk::at(fixture.hotel(), 1).await;
    colleague.until_live().await;
    window.press("rail-branding").await;
    window.fill("branding-slogan", "Stay a little lon").await;
    let branding =
        colleague.until("the branding", || async { colleague.desk.branding().await.unwrap() }).await;
    let value = |name: &str, text: &str| FieldValue::of(name, text);
    let phone = branding.record.fields.text("contact_phone");
    let edit = FieldEdit { was: value("contact_phone", &phone), now: value("contact_phone", "+353 1 999") };
    colleague.desk.edit(branding.record.local_id, vec![edit]).await.unwrap();
    let shown =
        "return document.querySelector('[data-testid=branding-contact_phone]').value === '+353 1 999'";
    window.until("the colleague's phone number", shown, vec![]).await;
    assert_eq!(window.value("branding-slogan").await, "Stay a little lon");
    window.fill("branding-slogan", "Stay a little longer").await;
    window.press("branding-save").await;
    until("both at the hotel", async || {
        let settings = fixture.hotel().settings();
        (settings["slogan"] == "Stay a little longer" && settings["contact_phone"] == "+353 1 999")
            .then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_type_is_made_offline_with_a_picture_and_is_at_the_hotel_once() {
    let mut fixture = Fixture::set("rooms").await;
    let window = fixture.open_signed_in().await;
    window.press("rail-rooms").await;
    window.until_there("[data-testid=record-row]").await;
    window.is_accessible("list").await;
    fixture.close_hotel().await;
    window.press("rooms-new").await;
    window.fill("editor-name", "Attic Single").await;
    window.fill("editor-starting_price_from", "89.5").await;
    window.choose_file("editor-photo-input", &fixture.file("attic.png", &picture(70))).await;
    window.until_there("[data-testid=editor-picture] img").await;
    window.is_accessible("editor").await;
    window.save().await;
    let row = "[data-testid=record-row][data-name=\"Attic Single\"]";
    window.until_there(&format!("{row}[data-sync=waiting]")).await;

    let window = fixture.restart(window).await;
    window.press("rail-rooms").await;
    window.until_there(&format!("{row}[data-sync=waiting]")).await;
    window.resize(1366, 768).await;
    window.shot("waiting").await;
    fixture.open_hotel().await;
    let made = until("the room type at the hotel", async || {
        let rooms = fixture.hotel().room_types();
        let made: Vec<_> = rooms.into_iter().filter(|room| room["name"] == "Attic Single").collect();
        (made.len() == 1 && made[0]["photo_url"].is_string()).then(|| made[0].clone())
    })
    .await;
    assert_eq!(made["starting_price_from"], "89.50");
    window.until_there(&format!("{row}[data-sync=saved]")).await;
}
