//! `watch`: live activities as JSON lines.
//!
//! The lines are hints, as on a screen: they say what to ask for again, and do not repeat the data. When
//! a slow reader makes the feed overflow, one line for every topic is printed, so nothing is missed.

use std::future::pending;
use std::time::Duration;

use hotelmate_core::desk::Desk;
use hotelmate_core::error::DeskError;
use hotelmate_core::views::Change;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::cli::WatchArgs;
use crate::exit::{Exit, Outcome};
use crate::output::Output;

/// Prints every change until the program is told to end, the time is over, or enough lines are printed.
pub async fn watch(desk: &Desk, out: &mut Output, args: &WatchArgs) -> Outcome {
    let changes = desk.changes();
    if desk.session().await.is_none() {
        return Err(DeskError::signed_out());
    }
    tokio::select! {
        outcome = print(changes, out, args.count) => outcome,
        () = over(args.seconds) => Ok(Exit::Done),
    }
}

async fn print(mut changes: Receiver<Change>, out: &mut Output, count: Option<u64>) -> Outcome {
    // The first line says that watching has begun: whatever happens from here on gets a line of its own.
    let mut updates = vec![Change::Status];
    let mut left = count;
    loop {
        for change in updates.drain(..) {
            out.json_line(&change)?;
            left = left.map(|left| left.saturating_sub(1));
            if left == Some(0) || out.is_closed() {
                return Ok(Exit::Done);
            }
        }
        match changes.recv().await {
            // Of interest to a screen that is open, and no news of the hotel.
            Ok(Change::Diagnosis | Change::Live { .. }) => {}
            Ok(change) => updates.push(change),
            Err(RecvError::Lagged(_)) => updates.extend(Change::in_database().chain([Change::Session])),
            Err(RecvError::Closed) => return Ok(Exit::Done),
        }
    }
}

async fn over(seconds: Option<u64>) {
    match seconds {
        Some(seconds) => {
            let _time_is_over = tokio::time::timeout(Duration::from_secs(seconds), pending::<()>()).await;
        }
        None => pending().await,
    }
}
