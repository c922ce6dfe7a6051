//! Stores the copies that the hotel sends in a page, in the answer to a read, or in an event.
//!
//! *Own creates.* A copy with an unknown number and the content of a create whose answer is open is held back until
//! that answer. It is most likely the echo of the create, which always comes before the answer (trap 16).
//! *Activities.* [`judge`](crate::activity::judge) decides whether a copy contains a colleague's change.

pub mod chat;
pub mod duty;

use jiff::Timestamp;

use crate::activity::judge::{self, Judging};
use crate::environment::Environment;
use crate::ids::ServerId;
use crate::model::{Intent, IntentState, Operation, Trouble};
use crate::outbox::undone::{self, Arrival};
use crate::outbox::{adopt, late, removed};
use crate::records::Slot;
use crate::resources::{About, Happening, Kind, PartialCopy, ServerCopy, ServerPicture};
use crate::store::entities::{self, EntityRow, Learned, Tombstone};
use crate::store::requests::{self, OwnRequest};
use crate::store::{StoreError, Tx, intents, own_work};

/// The source of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An event. Its copy is shown at once beside the base, unless it may be late.
    Event,
    /// A read that began at this revision. A row that was written since is newer and stays.
    Read {
        /// The revision when the request left.
        since: i64,
    },
}

/// The way in which copies are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applying {
    /// The source of the copies.
    pub source: Source,
    /// Whether colleagues' changes become activities.
    pub notify: bool,
    /// The present time.
    pub now: Timestamp,
}

/// Applies one copy. Returns false if the copy is of an entity that was removed since, or if an event brings a copy of
/// a removed one. Then only a read that begins now can find out whether the entity is there again.
pub fn copy(
    tx: &mut Tx<'_>,
    environment: &Environment,
    how: Applying,
    theirs: &ServerCopy,
) -> Result<bool, StoreError> {
    let Some(row) = entities::by_server_id(tx, theirs.kind(), theirs.id())? else {
        return match (entities::removed_at(tx, theirs.kind(), theirs.id())?, how.source) {
            (Some(_), Source::Event) => Ok(false),
            (Some(removed), Source::Read { since }) if removed > since => Ok(false),
            _ => new_entity(tx, environment, how, theirs).map(|()| true),
        };
    };
    if let Source::Read { since } = how.source
        && row.revision > since
    {
        return Ok(true);
    }
    let open = requests::open(tx, row.local_id)?;
    if let Source::Read { since } = how.source {
        let (asking, righting) = (environment.intent_id(), environment.intent_id());
        let arrival = Arrival { since, now: how.now, asking, righting };
        late::compare(tx, &row, theirs, arrival, None)?;
        undone::compare(tx, &row, theirs, arrival)?;
        // The previous order is written again soon. Until then the desk keeps it, so that a colleague's change in
        // between is compared with it.
        if late::is_replaced_soon(tx, &row, theirs)?
            && let Some(previous) = requests::last_judged(&row, &open)
        {
            take(tx, how, &row, &open, previous)?;
            return Ok(true);
        }
    }
    take(tx, how, &row, &open, theirs)?;
    Ok(true)
}

/// Applies a copy of an entity that is known here, and adds an activity for a colleague's change.
fn take(
    tx: &mut Tx<'_>,
    how: Applying,
    row: &EntityRow,
    open: &[OwnRequest],
    theirs: &ServerCopy,
) -> Result<(), StoreError> {
    let latest = row.latest();
    if how.source == Source::Event {
        let is_same = latest == Some(theirs);
        if is_same && row.tombstone == Tombstone::No {
            return Ok(());
        }
        // The event may be late and must not show an older value. Only a read can decide.
        if is_same || latest.is_some_and(|latest| row.past.may_be_late(latest, theirs)) {
            return entities::doubt(tx, row.local_id);
        }
    }
    // A read contradicts the event: the event was older than the value it replaced, and already has its activity.
    let stepped = how.source != Source::Event
        && !row.doubted
        && row.unconfirmed.as_ref().is_some_and(|unconfirmed| row.past.is_step_back(unconfirmed, theirs));
    let lane = intents::of_lane(tx, row.local_id)?;
    let judging = Judging { row, lane: &lane, answered: None, open, now: how.now };
    if how.notify && row.held_for.is_none() && !stepped {
        judge::add_difference(tx, &judging, theirs)?;
    }
    match how.source {
        Source::Event => entities::put_unconfirmed(tx, row.local_id, theirs, row.held_for),
        Source::Read { .. }
            if row.base.as_ref() == Some(theirs)
                && row.unconfirmed.is_none()
                && row.tombstone == Tombstone::No =>
        {
            // A copy without a change need not be written.
            if row.is_unconfirmed { entities::confirm(tx, row.local_id) } else { Ok(()) }
        }
        Source::Read { .. } => {
            judging.keep_version(tx, theirs)?;
            entities::put_base(tx, row.local_id, theirs, row.held_for, Learned::Read)
        }
    }
}

fn new_entity(
    tx: &mut Tx<'_>,
    environment: &Environment,
    how: Applying,
    theirs: &ServerCopy,
) -> Result<(), StoreError> {
    let local = environment.local_id();
    let open = intents::open_create(tx, theirs.kind())?.filter(|create| adopt::is_echo(create, theirs));
    let held_for = open.as_ref().map(|intent| intent.id);
    match how.source {
        Source::Event => entities::put_unconfirmed(tx, local, theirs, held_for)?,
        Source::Read { .. } => entities::put_base(tx, local, theirs, held_for, Learned::Read)?,
    }
    let row = entities::get(tx, local)?;
    if undone::came_back(tx, &row, theirs, (environment.intent_id(), how.now))? {
        return Ok(());
    }
    if how.notify && open.is_none() {
        let about = About { kind: theirs.kind(), title: theirs.title() };
        // An entity without a title always existed, and is only read for the first time.
        if about.kind.resource().activities.as_ref().is_some_and(|kinds| kinds.made.is_some())
            && !about.title.is_empty()
        {
            judge::add(tx, &row, &Happening::Made(about), how.now)?;
        }
    }
    Ok(())
}

/// Applies an event about a picture. It has the address only, without the stored path (contract.md 4.6), which is not
/// known until the entity is read. Returns false if the entity is not known here; an upload brings a removed one back
/// (trap 14).
pub fn unconfirmed_picture(
    tx: &mut Tx<'_>,
    how: Applying,
    kind: Kind,
    id: ServerId,
    photo_url: Option<String>,
) -> Result<bool, StoreError> {
    let Some(row) = entities::by_server_id(tx, kind, id)? else { return Ok(false) };
    let Some(mut unconfirmed) = row.latest().cloned() else { return Ok(false) };
    undone::heard_of_picture(tx, &row, photo_url.as_deref(), how.now)?;
    if unconfirmed.picture(Slot::Photo).url == photo_url {
        return Ok(true);
    }
    unconfirmed.set_picture(Slot::Photo, ServerPicture { path: None, url: photo_url });
    let open = requests::open(tx, row.local_id)?;
    take(tx, how, &row, &open, &unconfirmed)?;
    Ok(true)
}

/// Applies an event that has only some of the fields. Returns false if the entity was never read here.
pub fn partial(
    tx: &mut Tx<'_>,
    environment: &Environment,
    how: Applying,
    theirs: &PartialCopy,
) -> Result<bool, StoreError> {
    let (kind, id) = theirs.of();
    let Some(row) = entities::by_server_id(tx, kind, id)? else { return Ok(false) };
    let Some(latest) = row.latest() else { return Ok(false) };
    for whole in theirs.laid_over(latest) {
        copy(tx, environment, how, &whole)?;
    }
    Ok(true)
}

/// Marks an entity about which an event says that something changed, but not which field. Returns false if it is not
/// known here.
pub fn doubt(tx: &mut Tx<'_>, kind: Kind, id: ServerId) -> Result<bool, StoreError> {
    let Some(row) = entities::by_server_id(tx, kind, id)? else { return Ok(false) };
    entities::doubt(tx, row.local_id)?;
    Ok(true)
}

/// Hides an entity of which an event says that it was removed. A read that confirms the removal removes the row.
pub fn unconfirmed_removal(tx: &mut Tx<'_>, kind: Kind, id: ServerId) -> Result<(), StoreError> {
    match entities::by_server_id(tx, kind, id)? {
        Some(row) if row.tombstone == Tombstone::No => {
            entities::set_tombstone(tx, row.local_id, Tombstone::Unconfirmed)
        }
        _ => Ok(()),
    }
}

/// Applies the hotel's answer that an entity is not there. Intents about it stay and need a person when their turn
/// comes. Without any, the row is removed.
pub fn removal(
    tx: &mut Tx<'_>,
    environment: &Environment,
    how: Applying,
    (kind, id): (Kind, ServerId),
) -> Result<(), StoreError> {
    let Some(row) = entities::by_server_id(tx, kind, id)? else { return Ok(()) };
    if let Source::Read { since } = how.source
        && row.revision > since
    {
        return Ok(());
    }
    if late::is_removed(tx, &row, (environment.intent_id(), how.now))? {
        return Ok(());
    }
    let is_removal = |intent: &Intent| {
        matches!(intent.operation, Operation::Delete { .. })
            && intent.note.trouble != Some(Trouble::RemovedLate)
    };
    // A removal that waits for a person's decision is answered by this one, and takes no other intent with it: the
    // later ones were typed into the entity that is shown.
    let (asked, lane): (Vec<_>, Vec<_>) = intents::of_lane(tx, row.local_id)?
        .into_iter()
        .partition(|intent| is_removal(intent) && intent.needs_person());
    asked.iter().try_for_each(|intent| intents::remove(tx, intent))?;
    let mine = lane.iter().any(is_removal);
    let content = removed::content(tx, &row, &[])?;
    let on_its_way = lane.iter().any(|intent| intent.state == IntentState::InFlight);
    let goes = lane.is_empty() || (mine && !on_its_way);
    if goes {
        // The hotel has done what the person asked for, even if another person removed the entity.
        if mine {
            removed::remember(tx, &row, &lane, how.now)?;
        }
        lane.iter().try_for_each(|intent| intents::remove(tx, intent))?;
        if mine {
            own_work::remember_removal(tx, kind, id, how.now)?;
        }
        entities::remove(tx, row.local_id)?;
    } else {
        entities::set_tombstone(tx, row.local_id, Tombstone::Confirmed)?;
    }
    if how.notify && !mine && row.tombstone != Tombstone::Confirmed {
        let title = row.latest().map(ServerCopy::title).unwrap_or_default();
        judge::add_removal(tx, &row, About { kind: row.kind, title }, content, how.now)?;
    }
    Ok(())
}
