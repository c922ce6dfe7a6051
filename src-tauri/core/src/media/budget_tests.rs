use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::super::test_files::{jpeg, quarters, waves};
use super::*;

/// Polls a future once and returns its output if it is ready.
fn once<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

#[test]
fn pictures_go_side_by_side_as_long_as_their_memory_fits() {
    let budget = Budget::of(100 << 20);
    let first = once(budget.share(60 << 20)).expect("there is room");
    assert!(once(budget.share(50 << 20)).is_none(), "60 and 50 are more than 100");
    let _second = once(budget.share(40 << 20)).expect("60 and 40 are not");
    drop(first);
    assert!(once(budget.share(60 << 20)).is_some(), "what is given back is there again");
}

#[test]
fn a_picture_that_needs_more_than_everything_goes_alone() {
    let budget = Budget::of(100 << 20);
    let alone = once(budget.share(900 << 20)).expect("it goes");
    assert!(once(budget.share(1)).is_none());
    drop(alone);
}

#[test]
fn small_pictures_do_not_take_all_processors() {
    let budget = Budget::default();
    let shares: Vec<_> = (0..AT_ONCE).map(|_| once(budget.share(1)).expect("there is room")).collect();
    assert!(once(budget.share(1)).is_none());
    drop(shares);
}

#[tokio::test]
async fn a_picture_is_prepared_on_other_threads_and_gives_everything_back() {
    let (budget, job) = (Budget::of(100 << 20), Job::new());
    let file = jpeg(&quarters(300, 200), None);
    let done = budget.prepare(file, PrepareOptions::default(), &job, std::future::pending).await;
    assert_eq!(done.map(|done| (done.width, done.height)), Ok((300, 200)));
    assert_eq!(job.progress(), 1.0);
    assert!(once(budget.share(100 << 20)).is_some());
}

#[tokio::test]
async fn a_picture_whose_time_is_over_is_given_up() {
    let (budget, job) = (Budget::default(), Job::new());
    let file = jpeg(&waves(2000, 1500), None);
    let done = budget.prepare(file, PrepareOptions::default(), &job, async || ()).await;
    assert_eq!(done, Err(PictureError::TooSlow(20)));
}

#[tokio::test]
async fn whoever_does_not_wait_any_more_stops_the_work() {
    let (budget, job) = (Budget::of(100 << 20), Job::new());
    let everything = budget.share(100 << 20).await;
    let file = jpeg(&quarters(300, 200), None);
    let mut waiting = Box::pin(budget.prepare(file, PrepareOptions::default(), &job, std::future::pending));
    assert!(once(&mut waiting).is_none());
    drop(waiting);
    drop(everything);
    assert_eq!(job.check(), Err(PictureError::Cancelled));
    assert!(once(budget.share(100 << 20)).is_some(), "it does not take its turn any more");
}

#[tokio::test]
async fn a_refusal_waits_for_nobody() {
    let budget = Budget::of(100 << 20);
    let _everything = budget.share(100 << 20).await;
    let page = b"<html>".to_vec();
    let refused = budget.prepare(page, PrepareOptions::default(), &Job::new(), std::future::pending).await;
    assert_eq!(refused, Err(PictureError::NotAPicture));
}
