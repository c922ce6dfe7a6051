//! Support: the log level, and a file with all data for people who help.

use std::fs::File;
use std::path::PathBuf;

use super::people::Person;
use super::{Desk, new_file};
use crate::account::Profile;
use crate::diagnostics::support::{self, Redactor, SupportParts};
use crate::error::DeskError;
use crate::logging;
use crate::store::StoreError;
use crate::store::meta::{self, Key};
use crate::views::{ExportedFile, LogLevel};

impl Desk {
    /// Sets the log level. It is stored; the two most detailed levels end after a day.
    ///
    /// # Errors
    /// [`Configuration`](crate::error::ErrorCode::Configuration) if this process writes no log.
    pub fn set_log_level(&self, level: LogLevel) -> Result<(), DeskError> {
        logging::set_level(level)?;
        self.inner.announce(crate::views::Change::Diagnosis);
        Ok(())
    }

    /// Writes the [support file](support) into a new file in `folder`. Creates the folder if it is missing. It also
    /// works without a sign-in. `entries` of the answer is the number of files in it.
    ///
    /// # Errors
    /// [`DiskFull`](crate::error::ErrorCode::DiskFull), or [`Unexpected`](crate::error::ErrorCode::Unexpected) with the
    /// reason if the folder refuses. No partial file remains. An unreadable database is reported inside.
    pub async fn support_file(&self, folder: PathBuf) -> Result<ExportedFile, DeskError> {
        let parts = self.support_parts().await;
        let made = parts.made_at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let write = move |file: &mut File| {
            // The latest log lines are the most important ones, so they are flushed first.
            logging::flush_process();
            support::write(parts, file)
        };
        let (file, entries) =
            new_file::save(folder, (&format!("hotelmate-support-{made}"), "zip"), write).await?;
        Ok(ExportedFile { file, entries })
    }

    /// Returns the current content of the support file.
    pub async fn support_parts(&self) -> SupportParts {
        let settings = &self.current_settings();
        let person = self.shown();
        let (stored, names) = match &person {
            Some(person) => stored(person).await,
            None => (None, Vec::new()),
        };
        let mut diagnosis = self.diagnosis().await;
        if diagnosis.checked_at.is_none() {
            self.run_checks().await;
            diagnosis = self.diagnosis().await;
        }
        SupportParts {
            made_at: self.inner.environment.now(),
            status: self.status().await,
            settings: support::settings(settings),
            diagnosis,
            events: self.event_shapes(),
            stored,
            logs: Some(settings.data_dir.join(logging::files::FOLDER)),
            redactor: Redactor::new(names.into_iter().chain(settings.pusher_key.clone())),
        }
    }
}

/// Returns the database's part of the content, and the names that must be removed.
async fn stored(person: &Person) -> (Option<(serde_json::Value, serde_json::Value)>, Vec<String>) {
    let engine = &person.engine;
    let read = engine.store.read(|db| Ok((support::database(db)?, support::outbox(db)?)));
    let failed = |error: StoreError| {
        let problem = serde_json::Value::String(error.to_string());
        (problem.clone(), problem)
    };
    let stored = read.await.unwrap_or_else(failed);
    let profile: Option<Profile> =
        engine.store.read(|db| meta::get(db, Key::Profile)).await.unwrap_or_default();
    let mut names = vec![engine.account.username.clone()];
    if let Some(profile) = profile {
        names.extend([
            format!("{} {}", profile.first_name, profile.last_name),
            profile.first_name,
            profile.last_name,
        ]);
    }
    (Some(stored), names)
}
