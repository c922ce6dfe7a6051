//! Requests that are carried out after they were answered.

use std::time::Duration;

use tokio::sync::watch;

use super::LateCommit;
use crate::clock::wait;

/// How far the hotel has come since its start.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    /// Requests that were worked on in time.
    answered: u64,
    /// Late requests that are not carried out yet.
    open: usize,
    /// How often everything that was open was called for.
    calls: u64,
}

/// The late requests of a hotel.
#[derive(Debug, Default)]
pub(crate) struct Late(watch::Sender<Progress>);

impl Late {
    /// A request was worked on in time: late ones may be due by that.
    pub(crate) fn answered(&self) {
        self.0.send_modify(|progress| progress.answered += 1);
    }

    /// Notes a late request, and says when it is to be carried out.
    pub(crate) fn open(&self, late: &LateCommit) -> impl Future<Output = ()> + Send + use<> {
        self.0.send_modify(|progress| progress.open += 1);
        let mut progress = self.0.subscribe();
        let began = *progress.borrow();
        let enough = late.after_requests.map(|requests| began.answered + requests);
        let longest = Duration::from_millis(late.after_ms);
        async move {
            let due = progress.wait_for(|now| {
                now.calls > began.calls || enough.is_some_and(|enough| now.answered >= enough)
            });
            tokio::select! {
                _ = due => {}
                () = wait(longest) => {}
            }
        }
    }

    /// A late request was carried out.
    pub(crate) fn done(&self) {
        self.0.send_modify(|progress| progress.open -= 1);
    }

    /// Has everything carried out that is open, and returns when it is.
    pub(crate) async fn call(&self) {
        let mut progress = self.0.subscribe();
        self.0.send_modify(|progress| progress.calls += 1);
        // The sender lives as long as `self`.
        let _ended = progress.wait_for(|now| now.open == 0).await;
    }
}
