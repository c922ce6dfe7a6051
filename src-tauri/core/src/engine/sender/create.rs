//! Sends creates.
//!
//! A create with a lost answer may have been carried out, or may still be carried out: a server continues a request
//! whose client has disconnected. So the sender looks for its entity, at once and repeatedly, and adopts an exact
//! match ([`adopt`]). It sends the create again only under two conditions: the longest time in which the server can
//! still carry it out has passed since it left, and a complete and readable list that was read afterwards does not
//! contain the entity. The departure time is stored with the intent, so that neither a normal end nor a crash shortens
//! this time.

use std::time::Duration;

use super::Sender;
use super::step::{Stop, kept_failing, reading};
use crate::hotel::{ApiError, Made};
use crate::ids::{IntentId, LocalId, ServerId};
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::outbox::adopt::{self, Found};
use crate::outbox::transitions::Postponed;
use crate::records::Fields;
use crate::resources::{Kind, ServerCopy};
use crate::store::entities::{self, DatedCopy};
use crate::store::{StoreError, intents};

impl Sender {
    /// Sends a create, but only after the whole list was read since the hotel became reachable. A later row that
    /// equals it and has no other creator is then its own.
    pub(super) async fn create(&self, intent: &Intent, kind: Kind) -> Result<(), Stop> {
        let Operation::Create { content } = &intent.operation else { return Err(Stop::NotYet) };
        let id = intent.id;
        if let Some(number) = intent.note.made {
            return self.read_made(id, kind, number).await;
        }
        if intent.state == IntentState::Unclear {
            if self.look_for(intent, kind).await? {
                return Ok(());
            }
        } else if !self.reader.has_looked(kind) {
            self.reader.pull(kind).await.map_err(reading)?;
        }
        let known = self.store.read(move |db| entities::highest_server_id(db, kind)).await?;
        let remember = move |intent: &mut Intent| {
            intent.note.known_up_to.get_or_insert(known);
        };
        let since = self.depart(intent, intent.operation.clone(), remember).await?;
        let made = self.connectivity.api().make(kind, content).await;
        match made.and_then(|made| made.newer_than(known)) {
            Ok(Made::Copy(copy)) => {
                let copy = self.made_by(id, content, *copy).await?;
                let seen = DatedCopy { copy, since };
                self.note(move |outbox, tx| outbox.created(tx, id, &seen)).await?;
            }
            Ok(Made::Number(number)) => {
                self.note(move |outbox, tx| outbox.made(tx, id, number)).await?;
                self.read_made(id, kind, number).await?;
            }
            Err(error) => return Err(Stop::Writing(error)),
        }
        self.wakes.pictures.notify_one();
        Ok(())
    }

    /// Returns the entity that the create has made. This is the entity in the answer, unless the list shows that
    /// another row contains the sent content. If the answer has nothing in common with it, a person is asked.
    async fn made_by(&self, id: IntentId, content: &Fields, answer: ServerCopy) -> Result<ServerCopy, Stop> {
        let (kind, number) = (answer.kind(), answer.id());
        if adopt::is_as_stored(kind, content, &answer.fields()) {
            return Ok(answer);
        }
        self.reader.pull(kind).await.map_err(|error| match reading(error) {
            Stop::Reading(error) => Stop::Unconfirmed(error),
            other => other,
        })?;
        match self.store.read(move |db| adopt::look(db, &intents::get(db, id)?)).await? {
            Found::Echo(copy) => Ok(*copy),
            _ if adopt::is_similar(kind, &answer.fields(), content) => Ok(answer),
            _ => {
                self.note(move |outbox, tx| outbox.outcome_unknown(tx, id)).await?;
                Err(Stop::LooksLike(vec![number]))
            }
        }
    }

    /// Looks for the entity that an earlier attempt has made. Returns true if this resolves the intent, and false if
    /// it must be sent again.
    async fn look_for(&self, intent: &Intent, kind: Kind) -> Result<bool, Stop> {
        let (id, lane) = (intent.id, intent.lane);
        // Only a list that is read from now on can show that the create was not carried out.
        let wait = self.may_still_come(intent).await?;
        self.reader.pull(kind).await.map_err(reading)?;
        let is_readable = !self.connectivity.state().unreadable.contains(&kind);
        let create = intent.clone();
        let (found, since) =
            self.store.read(move |db| Ok((adopt::look(db, &create)?, entities::revision(db)?))).await?;
        if let Found::Echo(copy) = found {
            let seen = DatedCopy { copy: *copy, since };
            self.note(move |outbox, tx| outbox.created(tx, id, &seen)).await?;
            return Ok(true);
        }
        if let Some(wait) = wait {
            return Err(Stop::StillOpen { wait });
        }
        if !is_readable {
            return Err(Stop::Unsettled);
        }
        if self.store.read(move |db| wants_deletion(db, lane)).await? {
            // The entity does not exist, and the person has meanwhile deleted it.
            self.note(move |outbox, tx| outbox.deleted(tx, id)).await?;
            return Ok(true);
        }
        not_made(found, kept_failing(intent))
    }

    /// Returns the wait until the next look while the server may still carry out the last request of this intent.
    /// Returns `None` once it cannot.
    pub(super) async fn may_still_come(&self, intent: &Intent) -> Result<Option<Duration>, Stop> {
        let id = intent.id;
        let open_for = intent.open.and_then(|departure| self.open_requests.open_for(departure));
        if open_for.is_none() {
            self.note(move |outbox, tx| outbox.left_just_now(tx, id)).await?;
        }
        let open_for = open_for.unwrap_or_default();
        let is_over = open_for >= self.open_requests.late_commit;
        Ok((!is_over).then(|| self.open_requests.next_look(open_for)))
    }

    /// Postpones the next look. Nothing was sent, and nothing new is known.
    pub(super) async fn look_later(
        &self,
        intent: &Intent,
        wait: Duration,
        trouble: Trouble,
    ) -> Result<(), StoreError> {
        // The server's message about the write itself is kept, in case the person must see it.
        let said = intent.note.trouble.clone().filter(|said| matches!(said, Trouble::ServerTrouble { .. }));
        let later = Postponed {
            state: IntentState::Unclear,
            not_before: self.environment.in_ms(wait),
            counts: trouble == Trouble::Unsettled,
            trouble: said.filter(|_| trouble == Trouble::Unclear).unwrap_or(trouble),
            failed: false,
            answered: false,
        };
        let id = intent.id;
        self.note(
            move |outbox, tx| if outbox.is_open(tx, id)? { outbox.postpone(tx, id, later) } else { Ok(()) },
        )
        .await
    }

    /// Asks a person, because the hotel does not show an exact match, unless the outcome became known meanwhile.
    pub(super) async fn ask_about(&self, id: IntentId, trouble: Trouble) -> Result<(), StoreError> {
        self.note(move |outbox, tx| match outbox.is_open(tx, id)? {
            true => outbox.needs_person(tx, id, trouble),
            false => Ok(()),
        })
        .await
    }

    /// Stores a refusal. `certain` means that the server refused the write itself and changed nothing.
    pub(super) async fn refuse(
        &self,
        id: IntentId,
        certain: bool,
        trouble: Trouble,
    ) -> Result<(), StoreError> {
        self.note(move |outbox, tx| match certain {
            true => outbox.refused(tx, id, trouble),
            false => outbox.needs_person(tx, id, trouble),
        })
        .await
    }

    /// Reads the entity of a create that was carried out and whose number is known.
    async fn read_made(&self, id: IntentId, kind: Kind, number: ServerId) -> Result<(), Stop> {
        let since = self.store.read(entities::revision).await?;
        match self.connectivity.api().entity(kind, number).await {
            Ok(copy) => {
                let seen = DatedCopy { copy, since };
                self.note(move |outbox, tx| outbox.created(tx, id, &seen)).await?;
            }
            // The entity exists, but cannot be read.
            Err(ApiError::Unexpected { .. }) => {
                self.note(move |outbox, tx| outbox.created_as_sent(tx, id, number)).await?;
            }
            Err(ApiError::NotFound) => return Err(Stop::DeletedThere),
            Err(error) => return Err(Stop::Unconfirmed(error)),
        }
        self.wakes.pictures.notify_one();
        Ok(())
    }
}

/// Decides about a create whose answer was lost, that can no longer be carried out, and that the hotel's list does not
/// contain. Returns `Ok(false)` if it must be sent again.
fn not_made(found: Found, failing: Option<String>) -> Result<bool, Stop> {
    match (found, failing) {
        (Found::Like(like), _) => Err(Stop::LooksLike(like)),
        (_, Some(message)) => Err(Stop::KeepsFailing(message)),
        _ => Ok(false),
    }
}

/// Returns true if the person has deleted the entity meanwhile.
fn wants_deletion(connection: &rusqlite::Connection, lane: LocalId) -> Result<bool, StoreError> {
    let lane = intents::of_lane(connection, lane)?;
    Ok(lane
        .iter()
        .any(|intent| matches!(intent.operation, Operation::Delete { .. }) && !intent.needs_person()))
}
