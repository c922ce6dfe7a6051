//! The settings of this computer, and their change while the desk is open.
//!
//! A change is written to a file, and read from there. So a change by `deskctl`, or by the people who look after the
//! computer, reaches an open window in the same way as one of its own.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::people::Person;
use super::sign_in::{terms, typed_server};
use super::{Desk, Mode, blocking};
use crate::catalogue;
use crate::engine::Engine;
use crate::engine::follower::{config_of, pusher_config};
use crate::error::{DeskError, failure};
use crate::settings::Settings;
use crate::views::{Change, Finding, LiveAddress, ServerTrial, SettingsView};

/// The interval of checks for files that another program changed.
const LOOK: Duration = Duration::from_secs(2);

impl Desk {
    /// Returns the settings with their sources.
    pub fn settings(&self) -> SettingsView {
        self.current_settings().view()
    }

    /// Sets these settings, all of them or none; `None` returns to the default. They apply when this returns.
    ///
    /// # Errors
    /// [`NotFound`](crate::error::ErrorCode::NotFound) for an unknown name,
    /// [`Configuration`](crate::error::ErrorCode::Configuration) for a value that a setting does not take, and
    /// [`NotAllowed`](crate::error::ErrorCode::NotAllowed) for a locked value, and for another server while a person is
    /// signed in.
    pub async fn set_settings(&self, mut changes: Vec<(String, Option<String>)>) -> Result<(), DeskError> {
        for (_, value) in changes.iter_mut().filter(|(name, _)| name == "server") {
            let Some(text) = value.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
                continue;
            };
            let server = typed_server(text)?;
            if let Some(person) = self.accounts().signed_in().iter().find(|account| account.server != server)
            {
                let (name, server) = (person.username.clone(), person.server.to_string());
                return Err(failure!(
                    NotAllowed,
                    "error-setting-server-in-use",
                    name = name,
                    server = server
                ));
            }
            *value = Some(server.to_string());
        }
        let settings = self.current_settings();
        blocking(move || settings.reload()?.set(&changes)).await?;
        self.take_over_settings().await
    }

    /// Checks a server's address as typed: whether it can be reached, its certificate, and whether a HotelMate server
    /// answers, and which hotels it has. Saves nothing.
    ///
    /// # Errors
    /// [`Configuration`](crate::error::ErrorCode::Configuration) if the text is not an address.
    pub async fn try_server(&self, address: &str) -> Result<ServerTrial, DeskError> {
        let server = typed_server(address)?;
        Ok(self.inner.diagnostics.try_server(&self.inner.http, &server).await)
    }

    /// Connects to live events for some seconds. Saves nothing.
    ///
    /// # Errors
    /// [`Configuration`](crate::error::ErrorCode::Configuration) if neither a host nor a cluster is set, or if it is not
    /// an address.
    pub async fn try_live(&self, address: LiveAddress) -> Result<Vec<Finding>, DeskError> {
        let LiveAddress { key, cluster, host } = address;
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let config = config_of(key.trim(), some(&host).as_deref(), some(&cluster).as_deref())?;
        Ok(self.inner.diagnostics.try_live(config).await)
    }

    /// Returns the settings that apply.
    pub(super) fn current_settings(&self) -> Arc<Settings> {
        Arc::clone(&self.inner.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the files, and applies what has changed. The engines are replaced if their settings changed; their
    /// databases stay open, and waiting intents go on waiting.
    async fn take_over_settings(&self) -> Result<(), DeskError> {
        let _turn = self.inner.engines_turn.lock().await;
        let before = self.current_settings();
        let again = Arc::clone(&before);
        let settings = Arc::new(blocking(move || again.reload()).await?);
        *self.inner.settings.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&settings);
        if before.language != settings.language {
            catalogue::speak(settings.language);
        }
        let mut failed = None;
        if settings.needs_new_engine(&before) {
            for person in self.everyone() {
                failed = self.renew_engine(person, &settings).await.err().or(failed);
            }
            self.inner.announce(Change::Session);
        }
        self.inner.announce(Change::Settings);
        failed.map_or(Ok(()), Err)
    }

    async fn renew_engine(&self, person: Person, settings: &Settings) -> Result<(), DeskError> {
        let Person { engine, monitor, .. } = person;
        engine.stop().await;
        let renewed = match engine.renewed(terms(settings), monitor).await {
            Ok(renewed) => renewed,
            Err(error) => {
                // The settings apply at the next start. Until then the work goes on as before.
                self.start_engine(&engine, settings);
                return Err(error.into());
            }
        };
        if self.replace_engine(&engine, &renewed) {
            self.start_engine(&renewed, settings);
            self.follow_sign_outs(&renewed);
        }
        Ok(())
    }

    /// Starts the tasks of an engine, unless this desk does nothing by itself.
    pub(super) fn start_engine(&self, engine: &Engine, settings: &Settings) {
        let live = pusher_config(settings).unwrap_or_else(|error| {
            engine.connectivity.notify(error);
            None
        });
        if self.inner.mode == Mode::Full {
            engine.start(live);
        }
    }

    /// Applies changes that another program makes, for as long as the desk is open.
    pub(super) fn follow_settings(&self) {
        if self.inner.mode != Mode::Full {
            return;
        }
        let (inner, environment) = (Arc::downgrade(&self.inner), self.inner.environment.clone());
        let mut known = self.current_settings().stamp().clone();
        tokio::spawn(async move {
            loop {
                environment.sleep(LOOK).await;
                let Some(inner) = inner.upgrade() else { return };
                let desk = Self { inner, from: None };
                let settings = desk.current_settings();
                let now = settings.stamp_now();
                let is_known = now == known || now == *settings.stamp();
                known = now;
                // A file that is wrong now leaves the settings as they are. The next start reports it.
                if !is_known && let Err(error) = desk.take_over_settings().await {
                    tracing::warn!(%error, "changed settings cannot be used");
                }
            }
        });
    }
}
