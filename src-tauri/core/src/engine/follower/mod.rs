//! Live events: applied at once as hints, confirmed by a read.
//!
//! One socket carries the hotel's channel, those of the person, and those of the guest chat
//! ([`channels`](self::channels)). Each event is stored at
//! once ([`apply`](super::apply)). The entities that it names are then read, those of a burst together and at a [random
//! moment](super::spread), so that a hundred desks do not ask at once. `offers-updated`, which follows every offer
//! event (trap 17), counts only if no specific event came before it: then the list is read. It is also read once after
//! every gap. An event about another hotel is dropped and counted.

mod approval;
mod channels;
mod chat;
mod guests;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use pusher::{Client, Config, Endpoint, Events, Notice, Status};

use super::Base;
use super::apply::{self, Applying, Source};
use super::chat::ChatTask;
use super::connectivity::Connectivity;
use super::reader::Reader;
use super::spread::{self, Need};
use super::wakes::Wakes;
use crate::account::Account;
use crate::environment::Environment;
use crate::error::{DeskError, failure};
use crate::hotel::events;
use crate::ids::ServerId;
use crate::monitor::Monitor;
use crate::outbox::undone;
use crate::resources::{Kind, ONLY_ONE, Said, Unreadable};
use crate::settings::Settings;
use crate::store::{Store, StoreError, Tx, galleries};
use crate::views::{EventOutcome, LiveState};

/// Returns the source of the events, if the settings name one.
///
/// # Errors
/// If the settings are wrong.
pub fn pusher_config(settings: &Settings) -> Result<Option<Config>, DeskError> {
    let Some(key) = &settings.pusher_key else { return Ok(None) };
    config_of(key, settings.pusher_host.as_deref(), settings.pusher_cluster.as_deref()).map(Some)
}

/// Returns a source of events.
///
/// # Errors
/// If there is neither a host nor a cluster, or if it is wrong.
pub fn config_of(key: &str, host: Option<&str>, cluster: Option<&str>) -> Result<Config, DeskError> {
    let wrong = |error: pusher::EndpointError| {
        failure!(Configuration, "error-setting-pusher-address", cause = error.to_string())
    };
    let endpoint = match (host, cluster) {
        (Some(host), _) => Endpoint::from_host(host).map_err(wrong)?,
        (None, Some(cluster)) => Endpoint::cluster(cluster).map_err(wrong)?,
        (None, None) => {
            return Err(failure!(Configuration, "error-setting-no-pusher-address"));
        }
    };
    let mut config = Config::new(key, endpoint);
    config.timing = spread::timing();
    config.queue = QUEUE;
    config.client_name = "hotelmate-desk".to_owned();
    config.client_version = env!("CARGO_PKG_VERSION").to_owned();
    Ok(config)
}

/// The number of events that may wait to be handled. A message of a guest is five events, and a burst that does not fit
/// becomes a gap, which a read closes only seconds later. The bytes of the events limit the memory.
const QUEUE: usize = 1 << 16;
/// The time after which a refused channel is asked for again.
const ASK_AGAIN: Duration = Duration::from_secs(60);
/// The largest number of notices that are handled together. A message of a guest is five events. The first notice of a
/// burst is alone, and those that arrive meanwhile are announced to the screens once.
const TOGETHER: usize = 8192;
/// The time after which a client that has ended is replaced.
const RECOVERY: Duration = Duration::from_secs(5);

/// The facts from the notices so far.
#[derive(Default)]
struct Heard {
    /// The kinds with a specific event since the last one that said only that the list changed.
    covered: BTreeSet<Kind>,
    /// The channels that the event server refused for good.
    failed: BTreeSet<String>,
}

/// Follows the live events of one account.
pub struct Follower {
    account: Account,
    store: Store,
    environment: Environment,
    connectivity: Arc<Connectivity>,
    wakes: Arc<Wakes>,
    monitor: Arc<Monitor>,
    reader: Arc<Reader>,
    chat: Arc<ChatTask>,
}

impl Follower {
    pub(super) fn new(
        account: Account,
        base: Base,
        monitor: Arc<Monitor>,
        reader: Arc<Reader>,
        chat: Arc<ChatTask>,
    ) -> Self {
        let Base { store, environment, connectivity, wakes } = base;
        Self { account, store, environment, connectivity, wakes, monitor, reader, chat }
    }

    /// Opens the live connection and follows the channels of the sign-in for ever. A client that ends by itself has met
    /// a bug of its own, and another one takes its place.
    pub async fn follow(self: Arc<Self>, mut config: Config) {
        loop {
            let channel = self.hotel_channel();
            config.seed = self.environment.seed();
            let (client, mut events) = Client::start(config.clone(), Arc::clone(self.environment.clock()));
            if let Err(error) = client.subscribe(&channel) {
                self.connectivity.change(|state| {
                    state.live = Some(LiveState::Refused);
                    state.live_cause = Some(error.to_string());
                });
                return;
            }
            self.monitor.follow(Some(client.status_watch()), &[&channel]);
            client.connect();
            self.take_notices(&client, &mut events, BTreeSet::from([channel])).await;
            tracing::error!("the live connection failed and begins again");
            self.connectivity.change(|state| state.live = Some(LiveState::Connecting));
            self.environment.sleep(RECOVERY).await;
        }
    }

    /// Handles notices until the client has ended.
    async fn take_notices(&self, client: &Client, events: &mut Events, mut joined: BTreeSet<String>) {
        let mut heard = Heard::default();
        self.join(client, &mut joined);
        loop {
            let again = !heard.failed.is_empty();
            tokio::select! {
                notices = events.next_together(TOGETHER) => match notices {
                    Some(notices) => self.take_together(notices, &mut heard).await,
                    None => return,
                },
                () = self.wakes.network.notified() => client.network_changed(),
                () = self.wakes.live.notified() => {
                    client.retry_now();
                    self.ask_again(client);
                }
                () = self.wakes.channels.notified() => {
                    self.join(client, &mut joined);
                    heard.failed.retain(|channel| joined.contains(channel));
                }
                // The event server does not announce when a refused channel works again.
                () = self.environment.sleep(ASK_AGAIN), if again => self.ask_again(client),
            }
        }
    }

    /// Asks again for the channels that have failed. The client ignores the request for the others.
    fn ask_again(&self, client: &Client) {
        for channel in self.channels() {
            client.ask_again(&channel);
        }
    }

    /// Handles notices in their order. The events about guests among them are handled together: one commit each would
    /// take seconds for a burst.
    async fn take_together(&self, notices: impl IntoIterator<Item = Notice>, heard: &mut Heard) {
        let mut of_guests = Vec::new();
        for notice in notices {
            match notice {
                Notice::Event(event) if self.is_of_guests(&event) => of_guests.push(event),
                other => {
                    self.take_of_guests(std::mem::take(&mut of_guests)).await;
                    self.take_notice(other, heard).await;
                }
            }
        }
        self.take_of_guests(of_guests).await;
    }

    async fn take_notice(&self, notice: Notice, heard: &mut Heard) {
        self.monitor.note(&notice);
        match notice {
            Notice::Event(event) => {
                let outcome = self.take_event_in(&event, heard).await;
                self.monitor.took(&event, outcome);
            }
            // The first confirmation. Changes between the first read and now had no event.
            Notice::Subscribed { channel } => {
                let is_hotels = self.channel_stands(heard, &channel);
                if is_hotels {
                    self.wakes.pull.notify_one();
                } else if self.is_chat(&channel) {
                    self.chat.need_list();
                }
            }
            Notice::Gap(gap) => {
                let is_hotels = self.channel_stands(heard, &gap.channel);
                if is_hotels {
                    self.reader.need(Need::Everything);
                } else if self.is_chat(&gap.channel) {
                    self.chat.note_gap();
                }
            }
            // The client asks for the channel again automatically: a late answer is not a refusal.
            Notice::ChannelFailed(failed) if failed.retrying => {}
            Notice::ChannelFailed(failed) => {
                heard.failed.insert(failed.channel.to_string());
                // Without the person's own channel the hotel's changes still come. The diagnostics show the failure.
                if self.is_hotels(&failed.channel) {
                    self.connectivity.change(|state| {
                        state.live = Some(LiveState::Refused);
                        state.live_cause = Some(failed.reason.to_string());
                    });
                }
            }
            Notice::Error(error) => tracing::info!(code = error.code, "the event server reports an error"),
            Notice::State(status) => self.note_state(&status),
            // The channels are public: they have no sign-in and no members.
            _ => {}
        }
    }

    /// Handles an event and returns the outcome.
    async fn take_event_in(&self, event: &pusher::Event, heard: &mut Heard) -> EventOutcome {
        let nothing = serde_json::Value::Null;
        let data = event.json().unwrap_or(&nothing);
        let is_clocks = self.clock_channel().is_some_and(|clocks| clocks == *event.channel);
        let is_known = is_clocks || self.is_hotels(&event.channel);
        // The channels are public (contract.md 12, trap 25): any client with the key can send any event over them.
        if !is_known || events::names_another_hotel(data, &self.account.hotel_slug) {
            let before = self.connectivity.state().foreign_events;
            // A sender with the channel's key can send any number of them: the first and each thousandth are logged.
            if before.is_multiple_of(1000) {
                tracing::warn!(before, "an event about another hotel is dropped");
            }
            self.connectivity.change(|state| state.foreign_events = before.saturating_add(1));
            return EventOutcome::Foreign;
        }
        if is_clocks {
            return self.take_decision(&event.name).await;
        }
        let said = events::read(&event.name, data);
        let mut outcome = if said.is_empty() { EventOutcome::Unknown } else { EventOutcome::Applied };
        for said in said {
            let taken = match said {
                Ok(said) => self.take_in_event(said, heard).await.map_err(|error| error.to_string()),
                Err(Unreadable(why)) => Err(why),
            };
            if let Err(why) = taken {
                tracing::warn!(event = ?event.name, why, "an event cannot be read or stored; the lists are read instead");
                self.reader.need(Need::Everything);
                outcome = EventOutcome::Unreadable;
            }
        }
        outcome
    }

    fn note_state(&self, status: &Status) {
        let live = LiveState::from(status.state);
        let cause = match live {
            LiveState::Live | LiveState::Off => None,
            _ => status.last_cause.as_ref().map(ToString::to_string),
        };
        // The socket often notices first that the network is gone; one small request finds out. Missed changes are
        // read once, after the gap, or at the next scheduled read if the gap lasts.
        if self.connectivity.state().live == Some(LiveState::Live) && live != LiveState::Live {
            self.reader.need(Need::Me);
            self.wakes.poll.notify_one();
        }
        self.connectivity.change(|state| (state.live, state.live_cause) = (Some(live), cause));
    }

    /// Notes that a channel is confirmed, perhaps after a refusal. Returns whether it is the hotel's.
    fn channel_stands(&self, heard: &mut Heard, channel: &str) -> bool {
        let (was_refused, is_hotels) = (heard.failed.remove(channel), self.is_hotels(channel));
        if was_refused && is_hotels {
            self.connectivity.change(|state| (state.live, state.live_cause) = (Some(LiveState::Live), None));
        }
        is_hotels
    }

    async fn take_in_event(&self, said: Said, heard: &mut Heard) -> Result<(), StoreError> {
        let how = Applying { source: Source::Event, notify: true, now: self.environment.now() };
        let environment = self.environment.clone();
        match said {
            Said::Copy(theirs) => {
                let (kind, id) = (theirs.kind(), theirs.id());
                heard.covered.insert(kind);
                let known = self.store.write(move |tx| apply::copy(tx, &environment, how, &theirs)).await?;
                self.wakes.push.notify_one();
                self.confirm_later(kind, id, known || id == ONLY_ONE);
            }
            Said::Partly(theirs) => {
                let changed = theirs.touches();
                self.store.write(move |tx| apply::partial(tx, &environment, how, &theirs)).await?;
                self.wakes.push.notify_one();
                changed.into_iter().for_each(|(kind, id)| self.confirm_later(kind, id, true));
            }
            Said::Picture { kind, id, title, photo_url } => {
                heard.covered.insert(kind);
                let is_undone = match title {
                    Some(title) => {
                        self.store.read(move |db| undone::is_contradicted(db, kind, id, &title)).await?
                    }
                    None => false,
                };
                let unconfirmed =
                    move |tx: &mut Tx<'_>| apply::unconfirmed_picture(tx, how, kind, id, photo_url);
                let known = self.store.write(unconfirmed).await?;
                self.confirm_later(kind, id, known);
                if is_undone {
                    self.reader.read_soon();
                }
            }
            Said::Changed { kind, id } => {
                heard.covered.insert(kind);
                let known = self.store.write(move |tx| apply::doubt(tx, kind, id)).await?;
                self.confirm_later(kind, id, known);
            }
            Said::Tombstone { kind, id } => {
                heard.covered.insert(kind);
                self.store.write(move |tx| apply::unconfirmed_removal(tx, kind, id)).await?;
                self.confirm_later(kind, id, true);
            }
            // This event follows every event about an entity of the list (trap 17), and then contains nothing new.
            Said::List(kind) => {
                if !heard.covered.remove(&kind) {
                    self.reader.need(Need::Everything);
                }
            }
            Said::Uploaded { kind, id, url } => {
                self.store.write(move |tx| galleries::note_upload(tx, &url, how.now)).await?;
                self.confirm_later(kind, id, true);
            }
            Said::Duty(update) => {
                let (staff, now) = (self.account.staff_id, how.now);
                let hotels_now = self.connectivity.server_now();
                let event = move |tx: &mut Tx<'_>| apply::duty::event(tx, staff, (now, hotels_now), &update);
                if self.store.write(event).await? {
                    self.reader.need(Need::Me);
                }
            }
        }
        Ok(())
    }

    /// Plans a read of the entity, or of all lists if it is not `known` here.
    fn confirm_later(&self, kind: Kind, id: ServerId, known: bool) {
        self.reader.need(if known { Need::Entity(kind, id) } else { Need::Everything });
        self.wakes.pictures.notify_one();
    }
}

#[cfg(test)]
mod tests;
