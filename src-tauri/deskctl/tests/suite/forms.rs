//! The command line itself: help, usage, and output without a reader.

use std::process::Stdio;

use tokio::io::{AsyncReadExt, BufReader};

use crate::test_desk::{Hotel, TestDesk};

#[tokio::test]
async fn the_help_names_every_command_and_exit_code() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let help = test_desk.run(&["--help"]).await.ends(0).out;
    for word in [
        "sign-in",
        "status",
        "sync",
        "offers",
        "rooms",
        "branding",
        "gallery",
        "activity",
        "outbox",
        "clock",
        "watch",
        "DESK_PUSHER_HOST",
    ] {
        assert!(help.contains(word), "{word}");
    }
    for code in 0..=8 {
        assert!(help.contains(&format!("\n  {code}  ")), "exit code {code}");
    }
}

#[tokio::test]
async fn a_wrong_command_line_ends_with_two() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let wrong: [&[&str]; 14] = [
        &[],
        &["offers", "eat", "1"],
        &["offers", "add", "--title", "no description"],
        &["offers", "edit", "1"],
        &["offers", "edit", "1", "--clear", "title"],
        &["offers", "edit", "1", "--tag", "x", "--clear", "tag"],
        &["offers", "edit", "1", "--valid-to", "tomorrow"],
        &["sign-out", "--keep", "--discard"],
        &["rooms", "edit", "1"],
        &["rooms", "edit", "1", "--set", "name"],
        &["branding", "edit"],
        &["branding", "picture", "photo", "x.jpg"],
        &["gallery", "add"],
        &["activity", "list", "--kind", "nonsense"],
    ];
    for args in wrong {
        test_desk.run(args).await.ends(2);
    }
}

#[tokio::test]
async fn a_wrong_setting_ends_with_two_and_names_it() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let output = test_desk.command(&["status"]).env("DESK_TIME_ZONE", "Kerry").output().await.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("DESK_TIME_ZONE"));
}

#[tokio::test]
async fn general_options_stand_before_the_command_or_after_it() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    assert_eq!(
        test_desk.run(&["--json", "offers", "list"]).await.ends(0).out,
        test_desk.run(&["offers", "list", "--json"]).await.ends(0).out
    );
}

#[tokio::test]
async fn a_list_that_nobody_reads_to_its_end_is_no_failure() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    // More than a pipe holds, so that the program is still writing when the reader leaves.
    let long = "x".repeat(120_000);
    let add = ["offers", "add", "--title", "Long", "--short-description", "s", "--details-text", &long];
    test_desk.run(&add).await.ends(0);
    let mut child = test_desk.command(&["--json", "offers", "list"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut reader = BufReader::with_capacity(16, child.stdout.take().unwrap());
    assert_eq!(reader.read_u8().await.unwrap(), b'[');
    drop(reader);
    let output = child.wait_with_output().await.unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[tokio::test]
async fn hostile_text_cannot_steer_the_terminal() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    crate::test_desk::make(&hotel.colleague().await, "Spa\u{1b}]0;owned\u{7}\u{9b}2J").await;
    test_desk.run(&["sync"]).await.ends(0);
    let words = test_desk.run(&["offers", "list"]).await.ends(0).out;
    assert!(words.contains("Spa ]0;owned"), "{words}");
    assert!(!words.contains(['\u{1b}', '\u{7}', '\u{9b}']));
}
