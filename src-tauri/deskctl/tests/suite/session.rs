//! `sign-in`, `sign-out` and `status`.

#[cfg(target_os = "linux")]
use std::path::{Path, PathBuf};
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};

use demo_hotel::{Action, FaultPlan, Rule, StatusFault};
use serde_json::{Value, json};

use crate::test_desk::{Hotel, TestDesk, names};

#[tokio::test]
async fn a_wrong_password_is_told_from_a_hotel_that_cannot_be_reached() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let username = hotel.now().users()[0].username.clone();
    let args = ["--json", "sign-in", "--username", &username, "--password-stdin"];
    assert_eq!(test_desk.run_with_input(&args, "wrong\n").await.ends(4).error()["code"], "wrong_password");
    hotel.stop().await;
    assert_eq!(test_desk.run_with_input(&args, "wrong\n").await.ends(3).error()["code"], "offline");
}

#[tokio::test]
async fn a_sign_in_without_a_password_is_a_wrong_usage() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let run = test_desk.run(&["sign-in", "--username", "anybody"]).await.ends(2);
    assert!(run.err.contains("DESK_PASSWORD"), "{}", run.err);
}

#[tokio::test]
async fn a_sign_in_without_a_server_is_a_wrong_usage() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let output =
        test_desk.command(&["sign-in", "--username", "anybody"]).env_remove("DESK_SERVER").output().await;
    assert_eq!(output.unwrap().status.code(), Some(2));
}

/// The tests name a Secret Service that does not exist, so the program cannot keep a sign-in.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_sign_in_that_cannot_be_kept_is_told_and_is_in_no_file() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let user = hotel.now().users()[0].clone();
    let url = hotel.now().url();
    let args = ["sign-in", "--server", &url, "--username", &user.username];
    let by_pipe = test_desk.run_with_input(&args, &format!("{}\r\n", user.password)).await.ends(0);
    assert!(by_pipe.out.starts_with("Signed in. "), "{}", by_pipe.out);
    assert!(by_pipe.err.contains("key store") && by_pipe.err.contains("DESK_TOKEN"), "{}", by_pipe.err);
    let by_variable =
        test_desk.command(&["--json"]).args(args).env("DESK_PASSWORD", &user.password).output().await;
    let answer: Value = serde_json::from_slice(&by_variable.unwrap().stdout).unwrap();
    assert_eq!((&answer["remembered"], &answer["hotel_slug"]), (&json!(false), &json!("killarney")));
    let sync = test_desk.run(&["sync"]).await.ends(4).err;
    assert!(sync.contains("DESK_TOKEN"), "{sync}");

    let token = TestDesk::token_of(&hotel).await;
    for secret in [token.as_bytes(), user.password.as_bytes()] {
        assert_eq!(test_desk.files_with(secret), Vec::<String>::new());
    }
}

#[tokio::test]
async fn everything_but_status_wants_a_sign_in() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let status = test_desk.ask(&["status"]).await;
    assert_eq!(status["session"], Value::Null);
    assert!(test_desk.run(&["status"]).await.ends(0).out.contains("nobody"));
    let commands: [&[&str]; 15] = [
        &["sync"],
        &["offers", "list"],
        &["offers", "show", "1"],
        &["offers", "add", "--title", "t", "--short-description", "s"],
        &["outbox", "list"],
        &["outbox", "retry"],
        &["rooms", "list"],
        &["rooms", "add", "--set", "name=x"],
        &["branding", "show"],
        &["gallery", "list"],
        &["activity", "list"],
        &["clock", "status"],
        &["clock", "in"],
        &["watch", "--for", "1"],
        &["sign-out"],
    ];
    for command in commands {
        let error = test_desk.run(&[&["--json"], command].concat()).await.ends(4).error();
        assert_eq!(error["code"], "signed_out", "{command:?}");
    }
}

#[tokio::test]
async fn the_status_tells_who_sits_here_and_what_waits_without_a_network() {
    let mut hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    hotel.stop().await;
    test_desk.add("Waits").await;
    let status = test_desk.ask(&["status"]).await;
    assert_eq!(status["session"]["hotel_slug"], "killarney");
    assert_eq!((&status["waiting"], &status["attention"]), (&json!(1), &json!(0)));
    for name in ["pill", "online", "live", "last_sync", "notices"] {
        assert!(names(&status).contains(&name), "{name}");
    }
    let words = test_desk.run(&["status"]).await.ends(0).out;
    assert!(words.contains("Waiting    1"), "{words}");
}

#[tokio::test]
async fn a_sign_out_never_drops_what_waits_in_silence() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Waits").await;
    assert_eq!(test_desk.run(&["--json", "sign-out"]).await.ends(7).error()["code"], "still_waiting");
    assert_eq!(test_desk.ask(&["outbox", "list"]).await[0]["title"], "Waits");
    assert_eq!(test_desk.ask(&["sign-out", "--keep"]).await, json!({"session": null}));
    // The token in the environment signs in again, and the waiting change is still there.
    assert_eq!(test_desk.ask(&["outbox", "list"]).await[0]["title"], "Waits");
    test_desk.run(&["sign-out", "--discard"]).await.ends(0);
    assert_eq!(test_desk.ask(&["outbox", "list"]).await, json!([]));
}

#[tokio::test]
async fn offers_that_cannot_be_read_end_sync_and_status_with_a_code_of_their_own() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    let mut rows = hotel.now().offers();
    rows[0]["title"] = json!(["of a later version"]);
    let page = json!({"count": rows.len(), "next": null, "previous": null, "results": rows});
    let odd = Action::Status(StatusFault { code: 200, body: Some(page) });
    hotel.now().set_faults(FaultPlan::of([Rule::new(odd).path("*/offers/?page=*")])).unwrap();
    let synced = test_desk.run(&["--json", "sync"]).await.ends(8).json();
    assert_eq!((&synced["unreadable"], &synced["complete"]), (&json!(1), &json!(true)));
    let reported = test_desk.run(&["status"]).await.ends(8);
    assert!(reported.out.contains("cannot read 1 offer of the hotel"), "{}", reported.out);
    hotel.now().clear_faults();
    test_desk.run(&["sync"]).await.ends(0);
    test_desk.run(&["status"]).await.ends(0);
}

#[tokio::test]
async fn a_sync_that_could_not_read_a_list_is_not_done() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    let none = Action::Status(StatusFault { code: 404, body: Some(json!({"detail": "Not found."})) });
    hotel.now().set_faults(FaultPlan::of([Rule::new(none).path("*/offers/?page=*").times(1)])).unwrap();
    let run = test_desk.run(&["sync"]).await.ends(3);
    assert!(run.out.contains("does not give its offers now"), "{}", run.out);
    test_desk.run(&["sync"]).await.ends(0);
}

#[tokio::test]
async fn six_first_starts_at_once_on_a_new_folder_all_succeed() {
    let hotel = Hotel::open().await;
    for _ in 0..3 {
        let test_desk = TestDesk::at(&hotel).await;
        let starts: Vec<_> = (0..6)
            .map(|_| test_desk.command(&["offers", "list"]).spawn().unwrap())
            .map(|start| tokio::spawn(start.wait_with_output()))
            .collect();
        for start in starts {
            let ended = start.await.unwrap().unwrap();
            assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        }
    }
}

#[tokio::test]
async fn a_token_that_the_hotel_refuses_is_named_with_its_variable() {
    let hotel = Hotel::open().await;
    let unknown = TestDesk::with_token(&hotel, "0123456789abcdef0123456789abcdef01234567");
    let refused = unknown.run(&["--json", "sync"]).await.ends(4).error();
    assert!(refused["message"].as_str().unwrap().contains("DESK_TOKEN"), "{refused}");
    let known = TestDesk::synced(&hotel).await;
    let user = hotel.now().users().swap_remove(0);
    assert!(hotel.now().revoke_token(&user.username));
    let run = known.run(&["sync"]).await.ends(4);
    assert!(run.out.contains("DESK_TOKEN"), "{}", run.out);
}

#[tokio::test]
async fn a_server_without_encryption_that_is_named_without_a_scheme_is_said_to_speak_no_tls() {
    let hotel = Hotel::open().await;
    // No server is set for this computer.
    let test_desk = TestDesk::of_new_computer();
    let address = hotel.now().url().replace("http://", "");
    let args = ["--json", "sign-in", "--server", &address, "--username", "mary", "--password-stdin"];
    let run = test_desk.run_with_input(&args, "killarney-demo").await.ends(3);
    let refused = run.error();
    let (message, way_out) = (refused["message"].as_str().unwrap(), refused["way_out"].as_str().unwrap());
    assert!(message.contains("does not speak TLS") && way_out.contains("http://"), "{refused}");
    let nobody =
        ["--json", "sign-in", "--server", "http://127.0.0.1:9", "--username", "mary", "--password-stdin"];
    let refused = test_desk.run_with_input(&nobody, "x").await.ends(3).error();
    assert!(!refused["way_out"].as_str().unwrap().contains("sent later"), "{refused}");
}

#[tokio::test]
async fn a_server_that_is_set_for_the_computer_is_the_only_one_to_sign_in_at() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::signed_out(&hotel);
    let args =
        ["--json", "sign-in", "--server", "https://other.example", "--username", "mary", "--password-stdin"];
    let refused = test_desk.run_with_input(&args, "killarney-demo").await.ends(1).error();
    assert_eq!(refused["code"], "not_allowed");
}

#[tokio::test]
async fn what_waits_in_a_database_of_a_newer_version_is_not_counted_as_nothing() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Waits").await;
    test_desk.make_database_newer();
    let answer = test_desk.run(&["--json", "status"]).await.ends(1).json();
    assert_eq!((&answer["waiting"], &answer["counted"]), (&Value::Null, &json!(false)));
    assert_eq!(answer["pill"], "attention", "it is not the sign-in that is missing");
    assert!(answer["notices"][0]["message"].as_str().unwrap().contains("newer version"), "{answer}");
    let run = test_desk.run(&["status"]).await.ends(1);
    assert!(run.out.contains("not known") && !run.out.contains("set aside"), "{}", run.out);
    assert!(!run.out.contains("nobody") && !run.out.contains("sign in needed"), "{}", run.out);
    let report = test_desk.run(&["doctor"]).await.ends(9).out;
    assert!(!report.contains("nobody is signed in"), "{report}");
    let line = |name: &str| report.lines().find(|line| line.split_whitespace().nth(1) == Some(name));
    assert!(line("database").is_some_and(|line| line.starts_with("failed")), "{report}");
    assert!(line("outbox").is_some_and(|line| line.starts_with("unknown")), "{report}");
}

/// A disk of a few megabytes in the place of a folder. None where a test may not mount one.
#[cfg(target_os = "linux")]
fn small_disk(folder: &Path) -> Option<SmallDisk> {
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder).stderr(Stdio::null());
    mount.status().is_ok_and(|done| done.success()).then(|| SmallDisk(folder.to_owned()))
}

#[cfg(target_os = "linux")]
struct SmallDisk(PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn remount(&self, how: &str) {
        assert!(Command::new("mount").args(["-o", how]).arg(&self.0).status().unwrap().success());
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_and_a_folder_that_may_not_be_written_are_called_so_and_nothing_is_counted() {
    let hotel = Hotel::open().await;
    let test_desk = TestDesk::at(&hotel).await;
    // Only a user who may mount a disk can run it.
    let Some(disk) = small_disk(test_desk.folder()) else { return };
    test_desk.run(&["sync"]).await.ends(0);
    test_desk.add("Waits").await;
    let fill = disk.0.join("fill");
    let mut bytes = vec![0_u8; 8 << 20];
    while !bytes.is_empty() && std::fs::write(&fill, &bytes).is_err() {
        bytes.truncate(bytes.len() - 4096);
    }
    let answer = test_desk.run(&["--json", "status"]).await.ends(1).json();
    assert_eq!((&answer["waiting"], &answer["notices"][0]["code"]), (&Value::Null, &json!("disk_full")));
    std::fs::remove_file(&fill).unwrap();
    disk.remount("remount,ro");
    let answer = test_desk.run(&["--json", "status"]).await.ends(1).json();
    assert_eq!(answer["waiting"], Value::Null);
    assert!(answer["notices"][0]["message"].as_str().unwrap().contains("may not be written"), "{answer}");
    disk.remount("remount,rw");
    let answer = test_desk.ask(&["status"]).await;
    assert_eq!((&answer["waiting"], &answer["counted"]), (&json!(1), &json!(true)));
}

#[tokio::test]
async fn the_token_of_one_person_opens_no_data_of_another() {
    let hotel = Hotel::open().await;
    let mut test_desk = TestDesk::synced(&hotel).await;
    test_desk.add("Mary's").await;
    test_desk.take_token_of(&hotel, 1).await;
    let refused = test_desk.run(&["--json", "outbox", "list"]).await.ends(4).error();
    assert!(refused["message"].as_str().unwrap().contains("another person’s"), "{refused}");
    test_desk.take_token_of(&hotel, 0).await;
    assert_eq!(test_desk.ask(&["outbox", "list"]).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn monitoring_gets_one_line_and_an_exit_code_for_old_data() {
    let hotel = Hotel::open().await;
    let never = TestDesk::at(&hotel).await;
    assert_eq!(never.run(&["status", "--max-age", "15m"]).await.ends(9).json()["is_old"], json!(true));
    let test_desk = TestDesk::synced(&hotel).await;
    let fresh = test_desk.run(&["status", "--max-age", "15m"]).await.ends(0);
    assert_eq!((fresh.json()["is_old"].clone(), fresh.out.lines().count()), (json!(false), 1));
    test_desk.run(&["status", "--max-age", "1ms"]).await.ends(9);
    test_desk.run(&["status", "--max-age", "soon"]).await.ends(2);
    // A change that needs a person is a reason to look, too.
    let (id, _) = hotel.first_offer();
    hotel.refuse_title("PATCH", 5);
    test_desk.run(&["offers", "edit", &id, "--title", "Refused"]).await.ends(0);
    test_desk.run(&["sync"]).await.ends(8);
    test_desk.run(&["status", "--max-age", "15m"]).await.ends(8);
}
