//! The hotel ends the sign-in while the person works.

use desk_tests::window::Fixture;

#[tokio::test(flavor = "multi_thread")]
async fn the_password_is_asked_for_over_the_editor_and_nothing_has_to_be_typed_again() {
    let fixture = Fixture::set("password").await;
    let window = fixture.open_signed_in().await;
    let person = fixture.person();
    window.change("Dogs Stay Free", "editor-tag", "Big dogs").await;
    fixture.until_at_hotel("Dogs Stay Free", |offer| offer["tag"] == "Big dogs").await;
    window.edit("Midweek Escape").await;
    window.fill("editor-title", "Midweek Esc").await;

    // The hotel refuses the desk's next request; a cut connection makes the desk send one.
    assert!(fixture.hotel().revoke_token(&person.username));
    fixture.hotel().cut_connections();
    window.until_there("[data-testid=password-dialog]").await;
    window.until_focus("password-field").await;
    window.is_accessible("over-the-editor").await;
    window.keys("wrong\u{e007}").await;
    window.until_there("[data-testid=password-dialog] [role=alert]").await;
    window.fill("password-field", &person.password).await;
    window.press("password-submit").await;
    window.until_removed("[data-testid=password-dialog]").await;

    assert_eq!(window.value("editor-title").await, "Midweek Esc");
    window.until_focus("editor-title").await;
    window.keys("ape for Good").await;
    window.save().await;
    fixture.until_at_hotel("Midweek Escape for Good", |_| true).await;
    window.until_pill("saved").await;
    window.shot("saved").await;
}
