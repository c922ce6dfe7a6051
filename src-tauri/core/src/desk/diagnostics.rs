//! What can keep the desk from being up to date, and what came over the live connection.

use std::sync::{Arc, PoisonError};

use super::{Desk, Mode};
use crate::diagnostics::Subject;
use crate::engine::follower::pusher_config;
use crate::error::DeskError;
use crate::monitor::Monitor;
use crate::monitor::shape::Shape;
use crate::views::{Diagnosis, EventEntry, EventLog, ReloadCause};

impl Desk {
    /// What is known now, without asking anybody over the network.
    pub async fn diagnosis(&self) -> Diagnosis {
        let subject = self.subject();
        self.inner.diagnostics.diagnosis(&subject).await
    }

    /// Runs every check, and returns when they have ended. What they find is told as it is found. A desk that does
    /// nothing by itself connects to the live events for a moment; nothing is sent or taken in.
    pub async fn run_checks(&self) {
        let subject = self.subject();
        self.inner.diagnostics.run_checks(&subject).await;
    }

    /// What came over the live connection after entry `after`, oldest first; zero gives all that is kept. Personal data
    /// is masked.
    pub fn event_log(&self, after: u32) -> EventLog {
        self.monitor().event_log(after, self.subject().difference_ms())
    }

    /// All entries, each with the shape of its data, for the support file.
    pub(super) fn event_shapes(&self) -> Vec<(EventEntry, Shape)> {
        self.monitor().event_shapes(self.subject().difference_ms())
    }

    /// The data of one entry as it came, as indented JSON.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound) when it is not kept any more.
    pub fn reveal_event(&self, seq: u32) -> Result<String, DeskError> {
        self.monitor().reveal_event(seq).ok_or_else(|| DeskError::not_found("event"))
    }

    /// The screen has drawn what entry `seq` changed.
    pub fn note_shown(&self, seq: u32) {
        self.monitor().note_shown(seq);
    }

    /// The window's page did not work any more and was loaded again. It stands in the diagnostics and the support file.
    pub fn note_reload(&self, cause: ReloadCause) {
        self.monitor().note_reload(cause);
    }

    fn subject(&self) -> Subject {
        let engine = self.active().map(|active| active.engine);
        let is_unconfirmed = || self.sign_in_hints().server.parse().ok();
        Subject {
            server: engine.as_ref().map(|engine| engine.account.server.clone()).or_else(is_unconfirmed),
            engine,
            why_not: self.inner.why_not.read().unwrap_or_else(PoisonError::into_inner).clone(),
            http: self.inner.http.clone(),
            live: pusher_config(&self.inner.settings),
            by_itself: self.inner.mode == Mode::Full,
        }
    }

    /// The one monitor of this program.
    pub(super) fn monitor(&self) -> &Arc<Monitor> {
        self.inner.diagnostics.monitor()
    }
}
