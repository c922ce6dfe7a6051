//! The hotel's copies become rows: from a page, from a read, from an event.
//!
//! *Whose is it?* A number that is not known yet, with the content of a create whose answer is open, is held back until
//! that answer: it is most likely the create's own echo, which always comes before the answer (trap 16). *Is it news?*
//! That is judged in [`is_news`](crate::activity::is_news).

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

/// Where a copy comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An event: it is shown at once beside the base, unless it may be late.
    Event,
    /// A read that began at this revision: a row that was written since is newer and stays.
    Read {
        /// The revision when the request left.
        since: i64,
    },
}

/// How to apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applying {
    /// Where the copies come from.
    pub source: Source,
    /// Colleagues' changes become activities.
    pub notify: bool,
    /// Now.
    pub now: Timestamp,
}

/// Takes one copy in. False: it tells of an entity that was removed since, or an event does about a removed
/// one; only a read that begins now can say whether it is there again.
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
    }
    take(tx, how, &row, &open, theirs)?;
    Ok(true)
}

/// Takes in a copy of an entity that is known here, and tells what a colleague did.
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
        // It may come late: it must not put an older value on the screen. Only a read can tell.
        if is_same || latest.is_some_and(|latest| row.past.may_be_late(latest, theirs)) {
            return entities::doubt(tx, row.local_id);
        }
    }
    // An event that a read contradicts was older than what it replaced, and was told as what it was.
    let stepped = how.source != Source::Event
        && !row.doubted
        && row.unconfirmed.as_ref().is_some_and(|unconfirmed| row.past.is_step_back(unconfirmed, theirs));
    if how.notify && row.held_for.is_none() && !stepped {
        let lane = intents::of_lane(tx, row.local_id)?;
        let judging = Judging { row, lane: &lane, answered: None, open, now: how.now };
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
        Source::Read { .. } => entities::put_base(tx, row.local_id, theirs, row.held_for, Learned::Read),
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
        // What has no title was always there, and is only read for the first time.
        if about.kind.resource().activities.made.is_some() && !about.title.is_empty() {
            judge::add(tx, &row, &Happening::Made(about), how.now)?;
        }
    }
    Ok(())
}

/// An event about a picture: the address only, without the stored path (contract.md 4.6), which is not known until the
/// entity is read. False: the entity is not known here; an upload brings a removed one back (trap 14).
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

/// An event that tells some of it. False: it was never read here.
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

/// An event says that something about this entity changed, but not what. False: it is not known here.
pub fn doubt(tx: &mut Tx<'_>, kind: Kind, id: ServerId) -> Result<bool, StoreError> {
    let Some(row) = entities::by_server_id(tx, kind, id)? else { return Ok(false) };
    entities::doubt(tx, row.local_id)?;
    Ok(true)
}

/// An event says that an entity was removed. It is hidden at once, and removed when a read confirms it.
pub fn unconfirmed_removal(tx: &mut Tx<'_>, kind: Kind, id: ServerId) -> Result<(), StoreError> {
    match entities::by_server_id(tx, kind, id)? {
        Some(row) if row.tombstone == Tombstone::No => {
            entities::set_tombstone(tx, row.local_id, Tombstone::Unconfirmed)
        }
        _ => Ok(()),
    }
}

/// The hotel says, when asked, that an entity is not there. Wishes on it stay and need a person when their
/// turn comes; without any the row goes.
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
    // A removal that a person has not decided about has answered itself, and takes nothing else with it: what was typed
    // meanwhile was typed into what is shown.
    let (asked, lane): (Vec<_>, Vec<_>) = intents::of_lane(tx, row.local_id)?
        .into_iter()
        .partition(|intent| is_removal(intent) && intent.needs_person());
    asked.iter().try_for_each(|intent| intents::remove(tx, intent))?;
    let mine = lane.iter().any(is_removal);
    let content = removed::content(tx, &row, &[])?;
    let on_its_way = lane.iter().any(|intent| intent.state == IntentState::InFlight);
    let goes = lane.is_empty() || (mine && !on_its_way);
    if goes {
        // The hotel has done what the person asked for, whoever removed it.
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
