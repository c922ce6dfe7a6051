//! The team in the window: live, searched, offline with its age, and where the list may not be read.

use demo_hotel::{Account, Dialect};
use desk_tests::test_desk::colleague;
use desk_tests::window::Fixture;
use fantoccini::key::Key;

const OWN: usize = 0;
const RORY: usize = 1;

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_clock_in_shows_in_the_team_at_once_and_stays_readable_offline() {
    let mut fixture = Fixture::set("team").await;
    let window = fixture.open_signed_in().await;
    window.press("rail-team").await;
    window.until_there("[data-testid=team-person][data-id='2'][data-duty=off_duty]").await;
    colleague(fixture.hotel(), RORY).await.toggle_clock().await.unwrap();
    window.until_there("[data-testid=team-person][data-id='2'][data-duty=on_duty]").await;
    window.until_says("team-since", "since").await;
    // The same person presses at another desk.
    colleague(fixture.hotel(), OWN).await.toggle_clock().await.unwrap();
    window.until_there("[data-testid=clock-button][data-duty=on]").await;
    colleague(fixture.hotel(), OWN).await.toggle_clock().await.unwrap();
    window.until_there("[data-testid=clock-button][data-duty=off]").await;
    window.shot("on-duty").await;
    window.is_accessible("team").await;
    window.press("team-on_duty").await;
    assert_eq!(window.count("[data-testid=team-person]").await, 1);
    window.press("team-all").await;
    window.fill("team-search", "kitchen").await;
    window.until_removed("[data-testid=team-person][data-id='2']").await;
    window.key(Key::Escape).await;
    window.until_there("[data-testid=team-person][data-id='2']").await;
    let listed = fixture.deskctl(&["team", "--on-duty"]).await;
    assert_eq!(listed[0]["name"], "Rory Brosnan", "{listed}");
    fixture.close_hotel().await;
    window.until_there("[data-testid=as-of]").await;
    assert_eq!(window.count("[data-testid=team-person]").await, 7);
    window.shot("offline").await;
    fixture.end(window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_newest_server_a_receptionist_reads_why_the_team_is_short() {
    let fixture = Fixture::set_at("team-limited", Dialect::Current).await;
    let window = fixture.open_window().await;
    let Account { username, password } = fixture.hotel().users()[RORY].clone();
    window.sign_in(&username, &password).await;
    window.until_there("[data-testid=rail-team]").await;
    window.press("rail-team").await;
    window.until_says("team-limited", "You are not allowed to see the team of this hotel.").await;
    window.until_there("[data-testid=team-person]").await;
    assert_eq!(window.count("[data-testid=team-person]").await, 1);
    window.shot("limited").await;
    fixture.end(window).await;
}
