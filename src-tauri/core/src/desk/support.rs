//! For the people who help: how much is logged, and a file with all that they need.

use std::io;
use std::path::{Path, PathBuf};

use super::export::unwritable;
use super::new_file::write_new;
use super::{Active, Desk};
use crate::account::Profile;
use crate::diagnostics::support::{self, Redactor, SupportParts};
use crate::error::DeskError;
use crate::logging;
use crate::store::StoreError;
use crate::store::meta::{self, Key};
use crate::views::{ExportedFile, LogLevel};

impl Desk {
    /// How much is logged from now on. It is remembered; the two noisiest levels end after a day.
    ///
    /// # Errors
    /// [`Configuration`](crate::error::ErrorCode::Configuration) where this process keeps no log.
    pub fn set_log_level(&self, level: LogLevel) -> Result<(), DeskError> {
        logging::set_level(level)?;
        self.inner.announce(crate::views::Change::Diagnosis);
        Ok(())
    }

    /// Writes the [support file](support) into a new file in `folder`, which is made where it is missing. It works
    /// while nobody is signed in, too. `entries` of the answer is the number of files in it.
    ///
    /// # Errors
    /// [`DiskFull`](crate::error::ErrorCode::DiskFull), or [`Unexpected`](crate::error::ErrorCode::Unexpected) with the
    /// reason when the folder refuses. Nothing half written stays. A database that cannot be read is told inside.
    pub async fn support_file(&self, folder: PathBuf) -> Result<ExportedFile, DeskError> {
        let parts = self.support_parts().await;
        let made = parts.made_at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let written = tokio::task::spawn_blocking(move || {
            // What was logged a moment ago is what is looked for.
            logging::flush_process();
            let name = format!("hotelmate-support-{made}");
            write_new(&folder, (&name, "zip"), |file| support::write(parts, file))
                .map_err(|cause| unwritable(&folder, &cause))
        });
        let (file, entries) =
            written.await.map_err(|cause| unwritable(Path::new(""), &io::Error::other(cause)))??;
        Ok(ExportedFile { file: file.display().to_string(), entries })
    }

    /// What goes into the support file now.
    pub async fn support_parts(&self) -> SupportParts {
        let settings = &self.inner.settings;
        let active = self.active();
        let (stored, names) = match &active {
            Some(active) => stored(active).await,
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

/// What the database tells, and the names that must not be told.
async fn stored(active: &Active) -> (Option<(serde_json::Value, serde_json::Value)>, Vec<String>) {
    let engine = &active.engine;
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
