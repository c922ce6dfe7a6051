//! Live events: applied at once as hints, confirmed by a read.
//!
//! One socket carries the hotel's channel, and the person's own ([`channels`](super::channels)). Each event becomes a row at
//! once ([`apply`](super::apply)); the things it names are then read, all of a burst together and at a
//! [random moment](super::spread), so that a hundred desks do not ask at once. `offers-updated`, which follows every
//! offer event (trap 17), counts only when no specific event came before it: then the list is read. So it is
//! after every gap, once. What is about another hotel is dropped and counted.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use pusher::{Client, Config, Endpoint, Events, Notice, Status};
use rusqlite::Connection;

use super::apply::{self, Applying, Source};
use super::session::Session;
use super::spread::{self, Need, Reads};
use crate::error::{DeskError, ErrorCode};
use crate::ids::ServerId;
use crate::live;
use crate::outbox::undone;
use crate::resources::{Kind, ONLY_ONE, Said, Unreadable};
use crate::settings::Settings;
use crate::store::things::{self, Gone};
use crate::store::{StoreError, Tx, galleries};
use crate::views::{EventOutcome, LiveState};

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
    config.timing = spread::timing();
    config.client_name = "hotelmate-desk".to_owned();
    config.client_version = env!("CARGO_PKG_VERSION").to_owned();
    Ok(Some(config))
}

/// A channel that was refused is asked for again after this time.
const ASK_AGAIN: Duration = Duration::from_secs(60);
/// A client that has ended is replaced after this time.
const RECOVERY: Duration = Duration::from_secs(5);

/// An upload that is in no list is looked for so long.
const RECENT: Duration = Duration::from_secs(60);

/// So many things are read one by one; more of them are read with everything else, in fewer requests.
const ONE_BY_ONE: usize = 20;

/// What the events so far ask for.
#[derive(Default)]
struct Due {
    reads: Reads,
    /// The kinds of which a specific event came since the last one that said only that the list changed.
    covered: BTreeSet<Kind>,
    /// The channels that were refused for good, as far as the event server is concerned.
    failed: BTreeSet<String>,
}

impl Session {
    /// Opens the live connection and follows the channels of the sign-in for ever. A client that ends by itself has met a
    /// bug of its own; another one takes its place.
    pub async fn follow(self: Arc<Self>, mut config: Config) {
        loop {
            let channel = self.hotel_channel();
            config.seed = self.environment.seed();
            let (client, mut events) = Client::start(config.clone(), Arc::clone(self.environment.clock()));
            if let Err(error) = client.subscribe(&channel) {
                self.connectivity.change_link(|link| {
                    link.live = Some(LiveState::Refused);
                    link.live_cause = Some(error.to_string());
                });
                return;
            }
            self.monitor.follow(Some(client.status_watch()), &[&channel]);
            client.connect();
            self.take_notices(&client, &mut events, BTreeSet::from([channel])).await;
            tracing::error!("the live connection failed and begins again");
            self.connectivity.change_link(|link| link.live = Some(LiveState::Connecting));
            self.environment.sleep(RECOVERY).await;
        }
    }

    /// Returns when the client has ended.
    async fn take_notices(&self, client: &Client, events: &mut Events, mut joined: BTreeSet<String>) {
        let mut due = Due::default();
        // One burst is read at a time; what comes meanwhile is gathered in `due`.
        let mut reading = FuturesUnordered::new();
        self.join(client, &mut joined);
        loop {
            let again = !due.failed.is_empty();
            let rest = due.reads.due().map(|at| at.saturating_sub(self.environment.monotonic()));
            tokio::select! {
                notice = events.next() => match notice {
                    Some(notice) => self.take_notice(notice, &mut due).await,
                    None => return,
                },
                () = self.wakes.network.notified() => client.network_changed(),
                () = self.wakes.live.notified() => {
                    client.retry_now();
                    self.ask_again(client);
                }
                () = self.wakes.channels.notified() => {
                    self.join(client, &mut joined);
                    due.failed.retain(|channel| joined.contains(channel));
                }
                // What a person has mended at the event server meanwhile is in no notice.
                () = self.environment.sleep(ASK_AGAIN), if again => self.ask_again(client),
                Some(()) = reading.next(), if !reading.is_empty() => {}
                () = self.environment.sleep(rest.unwrap_or_default()), if rest.is_some() && reading.is_empty() => {
                    reading.push(self.read_due(due.reads.take()));
                }
            }
        }
    }

    /// Asks again for the channels that have failed; of the others nothing comes.
    fn ask_again(&self, client: &Client) {
        for channel in self.channels() {
            client.ask_again(&channel);
        }
    }

    async fn take_notice(&self, notice: Notice, due: &mut Due) {
        self.monitor.note(&notice);
        match notice {
            Notice::Event(event) => {
                let outcome = self.take_hint(&event, due).await;
                self.monitor.took(&event, outcome);
            }
            // The first confirmation: what happened between the first read and now is in no event.
            Notice::Subscribed { channel } => {
                let is_hotels = self.channel_stands(due, &channel);
                if is_hotels {
                    self.wakes.pull.notify_one();
                }
            }
            Notice::Gap(gap) => {
                let is_hotels = self.channel_stands(due, &gap.channel);
                if is_hotels {
                    self.plan(due, Need::Everything);
                }
            }
            // It is asked for again by itself: an answer that is late is no refusal.
            Notice::ChannelFailed(failed) if failed.retrying => {}
            Notice::ChannelFailed(failed) => {
                due.failed.insert(failed.channel.to_string());
                // Without the person's own channel the hotel's changes still come: the diagnostics tell of it.
                if self.is_hotels(&failed.channel) {
                    self.connectivity.change_link(|link| {
                        link.live = Some(LiveState::Refused);
                        link.live_cause = Some(failed.reason.to_string());
                    });
                }
            }
            Notice::Error(error) => tracing::info!(code = error.code, "the event server reports an error"),
            Notice::State(status) => self.note_state(&status, due),
            // The channels are public: nobody signs in, and they have no members.
            _ => {}
        }
    }

    /// Takes in what an event says, and tells what became of it.
    async fn take_hint(&self, event: &pusher::Event, due: &mut Due) -> EventOutcome {
        let nothing = serde_json::Value::Null;
        let data = event.json().unwrap_or(&nothing);
        let is_own = self.own_channel().is_some_and(|own| own == *event.channel);
        let is_known = is_own || self.is_hotels(&event.channel);
        // The channels are public (CONTRACT.md 12, trap 25): whoever has the key can send anything over them.
        if !is_known || live::names_another_hotel(data, &self.account.hotel_slug) {
            let before = self.connectivity.link().foreign_events;
            // Whoever has the channel's key can send as many as they like: the first and each thousandth are told.
            if before.is_multiple_of(1000) {
                tracing::warn!(before, "an event about another hotel is dropped");
            }
            self.connectivity.change_link(|link| link.foreign_events = before.saturating_add(1));
            return EventOutcome::Foreign;
        }
        if is_own {
            return self.take_personal(&event.name, data).await;
        }
        let Some(said) = live::read(&event.name, data) else { return EventOutcome::Unknown };
        let taken = match said {
            Ok(said) => self.take_in_event(said, due).await,
            Err(Unreadable(why)) => {
                tracing::warn!(event = ?event.name, why, "an event cannot be read; the list is read instead");
                self.plan(due, Need::Everything);
                return EventOutcome::Unreadable;
            }
        };
        match taken {
            Ok(()) => EventOutcome::Applied,
            Err(error) => {
                tracing::warn!(%error, "an event could not be stored; the list is read instead");
                self.plan(due, Need::Everything);
                EventOutcome::Unreadable
            }
        }
    }

    fn note_state(&self, status: &Status, due: &mut Due) {
        let live = LiveState::from(status.state);
        let cause = match live {
            LiveState::Live | LiveState::Off => None,
            _ => status.last_cause.as_ref().map(ToString::to_string),
        };
        // The socket is often the first to notice that the network is gone: one small question finds out. What is
        // missed meanwhile is read once, after the gap, or by the clock if that lasts.
        if self.connectivity.link().live == Some(LiveState::Live) && live != LiveState::Live {
            self.plan(due, Need::Me);
            self.wakes.poll.notify_one();
        }
        self.connectivity.change_link(|link| (link.live, link.live_cause) = (Some(live), cause));
    }

    /// A channel is confirmed, perhaps after it had been refused. Says whether it is the hotel's.
    fn channel_stands(&self, due: &mut Due, channel: &str) -> bool {
        let (was_refused, is_hotels) = (due.failed.remove(channel), self.is_hotels(channel));
        if was_refused && is_hotels {
            self.connectivity
                .change_link(|link| (link.live, link.live_cause) = (Some(LiveState::Live), None));
        }
        is_hotels
    }

    fn plan(&self, due: &mut Due, need: Need) {
        due.reads.need(need, self.environment.monotonic(), self.environment.chance());
    }

    async fn take_in_event(&self, said: Said, due: &mut Due) -> Result<(), StoreError> {
        let how = Applying { source: Source::Event, tell: true, now: self.now() };
        let environment = self.environment.clone();
        match said {
            Said::Copy(theirs) => {
                let (kind, id) = (theirs.kind(), theirs.id());
                due.covered.insert(kind);
                let known = self.store.write(move |tx| apply::copy(tx, &environment, how, &theirs)).await?;
                self.wakes.push.notify_one();
                self.confirm_later(due, kind, id, known || id == ONLY_ONE);
            }
            Said::Settings(hint) => {
                let rows: Vec<ServerId> = hint.galleries().iter().map(|gallery| gallery.id).collect();
                self.store.write(move |tx| apply::settings_hint(tx, &environment, how, &hint)).await?;
                self.wakes.push.notify_one();
                self.confirm_later(due, Kind::Branding, ONLY_ONE, true);
                for id in rows.into_iter().chain([ONLY_ONE]) {
                    self.confirm_later(due, Kind::Gallery, id, true);
                }
            }
            Said::Picture { kind, id, title, photo_url } => {
                due.covered.insert(kind);
                let is_undone = match title {
                    Some(title) => {
                        self.store.read(move |db| undone::is_contradicted(db, kind, id, &title)).await?
                    }
                    None => false,
                };
                let hint = move |tx: &mut Tx<'_>| apply::picture_hint(tx, how, kind, id, photo_url);
                let known = self.store.write(hint).await?;
                self.confirm_later(due, kind, id, known);
                if is_undone {
                    // Only this desk knows, so that there is nobody to spread the read among.
                    due.reads.hurry(self.environment.monotonic());
                }
            }
            Said::Changed { kind, id } => {
                due.covered.insert(kind);
                let known = self.store.write(move |tx| apply::doubt(tx, kind, id)).await?;
                self.confirm_later(due, kind, id, known);
            }
            Said::Gone { kind, id } => {
                due.covered.insert(kind);
                self.store.write(move |tx| apply::removal_hint(tx, kind, id)).await?;
                self.confirm_later(due, kind, id, true);
            }
            // It follows every event about one of its things (trap 17), and then says nothing new.
            Said::List(kind) => {
                if !due.covered.remove(&kind) {
                    self.plan(due, Need::Everything);
                }
            }
            Said::Uploaded { url } => {
                self.store.write(move |tx| galleries::note_upload(tx, &url, how.now)).await?;
                self.confirm_later(due, Kind::Gallery, ONLY_ONE, true);
            }
            Said::Duty(update) => {
                if self.duty_event(update).await? {
                    self.plan(due, Need::Me);
                }
            }
        }
        Ok(())
    }

    /// Plans a read of the thing, or of all lists if it is not `known` here. Whether the read is needed is asked when
    /// its time has come: the answer of one's own write, whose echo this may be, has then mostly come and
    /// confirmed it.
    fn confirm_later(&self, due: &mut Due, kind: Kind, id: ServerId, known: bool) {
        self.plan(due, if known { Need::Thing(kind, id) } else { Need::Everything });
        self.wakes.pictures.notify_one();
    }

    /// Nothing about the thing has to be read any more.
    async fn is_settled(&self, kind: Kind, id: ServerId) -> bool {
        let since = self.now() - RECENT;
        let settled = move |db: &Connection| {
            let row = things::by_server_id(db, kind, id)?;
            let stands = row.is_none_or(|row| !row.hinted && row.gone == Gone::No);
            // Mostly an order follows an upload and tells the list; where none has come, only a read can.
            Ok(stands
                && !((kind, id) == (Kind::Gallery, ONLY_ONE) && galleries::has_unlisted_upload(db, since)?))
        };
        self.store.read(settled).await.unwrap_or(false)
    }

    /// Reads what has come due. It runs beside the socket, which never waits for the hotel.
    async fn read_due(&self, reads: Reads) {
        if reads.wants_everything(self.connectivity.link().read_from) || reads.things.len() > ONE_BY_ONE {
            // It is spread already, and where events come the hotel is not far: no retry's wait is added to it.
            self.connectivity.change_link(|link| link.retry_at = 0);
            self.wakes.pull.notify_one();
            return;
        }
        if self.connectivity.must_not_read().is_some() {
            // The hotel is away, or asks to be left alone: the whole read at the end of that wait brings it all.
            self.wakes.pull.notify_one();
            return;
        }
        if reads.me
            && let Err(error) = self.read_me().await
        {
            tracing::info!(%error, "the hotel could not be asked who one is");
            self.wakes.pull.notify_one();
        }
        for (kind, id) in reads.things {
            if self.is_settled(kind, id).await {
                continue;
            }
            if self.confirm(kind, id, true).await.is_err() {
                // Whatever it was, the list tells it all once the hotel can be read again.
                self.wakes.pull.notify_one();
                return;
            }
        }
    }
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
