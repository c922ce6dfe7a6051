//! A data folder that was restored from a backup: changes that were sent after the backup are not sent again by
//! themselves.

use std::path::Path;
use std::time::Duration;

use demo_hotel::{DemoHotel, Options};
use desk_tests::clock::FastClock;
use desk_tests::{TestDesk, offer};
use hotelmate_core::error::ErrorCode;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;
use pusher::time::Clock;

/// A little longer than the server can take for a request whose answer was lost, by the desks' clock.
const LATE: Duration = Duration::from_secs(125);

/// Copies the files of a folder that `is_wanted` names, in place of what is there.
fn copy(from: &Path, to: &Path, is_wanted: &impl Fn(&str) -> bool) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, new) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &new, is_wanted);
        } else if is_wanted(entry.file_name().to_str().unwrap()) {
            let _ = std::fs::remove_file(&new);
            std::fs::copy(&path, &new).unwrap();
        }
    }
}

fn titled(hotel: &DemoHotel, title: &str) -> usize {
    hotel.offers().iter().filter(|row| row["title"] == title).count()
}

async fn is_asked(test_desk: &TestDesk) -> bool {
    test_desk.desk.status().await.notices.iter().any(|notice| notice.code == ErrorCode::Restored)
}

/// Makes a backup while an offer and an edit wait, sends both, and goes back to the backup.
async fn restored(hotel: &DemoHotel, clock: &FastClock, is_restored: impl Fn(&str) -> bool) -> TestDesk {
    let backup = tempfile::tempdir().unwrap();
    let test_desk = TestDesk::fast_manual(hotel, 0, clock).await;
    test_desk.desk.sync_until_quiet().await.unwrap();
    let edited = test_desk.offers().await.remove(0).local_id;
    test_desk.desk.create(Kind::Offer, offer("Once"), None).await.unwrap();
    test_desk.edit(edited, FieldValue::of("tag", "Once")).await;
    let test_desk = test_desk.restart_after(|folder| copy(folder, backup.path(), &|_| true)).await;
    assert!(!is_asked(&test_desk).await, "an ordinary restart asks nothing");
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(titled(hotel, "Once"), 1);
    test_desk.restart_after(|folder| copy(backup.path(), folder, &is_restored)).await
}

fn writes(hotel: &DemoHotel) -> usize {
    hotel.requests().iter().filter(|request| request.method != "GET").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_restored_database_holds_is_sent_only_when_a_person_says_so_and_then_once() {
    let is_database = |name: &str| name.starts_with("desk.sqlite") && !name.ends_with(".left");
    let whole = |_: &str| true;
    for is_restored in [&is_database as &dyn Fn(&str) -> bool, &whole] {
        let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
        let clock = FastClock::default();
        let test_desk = restored(&hotel, &clock, is_restored).await;
        hotel.reset_requests();
        assert!(is_asked(&test_desk).await);
        for _ in 0..2 {
            test_desk.desk.try_now().await;
            let report = test_desk.desk.sync_until_quiet().await.unwrap();
            assert_eq!((report.waiting, writes(&hotel)), (2, 0), "{report:?}");
            assert!(report.message.contains("restored"), "{report:?}");
        }
        // The question survives a restart.
        let test_desk = test_desk.restart().await;
        assert!(is_asked(&test_desk).await);

        test_desk.desk.send_restored().await.unwrap();
        assert!(!is_asked(&test_desk).await);
        test_desk.desk.sync_until_quiet().await.unwrap();
        clock.sleep(LATE).await;
        let report = test_desk.desk.sync_until_quiet().await.unwrap();
        assert_eq!((report.waiting, report.attention), (0, 0), "{report:?}");
        assert_eq!((titled(&hotel, "Once"), writes(&hotel)), (1, 0), "both are there already");
        assert!(!is_asked(&test_desk.restart().await).await, "it is asked once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_database_in_which_nothing_waits_asks_nothing() {
    let hotel = DemoHotel::start(Options::default().seed(7)).await.unwrap();
    let test_desk = restored(&hotel, &FastClock::default(), |_| true).await;
    for item in test_desk.desk.outbox().await.unwrap().items {
        test_desk.desk.discard_intent(item.id).await.unwrap();
    }
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert!(!is_asked(&test_desk).await);
    test_desk.desk.create(Kind::Offer, offer("New"), None).await.unwrap();
    test_desk.desk.sync_until_quiet().await.unwrap();
    assert_eq!(titled(&hotel, "New"), 1);
}
