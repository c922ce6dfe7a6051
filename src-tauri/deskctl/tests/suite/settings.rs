//! `setup` and `settings`.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use crate::test_desk::{Hotel, TestDesk};

#[tokio::test]
async fn setup_checks_and_saves_the_connection_and_the_next_command_uses_it() {
    let hotel = Hotel::open().await;
    let desk = TestDesk::of_new_computer();
    let (url, pusher) = (hotel.now().url(), hotel.now().pusher());
    let args = ["setup", "--server", &url, "--pusher-key", &pusher.key, "--pusher-host", &pusher.host];
    let answer = desk.ask(&args).await;
    assert_eq!(answer["saved"], json!(true), "{answer}");
    let checks: Vec<_> =
        answer["findings"].as_array().unwrap().iter().map(|finding| &finding["check"]).collect();
    assert!(checks.contains(&&json!("server")) && checks.contains(&&json!("socket")), "{answer}");
    // The host is known already.
    let key_alone = desk.ask(&["setup", "--pusher-key", &pusher.key]).await;
    assert_eq!(key_alone["saved"], json!(true), "{key_alone}");
    let user = hotel.now().users().swap_remove(0);
    // Without a server on the command line.
    let args = ["sign-in", "--username", &user.username];
    desk.run_with_input(&args, &format!("{}\n", user.password)).await.ends(0);
}

#[tokio::test]
async fn setup_saves_nothing_after_a_failed_check_unless_it_is_left_out() {
    let hotel = Hotel::open().await;
    let desk = TestDesk::of_new_computer();
    let nowhere = ["setup", "--server", "http://127.0.0.1:9"];
    let answer = desk.run(&[&["--json"], &nowhere[..]].concat()).await.ends(3).json();
    assert_eq!(answer["saved"], json!(false));
    let pusher = hotel.now().pusher();
    let wrong =
        ["setup", "--server", &hotel.now().url(), "--pusher-key", "wrong", "--pusher-host", &pusher.host];
    let words = desk.run(&wrong).await.ends(9).out;
    assert!(words.contains("failed"), "{words}");
    assert_eq!(desk.ask(&["settings", "get", "server"]).await["value"], json!(""));
    desk.run(&[&nowhere[..], &["--unchecked"]].concat()).await.ends(0);
    assert_eq!(desk.ask(&["settings", "get", "server"]).await["value"], json!("http://127.0.0.1:9/"));
    desk.run(&["setup"]).await.ends(6);
}

#[tokio::test]
async fn a_setting_is_shown_set_and_reset() {
    let desk = TestDesk::of_new_computer();
    let get = || desk.ask(&["settings", "get", "lock_after_minutes"]);
    assert_eq!(get().await["source"], json!("default"));
    desk.run(&["settings", "set", "lock_after_minutes", "30"]).await.ends(0);
    assert_eq!((&get().await["value"], &get().await["source"]), (&json!("30"), &json!("own")));
    let list = desk.run(&["settings", "list"]).await.ends(0).out;
    let line = list.lines().find(|line| line.starts_with("lock_after_minutes")).unwrap();
    assert!(line.contains("30") && line.ends_with("settings"), "{line}");
    desk.run(&["settings", "reset", "lock_after_minutes"]).await.ends(0);
    assert_eq!(get().await["value"], json!("10"));
    desk.run(&["settings", "set", "lock_after_minutes", "soon"]).await.ends(2);
    desk.run(&["settings", "set", "colour", "red"]).await.ends(5);
}

#[tokio::test]
async fn a_setting_of_the_computer_is_refused() {
    let mut desk = TestDesk::of_new_computer();
    desk.set("DESK_THEME", "dark");
    let refused = desk.run(&["--json", "settings", "set", "theme", "light"]).await.ends(1).error();
    assert_eq!(refused["code"], "not_allowed");
}

#[tokio::test]
async fn the_language_of_the_command_line_is_a_setting() {
    let desk = TestDesk::of_new_computer();
    desk.run(&["settings", "set", "language", "de"]).await.ends(0);
    let failed = desk.run(&["offers", "list"]).await.ends(4).err;
    assert!(failed.contains("angemeldet"), "{failed}");
    let help = desk.run(&["--help"]).await.ends(0).out;
    assert!(help.contains("Befehlszeile"), "{help}");
}

#[tokio::test]
async fn states_are_named_in_the_language_and_in_json_by_their_names() {
    let hotel = Hotel::open().await;
    let desk = TestDesk::synced(&hotel).await;
    desk.run(&["settings", "set", "language", "de"]).await.ends(0);
    let list = desk.run(&["offers", "list", "--state", "scheduled"]).await.ends(0).out;
    assert!(list.contains("geplant") && list.contains("gespeichert"), "{list}");
    assert!(!list.contains("scheduled") && !list.contains("saved"), "{list}");
    assert_eq!(desk.ask(&["offers", "list", "--state", "scheduled"]).await[0]["state"], "scheduled");
    let (id, _) = hotel.first_offer();
    desk.run(&["offers", "edit", &id, "--tag", "Neu"]).await.ends(0);
    let waiting = desk.run(&["outbox", "list"]).await.ends(0).out;
    assert!(waiting.contains("wartet") && waiting.contains("Angebot"), "{waiting}");
}

/// Returns the pictures in the cache below a folder.
fn cached(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_hash = |name: &OsStr| name.len() == 64;
            if path.is_dir() {
                folders.push(path);
            } else if path.file_stem().is_some_and(is_hash) {
                found.push(path);
            }
        }
    }
    found
}

#[tokio::test]
async fn the_picture_cache_is_cleared_except_for_pictures_that_are_shown_or_wait() {
    let hotel = Hotel::open().await;
    let desk = TestDesk::synced(&hotel).await;
    let stored = async |command: &str| desk.ask(&["data", command]).await["pictures"].as_u64().unwrap();
    let file = hotel.picture_file().await;
    let file = file.to_str().unwrap();
    desk.run(&["offers", "add", "--title", "Spa", "--short-description", "s", "--photo", file]).await.ends(0);
    let [waiting] = cached(desk.folder()).try_into().unwrap();
    // A picture of an entity that has not been here for a day.
    let old = waiting.with_file_name(format!("{:0>64}.jpg", 1));
    std::fs::copy(&waiting, &old).unwrap();
    let yesterday = waiting.metadata().unwrap().modified().unwrap() - Duration::from_secs(86_400);
    File::options().write(true).open(&old).unwrap().set_modified(yesterday).unwrap();
    assert_eq!(stored("show").await, 2);
    assert_eq!(stored("clear-pictures").await, 1);
    assert_eq!(cached(desk.folder()), [waiting]);
    desk.run(&["sync"]).await.ends(0);
    assert_eq!(stored("clear-pictures").await, 1, "it is shown");
    let words = desk.run(&["data", "show"]).await.ends(0).out;
    assert!(words.contains("Folder") && words.contains("1 picture, "), "{words}");
    TestDesk::of_new_computer().run(&["data", "show"]).await.ends(4);
}

#[tokio::test]
async fn the_settings_of_the_person_are_shown_set_and_reset_beside_those_of_the_computer() {
    let hotel = Hotel::open().await;
    let desk = TestDesk::at(&hotel).await;
    let get = async |name: &str| desk.ask(&["settings", "get", name]).await["value"].clone();
    for (name, value, default) in
        [("sounds", "on", "off"), ("repeats", "on", "off"), ("quiet_minutes", "30", "0")]
    {
        assert_eq!(get(name).await, json!(default), "{name}");
        desk.run(&["settings", "set", name, value]).await.ends(0);
        assert_eq!(get(name).await, json!(value), "{name}");
        let list = desk.run(&["settings", "list"]).await.ends(0).out;
        let line = list.lines().find(|line| line.starts_with(name)).unwrap();
        assert!(line.contains(value) && line.ends_with("of the person"), "{line}");
        desk.run(&["settings", "reset", name]).await.ends(0);
        assert_eq!(get(name).await, json!(default), "{name}");
        desk.run(&["settings", "set", name, "soon"]).await.ends(2);
    }
    desk.run(&["settings", "set", "quiet_minutes", "10081"]).await.ends(2);
    assert_eq!(get("quiet_minutes").await, json!("0"));
    let signed_out = TestDesk::of_new_computer();
    signed_out.run(&["settings", "get", "sounds"]).await.ends(4);
    assert_eq!(signed_out.ask(&["settings", "list"]).await["person"], json!(null));
}
