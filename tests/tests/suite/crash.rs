//! A program that is killed in the middle of writing loses no offer that it had accepted.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use demo_hotel::{DemoHotel, Options};
use desk_tests::TestDesk;
use desk_tests::test_desk::token;
use hotelmate_core::desk::Mode;

/// The number of kills.
const KILLS: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn everything_accepted_before_a_kill_is_there_after_it_and_the_database_is_sound() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = TestDesk::manual(&hotel, 0).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    test_desk.desk.close().await;
    let token = token(&hotel, 0).await;
    let mut accepted = Vec::new();
    for kill in 0..KILLS {
        let mut scribe = Command::new(env!("CARGO_BIN_EXE_scribe"))
            .arg(test_desk.folder())
            .env("DESK_SERVER", hotel.url())
            .env("DESK_HOTEL", hotel.slug())
            .env("DESK_TOKEN", token.expose())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(scribe.stdout.take().unwrap()).lines();
        // A different moment each time, always in the middle of the work.
        for _ in 0..=(kill * 7) {
            accepted.push(lines.next().unwrap().unwrap());
        }
        scribe.kill().unwrap();
        scribe.wait().unwrap();
        accepted.extend(lines.map_while(Result::ok).filter(|line| line.len() == 36));
    }
    let desk = test_desk.beside(Mode::Manual).await;
    let status = desk.status().await;
    assert_eq!(status.notices, [], "nothing had to be set aside");
    let waiting: Vec<String> =
        desk.outbox().await.unwrap().items.iter().map(|item| item.entity).map(|id| id.to_string()).collect();
    let lost: Vec<&String> = accepted.iter().filter(|id| !waiting.contains(id)).collect();
    assert!(lost.is_empty(), "accepted and lost: {lost:?}");
    // Each kill can leave one offer that was stored and not printed yet.
    assert!(waiting.len() <= accepted.len() + KILLS);
}
