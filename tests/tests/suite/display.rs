//! The reception display: what guests may see, live and without a network, with no account.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use demo_hotel::{Action, DemoHotel, Dialect, FaultPlan, Options, Rule};
use desk_tests::clock::FastClock;
use desk_tests::test_desk::colleague;
use futures_util::{StreamExt, stream};
use hotelmate_core::display::{Display, read_status};
use hotelmate_core::environment::Environment;
use hotelmate_core::error::ErrorCode;
use hotelmate_core::ids::ServerId;
use hotelmate_core::private::Secret;
use hotelmate_core::records::{Datum, FieldValue, Validity};
use hotelmate_core::resources::Kind;
use hotelmate_core::settings::Settings;
use hotelmate_core::views::{DisplayFile, DisplayPart, DisplayState, DisplayView};
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use url::Url;

/// The longest time that a test waits before it fails.
const DEADLINE: Duration = Duration::from_secs(20);
const PAGE: &str = "*/public/*";

async fn hotel(dialect: Dialect) -> DemoHotel {
    DemoHotel::start(Options::default().seed(7).dialect(dialect)).await.unwrap()
}

/// Returns the settings of a display: a server, a hotel, and the public key of the events.
fn settings(hotel: &DemoHotel, folder: &Path) -> Settings {
    let mut settings = Settings::load_with(Some(folder.to_owned()), |_| None).unwrap();
    let pusher = hotel.pusher();
    settings.server = Some(Url::parse(&hotel.url()).unwrap());
    settings.hotel = Some(hotel.slug().to_owned());
    settings.pusher_key = Some(pusher.key);
    settings.pusher_host = Some(pusher.host);
    settings
}

async fn open(hotel: &DemoHotel, folder: &Path) -> Display {
    Display::open(settings(hotel, folder)).await.unwrap()
}

/// Waits until the view is right, and returns it. It looks again after each announced change only.
async fn until(display: &Display, what: &str, is_right: impl Fn(&DisplayView) -> bool) -> DisplayView {
    let mut changes = display.changes();
    let search = async {
        loop {
            let view = display.view().await.unwrap();
            if is_right(&view) {
                return view;
            }
            changes.changed().await.unwrap();
        }
    };
    tokio::time::timeout(DEADLINE, search).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

fn titles(view: &DisplayView, part: DisplayPart) -> Vec<&str> {
    view.slides.iter().filter(|slide| slide.part == part).map(|slide| slide.title.as_str()).collect()
}

fn offers(view: &DisplayView) -> Vec<&str> {
    titles(view, DisplayPart::Offers)
}

/// Waits until the display listens to the hotel's events.
async fn until_live(hotel: &DemoHotel) {
    let listens = async {
        while hotel.listeners("hotel-killarney") == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(DEADLINE, listens).await.expect("the display listens");
}

/// Returns the number of an offer at the hotel.
fn number(hotel: &DemoHotel, title: &str) -> ServerId {
    let offers = hotel.offers();
    let found = offers.iter().find(|offer| offer["title"] == title).unwrap_or_else(|| panic!("{title}"));
    ServerId(found["id"].as_i64().unwrap())
}

async fn edit(hotel: &DemoHotel, title: &str, field: &str, value: impl Into<Datum>) {
    let id = number(hotel, title);
    colleague(hotel, 0).await.edit(Kind::Offer, id, &[FieldValue::of(field, value)]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_shows_the_public_page_of_each_server_without_a_token() {
    for dialect in [Dialect::Documents, Dialect::Galleries, Dialect::Current] {
        let hotel = hotel(dialect).await;
        let folder = tempfile::tempdir().unwrap();
        let display = open(&hotel, folder.path()).await;
        let view = until(&display, "offers and pictures", |view| {
            !offers(view).is_empty() && view.slides[0].picture.is_some()
        })
        .await;
        assert!(view.hotel.contains("Killarney"), "{dialect:?}: {}", view.hotel);
        assert_eq!(view.slides[0].part, DisplayPart::Welcome);
        let (gallery, rooms) = (titles(&view, DisplayPart::Gallery), titles(&view, DisplayPart::Rooms));
        match dialect {
            Dialect::Documents => assert!(!rooms.is_empty()),
            Dialect::Galleries => assert!(gallery.is_empty() && !rooms.is_empty(), "its page has no gallery"),
            Dialect::Current => assert!(rooms.is_empty(), "its page has no rooms"),
        }
        for request in hotel.requests() {
            assert!(!request.path.contains("/staff/"), "{dialect:?}: {}", request.path);
        }
        display.close().await;
        hotel.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_inactive_or_is_removed_goes_before_any_read_and_an_edit_shows_within_a_second() {
    for dialect in [Dialect::Documents, Dialect::Galleries] {
        let hotel = hotel(dialect).await;
        let folder = tempfile::tempdir().unwrap();
        let display = open(&hotel, folder.path()).await;
        until_live(&hotel).await;
        let view = until(&display, "three offers", |view| offers(view).len() >= 3).await;
        let [first, second, third] = [0, 1, 2].map(|place| offers(&view)[place].to_owned());

        let environment = Environment::system();
        let begun = environment.monotonic();
        edit(&hotel, &first, "short_description", "Now with a view.").await;
        until(&display, "the new text", |view| {
            view.slides.iter().any(|slide| slide.text == "Now with a view.")
        })
        .await;
        let taken = environment.monotonic() - begun;
        assert!(taken < Duration::from_millis(1000), "{taken:?}");

        // From now on the page cannot be read.
        hotel.set_faults(FaultPlan::of([Rule::new(Action::DelayMs(60_000)).path(PAGE)])).unwrap();
        edit(&hotel, &second, "is_active", false).await;
        until(&display, "the end of an inactive offer", |view| !offers(view).contains(&second.as_str()))
            .await;
        let id = number(&hotel, &third);
        colleague(&hotel, 0).await.delete(Kind::Offer, id).await.unwrap();
        until(&display, "the end of a deleted offer", |view| !offers(view).contains(&third.as_str())).await;
        display.close().await;
        hotel.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_all_offers_get_new_titles_at_once_the_display_shows_each_of_them_once() {
    let hotel = hotel(Dialect::Documents).await;
    let folder = tempfile::tempdir().unwrap();
    let display = open(&hotel, folder.path()).await;
    until_live(&hotel).await;
    until(&display, "offers", |view| !offers(view).is_empty()).await;
    let api = colleague(&hotel, 0).await;
    let ids: Vec<i64> = hotel.offers().iter().filter_map(|offer| offer["id"].as_i64()).collect();
    let edits = stream::iter(0..500_usize).map(|number| {
        let (api, id) = (&api, ServerId(ids[number % ids.len()]));
        async move { api.edit(Kind::Offer, id, &[FieldValue::of("title", format!("Edit {number}"))]).await }
    });
    let answers: Vec<_> = edits.buffer_unordered(8).collect().await;
    assert!(answers.iter().all(Result::is_ok));
    let at_hotel = hotel.offers();
    let there: Vec<&str> = at_hotel.iter().filter_map(|offer| offer["title"].as_str()).collect();
    until(&display, "the last titles, each once", |view| {
        let shown = offers(view);
        shown.len() <= there.len() && shown.iter().all(|title| there.contains(title))
    })
    .await;
    display.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_from_the_cache_without_a_network_and_says_how_old_the_data_is() {
    let hotel = hotel(Dialect::Documents).await;
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&hotel, folder.path());
    // At noon no offer begins or ends.
    let clock = FastClock::of_speed(20);
    let environment = Environment::with_seed(Arc::new(clock.clone()), 7);
    let now = environment.now().to_zoned(settings.time_zone.clone());
    clock.set_wall(
        now.with().time(Time::constant(12, 0, 0, 0)).build().unwrap().duration_since(&now).as_secs(),
    );
    let display = Display::open_in(settings.clone(), environment.clone()).await.unwrap();
    let whole = |view: &DisplayView| !offers(view).is_empty() && view.slides[0].picture.is_some();
    let before = until(&display, "the page", whole).await;
    display.close().await;
    hotel.stop().await;

    clock.set_wall(11 * 60);
    let display = Display::open_in(settings, environment).await.unwrap();
    let view = display.view().await.unwrap();
    assert_eq!(offers(&view), offers(&before));
    assert!(view.slides[0].picture.is_some() && view.old_since.is_some() && before.old_since.is_none());
    display.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_ends_at_the_hotels_midnight_by_itself() {
    let hotel = hotel(Dialect::Galleries).await;
    let folder = tempfile::tempdir().unwrap();
    let clock = FastClock::of_speed(50);
    let environment = Environment::with_seed(Arc::new(clock.clone()), 7);
    let settings = settings(&hotel, folder.path());
    let zone = settings.time_zone.clone();
    let display = Display::open_in(settings, environment.clone()).await.unwrap();
    let view = until(&display, "offers", |view| !offers(view).is_empty()).await;
    let title = offers(&view)[0].to_owned();
    let today: Date = environment.now().to_zoned(zone.clone()).date();
    edit(&hotel, &title, "validity", Validity { from: None, to: Some(today) }).await;
    until(&display, "the last day", |view| view.slides.iter().any(|slide| slide.to == Some(today))).await;
    let midnight = today.tomorrow().unwrap().to_zoned(zone).unwrap().timestamp();
    let left = midnight.duration_since(environment.now()).as_secs();
    clock.set_wall(left - 60);
    assert!(offers(&display.view().await.unwrap()).contains(&title.as_str()), "a minute before midnight");
    let after = until(&display, "the end of the offer", |view| !offers(view).contains(&title.as_str())).await;
    assert!(!after.slides.is_empty());
    assert!(environment.now() >= midnight && environment.now() < midnight + 5.minutes());
    display.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_file_is_taken_up_and_a_wrong_one_changes_nothing_but_the_status() {
    let hotel = hotel(Dialect::Documents).await;
    let folder = tempfile::tempdir().unwrap();
    let display = open(&hotel, folder.path()).await;
    until(&display, "the page", |view| view.has_data).await;
    let file = folder.path().join("display.toml");
    std::fs::write(&file, "message = \"Breakfast until 10\"\npin = \"40711\"\n").unwrap();
    until(&display, "the message", |view| view.pinned == "Breakfast until 10" && view.needs_pin).await;
    std::fs::write(&file, "message = 5\n").unwrap();
    let welcome = display.view().await.unwrap().slides[0].key.clone();
    let faulty = async {
        loop {
            display.note_shown(Some(welcome.clone())).await.unwrap();
            let status = read_status(folder.path(), Environment::system().now()).unwrap();
            if status.settings_fault.is_some() {
                return status;
            }
        }
    };
    let status = tokio::time::timeout(DEADLINE, faulty).await.expect("the status names the fault");
    assert_eq!(
        (status.state, status.slide.unwrap().key, status.running),
        (DisplayState::Showing, welcome, true)
    );
    assert_eq!(display.view().await.unwrap().pinned, "Breakfast until 10");
    display.close().await;
    let ended = read_status(folder.path(), Environment::system().now()).unwrap();
    assert_eq!((ended.state, ended.running), (DisplayState::Ended, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_left_with_the_pin_only_and_five_wrong_ones_make_a_pause() {
    let hotel = hotel(Dialect::Documents).await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("display.toml"), "pin = \"40711\"\n").unwrap();
    let clock = FastClock::of_speed(1000);
    let environment = Environment::with_seed(Arc::new(clock), 7);
    let display = Display::open_in(settings(&hotel, folder.path()), environment.clone()).await.unwrap();
    let right = Secret::from("40711");
    assert!(display.try_pin(&right).unwrap());
    for _ in 0..5 {
        assert!(!display.try_pin(&Secret::from("0000")).unwrap());
    }
    assert!(display.try_pin(&right).is_err(), "the pause");
    environment.sleep(Duration::from_secs(61)).await;
    assert!(display.try_pin(&right).unwrap());
    display.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_editor_needs_the_pin_at_each_call_and_its_file_is_in_effect_at_once() {
    let hotel = hotel(Dialect::Documents).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("display.toml");
    std::fs::write(&file, "# The lobby.\npin = \"40711\"\nhours = \"00:00-00:01\"\n").unwrap();
    let display = open(&hotel, folder.path()).await;
    until(&display, "the page", |view| view.has_data).await;
    let (right, wrong) = (Secret::from("40711"), Secret::from("40712"));
    let refused = display.save(&wrong, &DisplayFile::default()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongPin);
    assert_eq!(display.editing(&wrong, Vec::new()).await.unwrap_err().code, ErrorCode::WrongPin);

    let editing = display.editing(&right, vec!["HDMI-1".to_owned()]).await.unwrap();
    assert!(editing.has_pin && editing.file.pin.is_none() && !editing.offers.is_empty());
    let edited = DisplayFile { message: Some("Good evening".to_owned()), ..editing.file };
    let preview = display.preview(&right, &edited).await.unwrap().view.unwrap();
    assert_eq!(preview.pinned, "Good evening");
    assert!(!preview.slides.is_empty(), "also outside of the hours");
    assert_eq!(display.view().await.unwrap().pinned, "", "a preview changes nothing");

    display.save(&right, &edited).await.unwrap();
    assert_eq!(display.view().await.unwrap().pinned, "Good evening");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("# The lobby.") && text.contains("pin = \"40711\""), "{text}");
    let faults = display.preview(&right, &DisplayFile { seconds: Some(1), ..edited }).await.unwrap().faults;
    assert!(faults.0.contains_key("seconds"));
    display.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_replaced_with_the_pin_that_is_in_effect() {
    let hotel = hotel(Dialect::Documents).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("display.toml");
    std::fs::write(&file, "pin = \"40711\"\n").unwrap();
    let display = open(&hotel, folder.path()).await;
    std::fs::write(&file, "pin = \"40711\nmessage").unwrap();
    let right = Secret::from("40711");
    let editing = display.editing(&right, Vec::new()).await.unwrap();
    assert!(editing.has_pin);
    display.save(&right, &editing.file).await.unwrap();
    assert!(std::fs::read_to_string(&file).unwrap().contains("pin = \"40711\""));
    assert!(folder.path().join("display.damaged.toml").is_file());
    assert!(!display.try_pin(&Secret::from("0000")).unwrap(), "the display is still locked");
    display.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_folder_holds_no_persons_data_although_the_channel_carries_some() {
    let hotel = hotel(Dialect::Documents).await;
    let folder = tempfile::tempdir().unwrap();
    let display = open(&hotel, folder.path()).await;
    until_live(&hotel).await;
    until(&display, "the page", |view| !offers(view).is_empty()).await;
    colleague(&hotel, 1).await.toggle_clock().await.unwrap();
    // The edit comes after the press on the same channel.
    let view = display.view().await.unwrap();
    let shown: Vec<String> = offers(&view).into_iter().map(str::to_owned).collect();
    edit(&hotel, &shown[0], "short_description", "After the press.").await;
    until(&display, "the edit", |view| view.slides.iter().any(|slide| slide.text == "After the press."))
        .await;
    display.close().await;
    // The last changes may be in the log beside the database.
    let files = std::fs::read_dir(folder.path().join("display")).unwrap().flatten();
    let files = files.filter(|file| file.file_name().to_string_lossy().starts_with("display.sqlite"));
    let database: Vec<u8> = files.flat_map(|file| std::fs::read(file.path()).unwrap()).collect();
    let has = |text: &str| database.windows(text.len()).any(|part| part == text.as_bytes());
    // The database may split a long row, and with it a title.
    assert!(shown.iter().any(|title| has(title)), "the search finds what is there");
    for user in hotel.users() {
        assert!(!has(&format!("\"{}\"", user.username)), "{}", user.username);
    }
    assert!(!has("Brosnan"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_misses_most_offers_is_believed_only_when_it_says_so_again() {
    let hotel = hotel(Dialect::Galleries).await;
    let folder = tempfile::tempdir().unwrap();
    let clock = FastClock::of_speed(100);
    let environment = Environment::with_seed(Arc::new(clock), 7);
    let mut settings = settings(&hotel, folder.path());
    // Without events, so that only the page says it.
    settings.pusher_key = None;
    let display = Display::open_in(settings, environment.clone()).await.unwrap();
    let view = until(&display, "offers", |view| offers(view).len() > 5).await;
    let begun = environment.monotonic();
    for title in offers(&view) {
        edit(&hotel, title, "is_active", false).await;
    }
    until(&display, "the end of all offers", |view| offers(view).is_empty()).await;
    let passed = environment.monotonic().saturating_sub(begun);
    assert!(passed >= Duration::from_secs(55), "{passed:?}");
    display.close().await;
}
