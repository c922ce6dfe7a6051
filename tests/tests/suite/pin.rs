//! The PIN in a real key store: the lock of a desk without input, and the places where neither the PIN nor its hash is.
//!
//! A key store is found by the environment of the process, so each test runs in a process of its own inside a session.

use std::fs;
use std::io::Read;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use demo_hotel::{DemoHotel, Options};
use desk_tests::TestDesk;
use desk_tests::clock::Hands;
use desk_tests::window::session::is_inside;
use hotelmate_core::account::{Account, KeyStore, Pin};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::ids::ServerId;
use hotelmate_core::logging::{self, Setup, Stderr};
use hotelmate_core::private::Secret;
use hotelmate_core::views::{LogLevel, PeopleView, PinState};

const PIN: &str = "73910264";

async fn hotel() -> DemoHotel {
    DemoHotel::start(Options::default().seed(7)).await.unwrap()
}

/// Returns the stored PIN of the person at the desk.
async fn stored_pin(hotel: &DemoHotel, username: &str) -> Pin {
    let account = Account {
        server: hotel.url().parse().unwrap(),
        hotel_slug: hotel.slug().to_owned(),
        hotel_name: String::new(),
        staff_id: ServerId(1),
        username: username.to_owned(),
    };
    KeyStore.load_pin(&account).await.unwrap().expect("a PIN is stored")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_is_locked_after_its_minutes_without_input_and_only_if_its_person_has_a_pin() {
    if !is_inside("pin::a_desk_is_locked_after_its_minutes_without_input_and_only_if_its_person_has_a_pin")
        .await
    {
        return;
    }
    let (hotel, hands) = (hotel().await, Hands::default());
    let address = SocketAddr::from(([127, 0, 0, 1], hotel.port()));
    let test_desk = TestDesk::reaching(address, &hotel, 0, &hands).await;
    let desk = &test_desk.desk;
    let pass = |minutes: u64, seconds: u64| {
        let time = Duration::from_secs(60 * minutes + seconds);
        hands.pass_in_steps(&hotel, time, Duration::from_secs(10))
    };
    pass(11, 0).await;
    assert!(!desk.people().await.locked, "a person without a PIN could not come back");

    desk.set_pin(Secret::from(PIN)).await.unwrap();
    desk.note_input();
    pass(9, 50).await;
    assert!(!desk.people().await.locked);
    desk.note_input();
    pass(9, 50).await;
    assert!(!desk.people().await.locked, "input begins the time anew");
    pass(0, 20).await;
    let people = until_locked(&test_desk).await;
    assert_eq!((people.locked, people.people[0].name.as_deref()), (true, None));
    assert_eq!(desk.outbox().await.unwrap_err().code, ErrorCode::Locked);

    desk.switch_by_pin(&people.people[0].person, Secret::from(PIN)).await.unwrap();
    pass(9, 50).await;
    assert!(!desk.people().await.locked, "the PIN is input");
    // The computer slept: its monotonic clock stood still.
    hands.clock.suspend(Duration::from_secs(3600));
    pass(0, 10).await;
    until_locked(&test_desk).await;
}

async fn until_locked(test_desk: &TestDesk) -> PeopleView {
    let look = || async { Some(test_desk.desk.people().await).filter(|people| people.locked) };
    test_desk.until("the lock", look).await
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_the_pin_nor_its_hash_is_in_a_file_a_log_or_the_support_file() {
    if !is_inside("pin::neither_the_pin_nor_its_hash_is_in_a_file_a_log_or_the_support_file").await {
        return;
    }
    let hotel = hotel().await;
    let test_desk = TestDesk::at(&hotel, 0).await;
    let desk = &test_desk.desk;
    let setup = Setup::of("desk", Some(test_desk.folder()), Stderr::WhenAsked);
    let log = logging::start(Setup { asked: None, ..setup });
    desk.set_log_level(LogLevel::Trace).unwrap();
    test_desk.until_live().await;

    desk.set_pin(Secret::from(PIN)).await.unwrap();
    let pin = stored_pin(&hotel, &hotel.users()[0].username).await;
    let person = desk.people().await.people.swap_remove(0).person;
    desk.lock().await.unwrap();
    let wrong = desk.switch_by_pin(&person, Secret::from("73910265")).await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::WrongPin);
    desk.switch_by_pin(&person, Secret::from(PIN)).await.unwrap();
    let support = desk.support_file(test_desk.folder().join("support")).await.unwrap();
    let unpacked = unpack(Path::new(&support.file));
    assert!(unpacked.len() > 1);
    desk.close().await;
    drop(log);

    let stored = serde_json::to_value(&pin).unwrap();
    let hash: Vec<u8> = serde_json::from_value(stored["hash"].clone()).unwrap();
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let digits = |digits: &str| digits.as_bytes().to_vec();
    let secrets =
        [digits(PIN), digits("73910265"), hash, hex.into_bytes(), stored["hash"].to_string().into_bytes()];
    let (mut files, mut logged) = (Vec::new(), false);
    contents(&test_desk.folder(), &mut files);
    for (name, bytes) in files.into_iter().chain(unpacked) {
        logged |= name.contains("logs") && !bytes.is_empty();
        for secret in &secrets {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{secret:?} stands in {name}");
        }
    }
    assert!(logged, "a log was searched");
}

/// Collects all files under a folder.
fn contents(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            contents(&path, files);
        } else {
            files.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
}

/// Returns the files in an archive.
fn unpack(file: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(fs::File::open(file).unwrap()).unwrap();
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.push((format!("support file: {}", entry.name().unwrap()), bytes));
    }
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_acts_as_another_person_only_with_that_persons_pin() {
    if !is_inside("pin::a_command_acts_as_another_person_only_with_that_persons_pin").await {
        return;
    }
    let hotel = hotel().await;
    let test_desk = TestDesk::manual(&hotel, 0).await;
    let desk = &test_desk.desk;
    let [first, second] = [0, 1].map(|user| hotel.users().swap_remove(user));
    desk.sign_in(&hotel.url(), &second.username, second.password.as_str()).await.unwrap();
    desk.set_pin(Secret::from(PIN)).await.unwrap();
    let unasked = || panic!("the PIN was asked for");

    // The shown person has come by that PIN, and the other person has none.
    desk.act_as(&second.username, unasked).await.unwrap();
    desk.act_as(&first.username, unasked).await.unwrap();
    for _ in 0..4 {
        let refused = desk.act_as(&second.username, || Ok(Secret::from("73910265"))).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::WrongPin);
    }
    assert_eq!(desk.session().await.unwrap().username, first.username);
    desk.act_as(&second.username, || Ok(Secret::from(PIN))).await.unwrap();
    assert_eq!(desk.session().await.unwrap().username, second.username);

    // A locked desk shows no person.
    desk.lock().await.unwrap();
    for _ in 0..5 {
        assert!(desk.act_as(&second.username, || Ok(Secret::from("73910265"))).await.is_err());
    }
    let spent = desk.act_as(&second.username, unasked).await.unwrap_err();
    assert_eq!(spent.code, ErrorCode::PasswordNeeded);
    let people = desk.people().await.people;
    assert_eq!(people.iter().map(|one| one.pin).collect::<Vec<_>>(), [PinState::Unset, PinState::Spent]);
}
