//! The handle of a running hotel.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::about::{Account, GuestRoom, PusherInfo};
use crate::app::{App, ChannelsApp, Shared, Tasks};
use crate::clock::{handwritten, to_micros};
use crate::faults::engine::Faults;
use crate::faults::late::Late;
use crate::faults::{FaultError, FaultPlan};
use crate::hub::{Event, Hub, Outgoing};
use crate::link::{Doorway, Link, Links};
use crate::options::Options;
use crate::requests::{LoggedRequest, RequestLog};
use crate::store::{Store, StoreError};
use crate::{seed, web};

/// The wait of a stopping hotel for its last connection.
const FAREWELL: Duration = Duration::from_secs(5);

/// The reason why a hotel did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is in use or not allowed.
    #[error("cannot listen on 127.0.0.1:{port}: {source}; choose another port, or 0 for any free one")]
    Listen {
        /// The requested port.
        port: u16,
        /// The system's error.
        source: std::io::Error,
    },
    /// The data could not be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The fault plan was not accepted.
    #[error(transparent)]
    Faults(#[from] FaultError),
}

/// A running demo hotel. It stops when [`stop`](Self::stop) is called or when it is dropped.
pub struct DemoHotel {
    pub(crate) app: Shared,
    links: Links,
    port: u16,
    serving: JoinHandle<()>,
}

impl DemoHotel {
    /// Starts a hotel and returns when it listens.
    ///
    /// # Errors
    /// [`StartError`] if the port, the data file or the fault plan cannot be used.
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
            envelopes: AtomicU64::new(0),
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

    /// Returns the hotel's address, `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        self.app.url.clone()
    }

    /// Returns the port on which it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the access to the hotel's events.
    pub fn pusher(&self) -> PusherInfo {
        self.app.pusher()
    }

    /// Returns the hotel's slug.
    pub fn slug(&self) -> &'static str {
        seed::SLUG
    }

    /// Returns the slug of another hotel on the same server, with other staff.
    pub fn neighbour_slug(&self) -> &'static str {
        seed::NEIGHBOUR_SLUG
    }

    /// Returns the users who can sign in; the first is a manager.
    pub fn users(&self) -> Vec<Account> {
        self.app.accounts(seed::SLUG)
    }

    /// Returns the users who can sign in at the other hotel.
    pub fn neighbour_users(&self) -> Vec<Account> {
        self.app.accounts(seed::NEIGHBOUR_SLUG)
    }

    /// Returns the rooms whose guests can write.
    pub fn rooms(&self) -> Vec<GuestRoom> {
        self.app.rooms()
    }

    /// Returns the first line of the program: the addresses, the users, the rooms and the access to events.
    pub fn about(&self) -> Value {
        self.app.about()
    }

    /// Activates a fault plan, with its counts at zero.
    ///
    /// # Errors
    /// [`FaultError`] if a rule can never apply; the former plan stays active.
    pub fn set_faults(&self, plan: FaultPlan) -> Result<(), FaultError> {
        plan.check()?;
        self.app.faults.set(plan);
        Ok(())
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.app.faults.set(FaultPlan::default());
    }

    /// Carries out the requests that the fault plan has delayed, and returns when they are done.
    pub async fn carry_out_late(&self) {
        self.app.late.call().await;
    }

    /// Returns the requests since the start or the last reset, in the order of their arrival.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.app.requests.all()
    }

    /// Removes all requests from the log.
    pub fn reset_requests(&self) {
        self.app.requests.reset();
    }

    /// Sends an event to the listeners of a channel, without the fault plan and without limits of size.
    pub fn publish(&self, channel: &str, event: &str, data: &Value) {
        self.app.hub.deliver(&Event {
            channel: channel.to_owned(),
            name: event.to_owned(),
            data: data.to_string(),
            except: None,
        });
    }

    /// Publishes a message of a chat among the staff, as the server of 2026-05 does: on the same channel as the guest's
    /// conversation with this number (`contract.md 8.7`).
    pub fn staff_chat(&self, conversation: i64, text: &str) {
        let now = (self.app.now)();
        let payload =
            json!({"conversation_id": conversation, "message": text, "timestamp": handwritten(now)});
        let meta = json!({"hotel_slug": seed::SLUG, "ts": handwritten(now)});
        let event =
            json!({"category": "staff_chat", "type": "message_created", "payload": payload, "meta": meta});
        self.publish(&format!("{}-conversation-{conversation}-chat", seed::SLUG), "realtime_event", &event);
    }

    /// Returns the number of open sockets.
    pub fn open_sockets(&self) -> usize {
        self.app.hub.open_sockets()
    }

    /// Returns the number of sockets that listen to a channel.
    pub fn listeners(&self, channel: &str) -> usize {
        self.app.hub.occupied().get(channel).copied().unwrap_or_default()
    }

    /// Closes every open socket with this code.
    pub fn close_sockets(&self, code: u16) {
        self.app.hub.notify_all(&Outgoing::Close { code, reason: "closed by the test" });
    }

    /// Silences every open socket without closing it, as a half-open connection does.
    pub fn silence_sockets(&self) {
        self.app.hub.notify_all(&Outgoing::Silence);
    }

    /// Makes the line from the clients to the hotel slow: it waits so long after each piece of a request's body. Zero
    /// makes it fast again, also for requests on their way.
    pub fn slow_line(&self, pause: Duration) {
        let pause = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        self.app.line_pause_ms.store(pause, Ordering::SeqCst);
    }

    /// Cuts every open connection, HTTP and socket, without a notice.
    pub fn cut_connections(&self) {
        self.links.cut_all();
    }

    /// Deletes a user's token on the server, as an administrator would; the next sign-in gets a new one. Returns
    /// `false` if there is no such user.
    pub fn revoke_token(&self, username: &str) -> bool {
        self.changed(self.app.store.revoke_token(username))
    }

    /// Opens or closes a user account. Returns `false` if there is no such user.
    pub fn set_user_active(&self, username: &str, active: bool) -> bool {
        self.changed(self.app.store.set_user_active(username, active))
    }

    /// Removes a person from the staff of the hotel, as an administrator would. Returns `false` if there is no such user.
    pub fn remove_from_staff(&self, username: &str) -> bool {
        self.changed(self.app.store.remove_from_staff(username))
    }

    /// Begins or ends the break of a person who is on duty, as the terminal with the camera does. Sends no event: the
    /// real server sends none for the start (`contract.md 9.3`). Returns `false` if there is no such user.
    pub fn set_break(&self, username: &str, on_break: bool) -> bool {
        let start = on_break.then(|| to_micros((self.app.now)()));
        self.changed(self.app.store.set_break(username, start))
    }

    fn changed(&self, outcome: rusqlite::Result<bool>) -> bool {
        outcome.unwrap_or_else(|error| {
            tracing::error!(%error, "the account could not be changed");
            false
        })
    }

    /// Stops at once, as a crash would: the port is free, connections are cut, unfinished work is undone. Stored data
    /// stays in the data file, with which the hotel can be started again on the same port.
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
