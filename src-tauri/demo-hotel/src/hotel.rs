//! The running hotel, from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::app::{App, ChannelsApp, Shared, Tasks};
use crate::channels::Hub;
use crate::channels::hub::{Event, Outgoing};
use crate::faults::engine::Faults;
use crate::faults::late::Late;
use crate::faults::{FaultError, FaultPlan};
use crate::link::{Doorway, Link, Links};
use crate::options::Options;
use crate::requests::{LoggedRequest, RequestLog};
use crate::store::people::Staff;
use crate::store::{Store, StoreError};
use crate::{seed, web};

/// How long a stopping hotel waits for the last connection to notice.
const FAREWELL: Duration = Duration::from_secs(5);

/// Why a hotel did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken or may not be used.
    #[error("cannot listen on 127.0.0.1:{port}: {source}; choose another port, or 0 for any free one")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// The data could not be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The fault plan was not accepted.
    #[error(transparent)]
    Faults(#[from] FaultError),
}

/// Somebody who can sign in.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Account {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
}

/// How to reach the hotel's events.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PusherInfo {
    /// The application's id, for publishing.
    pub app_id: String,
    /// The application's key, for listening.
    pub key: String,
    /// The application's secret, for publishing.
    pub secret: String,
    /// Where the sockets are: `ws://127.0.0.1:PORT`.
    pub host: String,
}

/// A running demo hotel. It stops when [`stop`](Self::stop) is called or when it is dropped.
pub struct DemoHotel {
    pub(crate) app: Shared,
    links: Links,
    port: u16,
    serving: JoinHandle<()>,
}

impl DemoHotel {
    /// Starts a hotel and returns once it listens.
    ///
    /// # Errors
    /// [`StartError`] when the port, the data file or the fault plan cannot be used.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        options.faults.check()?;
        let refused = |source| StartError::Listen { port: options.port, source };
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await.map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let store = Store::open(options.data.as_deref())?;
        if store.is_empty().map_err(StoreError::from)? {
            seed::fill(&store, &options).map_err(StoreError::from)?;
        }
        let app = Arc::new(App {
            store,
            hub: Hub::default(),
            faults: Faults::new(options.seed, options.faults),
            late: Late::default(),
            requests: RequestLog::default(),
            tasks: Tasks::default(),
            now: options.now,
            channels_app: ChannelsApp::derived(options.seed),
            seed: options.seed,
            dialect: options.dialect,
            url: format!("http://127.0.0.1:{port}"),
            line_pause_ms: AtomicU64::new(0),
        });
        let links = Links::default();
        let doorway = Doorway { listener, links: links.clone() };
        let service = web::router(app.clone()).into_make_service_with_connect_info::<Link>();
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(doorway, service).await {
                tracing::error!(%error, "the hotel stopped serving");
            }
        });
        Ok(Self { app, links, port, serving })
    }

    /// The hotel's address, `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        self.app.url.clone()
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How to reach the hotel's events.
    pub fn pusher(&self) -> PusherInfo {
        let ChannelsApp { app_id, key, secret } = self.app.channels_app.clone();
        PusherInfo { app_id, key, secret, host: format!("ws://127.0.0.1:{}", self.port) }
    }

    /// The hotel's slug.
    pub fn slug(&self) -> &'static str {
        seed::SLUG
    }

    /// The slug of another hotel on the same server, with other staff.
    pub fn neighbour_slug(&self) -> &'static str {
        seed::NEIGHBOUR_SLUG
    }

    /// Who can sign in; the first is a manager.
    pub fn users(&self) -> Vec<Account> {
        self.accounts(seed::SLUG)
    }

    /// Who can sign in at the other hotel.
    pub fn neighbour_users(&self) -> Vec<Account> {
        self.accounts(seed::NEIGHBOUR_SLUG)
    }

    fn accounts(&self, slug: &str) -> Vec<Account> {
        let account = |Staff { user, .. }| Account { username: user.username, password: user.password };
        self.seen(slug, "accounts", |hotel| {
            Ok(self.app.store.staff_of_hotel(hotel)?.into_iter().map(account).collect())
        })
    }

    /// Puts a fault plan in force, its counts from zero.
    ///
    /// # Errors
    /// [`FaultError`] when a rule could never strike; the plan before stays in force.
    pub fn set_faults(&self, plan: FaultPlan) -> Result<(), FaultError> {
        plan.check()?;
        self.app.faults.set(plan);
        Ok(())
    }

    /// Makes the hotel healthy again.
    pub fn clear_faults(&self) {
        self.app.faults.set(FaultPlan::default());
    }

    /// Carries out now what the fault plan has put off, and returns when it is done.
    pub async fn carry_out_late(&self) {
        self.app.late.call().await;
    }

    /// The requests since the start or the last reset, in the order they arrived.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.app.requests.all()
    }

    /// Forgets the requests so far.
    pub fn reset_requests(&self) {
        self.app.requests.reset();
    }

    /// Sends an event to the listeners of a channel, past the fault plan and every limit of size.
    pub fn publish(&self, channel: &str, event: &str, data: &Value) {
        self.app.hub.deliver(&Event {
            channel: channel.to_owned(),
            name: event.to_owned(),
            data: data.to_string(),
            except: None,
        });
    }

    /// How many sockets are open.
    pub fn open_sockets(&self) -> usize {
        self.app.hub.open_sockets()
    }

    /// How many sockets listen to a channel.
    pub fn listeners(&self, channel: &str) -> usize {
        self.app.hub.occupied().get(channel).copied().unwrap_or_default()
    }

    /// Closes every open socket with this code.
    pub fn close_sockets(&self, code: u16) {
        self.app.hub.notify_all(&Outgoing::Close { code, reason: "closed by the test" });
    }

    /// Makes every open socket fall silent without closing it, as a half-open connection does.
    pub fn silence_sockets(&self) {
        self.app.hub.notify_all(&Outgoing::Silence);
    }

    /// Makes the line slow from the clients to the hotel: it waits so long after each piece of a request's body. Zero
    /// makes it quick again, also for what is on its way.
    pub fn slow_line(&self, pause: Duration) {
        let pause = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        self.app.line_pause_ms.store(pause, Ordering::SeqCst);
    }

    /// Cuts every open connection, HTTP and socket, without a word.
    pub fn cut_connections(&self) {
        self.links.cut_all();
    }

    /// Deletes a user's token on the server, as an administrator would; the next sign-in gets a new one. `false`
    /// when there is no such user.
    pub fn revoke_token(&self, username: &str) -> bool {
        self.changed(self.app.store.revoke_token(username))
    }

    /// Opens or closes a user account. `false` when there is no such user.
    pub fn set_user_active(&self, username: &str, active: bool) -> bool {
        self.changed(self.app.store.set_user_active(username, active))
    }

    fn changed(&self, outcome: rusqlite::Result<bool>) -> bool {
        outcome.unwrap_or_else(|error| {
            tracing::error!(%error, "the account could not be changed");
            false
        })
    }

    /// Stops at once, as a crash would: the port is free, connections are cut, unfinished work is undone. What was
    /// stored stays in the data file, from which the hotel can be started again on the same port.
    pub async fn stop(mut self) {
        self.serving.abort();
        let ended = (&mut self.serving).await;
        tracing::debug!(?ended, "no longer listening");
        self.links.cut_all();
        self.app.tasks.end().await;
        if timeout(FAREWELL, self.links.all_removed()).await.is_err() {
            tracing::warn!("a connection is still open");
        }
    }
}

impl Drop for DemoHotel {
    fn drop(&mut self) {
        self.serving.abort();
        self.links.cut_all();
    }
}
