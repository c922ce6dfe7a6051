//! Requests that are carried out after their answer.

use std::time::Duration;

use tokio::sync::watch;

use super::LateCommit;
use crate::clock::wait;

/// The progress of the hotel since its start.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    /// The number of requests that were handled in time.
    answered: u64,
    /// The number of late requests that are not carried out yet.
    open: usize,
    /// The number of times that all open requests were called for.
    calls: u64,
}

/// The late requests of a hotel.
#[derive(Debug, Default)]
pub(crate) struct Late(watch::Sender<Progress>);

impl Late {
    /// Notes a request that was handled in time. Late requests may become due by it.
    pub(crate) fn answered(&self) {
        self.0.send_modify(|progress| progress.answered += 1);
    }

    /// Notes a late request. The returned future completes when it is to be carried out.
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

    /// Notes that a late request was carried out.
    pub(crate) fn done(&self) {
        self.0.send_modify(|progress| progress.open -= 1);
    }

    /// Causes all open requests to be carried out, and returns when they are.
    pub(crate) async fn call(&self) {
        let mut progress = self.0.subscribe();
        self.0.send_modify(|progress| progress.calls += 1);
        // The sender lives as long as `self`.
        let _ended = progress.wait_for(|now| now.open == 0).await;
    }
}
