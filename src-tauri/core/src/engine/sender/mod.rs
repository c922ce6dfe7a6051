//! The task that sends the outbox: several lanes at a time, one process at a time. [`step`](self::step) processes one
//! intent from its turn to its end.

mod create;
mod delete;
mod gallery;
mod open;
mod picture;
mod say;
mod step;
mod uploads;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;

use super::Base;
use super::connectivity::Connectivity;
use super::leases::Leases;
use super::open_requests::{Due, OpenRequests};
use super::reader::Reader;
use super::wakes::Wakes;
use crate::environment::Environment;
use crate::error::ErrorCode;
use crate::ids::LocalId;
use crate::media::MediaCache;
use crate::model::{IntentState, Queued};
use crate::outbox::lanes;
use crate::outbox::transitions::Transitions;
use crate::store::intents::Counts;
use crate::store::lease;
use crate::store::{Store, StoreError, Tx, intents, requests, witness};
use uploads::Uploads;

/// The number of lanes that are processed at the same time.
const LANES: usize = 4;
/// The number of lanes that upload a picture at the same time: a slow line must not delay texts for minutes.
const UPLOADS: usize = 2;
/// The longest pause; a wake-up ends it at once.
const REST: Duration = Duration::from_secs(60);
/// The pause after the local database has failed.
const PAUSE: Duration = Duration::from_secs(5);
/// `drain` waits for a planned attempt that is at most this far away.
const HORIZON: Duration = Duration::from_secs(12);

type Work = FuturesUnordered<BoxFuture<'static, (LocalId, Result<(), StoreError>)>>;

/// The lanes that are being processed.
#[derive(Default)]
struct Busy {
    all: HashSet<LocalId>,
    /// The lanes that upload a picture.
    uploads: HashSet<LocalId>,
}

impl Busy {
    fn has_room_for(&self, intent: &Queued) -> bool {
        self.all.len() < LANES && !(intent.uploads && self.uploads.len() >= UPLOADS)
    }

    fn begin(&mut self, intent: &Queued) {
        self.all.insert(intent.lane);
        if intent.uploads {
            self.uploads.insert(intent.lane);
        }
    }

    fn end(&mut self, lane: &LocalId) {
        self.all.remove(lane);
        self.uploads.remove(lane);
    }
}

/// The result of one look at the outbox.
enum Round {
    /// Another process sends.
    NotMine,
    /// Nothing can be done before this time (milliseconds since the epoch), or at all.
    Idle(Option<i64>),
    /// Lanes are being processed; others can start at this time (milliseconds since the epoch), if any.
    Started(Option<i64>),
}

/// Sends the outbox of one account.
pub struct Sender {
    store: Store,
    media: MediaCache,
    environment: Environment,
    connectivity: Arc<Connectivity>,
    wakes: Arc<Wakes>,
    reader: Arc<Reader>,
    leases: Arc<Leases>,
    open_requests: Arc<OpenRequests>,
    uploads: Uploads,
}

impl Sender {
    pub(super) fn new(
        base: Base,
        media: MediaCache,
        reader: Arc<Reader>,
        leases: Arc<Leases>,
        open_requests: Arc<OpenRequests>,
    ) -> Self {
        let Base { store, environment, connectivity, wakes } = base;
        let uploads = Uploads::default();
        Self { store, media, environment, connectivity, wakes, reader, leases, open_requests, uploads }
    }

    /// Returns the transitions with the current time.
    pub fn transitions(&self) -> Transitions {
        Transitions {
            holder: self.leases.holder.clone(),
            now: self.environment.now(),
            spare: self.environment.intent_id(),
            asking: self.environment.intent_id(),
            righting: self.environment.intent_id(),
        }
    }

    /// Stores a transition in the outbox, in one transaction.
    async fn note<T: Send + 'static>(
        &self,
        step: impl FnOnce(&Transitions, &mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let transitions = self.transitions();
        self.store.write(move |tx| step(&transitions, tx)).await
    }

    /// Stops the upload for an entity. Returns false if there is none, or if it is too late.
    pub fn stop_upload(&self, entity: LocalId) -> bool {
        self.uploads.stop(entity)
    }

    /// Returns the numbers of intents that wait or need a person.
    async fn counts(&self) -> Result<Counts, StoreError> {
        self.store.read(intents::counts).await
    }

    /// Sends for ever.
    pub async fn send_forever(self: Arc<Self>) {
        let mut work = Work::new();
        let mut busy = Busy::default();
        let monotonic = || self.environment.clock().monotonic();
        // While the database fails, for example on a full disk, nothing starts before this monotonic time: an attempt
        // that cannot be stored would be repeated at once, endlessly.
        let mut resume_at = Duration::ZERO;
        loop {
            let pause = resume_at.saturating_sub(monotonic());
            let rest = if pause.is_zero() {
                match self.start_lanes(&mut work, &mut busy).await {
                    Ok(Round::NotMine) => lease::RENEWAL,
                    Ok(Round::Idle(next) | Round::Started(next)) => self.until(next),
                    Err(error) => {
                        self.connectivity.notify(error.into());
                        resume_at = monotonic() + PAUSE;
                        PAUSE
                    }
                }
            } else {
                pause
            };
            // Meanwhile `keep_lease` renews the lease.
            tokio::select! {
                Some((lane, result)) = work.next(), if !work.is_empty() => {
                    busy.end(&lane);
                    if !self.noted(result) {
                        resume_at = monotonic() + PAUSE;
                    }
                }
                () = self.wakes.push.notified() => {}
                () = self.environment.sleep(rest) => {}
            }
        }
    }

    /// Sends until nothing more can be done now: everything is done, needs a person, or waits for a distant time.
    /// Waits for another process that sends for this account.
    pub async fn drain(self: &Arc<Self>) -> Result<Counts, StoreError> {
        let mut work = Work::new();
        let mut busy = Busy::default();
        let started = self.environment.now_ms();
        let patience = i64::try_from((HORIZON + lease::LIFETIME).as_millis()).unwrap_or(i64::MAX);
        loop {
            match self.start_lanes(&mut work, &mut busy).await? {
                Round::NotMine => {
                    let counts = self.counts().await?;
                    if counts.waiting + counts.in_flight == 0
                        || self.environment.now_ms() - started > patience
                    {
                        return Ok(counts);
                    }
                    self.environment.sleep(Duration::from_millis(250)).await;
                    continue;
                }
                Round::Idle(next) => {
                    let state = self.connectivity.state();
                    let near = self.until(next) <= HORIZON && next.is_some();
                    if !near || state.sign_in_needed || state.online == Some(false) {
                        return self.counts().await;
                    }
                    self.environment.sleep(self.until(next)).await;
                    continue;
                }
                Round::Started(_) => {}
            }
            tokio::select! {
                Some((lane, result)) = work.next(), if !work.is_empty() => {
                    busy.end(&lane);
                    result?;
                }
                // Slow requests must not let the lease expire.
                () = self.environment.sleep(lease::RENEWAL) => {}
            }
        }
    }

    /// Starts as many lanes as are allowed now.
    async fn start_lanes(self: &Arc<Self>, work: &mut Work, busy: &mut Busy) -> Result<Round, StoreError> {
        let (mut queue, open, gone_back) = self
            .store
            .read(|db| Ok((intents::queue(db)?, requests::all_open(db)?, witness::has_gone_back(db)?)))
            .await?;
        if gone_back && !queue.is_empty() {
            return Ok(Round::Idle(None));
        }
        if gone_back {
            self.may_go_on().await?;
        }
        let due = self.open_requests.due(&open);
        let soonest = due.next.map(|wait| self.environment.in_ms(wait));
        // An idle desk writes nothing: the lease is held only while there is work.
        if queue.is_empty() && due.entities.is_empty() && due.over.is_empty() {
            if work.is_empty() {
                self.leases.give_up_sending().await?;
                return Ok(Round::Idle(soonest));
            }
            return Ok(Round::Started(soonest));
        }
        if !self.leases.hold_sending().await? {
            return Ok(Round::NotMine);
        }
        if self.recover(&queue, &busy.all).await? {
            queue = self.store.read(intents::queue).await?;
        }
        let state = self.connectivity.state();
        let may_send = !state.sign_in_needed && !state.identity_open;
        if !due.over.is_empty() {
            let over = due.over.clone();
            self.store.write(move |tx| requests::are_over(tx, &over)).await?;
        }
        let mut next = soonest;
        if may_send && self.connectivity.must_wait().is_none() {
            let turns = lanes::turns(&queue, &busy.all, self.environment.now_ms());
            next = soonest.into_iter().chain(turns.next).min();
            for intent in turns.now {
                if !busy.has_room_for(&intent) {
                    continue;
                }
                busy.begin(&intent);
                let Queued { id, lane, .. } = intent;
                let sender = Arc::clone(self);
                work.push(Box::pin(async move {
                    let result = sender.carry_out(id).await;
                    (lane, result)
                }));
            }
            self.look_at_open(work, busy, due);
        } else if may_send {
            next = Some(state.retry_at);
        }
        Ok(if work.is_empty() { Round::Idle(next) } else { Round::Started(next) })
    }

    /// Allows sending although the database has gone back, because a person confirmed it.
    pub async fn may_go_on(&self) -> Result<(), StoreError> {
        let now = self.environment.now();
        self.store.write(move |tx| witness::may_go_on(tx, now)).await
    }

    /// Notes that a request has left.
    fn left(&self, request: i64) {
        self.open_requests.left(request);
        self.store.note_left(request);
    }

    /// Starts the reads of the entities with open requests whose time is over. Intents in their lanes may be waiting
    /// for a person.
    fn look_at_open(self: &Arc<Self>, work: &mut Work, busy: &mut Busy, due: Due) {
        for entity in due.entities {
            if busy.all.len() >= LANES || !busy.all.insert(entity) {
                continue;
            }
            let sender = Arc::clone(self);
            work.push(Box::pin(async move {
                let result = sender.look_again(entity).await;
                (entity, result)
            }));
        }
    }

    /// Marks intents that are in flight in lanes that are not being processed. Their outcome could not be stored, for
    /// example because the disk was full, so it is not known. Returns true if there was one.
    async fn recover(&self, queue: &[Queued], busy: &HashSet<LocalId>) -> Result<bool, StoreError> {
        let outcome_unknown: Vec<_> = queue
            .iter()
            .filter(|intent| intent.state == IntentState::InFlight && !busy.contains(&intent.lane))
            .map(|intent| intent.id)
            .collect();
        for id in &outcome_unknown {
            let id = *id;
            match self.note(move |outbox, tx| outbox.outcome_unknown(tx, id)).await {
                // Another process has taken over and does the same.
                Ok(()) | Err(StoreError::NotFound(_) | StoreError::LeaseLost) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(!outcome_unknown.is_empty())
    }

    fn until(&self, next: Option<i64>) -> Duration {
        let Some(next) = next else { return REST };
        let wait = u64::try_from(next - self.environment.now_ms()).unwrap_or(0);
        Duration::from_millis(wait).min(REST)
    }

    /// Reports that the outcome of a step could not be stored, or withdraws an earlier report. Returns false if it
    /// could not be stored.
    fn noted(&self, result: Result<(), StoreError>) -> bool {
        match result {
            Ok(()) => {
                self.connectivity.withdraw(ErrorCode::DiskFull);
                true
            }
            Err(error) => {
                tracing::warn!(%error, "an intent could not be noted");
                self.connectivity.notify(error.into());
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::IntentId;
    use crate::model::QueuedKind;

    fn intent(lane: u8, uploads: bool) -> Queued {
        Queued {
            seq: i64::from(lane),
            id: IntentId::from_random([lane; 16]),
            lane: LocalId::from_random([lane; 16]),
            kind: QueuedKind::Change,
            about: Some(crate::resources::Kind::Offer),
            uploads,
            state: IntentState::Waiting,
            not_before: 0,
            held: false,
        }
    }

    #[test]
    fn slow_uploads_leave_room_for_texts() {
        let mut busy = Busy::default();
        for lane in 1..=2 {
            assert!(busy.has_room_for(&intent(lane, true)));
            busy.begin(&intent(lane, true));
        }
        assert!(!busy.has_room_for(&intent(3, true)) && busy.has_room_for(&intent(4, false)));
        busy.end(&intent(1, true).lane);
        assert!(busy.has_room_for(&intent(3, true)));
    }

    #[test]
    fn texts_take_all_the_room_there_is_and_no_more() {
        let mut busy = Busy::default();
        (1..=4).for_each(|lane| busy.begin(&intent(lane, false)));
        assert!(!busy.has_room_for(&intent(5, false)) && !busy.has_room_for(&intent(5, true)));
    }
}
