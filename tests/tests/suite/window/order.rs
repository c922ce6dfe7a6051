//! Offers are moved by hand: by keyboard, by menu and by dragging, also while the hotel is unreachable.

use desk_tests::window::{Fixture, Window, until};
use fantoccini::key::Key;

/// Returns titles and numbers at the hotel, in its order.
fn at_hotel(fixture: &Fixture) -> Vec<(String, i64)> {
    let offers = fixture.hotel().offers().into_iter();
    let mut listed: Vec<_> = offers
        .map(|offer| {
            let number = offer["sort_order"].as_i64().unwrap();
            let newest = std::cmp::Reverse(offer["created_at"].as_str().unwrap().to_owned());
            (number, newest, offer["title"].as_str().unwrap().to_owned())
        })
        .collect();
    listed.sort();
    listed.into_iter().map(|(number, _, title)| (title, number)).collect()
}

fn titles(listed: &[(String, i64)]) -> Vec<&str> {
    listed.iter().map(|(title, _)| title.as_str()).collect()
}

async fn focus_on(window: &Window, title: &str) {
    let selector = format!("[data-testid=offer-card][data-title=\"{title}\"] [data-testid=offer-edit]");
    window.run("document.querySelector(arguments[0]).focus()", vec![selector.into()]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_moved_by_keyboard_while_offline_and_the_hotel_follows() {
    let mut fixture = Fixture::set("order").await;
    let window = fixture.open_signed_in().await;
    window.press("view-list").await;
    let before = at_hotel(&fixture);
    let old = titles(&before);
    window.until_order(&old).await;
    fixture.close_hotel().await;
    focus_on(&window, old[4]).await;
    window.alt(Key::Up).await;
    window.alt(Key::Up).await;
    let wanted = [old[0], old[1], old[4], old[2], old[3], old[5]];
    window.until_order(&wanted).await;
    window.until_says("offer-moved", "is now number 3 of 14").await;
    window.until_focus("offer-edit").await;
    window.until_offer(old[4], "waiting").await;
    window.until_pill("offline").await;
    window.is_accessible("moved").await;

    let window = fixture.restart(window).await;
    window.press("view-list").await;
    window.until_order(&wanted).await;
    fixture.open_hotel().await;
    until("the order at the hotel", async || (titles(&at_hotel(&fixture))[..6] == wanted).then_some(()))
        .await;
    window.until_pill("saved").await;
    let after = at_hotel(&fixture);
    let changed = after.iter().filter(|offer| !before.contains(offer)).count();
    assert_eq!(changed, 1, "only the moved offer is changed: {before:?} {after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_moved_by_its_menu_and_by_dragging() {
    let fixture = Fixture::set("drag").await;
    let window = fixture.open_signed_in().await;
    let before = at_hotel(&fixture);
    let old = titles(&before);
    let grip = format!("[data-testid=offer-card][data-title=\"{}\"] [data-testid=offer-move]", old[2]);
    window.press_at(&grip).await;
    window.until_there("[data-testid=move-menu]").await;
    window.is_accessible("menu").await;
    window.press("move-first").await;
    window.until_order(&[old[2], old[0], old[1]]).await;
    window.drag_offer(old[1], old[2]).await;
    let wanted = [old[1], old[2], old[0], old[3]];
    window.until_order(&wanted).await;
    until("the order at the hotel", async || (titles(&at_hotel(&fixture))[..4] == wanted).then_some(()))
        .await;
    window.until_pill("saved").await;
    window.shot("dragged").await;
}
