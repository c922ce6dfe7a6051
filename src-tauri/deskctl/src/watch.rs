//! `watch`: live activities as JSON lines.
//!
//! The lines are hints, as on a screen: they name the data to request again, and do not contain it. If a slow reader
//! makes the feed overflow, one line for every topic is printed, so nothing is missed.

use std::future::pending;
use std::time::Duration;

use hotelmate_core::desk::Desk;
use hotelmate_core::error::DeskError;
use hotelmate_core::views::Change;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{mpsc, oneshot};

use crate::cli::WatchArgs;
use crate::exit::{Exit, Outcome};
use crate::output::Output;

/// Prints every change until the program is asked to end, the time is over, or enough lines are printed.
pub async fn watch(desk: &Desk, args: &WatchArgs) -> Outcome {
    let changes = desk.changes();
    if desk.session().await.is_none() {
        return Err(DeskError::signed_out());
    }
    tokio::select! {
        outcome = print(changes, args.count) => outcome,
        () = over(args.seconds) => Ok(Exit::Done),
    }
}

async fn print(mut changes: Receiver<Change>, count: Option<u64>) -> Outcome {
    let (lines, written) = writer();
    // The first line reports that the watch has begun: every change from here on gets its own line.
    let mut updates = vec![Change::Status];
    let mut left = count;
    'watching: loop {
        for change in updates.drain(..) {
            // A line that is not accepted ends the watch: the reader has gone, or its pipe cannot be written to.
            if lines.send(change).await.is_err() {
                break 'watching;
            }
            left = left.map(|left| left.saturating_sub(1));
            if left == Some(0) {
                break 'watching;
            }
        }
        let change = tokio::select! {
            change = changes.recv() => change,
            () = lines.closed() => break,
        };
        match change {
            // An open screen needs this change, but it is no change of the hotel.
            Ok(Change::Diagnosis | Change::Live { .. }) => {}
            Ok(change) => updates.push(change),
            Err(RecvError::Lagged(_)) => updates.extend(Change::in_database().chain([Change::Session])),
            Err(RecvError::Closed) => break,
        }
    }
    drop(lines);
    // The thread ends with the result of its writes, unless it panics.
    written.await.unwrap_or(Ok(())).map(|()| Exit::Done)
}

/// Writes lines in a thread of its own: a reader that has stopped reading blocks the write, and must not keep the
/// program from ending.
fn writer() -> (mpsc::Sender<Change>, oneshot::Receiver<Result<(), DeskError>>) {
    let (lines, mut taken) = mpsc::channel(1);
    let (end, written) = oneshot::channel();
    std::thread::spawn(move || {
        let mut out = Output::new(true);
        let mut write = || -> Result<(), DeskError> {
            while let Some(change) = taken.blocking_recv() {
                out.json_line(&change)?;
                if out.is_closed() {
                    break;
                }
            }
            Ok(())
        };
        let result = write();
        drop(taken);
        // Without a receiver the program is ending.
        let _ = end.send(result);
    });
    (lines, written)
}

async fn over(seconds: Option<u64>) {
    match seconds {
        Some(seconds) => {
            let _time_is_over = tokio::time::timeout(Duration::from_secs(seconds), pending::<()>()).await;
        }
        None => pending().await,
    }
}
