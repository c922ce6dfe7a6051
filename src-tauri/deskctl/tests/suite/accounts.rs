//! `accounts list|remove`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hotelmate_core::ids::DraftId;
use hotelmate_core::resources::Kind;
use hotelmate_core::views::Draft;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::test_desk::{Hotel, TestDesk};

/// The only account's folder.
fn folder(test_desk: &TestDesk) -> PathBuf {
    let mut accounts = std::fs::read_dir(test_desk.folder().join("accounts")).unwrap();
    accounts.next().unwrap().unwrap().path()
}

/// The files of a folder with their content, without those that only hold locks.
fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() => found.extend(content(&path)),
            path if path.extension().is_some_and(|end| end == "lock" || end == "opening") => {}
            path => drop(found.insert(path.clone(), std::fs::read(path).unwrap())),
        }
    }
    found
}

async fn type_draft(test_desk: &TestDesk) {
    let window = test_desk.desk().await;
    let (id, content) = (DraftId::from_random([1; 16]), r#"{"edits":["under the roof"]}"#.to_owned());
    let draft = Draft { id, about: Kind::RoomType, entity: None, title: "Attic".into(), content, version: 1 };
    window.save_draft(draft).await.unwrap();
    window.close().await;
}

/// The only account of `accounts list`, which must end with this code.
async fn listed(test_desk: &TestDesk, code: i32) -> Value {
    let all = test_desk.run(&["--json", "accounts", "list"]).await.ends(code).json();
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
    all[0].clone()
}

#[tokio::test]
async fn the_list_counts_what_waits_of_each_account_and_neither_shows_a_token_nor_changes_anything() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let [manager, second] = [0, 1].map(|user| hotel.now().users().swap_remove(user));
    let args = ["sign-in", "--server", &hotel.now().url(), "--username", &second.username];
    test_desk.run_with_input(&args, &format!("{}\n", second.password)).await.ends(0);
    let (id, _) = hotel.first_offer();
    let (photo, token) = (hotel.picture_file().await, TestDesk::token_of(&hotel).await);
    hotel.stop().await;
    test_desk.run(&["offers", "photo", &id, photo.to_str().unwrap()]).await.ends(0);
    test_desk.add("Waits").await;
    type_draft(&test_desk).await;

    let accounts = test_desk.folder().join("accounts");
    let before = content(&accounts);
    let run = test_desk.run(&["--json", "accounts", "list"]).await.ends(0);
    assert!(content(&accounts) == before, "the list changes nothing");
    assert!(!run.out.contains(&token), "{}", run.out);
    let all = run.json();
    let of = |username: &str| all.as_array().unwrap().iter().find(|one| one["username"] == username).unwrap();
    let (first, other) = (of(&manager.username), of(&second.username));
    assert_eq!(first["waits"], json!({"changes": 2, "attention": 0, "drafts": 1, "pictures": 1}));
    assert_eq!(other["waits"], json!({"changes": 0, "attention": 0, "drafts": 0, "pictures": 0}));
    assert_eq!((&first["hotel"], &first["signed_in"]), (&json!("killarney"), &json!(true)));
    assert!(first["bytes"].as_u64().unwrap() > 0 && first["last_used"].is_string(), "{first}");
    let words = test_desk.run(&["accounts", "list"]).await.ends(0).out;
    assert!(words.contains(&manager.username) && words.contains(&second.username), "{words}");
}

#[tokio::test]
async fn an_account_that_a_window_has_open_is_counted_and_not_removed() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let window = test_desk.desk().await;
    test_desk.add("Waits").await;
    let account = listed(&test_desk, 0).await;
    assert_eq!(account["waits"]["changes"], 1);
    let username = account["username"].as_str().unwrap();
    let refused =
        test_desk.run(&["--json", "accounts", "remove", username, "--discard"]).await.ends(1).error();
    assert_eq!(refused["code"], "in_use");
    assert!(refused["way_out"].as_str().unwrap().contains("Close the window"), "{refused}");
    assert_eq!(window.outbox().await.unwrap().items.len(), 1);
    window.close().await;
}

#[tokio::test]
async fn what_cannot_be_counted_is_said_and_is_not_removed_without_a_decision() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Waits").await;
    let username = listed(&test_desk, 0).await["username"].as_str().unwrap().to_owned();
    let database = folder(&test_desk).join("desk.sqlite");
    let sound = std::fs::read(&database).unwrap();

    let uncounted = async |what: &str| {
        let account = listed(&test_desk, 1).await;
        assert_eq!(account["waits"], Value::Null, "{what}");
        assert!(!account["why_not"]["message"].as_str().unwrap().is_empty(), "{what}");
        let remove = ["--json", "accounts", "remove", &username];
        assert_eq!(test_desk.run(&remove).await.ends(7).error()["code"], "still_waiting", "{what}");
        assert!(database.exists(), "{what}");
    };
    test_desk.make_database_newer();
    uncounted("newer").await;
    std::fs::write(&database, [&sound[..4096], &vec![7; sound.len() - 4096]].concat()).unwrap();
    uncounted("damaged").await;
    std::fs::write(&database, &sound).unwrap();
    let other = Connection::open(&database).unwrap();
    other.pragma_update(None, "locking_mode", "EXCLUSIVE").unwrap();
    other.execute_batch("UPDATE revision SET n = n").unwrap();
    uncounted("open exclusively").await;
    drop(other);

    std::fs::write(database.with_extension("sqlite.damaged-1"), "not looked into yet").unwrap();
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(listed(&test_desk, 0).await["set_aside"], 1);
    test_desk.run(&["accounts", "remove", &username]).await.ends(7);
    test_desk.run(&["accounts", "remove", &username, "--discard"]).await.ends(0);
    assert_eq!(test_desk.ask(&["accounts", "list"]).await, json!([]));
}

#[tokio::test]
async fn a_person_who_leaves_is_removed_with_everything_only_if_nothing_waits() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let username = listed(&test_desk, 0).await["username"].as_str().unwrap().to_owned();
    let remove = ["--json", "accounts", "remove", &username];
    type_draft(&test_desk).await;
    let refused = test_desk.run(&remove).await.ends(7).error();
    assert!(refused["message"].as_str().unwrap().contains("1 text is not saved"), "{refused}");
    test_desk.run(&["drafts", "discard", &DraftId::from_random([1; 16]).to_string()]).await.ends(0);
    test_desk.add("Waits").await;
    let before = content(&folder(&test_desk));
    let refused = test_desk.run(&remove).await.ends(7).error();
    assert!(refused["message"].as_str().unwrap().contains("1 change waits"), "{refused}");
    assert!(content(&folder(&test_desk)) == before, "nothing is changed");
    test_desk.run(&["sync"]).await.ends(0);

    let removed = test_desk.run(&remove).await.ends(0).json();
    assert_eq!(removed["lost"], json!({"changes": 0, "attention": 0, "drafts": 0, "pictures": 0}));
    assert_eq!(content(&folder(&test_desk)), BTreeMap::new());
    assert_eq!(test_desk.ask(&["accounts", "list"]).await, json!([]));
    let rest = std::fs::read_to_string(test_desk.folder().join("accounts.json")).unwrap();
    assert!(!rest.contains(&username), "{rest}");
    assert_eq!(test_desk.run(&remove).await.ends(5).error()["code"], "not_found");
}

#[tokio::test]
async fn a_removal_that_was_stopped_after_its_mark_is_ended_by_the_next_start() {
    let hotel = Hotel::open().await;
    let mut test_desk = TestDesk::synced(&hotel).await;
    let list = std::fs::read(test_desk.folder().join("accounts.json")).unwrap();
    let list: Value = serde_json::from_slice(&list).unwrap();
    let mark = folder(&test_desk).join("desk.sqlite.remove");
    std::fs::write(&mark, list["accounts"][0].to_string()).unwrap();
    test_desk.unset("DESK_TOKEN");
    assert_eq!(test_desk.ask(&["people"]).await["people"], json!([]));
    assert_eq!(content(&folder(&test_desk)), BTreeMap::new());
    assert_eq!(test_desk.ask(&["accounts", "list"]).await, json!([]));
}
