//! The checks of the desk, and the log of the live connection.

use std::sync::{Arc, PoisonError};

use super::{Desk, Mode};
use crate::diagnostics::Subject;
use crate::engine::follower::pusher_config;
use crate::error::DeskError;
use crate::monitor::Monitor;
use crate::monitor::shape::Shape;
use crate::views::{Diagnosis, EventEntry, EventLog, ReloadCause};

impl Desk {
    /// Returns the current findings, without a request over the network.
    pub async fn diagnosis(&self) -> Diagnosis {
        let subject = self.subject();
        self.inner.diagnostics.diagnosis(&subject).await
    }

    /// Runs every check, and returns when they have ended. Each finding is announced as soon as it is known. A manual
    /// desk connects to the live events for a moment; it sends no intent and stores no event.
    pub async fn run_checks(&self) {
        let subject = self.subject();
        self.inner.diagnostics.run_checks(&subject).await;
    }

    /// Returns the log of the live connection after entry `after`, oldest first; zero returns all stored entries.
    /// Personal data is masked.
    pub fn event_log(&self, after: u32) -> EventLog {
        self.monitor().event_log(after, self.subject().difference_ms())
    }

    /// Returns all entries, each with the shape of its data, for the support file.
    pub(super) fn event_shapes(&self) -> Vec<(EventEntry, Shape)> {
        self.monitor().event_shapes(self.subject().difference_ms())
    }

    /// Returns the unmasked data of one entry, as indented JSON.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound) if it is no longer stored.
    pub fn reveal_event(&self, seq: u32) -> Result<String, DeskError> {
        self.monitor().reveal_event(seq).ok_or_else(|| DeskError::not_found("event"))
    }

    /// Notes that the screen has drawn the changes of these entries of the event log.
    pub fn note_shown(&self, seqs: &[u32]) {
        self.monitor().note_shown(seqs);
    }

    /// Notes that the window's page failed and was loaded again. The diagnostics and the support file show it.
    pub fn note_reload(&self, cause: ReloadCause) {
        self.inner.diagnostics.note_reload(cause);
    }

    fn subject(&self) -> Subject {
        let engine = self.shown().map(|person| person.engine);
        let last_server = || self.sign_in_hints().server.parse().ok();
        Subject {
            server: engine.as_ref().map(|engine| engine.account.server.clone()).or_else(last_server),
            engine,
            why_not: self.inner.why_not.read().unwrap_or_else(PoisonError::into_inner).clone(),
            http: self.inner.http.clone(),
            live: pusher_config(&self.current_settings()),
            by_itself: self.inner.mode == Mode::Full,
        }
    }

    /// Returns the monitor of the shown person.
    fn monitor(&self) -> Arc<Monitor> {
        self.inner.diagnostics.monitor()
    }
}
