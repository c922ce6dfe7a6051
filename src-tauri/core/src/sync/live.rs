//! Live events: applied at once as hints, confirmed by a read.
//!
//! One socket carries the hotel's channel. Each event becomes a row at once
//! ([`apply`](super::apply)); the things it names are then read, all of a burst together and at a random
//! moment within [`SPREAD`], so that a hundred desks do not ask at once. `offers-updated`, which follows every
//! offer event (trap 17), counts only when no specific event came before it: then the list is read. So it is
//! after every gap.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use pusher::{Client, Config, Endpoint, Events, Notice, State, Status};

use super::apply::{self, Applying, Source};
use super::session::Session;
use crate::desk::views::LiveState;
use crate::error::{DeskError, ErrorCode};
use crate::live::{self, LiveEvent};
use crate::model::{Kind, ONLY_ONE, ServerCopy, ServerId};
use crate::settings::Settings;
use crate::store::things::{self, Gone};
use crate::store::{StoreError, Tx, galleries};

/// A burst of events is over after this long.
const BURST: Duration = Duration::from_millis(400);
/// Reads that many desks would do at the same moment are spread over this time.
const SPREAD: Duration = Duration::from_secs(2);

/// Where the events come from, if the settings tell.
///
/// # Errors
/// When they tell it wrongly.
pub fn pusher_config(settings: &Settings) -> Result<Option<Config>, DeskError> {
    let Some(key) = &settings.pusher_key else { return Ok(None) };
    let wrong = |error: pusher::EndpointError| {
        DeskError::new(
            ErrorCode::Configuration,
            format!("The address of the live events is wrong: {error}."),
            "Correct pusher_host or pusher_cluster in desk.toml.",
        )
    };
    let endpoint = match (&settings.pusher_host, &settings.pusher_cluster) {
        (Some(host), _) => Endpoint::from_host(host).map_err(wrong)?,
        (None, Some(cluster)) => Endpoint::cluster(cluster).map_err(wrong)?,
        (None, None) => {
            return Err(DeskError::new(
                ErrorCode::Configuration,
                "There is a pusher_key, but neither a pusher_cluster nor a pusher_host.",
                "Add one of them to desk.toml.",
            ));
        }
    };
    let mut config = Config::new(key.clone(), endpoint);
    config.client_name = "hotelmate-desk".to_owned();
    config.client_version = env!("CARGO_PKG_VERSION").to_owned();
    Ok(Some(config))
}

/// The reads that events made necessary.
#[derive(Default)]
struct Due {
    /// Things to be read one by one.
    confirm: BTreeSet<(Kind, ServerId)>,
    /// All lists.
    list: bool,
    /// Who one is and whether one is on duty.
    me: bool,
    /// A specific event came since the last `offers-updated`.
    covered: bool,
    /// When to read, in milliseconds since the epoch.
    at: Option<i64>,
}

impl Session {
    /// Opens the live connection and follows the hotel's channel for ever.
    pub async fn follow(self: Arc<Self>, mut config: Config) {
        config.seed = self.environment.seed();
        let (client, mut events) = Client::start(config, Arc::clone(self.environment.clock()));
        if let Err(error) = client.subscribe(&live::hotel_channel(&self.account.hotel_slug)) {
            self.change_link(|link| {
                link.live = Some(LiveState::Refused);
                link.live_cause = Some(error.to_string());
            });
            return;
        }
        client.connect();
        self.take_notices(&client, &mut events).await;
    }

    async fn take_notices(&self, client: &Client, events: &mut Events) {
        let mut due = Due::default();
        loop {
            let rest = due.at.map(|at| Duration::from_millis(u64::try_from(at - self.now_ms()).unwrap_or(0)));
            tokio::select! {
                notice = events.next() => match notice {
                    Some(notice) => self.take_notice(notice, &mut due).await,
                    None => return,
                },
                () = self.wake_live.notified() => client.retry_now(),
                () = self.environment.sleep(rest.unwrap_or(SPREAD)), if rest.is_some() => {
                    // Whether the next `offers-updated` is covered does not depend on when reads come due.
                    let covered = due.covered;
                    self.read_due(std::mem::replace(&mut due, Due { covered, ..Due::default() })).await;
                }
            }
        }
    }

    async fn take_notice(&self, notice: Notice, due: &mut Due) {
        match notice {
            Notice::Event(event) => {
                let nothing = serde_json::Value::Null;
                let data = event.json().unwrap_or(&nothing);
                if let Some(event) = live::read(&event.name, data)
                    && let Err(error) = self.take_event(event, due).await
                {
                    tracing::warn!(%error, "an event could not be stored; the list is read instead");
                    self.plan(due, |due| due.list = true);
                }
            }
            // The first confirmation: what happened between the first read and now is in no event.
            Notice::Subscribed { .. } => self.wake_pull.notify_one(),
            Notice::Gap(_) => self.plan(due, |due| due.list = true),
            Notice::ChannelFailed(failed) => self.change_link(|link| {
                link.live = Some(LiveState::Refused);
                link.live_cause = Some(failed.reason.to_string());
            }),
            Notice::Error(error) => tracing::info!(?error, "the event server reports an error"),
            Notice::State(status) => self.note_state(&status, due),
            // Members, sign-in and client events: the hotel's channels have none.
            _ => {}
        }
    }

    fn note_state(&self, status: &Status, due: &mut Due) {
        let live = match status.state {
            State::Off => LiveState::Off,
            State::Connected => LiveState::Live,
            State::Connecting | State::Waiting => LiveState::Connecting,
            State::Refused => LiveState::Refused,
        };
        let cause = match live {
            LiveState::Live | LiveState::Off => None,
            _ => status.last_cause.as_ref().map(ToString::to_string),
        };
        // The socket is often the first to notice that the network is gone: a read finds out.
        if self.link().live == Some(LiveState::Live) && live != LiveState::Live {
            self.plan(due, |due| due.list = true);
        }
        self.change_link(|link| (link.live, link.live_cause) = (Some(live), cause));
    }

    fn plan(&self, due: &mut Due, change: impl FnOnce(&mut Due)) {
        change(due);
        // The first of a burst sets the time: a stream without end must not put the read off for ever.
        due.at.get_or_insert(self.in_ms(BURST + self.environment.jitter(SPREAD)));
    }

    async fn take_event(&self, event: LiveEvent, due: &mut Due) -> Result<(), StoreError> {
        let how = Applying { source: Source::Event, tell: true, now: self.now() };
        let environment = self.environment.clone();
        match event {
            LiveEvent::OfferCreated(theirs) | LiveEvent::OfferUpdated(theirs) => {
                let id = theirs.id;
                let theirs = ServerCopy::Offer(theirs);
                let known = self.store.write(move |tx| apply::copy(tx, &environment, how, &theirs)).await?;
                due.covered = true;
                self.confirm_later(due, Kind::Offer, id, known);
            }
            LiveEvent::OfferPicture { id, photo_url, .. } => {
                let hint = move |tx: &mut Tx<'_>| apply::picture_hint(tx, how, Kind::Offer, id, photo_url);
                let known = self.store.write(hint).await?;
                due.covered = true;
                self.confirm_later(due, Kind::Offer, id, known);
            }
            LiveEvent::OfferDeleted { id, .. } => {
                self.store.write(move |tx| apply::removal_hint(tx, Kind::Offer, id)).await?;
                due.covered = true;
                self.confirm_later(due, Kind::Offer, id, true);
            }
            LiveEvent::OffersChanged => {
                if !std::mem::take(&mut due.covered) {
                    self.plan(due, |due| due.list = true);
                }
            }
            LiveEvent::RoomTypePicture { id, photo_url } => {
                let hint = move |tx: &mut Tx<'_>| apply::picture_hint(tx, how, Kind::RoomType, id, photo_url);
                let known = self.store.write(hint).await?;
                self.confirm_later(due, Kind::RoomType, id, known);
            }
            LiveEvent::SettingsUpdated(hint) => {
                let rows: Vec<ServerId> = hint.galleries().iter().map(|gallery| gallery.id).collect();
                self.store.write(move |tx| apply::settings_hint(tx, &environment, how, &hint)).await?;
                self.wake_push.notify_one();
                self.confirm_later(due, Kind::Branding, ONLY_ONE, true);
                for id in rows.into_iter().chain([ONLY_ONE]) {
                    self.confirm_later(due, Kind::Gallery, id, true);
                }
            }
            LiveEvent::GalleryReordered(gallery) => {
                let theirs = ServerCopy::Gallery(gallery);
                self.store.write(move |tx| apply::copy(tx, &environment, how, &theirs)).await?;
                self.wake_push.notify_one();
                self.confirm_later(due, Kind::Gallery, ONLY_ONE, true);
            }
            LiveEvent::GalleryUpdated { id } => {
                let known = self.store.write(move |tx| apply::doubt(tx, Kind::Gallery, id)).await?;
                self.confirm_later(due, Kind::Gallery, id, known);
            }
            LiveEvent::ImageUploaded { url } => {
                self.store.write(move |tx| galleries::note_upload(tx, &url, how.now)).await?;
            }
            LiveEvent::Duty(update) => {
                if self.duty_event(update).await? {
                    self.plan(due, |due| due.me = true);
                }
            }
            LiveEvent::Unreadable { event, why } => {
                tracing::warn!(event, why, "an event cannot be read; the list is read instead");
                self.plan(due, |due| due.list = true);
            }
        }
        Ok(())
    }

    /// Plans a read of the thing, or of all lists if it is not `known` here. Whether the read is needed is asked when
    /// its time has come: the answer of one's own write, whose echo this may be, has then mostly come and
    /// confirmed it.
    fn confirm_later(&self, due: &mut Due, kind: Kind, id: ServerId, known: bool) {
        self.plan(due, |due| {
            if known {
                due.confirm.insert((kind, id));
            } else {
                due.list = true;
            }
        });
        self.wake_pictures.notify_one();
    }

    async fn read_due(&self, due: Due) {
        if due.list {
            self.wake_pull.notify_one();
            return;
        }
        if due.me
            && let Err(error) = self.read_me().await
        {
            tracing::info!(%error, "an event about the own clock could not be confirmed yet");
            self.wake_pull.notify_one();
        }
        for (kind, id) in due.confirm {
            let settled = self.store.read(move |db| things::by_server_id(db, kind, id)).await;
            if settled.is_ok_and(|row| row.is_none_or(|row| !row.hinted && row.gone == Gone::No)) {
                continue;
            }
            if self.confirm(kind, id, true).await.is_err() {
                // Whatever it was, the list tells it all once the hotel can be read again.
                self.wake_pull.notify_one();
                return;
            }
        }
    }
}
