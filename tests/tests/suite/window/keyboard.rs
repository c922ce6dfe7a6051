//! The desk without a mouse. The program never interrupts a person who types.

use desk_tests::TestDesk;
use desk_tests::window::Fixture;
use fantoccini::key::Key;
use hotelmate_core::records::FieldValue;

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_created_found_and_edited_by_keyboard_alone() {
    let fixture = Fixture::set("keyboard").await;
    let window = fixture.open_signed_in().await;
    window.keys("n").await;
    window.until_focus("editor-title").await;
    window.keys("Bread Baking").await;
    window.key(Key::Tab).await;
    window.until_focus("editor-short_description").await;
    window.keys("Dough at seven, loaf at nine.").await;
    window.ctrl('s').await;
    window.until_removed("[data-testid=editor]").await;
    fixture
        .until_at_hotel("Bread Baking", |offer| offer["short_description"] == "Dough at seven, loaf at nine.")
        .await;

    window.keys("/").await;
    window.until_focus("offers-search").await;
    window.keys("Bread").await;
    window.until_offer("Bread Baking", "saved").await;
    window.until_removed("[data-testid=offer-card]:not([data-title=\"Bread Baking\"])").await;
    window.tab_to("offer-edit").await;
    window.shot("found").await;
    window.key(Key::Enter).await;
    window.until_focus("editor-title").await;
    window.key(Key::End).await;
    window.keys(" for Two").await;
    window.ctrl('s').await;
    window.until_removed("[data-testid=editor]").await;
    fixture.until_at_hotel("Bread Baking for Two", |_| true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_asks_before_it_throws_typed_text_away() {
    let fixture = Fixture::set("escape").await;
    let window = fixture.open_signed_in().await;
    window.keys("n").await;
    window.until_focus("editor-title").await;
    window.keys("Half a thought").await;
    window.key(Key::Escape).await;
    window.until_there("[data-testid=leave-dialog]").await;
    window.until_focus("leave-dialog-stay").await;
    window.shot("question").await;
    window.key(Key::Enter).await;
    window.until_removed("[data-testid=leave-dialog]").await;
    window.until_focus("editor-title").await;
    assert_eq!(window.value("editor-title").await, "Half a thought");
    window.key(Key::Escape).await;
    window.until_focus("leave-dialog-stay").await;
    window.tab_to("leave-dialog-sure").await;
    window.key(Key::Enter).await;
    window.until_removed("[data-testid=editor]").await;
    assert_eq!(fixture.hotel().offers().len(), 14);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_never_replaced_by_a_colleague() {
    let fixture = Fixture::set("typing").await;
    let window = fixture.open_signed_in().await;
    let colleague = TestDesk::at(fixture.hotel(), 1).await;
    colleague.until_live().await;
    let id = colleague.titled("Midweek Escape").await.unwrap().local_id;
    window.edit("Midweek Escape").await;
    window.fill("editor-title", "My own ti").await;
    colleague.edit(id, FieldValue::of("title", "A colleague's title")).await;
    colleague.edit(id, FieldValue::of("tag", "Their tag")).await;
    fixture.until_at_hotel("A colleague's title", |offer| offer["tag"] == "Their tag").await;
    window.until_there("[data-testid=theirs-title]").await;
    // A field in which the person does not type follows the hotel.
    let tag = "return document.querySelector('[data-testid=editor-tag]').value === 'Their tag'";
    window.until("the colleague's tag", tag, vec![]).await;
    window.keys("tle").await;
    assert_eq!(window.value("editor-title").await, "My own title");
    window.is_accessible("beside-a-colleague").await;
}
