//! Signs a person in, and restores the sign-ins.

use std::sync::{Arc, MutexGuard, PoisonError};

use url::Url;

use super::people::Person;
use super::{Desk, Mode};
use crate::account::{Account, Accounts, KeyError, Profile, Token, id_of};
use crate::catalogue::say;
use crate::engine::{Engine, LocalData, Terms};
use crate::error::{DeskError, ErrorCode, failure};
use crate::feed::Feed;
use crate::hotel::{Api, ApiError, hotel_of, login, not_on_staff};
use crate::media::MediaCache;
use crate::private::Secret;
use crate::settings::{Settings, read_server};
use crate::store::meta::{self, Key};
use crate::store::removal::DATABASE;
use crate::store::{Store, StoreError, messages, outside};
use crate::views::{Change, PinState, SessionView, SignInHints};

impl Desk {
    /// Returns the initial values of the sign-in form. A locked desk names no person.
    pub fn sign_in_hints(&self) -> SignInHints {
        let is_locked = self.is_locked();
        let accounts = self.accounts();
        let last = accounts.last();
        let server = self.current_settings().server.clone().or(last.map(|account| account.server.clone()));
        SignInHints {
            server: server.map(String::from).unwrap_or_default(),
            username: last.filter(|_| !is_locked).map(|account| account.username.clone()).unwrap_or_default(),
        }
    }

    /// Returns the shown person.
    pub async fn session(&self) -> Option<SessionView> {
        let person = self.shown()?;
        let engine = &person.engine;
        let profile: Option<Profile> =
            engine.store.read(|db| meta::get(db, Key::Profile)).await.unwrap_or_default();
        Some(SessionView {
            server: engine.account.server.to_string(),
            hotel_slug: engine.account.hotel_slug.clone(),
            hotel_name: engine.account.hotel_name.clone(),
            time_zone: engine.time_zone.iana_name().unwrap_or("UTC").to_owned(),
            username: engine.account.username.clone(),
            profile,
            sign_in_needed: engine.connectivity.state().sign_in_needed,
            remembered: person.remembered,
        })
    }

    /// Signs a person in and shows their data. People who are signed in already stay so.
    ///
    /// # Errors
    /// [`ErrorCode::WrongPassword`], [`ErrorCode::Offline`] and similar ones; [`ErrorCode::NotAllowed`] for another server
    /// than the one that is set for this computer. The desk is unchanged then.
    pub async fn sign_in(
        &self,
        server: &str,
        username: &str,
        password: impl Into<Secret>,
    ) -> Result<SessionView, DeskError> {
        let server = typed_server(server)?;
        if self.current_settings().binds_to_another(&server) {
            return Err(failure!(NotAllowed, "error-setting-locked", name = "server"));
        }
        let login = login(&self.inner.http, &server, username, password).await;
        let login = login.map_err(|error| error.before_sign_in(&server))?;
        let account = Account {
            server,
            hotel_slug: login.hotel_slug,
            hotel_name: login.hotel_name,
            staff_id: login.staff_id,
            username: login.username,
        };
        self.refuse_moved(&account).await?;
        let kept = self.inner.keys.save(&account, &login.token).await;
        self.accounts().enter(&account)?;
        self.note_leaving().await;
        self.activate(account.clone(), Some(login.token), kept.as_ref().map(|()| true)).await?;
        if let Some(person) = self.person(&id_of(&account)) {
            self.note_coming(&person).await;
            person.visit().has_card = true;
            self.show(Some(person.id()));
        }
        self.session().await.ok_or_else(DeskError::signed_out)
    }

    /// Fails if the account was moved to another computer. A database that cannot be read is left to its opening.
    async fn refuse_moved(&self, account: &Account) -> Result<(), DeskError> {
        let database = self.accounts().folder_of(account).join(DATABASE);
        let moved = move || outside::moved(&database);
        match tokio::task::spawn_blocking(moved).await {
            Ok(Some(to)) => Err(StoreError::Moved(to).into()),
            _ => Ok(()),
        }
    }

    /// Takes the same person's password again after the sign-in ended. All work continues.
    ///
    /// # Errors
    /// [`ErrorCode::WrongPassword`], [`ErrorCode::Offline`] and similar ones.
    pub async fn sign_in_again(&self, password: impl Into<Secret>) -> Result<(), DeskError> {
        let engine = self.engine()?;
        self.renew_sign_in(&engine, password).await
    }

    /// Signs the person of this engine in again. All work continues.
    pub(super) async fn renew_sign_in(
        &self,
        engine: &Engine,
        password: impl Into<Secret>,
    ) -> Result<(), DeskError> {
        let account = &engine.account;
        let login = login(&self.inner.http, &account.server, &account.username, password).await?;
        if login.staff_id != account.staff_id || login.hotel_slug != account.hotel_slug {
            return Err(failure!(NotAllowed, "error-name-changed"));
        }
        // A token from the environment replaces the key store, so the next start begins with it again.
        if self.current_settings().token.is_none() {
            let kept = self.inner.keys.save(account, &login.token).await;
            self.note_key_store(engine, kept.as_ref().err());
        }
        // The engine may have been replaced while the hotel answered.
        let _turn = self.inner.engines_turn.lock().await;
        let person = self.person(&id_of(account)).ok_or_else(DeskError::signed_out)?;
        person.engine.connectivity.renew(self.api(account, login.token));
        self.inner.announce(Change::Session);
        Ok(())
    }

    /// Restores all sign-ins, and shows the person who was shown last, or the one of the token from the environment.
    pub(super) async fn restore(&self) -> Result<(), DeskError> {
        let shown = self.accounts().shown().cloned();
        let all = self.accounts().signed_in();
        let restored = match self.current_settings().token.clone() {
            Some(token) => self.restore_from(token).await.map(Some),
            None => match shown {
                Some(account) => self.restore_one(account.clone()).await.map(|()| Some(account)),
                None => Ok(None),
            },
        };
        for account in all {
            if self.person(&id_of(&account)).is_some() {
                continue;
            }
            if let Err(error) = self.restore_one(account).await {
                tracing::warn!(%error, "the sign-in of a person could not be restored");
            }
        }
        if let Some(account) = restored? {
            self.show(Some(id_of(&account)));
        }
        Ok(())
    }

    /// Restores the sign-in of a token from the environment.
    async fn restore_from(&self, token: Token) -> Result<Account, DeskError> {
        let account = self.account_of_token(&token).await?;
        self.activate(account.clone(), Some(token), Ok(false)).await?;
        Ok(account)
    }

    /// Restores one sign-in from the key store.
    async fn restore_one(&self, account: Account) -> Result<(), DeskError> {
        match self.inner.keys.load(&account).await {
            Ok(token) => self.activate(account, token, Ok(true)).await,
            Err(error) => self.activate(account, None, Err(&error)).await,
        }
    }

    /// Returns the account of a token from the environment. A known token needs no network.
    async fn account_of_token(&self, token: &Token) -> Result<Account, DeskError> {
        let settings = self.current_settings();
        let known = {
            let accounts = self.accounts();
            let last = || accounts.last_at(settings.server.as_ref(), settings.hotel.as_deref());
            accounts.owner_of(token).or_else(last).cloned()
        };
        if let Some(account) = known {
            self.refuse_other_person(&account, token).await?;
            return Ok(account);
        }
        let server =
            settings.server.clone().ok_or_else(|| failure!(Configuration, "error-setting-no-server"))?;
        let http = &self.inner.http;
        let hotel = match settings.hotel.clone() {
            Some(hotel) => Some(hotel),
            None => hotel_of(http, &server, token).await.map_err(|error| not_taken(&server, error))?,
        };
        let hotel = hotel.ok_or_else(|| failure!(Configuration, "error-setting-no-hotel"))?;
        let api = Api::new(http.clone(), server.clone(), hotel.clone(), token.clone());
        let me = api.me().await.map_err(|error| match error {
            ApiError::Forbidden { .. } | ApiError::NotFound => not_on_staff(&hotel, error),
            other => not_taken(&server, other),
        })?;
        let account = Account {
            server,
            hotel_name: me.hotel_name.unwrap_or_else(|| hotel.clone()),
            hotel_slug: hotel,
            staff_id: me.profile.staff_id,
            username: me.username.unwrap_or_default(),
        };
        self.accounts().enter(&account)?;
        self.accounts().note_token(&account, token)?;
        Ok(account)
    }

    /// Refuses a new token if the hotel says that it belongs to another person. Without an answer the desk shows its
    /// stored data, and sends no intent until the hotel has confirmed the person.
    async fn refuse_other_person(&self, account: &Account, token: &Token) -> Result<(), DeskError> {
        if self.accounts().has_token(account, token) {
            return Ok(());
        }
        match self.api(account, token.clone()).me().await {
            Ok(me) if me.profile.staff_id == account.staff_id => self.accounts().note_token(account, token),
            Ok(_) => Err(failure!(SignInNeeded, "error-other-person")),
            Err(_) => Ok(()),
        }
    }

    /// Opens the account's database and starts its engine, in place of an earlier one. `kept` is true if the key store has the sign-in. A sign-in from the
    /// environment is not kept there, which is not a failure.
    async fn activate(
        &self,
        account: Account,
        token: Option<Token>,
        kept: Result<bool, &KeyError>,
    ) -> Result<(), DeskError> {
        let _turn = self.inner.engines_turn.lock().await;
        if let Some(Person { engine, .. }) = self.person(&id_of(&account)) {
            engine.stop().await;
            self.remove_person(&engine);
            self.put_away(&engine).await;
        }
        let settings = self.current_settings();
        let folder = self.accounts().folder_of(&account);
        let feed = Feed::hidden(self.inner.feed.clone());
        let monitor = self.inner.diagnostics.monitor_for(feed.clone());
        let opened = {
            let (path, feed) = (folder.join(DATABASE), feed.clone());
            tokio::task::spawn_blocking(move || Store::open(&path, feed)).await
        }
        .map_err(|_| StoreError::Closed)
        .and_then(|opened| opened)?;
        let media = MediaCache::open(folder.join("media"))?;
        let has_token = token.is_some();
        let api = self.api(&account, token.unwrap_or_else(|| Token::new("")));
        let engine = Engine::new(
            account,
            LocalData { store: opened.store, media },
            self.inner.environment.clone(),
            terms(&settings),
            api,
            Arc::clone(&monitor),
        );
        self.unlock_chat(&engine, kept).await?;
        engine.reader.begin().await?;
        let from_outside = kept == Ok(false);
        engine.connectivity.change(|state| {
            state.sign_in_needed = !has_token;
            state.identity_open = from_outside;
        });
        if let Some(aside) = opened.set_aside {
            let file = aside.display().to_string();
            engine.connectivity.notify(failure!(Database, "error-database-set-aside", file = file));
        }
        self.note_key_store(&engine, kept.err());
        let remembered = has_token && kept == Ok(true);
        self.start_engine(&engine, &settings);
        let pin = self.pin_state(&engine.account, kept.is_ok()).await;
        self.add_person(Person::new(Arc::clone(&engine), feed, monitor, remembered, pin));
        self.follow_sign_outs(&engine);
        Ok(())
    }

    /// Takes the key of the guest chat from the environment, or from the key store that has the sign-in. Without one, the
    /// chat is kept until the program ends. A key store that failed just now is not asked again.
    async fn unlock_chat(&self, engine: &Engine, kept: Result<bool, &KeyError>) -> Result<(), DeskError> {
        let key = match (&self.current_settings().chat_key, kept) {
            (Some(key), _) => Ok(key.clone()),
            (None, Ok(true)) => {
                self.inner.keys.chat_key(&engine.account).await.map_err(|error| error.to_string())
            }
            (None, Ok(false)) => Err(say!("chat-no-key-store")),
            (None, Err(error)) => Err(error.to_string()),
        };
        match key {
            Ok(key) => {
                engine.store.use_key(&key);
                engine.store.write(messages::forget_unreadable).await?;
            }
            Err(reason) => engine.chat.keep_until_exit(reason),
        }
        Ok(())
    }

    /// Returns the state of a person's PIN. It is not looked for where the key store failed before.
    async fn pin_state(&self, account: &Account, has_key_store: bool) -> PinState {
        if !has_key_store {
            return PinState::Unavailable;
        }
        match self.inner.keys.load_pin(account).await {
            Ok(Some(pin)) if pin.tries_left() == 0 => PinState::Spent,
            Ok(Some(_)) => PinState::Set,
            Ok(None) => PinState::Unset,
            Err(_) => PinState::Unavailable,
        }
    }

    /// Returns the failure of an ended sign-in with its way out: a password cannot renew a token from the environment.
    pub fn sign_in_ended(&self) -> DeskError {
        match self.current_settings().token {
            Some(_) => failure!(SignInNeeded, "error-token-refused"),
            None => failure!(SignInNeeded, "error-sign-in-needed"),
        }
    }

    pub(super) async fn put_away(&self, engine: &Engine) {
        engine.close().await;
        if engine.store.is_marked_for_removal() {
            self.remove_marked().await;
        }
    }

    fn note_key_store(&self, engine: &Engine, error: Option<&KeyError>) {
        match error {
            Some(error) => engine.connectivity.notify(match self.inner.mode {
                Mode::Full => failure!(KeyStore, "error-sign-in-not-kept", cause = error.to_string()),
                // In this mode the program ends at once.
                Mode::Manual => failure!(KeyStore, "error-sign-in-not-kept-once", cause = error.to_string()),
            }),
            None => engine.connectivity.withdraw(ErrorCode::KeyStore),
        }
    }

    fn api(&self, account: &Account, token: Token) -> Api {
        Api::new(self.inner.http.clone(), account.server.clone(), account.hotel_slug.clone(), token)
    }

    pub(super) fn accounts(&self) -> MutexGuard<'_, Accounts> {
        self.inner.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl super::Inner {
    pub(super) fn announce(&self, change: Change) {
        // A feed without a receiver is not an error.
        let _ = self.feed.send(change);
    }
}

/// Returns the settings about the hotel.
pub(super) fn terms(settings: &Settings) -> Terms {
    Terms {
        time_zone: settings.time_zone.clone(),
        late_commit: settings.late_commit,
        chat_kept: settings.chat_kept,
    }
}

/// Returns true if this folder contains a damaged database.
pub(super) fn has_set_aside(folder: &std::path::Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|files| {
        files.flatten().any(|file| file.file_name().to_string_lossy().contains(".damaged-"))
    })
}

/// Returns the failure of a sign-in with a token from the environment.
fn not_taken(server: &Url, error: ApiError) -> DeskError {
    match error {
        ApiError::SignInNeeded => failure!(SignInNeeded, "error-token-refused"),
        other => other.before_sign_in(server),
    }
}

/// Parses a server as typed: without a scheme, the secure one is used.
pub(super) fn typed_server(text: &str) -> Result<Url, DeskError> {
    let text = text.trim();
    if text.contains("://") { read_server(text) } else { read_server(&format!("https://{text}")) }
}
