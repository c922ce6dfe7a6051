//! `people`, and `--as`.

use demo_hotel::Account;
use serde_json::{Value, json};

use crate::test_desk::{Hotel, TestDesk};

/// Signs the hotel's second user in, beside the manager, who is signed in by token.
async fn two_people(hotel: &Hotel) -> (TestDesk, [Account; 2]) {
    let test_desk = TestDesk::synced(hotel).await;
    let users = [0, 1].map(|user| hotel.now().users().swap_remove(user));
    let args = ["sign-in", "--server", &hotel.now().url(), "--username", &users[1].username];
    test_desk.run_with_input(&args, &format!("{}\n", users[1].password)).await.ends(0);
    (test_desk, users)
}

fn person<'a>(people: &'a Value, username: &str) -> &'a Value {
    let mut all = people["people"].as_array().unwrap().iter();
    all.find(|one| one["username"] == username).unwrap_or_else(|| panic!("{username} in {people}"))
}

#[tokio::test]
async fn everyone_who_is_signed_in_is_listed_with_what_waits_and_a_mark_at_the_one_who_is_shown() {
    let mut hotel = Hotel::open().await;
    let nobody = TestDesk::signed_out(&hotel);
    assert_eq!(nobody.ask(&["people"]).await["people"], json!([]));
    let (test_desk, [first, second]) = two_people(&hotel).await;
    hotel.stop().await;
    test_desk.add("Of the manager").await;
    let people = test_desk.ask(&["people"]).await;
    let shown = [&first, &second].map(|user| person(&people, &user.username)["is_shown"].clone());
    assert_eq!(shown, [json!(true), json!(false)]);
    let waiting = [&first, &second].map(|user| person(&people, &user.username)["waiting"].clone());
    assert_eq!(waiting, [json!(1), json!(0)]);
    let words = test_desk.run(&["people"]).await.ends(0).out;
    let line = words.lines().find(|line| line.contains(&first.username)).unwrap();
    assert!(line.trim_start().starts_with('*'), "{words}");
}

#[tokio::test]
async fn a_command_acts_as_the_named_person_and_the_next_one_does_not() {
    let hotel = Hotel::open().await;
    let (test_desk, [first, second]) = two_people(&hotel).await;
    let args = ["offers", "add", "--title", "Of the second", "--short-description", "Two nights"];
    test_desk.run(&[&["--as", &second.username], &args[..]].concat()).await.ends(0);
    let named = test_desk.ask(&["--as", &second.username, "status"]).await;
    assert_eq!((&named["session"]["username"], &named["waiting"]), (&json!(second.username), &json!(1)));
    let plain = test_desk.ask(&["status"]).await;
    assert_eq!((&plain["session"]["username"], &plain["waiting"]), (&json!(first.username), &json!(0)));
    // The manager's sync sends nothing of another person.
    test_desk.run(&["sync"]).await.ends(0);
    assert_eq!(hotel.titled("Of the second"), Vec::<Value>::new());
}

#[tokio::test]
async fn a_person_who_is_not_signed_in_here_is_named_in_the_failure() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    let refused = test_desk.run(&["--json", "--as", "stranger", "status"]).await.ends(5).error();
    assert_eq!(refused["code"], "not_found");
    assert!(refused["message"].as_str().unwrap().contains("stranger"), "{refused}");
}
