//! The task of the guest chat: it reads what events and the list announce, and marks messages as read.
//!
//! A conversation is *followed* unless its last message is older than two weeks: the live connection then carries its
//! channel. The others, and all conversations of a server whose channels do not carry every message, are found by
//! reading the list each minute. The conversation that a person looks at is read more often there.
//!
//! The channel of a room carries the same messages again, and the take-over of a conversation. So it is followed only
//! while this matters: for the shown conversation, and for those whose guests wait.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::connectivity::Connectivity;
use super::reader::{PullError, Reader};
use super::spread::{BURST, SPREAD};
use super::wakes::Wakes;
use super::{Base, apply};
use crate::environment::Environment;
use crate::hotel::dialect::Generation;
use crate::ids::{LocalId, ServerId};
use crate::resources::{Kind, Part};
use crate::store::entities::EntityRow;
use crate::store::{Store, StoreError, conversations, entities, messages};
use crate::views::LiveState;

/// The age of the last message up to which a conversation is followed.
const FOLLOWED_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The largest number of followed conversations.
const FOLLOWED: usize = 200;
/// The largest number of rooms whose own channels are followed.
const FOLLOWED_ROOMS: usize = 20;
/// The time between two reads of the list while events do not announce every message.
const POLL: Duration = Duration::from_secs(60);
/// The time between two reads of the shown conversation in that case.
const SHOWN_POLL: Duration = Duration::from_secs(5);
/// The time between two notes to the hotel that staff have read the shown conversation.
const MARKING: Duration = Duration::from_secs(1);
/// The longest rest of the task.
const REST: Duration = Duration::from_secs(15 * 60);
/// The time between two removals of old messages.
const CLEANING: Duration = Duration::from_secs(3600);

/// The conversations that have to be read, each with the lowest number that an event named.
type Wanted = BTreeMap<ServerId, Option<ServerId>>;

/// The planned work.
#[derive(Default)]
struct Plan {
    /// True if the list has to be read.
    list: bool,
    /// The conversations that have to be read.
    conversations: Wanted,
    /// The monotonic time from which on both are due.
    due: Option<Duration>,
    /// The conversation that a person looks at.
    shown: Option<LocalId>,
    /// The revisions of the list's rows for which conversations were read. The hotel may have removed the message that
    /// a row names, and the same row is no reason to read again.
    read_for: HashMap<ServerId, i64>,
    /// True if a conversation of the list is not followed.
    leaves_some: bool,
    /// The monotonic times of the last reads that no event asked for.
    list_read: Duration,
    shown_read: Duration,
    cleaned: Option<Duration>,
    /// The monotonic time from which on read messages may be noted again.
    marks_from: Option<Duration>,
}

/// Keeps the conversations of one account up to date.
pub struct ChatTask {
    store: Store,
    environment: Environment,
    connectivity: Arc<Connectivity>,
    wakes: Arc<Wakes>,
    reader: Arc<Reader>,
    /// The time for which messages are kept on this computer.
    kept_for: Duration,
    plan: Mutex<Plan>,
    /// The reason why messages can be read only until the program ends, if the key store cannot keep their key.
    kept_until_exit: OnceLock<String>,
}

impl ChatTask {
    pub(super) fn new(base: Base, reader: Arc<Reader>, kept_for: Duration) -> Self {
        let Base { store, environment, connectivity, wakes } = base;
        Self {
            store,
            environment,
            connectivity,
            wakes,
            reader,
            kept_for,
            plan: Mutex::default(),
            kept_until_exit: OnceLock::new(),
        }
    }

    /// Notes that the key store cannot keep the key of the messages, and the reason.
    pub fn keep_until_exit(&self, reason: String) {
        // The first reason counts.
        let _ = self.kept_until_exit.set(reason);
    }

    /// Returns the reason why messages can be read only until the program ends.
    pub fn kept_until_exit(&self) -> Option<&str> {
        self.kept_until_exit.get().map(String::as_str)
    }

    /// Plans a read of the list.
    pub(super) fn need_list(&self) {
        self.need(|plan| plan.list = true);
    }

    /// Plans a read of a conversation, because an event was about it. `number` is the message that the event named.
    pub(super) fn need_conversation(&self, conversation: ServerId, number: Option<ServerId>) {
        self.need(|plan| {
            let lowest = plan.conversations.entry(conversation).or_insert(number);
            *lowest = lowest.iter().copied().chain(number).min();
        });
    }

    #[cfg(test)]
    pub(super) fn planned(&self) -> (bool, Vec<ServerId>) {
        let plan = self.plan();
        (plan.list, plan.conversations.keys().copied().collect())
    }

    /// Notes that events may have been missed. A conversation is read again before this desk sends to it. The read of the
    /// whole hotel, which follows every gap, brings the list with the new messages.
    pub(super) fn note_gap(&self) {
        self.connectivity.change(|state| state.read_conversations.clear());
    }

    /// The first need of a burst sets the time of its read.
    fn need(&self, change: impl FnOnce(&mut Plan)) {
        let due = self.environment.monotonic() + BURST + SPREAD.mul_f64(self.environment.chance());
        let mut plan = self.plan();
        change(&mut plan);
        plan.due.get_or_insert(due);
        drop(plan);
        self.wakes.chat.notify_one();
    }

    /// Returns the conversation that a person looks at.
    pub fn looked_at(&self) -> Option<LocalId> {
        self.plan().shown
    }

    /// Notes the conversation that a person looks at. It is read at once, and its messages are marked as read.
    pub fn show(&self, conversation: Option<LocalId>) {
        let mut plan = self.plan();
        plan.shown = conversation;
        plan.shown_read = Duration::ZERO;
        drop(plan);
        self.wakes.chat.notify_one();
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        // Each change of the plan is complete, so a panic elsewhere cannot leave it half changed.
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs for ever.
    pub(super) async fn follow_forever(self: Arc<Self>) {
        loop {
            let rest = match self.round().await {
                Ok(rest) => rest,
                Err(error) => {
                    tracing::info!(%error, "the guest chat could not be read");
                    POLL
                }
            };
            tokio::select! {
                () = self.wakes.chat.notified() => {}
                () = self.environment.sleep(rest) => {}
            }
        }
    }

    /// Does everything that is due. Returns the time until more is due.
    async fn round(&self) -> Result<Duration, PullError> {
        self.clean().await?;
        let state = self.connectivity.state();
        if let Some(wait) = self.connectivity.must_not_read() {
            return Ok(wait);
        }
        if state.sign_in_needed
            || state.identity_open
            || self.reader.part(Part::Of(Kind::Conversation)).await?.absent().is_some()
        {
            return Ok(REST);
        }
        let is_live = state.live == Some(LiveState::Live);
        let is_announced =
            is_live && self.connectivity.generation() != Generation::Current && !self.plan().leaves_some;
        let now = self.environment.monotonic();
        let (reads_list, mut wanted) = self.take_due(now, is_live && !is_announced);
        if reads_list {
            self.reader.pull(Kind::Conversation).await?;
        }
        for announced in self.announced_by_list().await? {
            wanted.entry(announced).or_default();
        }
        let shown = self.shown().await?;
        if let Some(shown) = shown.filter(|_| self.shown_is_due(now, is_announced)) {
            wanted.entry(shown).or_default();
        }
        self.read_all(wanted).await?;
        self.choose_followed(shown).await?;
        self.mark_shown_read().await?;
        Ok(self.rest(now, is_announced, shown.is_some()))
    }

    /// Takes the planned reads out of the plan if they are due. If the live connection does not announce every message,
    /// the list is due each minute. Without a live connection, the whole hotel is read that often.
    fn take_due(&self, now: Duration, polls: bool) -> (bool, Wanted) {
        let mut plan = self.plan();
        let polls = polls && now.saturating_sub(plan.list_read) >= POLL;
        if !polls && plan.due.is_none_or(|due| due > now) {
            return (false, Wanted::new());
        }
        let reads_list = polls || plan.list;
        if reads_list {
            plan.list_read = now;
        }
        (plan.list, plan.due) = (false, None);
        (reads_list, std::mem::take(&mut plan.conversations))
    }

    /// Reads conversations. One that the hotel refuses keeps no other from being read. After a failed connection, the rest
    /// stays planned.
    async fn read_all(&self, mut wanted: Wanted) -> Result<(), PullError> {
        while let Some((conversation, number)) = wanted.pop_first() {
            match self.reader.read_back_to(conversation, number).await {
                Err(error) if error.refusal().is_some() => {
                    tracing::info!(%error, "a conversation could not be read");
                }
                Err(error) => {
                    wanted.insert(conversation, number);
                    self.need(|plan| plan.conversations.append(&mut wanted));
                    return Err(error);
                }
                Ok(()) => {}
            }
        }
        Ok(())
    }

    /// Returns the conversations of which the hotel's list shows more than is here.
    async fn announced_by_list(&self) -> Result<Vec<ServerId>, StoreError> {
        let announced = self.store.read(apply::chat::to_read).await?;
        let mut plan = self.plan();
        let is_new =
            |(id, revision): &(ServerId, i64)| plan.read_for.insert(*id, *revision) != Some(*revision);
        Ok(announced.into_iter().filter(is_new).map(|(id, _)| id).collect())
    }

    async fn shown(&self) -> Result<Option<ServerId>, StoreError> {
        let Some(shown) = self.plan().shown else { return Ok(None) };
        self.store.read(move |db| Ok(entities::find(db, shown)?.and_then(|row| row.server_id))).await
    }

    fn shown_is_due(&self, now: Duration, is_announced: bool) -> bool {
        let mut plan = self.plan();
        let is_first = plan.shown_read.is_zero();
        let is_due = is_first || (!is_announced && now.saturating_sub(plan.shown_read) >= SHOWN_POLL);
        if is_due {
            plan.shown_read = now.max(Duration::from_nanos(1));
        }
        is_due
    }

    /// Chooses the conversations to follow, and joins their channels.
    pub async fn choose_followed(&self, shown: Option<ServerId>) -> Result<(), StoreError> {
        let oldest = self.environment.now() - FOLLOWED_FOR;
        let known = |db: &rusqlite::Connection| {
            let rows = entities::all(db, Kind::Conversation)?;
            Ok((rows, messages::newest_times(db)?, messages::overviews(db)?))
        };
        let (rows, newest, overviews) = self.store.read(known).await?;
        let mut recent: Vec<(Option<Timestamp>, ServerId)> = rows
            .iter()
            .filter_map(|row| {
                let listed: Option<Timestamp> =
                    row.base.as_ref()?.fields().text("last_message_time").parse().ok();
                let last = listed.max(newest.get(&row.local_id).copied());
                Some((last, row.server_id?)).filter(|_| last.is_none_or(|last| last >= oldest))
            })
            .collect();
        // Conversations without a message come last.
        recent.sort_unstable_by(|one, other| other.cmp(one));
        let followed: BTreeSet<ServerId> =
            shown.into_iter().chain(recent.into_iter().map(|(_, id)| id)).take(FOLLOWED).collect();
        self.plan().leaves_some =
            rows.iter().filter_map(|row| row.server_id).any(|id| !followed.contains(&id));
        let waits =
            |row: &EntityRow| overviews.get(&row.local_id).is_some_and(|one| one.unanswered_since.is_some());
        let rooms = rows
            .iter()
            .filter(|row| (shown.is_some() && row.server_id == shown) || waits(row))
            .filter_map(room_of);
        let rooms: BTreeSet<String> = rooms.take(FOLLOWED_ROOMS).collect();
        let state = self.connectivity.state();
        if state.followed_conversations != followed || state.followed_rooms != rooms {
            self.connectivity.change(|state| {
                (state.followed_conversations, state.followed_rooms) = (followed, rooms);
            });
            self.wakes.channels.notify_one();
        }
        Ok(())
    }

    /// Marks the messages of the shown conversation as read by staff, at the hotel and here.
    async fn mark_shown_read(&self) -> Result<(), PullError> {
        let Some(shown) = self.plan().shown else { return Ok(()) };
        let unread = move |db: &rusqlite::Connection| {
            let unread = messages::overviews(db)?.get(&shown).is_some_and(|one| one.unread > 0);
            let number = entities::find(db, shown)?.and_then(|row| row.server_id);
            Ok((number.filter(|_| unread), conversations::cursor(db, shown)?.complete_to))
        };
        let (Some(number), upto) = self.store.read(unread).await? else { return Ok(()) };
        if !self.may_mark() {
            return Ok(());
        }
        let (api, generation) = (self.connectivity.api(), self.connectivity.generation());
        if let Err(error) = api.mark_messages_read(generation, number).await {
            self.connectivity.failed(&error);
            return Err(error.into());
        }
        self.connectivity.reached();
        Ok(self.store.write(move |tx| messages::all_were_read(tx, shown, upto)).await?)
    }

    /// Returns true if the last note is some time ago: a guest who writes much must not make a request for each message.
    fn may_mark(&self) -> bool {
        let now = self.environment.monotonic();
        let mut plan = self.plan();
        let may = plan.marks_from.is_none_or(|from| from <= now);
        if may {
            plan.marks_from = Some(now + MARKING);
        }
        may
    }

    /// Removes old messages from this computer.
    async fn clean(&self) -> Result<(), StoreError> {
        let now = self.environment.monotonic();
        if self.plan().cleaned.is_some_and(|cleaned| now.saturating_sub(cleaned) < CLEANING) {
            return Ok(());
        }
        self.plan().cleaned = Some(now);
        let kept = SignedDuration::try_from(self.kept_for).unwrap_or(SignedDuration::MAX);
        let Ok(oldest) = self.environment.now().checked_sub(kept) else { return Ok(()) };
        self.store.write(move |tx| messages::forget_older(tx, oldest)).await
    }

    /// Returns the time until the next planned work.
    fn rest(&self, now: Duration, is_announced: bool, has_shown: bool) -> Duration {
        let plan = self.plan();
        let next = plan.due.into_iter().chain(plan.marks_from.filter(|from| *from > now)).min();
        let planned = next.map(|due| due.saturating_sub(now));
        let polls = match (is_announced, has_shown) {
            (true, _) => REST,
            (false, true) => SHOWN_POLL,
            (false, false) => POLL,
        };
        planned.map_or(polls, |planned| planned.min(polls))
    }
}

/// Returns the room of a conversation.
fn room_of(row: &EntityRow) -> Option<String> {
    let room = row.latest()?.fields().text("room_number");
    Some(room).filter(|room| !room.is_empty())
}
