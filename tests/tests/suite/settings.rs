//! Settings that change while a desk is open, and the checks of a connection that is not saved yet.

use std::time::Duration;

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule};
use desk_tests::offer;
use desk_tests::test_desk::{token, until};
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::environment::Environment;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::records::{Datum, FieldEdit, FieldValue};
use hotelmate_core::resources::Kind;
use hotelmate_core::settings::Settings;
use hotelmate_core::views::{Change, Check, Finding, FindingState, LiveAddress, LiveState, SignOutChoice};
use tempfile::TempDir;

/// A desk whose connection to the server comes from the environment, and nothing else.
struct Computer {
    desk: Desk,
    hotel: DemoHotel,
    settings: Settings,
    _folder: TempDir,
}

impl Computer {
    async fn open() -> Self {
        let hotel = DemoHotel::start(Options::default()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (url, slug, token) = (hotel.url(), hotel.slug().to_owned(), token(&hotel, 0).await);
        let settings = Settings::load_with(Some(folder.path().to_owned()), |name| match name {
            "DESK_SERVER" => Some(url.clone()),
            "DESK_HOTEL" => Some(slug.clone()),
            "DESK_TOKEN" => Some(token.expose().to_owned()),
            "DESK_MACHINE_FILE" => Some("/nonexistent".to_owned()),
            _ => None,
        })
        .unwrap();
        let desk = Desk::open_in(settings.clone(), Mode::Full, Environment::system()).await.unwrap();
        Self { desk, hotel, settings, _folder: folder }
    }

    fn live(&self) -> Vec<(String, Option<String>)> {
        let pusher = self.hotel.pusher();
        vec![set("pusher_key", &pusher.key), set("pusher_host", &pusher.host)]
    }

    async fn until_live_is(&self, wanted: LiveState) {
        let is_so = async || (self.desk.status().await.live == wanted).then_some(());
        until(&self.desk, "the live connection", is_so).await;
    }
}

fn set(name: &str, value: &str) -> (String, Option<String>) {
    (name.to_owned(), Some(value.to_owned()))
}

fn state(findings: &[Finding], check: Check) -> Option<FindingState> {
    findings.iter().find(|finding| finding.check == check).map(|finding| finding.state)
}

#[tokio::test]
async fn live_updates_begin_and_end_with_their_setting_without_a_restart() {
    let computer = Computer::open().await;
    computer.until_live_is(LiveState::Off).await;
    computer.desk.set_settings(computer.live()).await.unwrap();
    computer.until_live_is(LiveState::Live).await;
    computer.desk.set_settings(vec![("pusher_key".to_owned(), None)]).await.unwrap();
    computer.until_live_is(LiveState::Off).await;
    computer.desk.close().await;
}

#[tokio::test]
async fn an_edit_that_waits_is_sent_once_by_the_engine_with_the_new_settings() {
    let computer = Computer::open().await;
    let offers = until(&computer.desk, "the offers", async || {
        let list = computer.desk.offers(Default::default()).await.unwrap().offers;
        (!list.is_empty()).then_some(list)
    })
    .await;
    let offer = &offers[0];
    let drop_edits = Rule::new(Action::DropBeforeCommit).method("PATCH");
    computer.hotel.set_faults(FaultPlan::of([drop_edits])).unwrap();
    let now = FieldValue::of("title", Datum::Text("Spa and more".to_owned()));
    let was = offer.fields.in_place_of(&now);
    computer.desk.edit(offer.local_id, vec![FieldEdit { was, now }]).await.unwrap();
    computer.desk.set_settings(computer.live()).await.unwrap();
    assert_eq!(computer.desk.outbox().await.unwrap().items.len(), 1);
    computer.hotel.set_faults(FaultPlan::default()).unwrap();
    computer.desk.try_now().await;
    until(&computer.desk, "an empty outbox", async || {
        computer.desk.outbox().await.unwrap().items.is_empty().then_some(())
    })
    .await;
    computer.desk.close().await;
}

#[tokio::test]
async fn a_create_that_has_left_is_not_sent_again_by_the_engine_with_the_new_settings() {
    let computer = Computer::open().await;
    let desk = &computer.desk;
    until(desk, "the first read", async || desk.status().await.last_sync.map(drop)).await;
    // The hotel stores the offer, and answers only after its last event.
    let slow = Rule::new(Action::EventHostHangingMs(5000)).event("offers-updated").times(1);
    computer.hotel.set_faults(FaultPlan::of([slow])).unwrap();
    desk.create(Kind::Offer, offer("Made once"), None).await.unwrap();
    let is_stored = || computer.hotel.offers().iter().any(|offer| offer["title"] == "Made once");
    until(desk, "the offer at the hotel", async || is_stored().then_some(())).await;
    assert_eq!(desk.outbox().await.unwrap().items.len(), 1, "the answer is still on its way");
    desk.set_settings(computer.live()).await.unwrap();
    until(desk, "an empty outbox", async || desk.outbox().await.unwrap().items.is_empty().then_some(()))
        .await;
    let made = computer.hotel.offers().into_iter().filter(|offer| offer["title"] == "Made once");
    assert_eq!(made.count(), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_change_by_another_program_reaches_an_open_desk() {
    let computer = Computer::open().await;
    let mut changes = computer.desk.changes();
    computer.settings.set(&[set("text_size", "150")]).unwrap();
    let noticed = async { while changes.recv().await.unwrap() != Change::Settings {} };
    tokio::time::timeout(Duration::from_secs(20), noticed).await.unwrap();
    assert_eq!(computer.desk.settings().value("text_size"), "150");
    computer.desk.close().await;
}

#[tokio::test]
async fn the_server_cannot_be_changed_while_a_person_is_signed_in() {
    let hotel = DemoHotel::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::load_with(Some(folder.path().to_owned()), |_| None).unwrap();
    let desk = Desk::open(settings, Mode::Manual).await.unwrap();
    let user = hotel.users().swap_remove(0);
    desk.set_settings(vec![set("server", &hotel.url())]).await.unwrap();
    desk.sign_in(&hotel.url(), &user.username, user.password.as_str()).await.unwrap();
    let error = desk.set_settings(vec![set("server", "https://other.example")]).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotAllowed);
    assert_eq!(desk.settings().value("server"), format!("{}/", hotel.url().trim_end_matches('/')));
    desk.close().await;
}

#[tokio::test]
async fn a_server_is_checked_before_it_is_saved() {
    let computer = Computer::open().await;
    let good = computer.desk.try_server(&computer.hotel.url()).await.unwrap();
    assert_eq!(state(&good.findings, Check::Server), Some(FindingState::Ok));
    assert!(good.hotels.iter().any(|hotel| hotel.slug == computer.hotel.slug()), "{good:?}");
    let server = good.findings.iter().find(|finding| finding.check == Check::Server).unwrap();
    assert!(server.text.contains("Hotel Killarney (killarney)"), "{}", server.text);
    // No program listens there.
    let none = computer.desk.try_server("http://127.0.0.1:9").await.unwrap();
    let server = none.findings.iter().find(|finding| finding.check == Check::Server).unwrap();
    assert_eq!(server.state, FindingState::Failed);
    // Without a sign-in no change is kept for later, and the typed address may be wrong.
    assert!(server.text.contains("http://127.0.0.1:9"), "{}", server.text);
    assert_eq!(server.way_out.as_deref(), Some("Check the address and the network, and try again."));
    assert!(computer.desk.try_server("not an address").await.is_err());
    computer.desk.close().await;
}

#[tokio::test]
async fn the_hotels_of_the_newer_servers_are_known_before_a_sign_in_too() {
    let computer = Computer::open().await;
    let hotel = DemoHotel::start(Options::default().dialect(Dialect::Current)).await.unwrap();
    let found = computer.desk.try_server(&hotel.url()).await.unwrap();
    assert!(found.hotels.iter().any(|known| known.slug == hotel.slug()), "{found:?}");
    computer.desk.close().await;
}

#[tokio::test]
async fn live_updates_are_tested_before_they_are_saved() {
    let computer = Computer::open().await;
    let pusher = computer.hotel.pusher();
    let address =
        |key: &str| LiveAddress { key: key.to_owned(), cluster: String::new(), host: pusher.host.clone() };
    let good = computer.desk.try_live(address(&pusher.key)).await.unwrap();
    assert_eq!(state(&good, Check::Socket), Some(FindingState::Ok));
    let wrong = computer.desk.try_live(address("another-key")).await.unwrap();
    assert_eq!(state(&wrong, Check::Socket), Some(FindingState::Failed), "{wrong:?}");
    let nowhere = LiveAddress { host: String::new(), ..address("k") };
    assert_eq!(computer.desk.try_live(nowhere).await.unwrap_err().code, ErrorCode::Configuration);
    computer.desk.close().await;
}

#[tokio::test]
async fn at_a_computer_with_a_set_server_no_person_signs_in_elsewhere() {
    let computer = Computer::open().await;
    let other = DemoHotel::start(Options::default()).await.unwrap();
    let user = other.users().swap_remove(0);
    let refused = computer.desk.sign_in(&other.url(), &user.username, user.password.as_str()).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotAllowed);
    computer.desk.close().await;
}

#[tokio::test]
async fn a_sign_out_and_a_change_of_settings_at_once_leave_no_person() {
    for _ in 0..5 {
        let computer = Computer::open().await;
        let change = computer.desk.set_settings(computer.live());
        let (changed, left) = tokio::join!(change, computer.desk.sign_out(SignOutChoice::Discard));
        changed.unwrap();
        left.unwrap();
        assert!(computer.desk.session().await.is_none());
        computer.desk.close().await;
    }
}
