//! `accounts move` and `accounts take`.

use std::path::{Path, PathBuf};

use demo_hotel::Sender;
use hotelmate_core::ids::DraftId;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::Draft;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::test_desk::{Hotel, Run, TestDesk};

const PASSPHRASE: &str = "correct horse battery\n";
const CHAT_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER_CHAT_KEY: &str = "//ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// A place that both computers reach.
struct Stick(TempDir);

impl Stick {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("account")
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap().map(Result::unwrap);
        entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
    }
}

fn username(hotel: &Hotel) -> String {
    hotel.now().users()[0].username.clone()
}

async fn move_to(test_desk: &TestDesk, username: &str, file: &Path) -> Run {
    let args = ["--json", "accounts", "move", username, "--to", file.to_str().unwrap(), "--passphrase-stdin"];
    test_desk.run_with_input(&args, PASSPHRASE).await
}

async fn take_with(test_desk: &TestDesk, file: &Path, passphrase: &str) -> Run {
    let args = ["--json", "accounts", "take", file.to_str().unwrap(), "--passphrase-stdin"];
    test_desk.run_with_input(&args, passphrase).await
}

async fn take(test_desk: &TestDesk, file: &Path) -> Run {
    take_with(test_desk, file, PASSPHRASE).await
}

/// The hotel's requests that change data.
fn writes(hotel: &Hotel) -> Vec<String> {
    let requests = hotel.now().requests().into_iter();
    requests
        .filter(|request| request.method != "GET" && !request.path.contains("login"))
        .map(|request| format!("{} {}", request.method, request.path))
        .collect()
}

/// Every file under a data folder, without the logs and the files that only hold locks.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() && !path.ends_with("logs") => found.extend(content(&path)),
            path if path.is_dir()
                || path.extension().is_some_and(|end| end == "lock" || end == "opening") => {}
            path => found.push((path.clone(), std::fs::read(path).unwrap())),
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn what_waits_with_its_picture_is_sent_once_from_the_new_computer_and_not_from_the_old_one() {
    let mut hotel = Hotel::open().await;
    let (old, stick, username) = (TestDesk::synced(&hotel).await, Stick::new(), username(&hotel));
    let (photo, (id, _)) = (hotel.picture_files(3).await.remove(2), hotel.first_offer());
    let photo_before = hotel.now().offers()[0]["photo"].clone();
    hotel.stop().await;
    old.run(&["offers", "edit", &id, "--tag", "Moved"]).await.ends(0);
    old.run(&["offers", "photo", &id, photo.to_str().unwrap()]).await.ends(0);
    let draft = Draft {
        id: DraftId::from_random([1; 16]),
        about: Kind::RoomType,
        entity: None,
        title: "Attic".to_owned(),
        content: "{}".to_owned(),
        version: 1,
    };
    let window = old.desk().await;
    window.save_draft(draft).await.unwrap();
    window.close().await;
    let moved = move_to(&old, &username, &stick.file()).await.ends(0).json();
    assert_eq!(moved["waits"], json!({"changes": 2, "attention": 0, "drafts": 1, "pictures": 1}));
    assert_eq!(stick.names(), ["account"]);
    hotel.start_again().await;

    // The old computer neither sends nor stores, and says where the account is.
    for args in [&["sync"][..], &["offers", "edit", &id, "--tag", "Late"], &["outbox", "list"]] {
        let refused = old.run(&[&["--json"], args].concat()).await.ends(1).error();
        assert_eq!(refused["code"], "moved", "{args:?}");
        let named = stick.file().display().to_string();
        assert!(refused["message"].as_str().unwrap().contains(&named), "{refused}");
        assert!(refused["way_out"].as_str().unwrap().contains("--cancel"), "{refused}");
    }
    let status = old.run(&["--json", "status"]).await.ends(1).json();
    assert_eq!((&status["waiting"], &status["notices"][0]["code"]), (&Value::Null, &json!("moved")));
    let listed = old.ask(&["accounts", "list"]).await;
    assert_eq!(listed[0]["moved_to"], json!(stick.file()));
    assert_eq!(writes(&hotel), [""; 0]);

    let new = TestDesk::at(&hotel).await;
    let taken = take(&new, &stick.file()).await.ends(0).json();
    assert_eq!((&taken["username"], &taken["waits"]), (&json!(username), &moved["waits"]));
    assert_eq!(new.ask(&["drafts", "list"]).await.as_array().unwrap().len(), 1);
    for _ in 0..2 {
        new.run(&["sync"]).await.ends(0);
    }
    let offer = hotel.now().offers().remove(0);
    assert_eq!(offer["tag"], "Moved");
    assert_ne!(offer["photo"], photo_before);
    assert_eq!(writes(&hotel).len(), 2, "{:?}", writes(&hotel));

    // The file is used once, also after a removal of the account.
    for removal in [None, Some(["accounts", "remove", &username, "--discard"])] {
        if let Some(removal) = removal {
            new.run(&removal).await.ends(0);
        }
        assert_eq!(take(&new, &stick.file()).await.ends(1).error()["code"], "not_allowed");
    }
    assert_eq!(
        old.run(&["--json", "accounts", "remove", &username]).await.ends(7).error()["code"],
        "still_waiting"
    );
    old.run(&["accounts", "remove", &username, "--discard"]).await.ends(0);
}

#[tokio::test]
async fn messages_to_guests_travel_with_their_key_or_not_at_all() {
    let mut hotel = Hotel::open().await;
    let (mut old, stick, username) = (TestDesk::at(&hotel).await, Stick::new(), username(&hotel));
    old.set("DESK_CHAT_KEY", CHAT_KEY);
    old.run(&["chat", "list"]).await.ends(0);
    hotel.stop().await;
    old.run(&["chat", "send", "101", "Later"]).await.ends(7);
    old.unset("DESK_CHAT_KEY");
    let refused = move_to(&old, &username, &stick.file()).await.ends(1).error();
    assert_eq!(refused["code"], "key_store", "{refused}");
    assert_eq!(stick.names(), [""; 0]);
    old.set("DESK_CHAT_KEY", CHAT_KEY);
    assert_eq!(old.ask(&["outbox", "list"]).await.as_array().unwrap().len(), 1);
    move_to(&old, &username, &stick.file()).await.ends(0);
    let file = std::fs::read(stick.file()).unwrap();
    assert!(!file.windows(8).any(|part| part == b"username" || part == b"SQLite f"), "it is sealed");
    hotel.start_again().await;

    let mut new = TestDesk::at(&hotel).await;
    // There is no key store, and then another key is set.
    assert_eq!(take(&new, &stick.file()).await.ends(1).error()["code"], "key_store");
    new.set("DESK_CHAT_KEY", OTHER_CHAT_KEY);
    assert_eq!(take(&new, &stick.file()).await.ends(1).error()["code"], "key_store");
    assert_eq!(new.ask(&["accounts", "list"]).await, json!([]));
    new.unset("DESK_CHAT_KEY");
    new.set("DESK_CHAT_KEY", CHAT_KEY);
    take(&new, &stick.file()).await.ends(0);
    new.run(&["sync"]).await.ends(0);
    new.run(&["sync"]).await.ends(0);
    let messages = hotel.now().messages(1).into_iter();
    let said: Vec<String> =
        messages.filter(|one| matches!(one.sender, Sender::Staff(_))).map(|one| one.text).collect();
    assert_eq!(said, ["Later"]);
}

#[tokio::test]
async fn a_move_that_is_refused_leaves_the_account_and_writes_no_file() {
    let hotel = Hotel::open().await;
    let (old, stick, username) = (TestDesk::synced(&hotel).await, Stick::new(), username(&hotel));
    old.add("Waits").await;
    let window = old.desk().await;
    assert_eq!(move_to(&old, &username, &stick.file()).await.ends(1).error()["code"], "in_use");
    window.close().await;
    assert_eq!(move_to(&old, "stranger", &stick.file()).await.ends(5).error()["code"], "not_found");
    let missing = stick.file().join("no folder").join("account");
    move_to(&old, &username, &missing).await.ends(1);
    let args = ["--json", "accounts", "move", &username, "--to", stick.0.path().to_str().unwrap()];
    assert_eq!(old.run(&args).await.ends(6).error()["code"], "invalid", "it exists");
    let args = ["--json", "accounts", "move", &username, "--to", "x", "--passphrase-stdin"];
    assert_eq!(old.run_with_input(&args, "short\n").await.ends(6).error()["code"], "invalid");
    assert_eq!(old.run_with_input(&args, "\n").await.ends(2).error()["code"], "configuration");
    // The file of another account that was moved, and has not got its name.
    let partial = stick.0.path().join("account.partial");
    std::fs::write(&partial, "of another account").unwrap();
    assert_eq!(move_to(&old, &username, &stick.file()).await.ends(6).error()["code"], "invalid");
    assert_eq!(stick.names(), ["account.partial"]);
    assert_eq!(old.ask(&["outbox", "list"]).await.as_array().unwrap().len(), 1);
    old.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Waits").len(), 1);
}

#[tokio::test]
async fn a_cancelled_move_gives_the_account_back() {
    let hotel = Hotel::open().await;
    let (old, stick, username) = (TestDesk::synced(&hotel).await, Stick::new(), username(&hotel));
    let cancel = ["--json", "accounts", "move", &username, "--cancel"];
    assert_eq!(old.run(&cancel).await.ends(6).error()["code"], "invalid");
    old.add("Waits").await;
    move_to(&old, &username, &stick.file()).await.ends(0);
    // The same command again changes nothing, and another file is refused.
    move_to(&old, &username, &stick.file()).await.ends(0);
    let other = stick.0.path().join("other");
    assert_eq!(move_to(&old, &username, &other).await.ends(1).error()["code"], "moved");
    // A move that was killed after its mark has a file without its name.
    let partial = stick.0.path().join("account.partial");
    std::fs::rename(stick.file(), &partial).unwrap();
    move_to(&old, &username, &stick.file()).await.ends(0);
    assert_eq!(stick.names(), ["account"]);

    let cancelled = old.run(&cancel).await.ends(0).json();
    assert_eq!(cancelled["file"], json!(stick.file()));
    assert_eq!(old.ask(&["accounts", "list"]).await[0]["moved_to"], Value::Null);
    old.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Waits").len(), 1);
    let words = old.run(&["accounts", "move", &username, "--cancel"]).await.ends(6).err;
    assert!(words.contains("was not moved"), "{words}");
}

#[tokio::test]
async fn a_file_that_does_not_fit_is_refused_and_changes_nothing() {
    let hotel = Hotel::open().await;
    let (old, stick, username) = (TestDesk::synced(&hotel).await, Stick::new(), username(&hotel));
    old.add("Waits").await;
    move_to(&old, &username, &stick.file()).await.ends(0);
    let whole = std::fs::read(stick.file()).unwrap();
    let new = TestDesk::synced(&hotel).await;
    let before = content(new.folder());

    assert_eq!(
        take_with(&new, &stick.file(), "wrong horse battery\n").await.ends(4).error()["code"],
        "wrong_password"
    );
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    for bytes in [&changed[..], &whole[..whole.len() - 1], &whole[..50], b"a letter"] {
        std::fs::write(stick.file(), bytes).unwrap();
        assert_eq!(take(&new, &stick.file()).await.ends(6).error()["code"], "invalid");
    }
    std::fs::write(stick.file(), &whole).unwrap();
    let mut elsewhere = TestDesk::at(&hotel).await;
    elsewhere.unset("DESK_HOTEL");
    elsewhere.set("DESK_HOTEL", "cork");
    assert_eq!(take(&elsewhere, &stick.file()).await.ends(1).error()["code"], "not_allowed");
    let mut far = TestDesk::at(&hotel).await;
    far.unset("DESK_SERVER");
    far.set("DESK_SERVER", "https://hotel.example");
    assert_eq!(take(&far, &stick.file()).await.ends(1).error()["code"], "not_allowed");
    assert!(content(new.folder()) == before, "nothing is changed");
    let window = new.desk().await;
    assert_eq!(take(&new, &stick.file()).await.ends(1).error()["code"], "in_use");
    window.close().await;

    new.add("Own").await;
    assert_eq!(take(&new, &stick.file()).await.ends(7).error()["code"], "still_waiting");
    assert_eq!(new.ask(&["outbox", "list"]).await[0]["title"], "Own");
    new.run(&["sync"]).await.ends(0);
    take(&new, &stick.file()).await.ends(0);
    assert_eq!(new.ask(&["outbox", "list"]).await[0]["title"], "Waits");
}

#[tokio::test]
async fn an_account_comes_back_to_its_first_computer_only_by_a_later_move() {
    let hotel = Hotel::open().await;
    let (old, new, username) = (TestDesk::synced(&hotel).await, TestDesk::at(&hotel).await, username(&hotel));
    let (there, back) = (Stick::new(), Stick::new());
    old.add("Waits").await;
    move_to(&old, &username, &there.file()).await.ends(0);
    assert_eq!(take(&old, &there.file()).await.ends(7).error()["code"], "still_waiting", "it was moved away");
    take(&new, &there.file()).await.ends(0);
    new.add("Waits too").await;
    move_to(&new, &username, &back.file()).await.ends(0);
    take(&old, &back.file()).await.ends(0);
    for _ in 0..2 {
        old.run(&["sync"]).await.ends(0);
    }
    assert_eq!((hotel.titled("Waits").len(), hotel.titled("Waits too").len()), (1, 1));
    assert_eq!(new.run(&["--json", "sync"]).await.ends(1).error()["code"], "moved");
}

#[tokio::test]
async fn a_person_cannot_sign_in_to_an_account_that_was_moved_away() {
    let hotel = Hotel::open().await;
    let (mut old, stick, username) = (TestDesk::synced(&hotel).await, Stick::new(), username(&hotel));
    move_to(&old, &username, &stick.file()).await.ends(0);
    old.unset("DESK_TOKEN");
    let args = ["--json", "sign-in", "--username", &username, "--password-stdin"];
    let password = hotel.now().users()[0].password.clone();
    let refused = old.run_with_input(&args, &password).await.ends(1).error();
    assert_eq!(refused["code"], "moved", "{refused}");
}
