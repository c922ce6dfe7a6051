//! The hotel's copies become rows: from a page, from a read, from an event.
//!
//! *Whose is it?* A number that is not known yet, with the content of a create whose answer is open, is held back until
//! that answer: it is most likely the create's own echo, which always comes before the answer (trap 16). *Is it news?*
//! That is judged in [`news`](crate::activity::news).

pub mod duty;

use jiff::Timestamp;

use crate::activity::news::{self, Judging};
use crate::environment::Environment;
use crate::ids::ServerId;
use crate::model::{Intent, IntentState, Wish};
use crate::outbox::adopt;
use crate::outbox::undone::{self, Look};
use crate::records::Slot;
use crate::resources::{About, Happening, Kind, PartialCopy, ServerCopy, ServerPicture};
use crate::store::things::{self, Gone, Learned, ThingRow};
use crate::store::{StoreError, Tx, intents, own_work};

/// Where a copy comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An event: it is shown at once beside the base, unless it may be late.
    Event,
    /// A read that began at this tick: a row that was written since is newer and stays.
    Read {
        /// The tick when the request left.
        since: i64,
    },
}

/// How to apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applying {
    /// Where the copies come from.
    pub source: Source,
    /// Colleagues' changes become facts.
    pub tell: bool,
    /// Now.
    pub now: Timestamp,
}

/// Takes one copy in. False: it tells of a thing that was removed since, or an event does about a removed
/// one; only a read that begins now can say whether it is there again.
pub fn copy(
    tx: &mut Tx<'_>,
    environment: &Environment,
    how: Applying,
    theirs: &ServerCopy,
) -> Result<bool, StoreError> {
    let Some(row) = things::by_server_id(tx, theirs.kind(), theirs.id())? else {
        return match (things::removed_at(tx, theirs.kind(), theirs.id())?, how.source) {
            (Some(_), Source::Event) => Ok(false),
            (Some(removed), Source::Read { since }) if removed > since => Ok(false),
            _ => new_thing(tx, environment, how, theirs).map(|()| true),
        };
    };
    if let Source::Read { since } = how.source
        && row.touched > since
    {
        return Ok(true);
    }
    if let Source::Read { since } = how.source {
        let fresh = environment.intent_id();
        undone::look(tx, &row, theirs, Look { since, now: how.now, fresh })?;
    }
    let lane = intents::of_lane(tx, row.local_id)?;
    take(tx, how, &row, &lane, theirs)?;
    Ok(true)
}

/// Takes in a copy of a thing that is known here, and tells what a colleague did.
fn take(
    tx: &mut Tx<'_>,
    how: Applying,
    row: &ThingRow,
    lane: &[Intent],
    theirs: &ServerCopy,
) -> Result<(), StoreError> {
    let latest = row.latest();
    if how.source == Source::Event {
        let is_same = latest == Some(theirs);
        if is_same && row.gone == Gone::No {
            return Ok(());
        }
        // It may come late: it must not put an older value on the screen. Only a read can tell.
        if is_same || latest.is_some_and(|latest| row.past.may_be_late(latest, theirs)) {
            return things::doubt(tx, row.local_id);
        }
    }
    // An event that a read contradicts was older than what it replaced, and was told as what it was.
    let stepped = how.source != Source::Event
        && !row.doubted
        && row.hint.as_ref().is_some_and(|hint| row.past.is_step_back(hint, theirs));
    if how.tell && row.held_for.is_none() && !stepped {
        news::tell_difference(tx, &Judging { row, lane, answered: None, now: how.now }, theirs)?;
    }
    match how.source {
        Source::Event => things::put_hint(tx, row.local_id, theirs, row.held_for),
        Source::Read { .. }
            if row.base.as_ref() == Some(theirs) && row.hint.is_none() && row.gone == Gone::No =>
        {
            // A copy without a change need not be written.
            if row.hinted { things::confirm(tx, row.local_id) } else { Ok(()) }
        }
        Source::Read { .. } => things::put_base(tx, row.local_id, theirs, row.held_for, Learned::Read),
    }
}

fn new_thing(
    tx: &mut Tx<'_>,
    environment: &Environment,
    how: Applying,
    theirs: &ServerCopy,
) -> Result<(), StoreError> {
    let local = environment.local_id();
    let open = intents::open_create(tx, theirs.kind())?.filter(|create| adopt::is_echo(create, theirs));
    let held_for = open.as_ref().map(|intent| intent.id);
    match how.source {
        Source::Event => things::put_hint(tx, local, theirs, held_for)?,
        Source::Read { .. } => things::put_base(tx, local, theirs, held_for, Learned::Read)?,
    }
    let row = things::get(tx, local)?;
    if undone::came_back(tx, &row, theirs, (environment.intent_id(), how.now))? {
        return Ok(());
    }
    if how.tell && open.is_none() {
        let about = About { kind: theirs.kind(), title: theirs.title() };
        // What has no title was always there, and is only read for the first time.
        if about.kind.resource().news.made.is_some() && !about.title.is_empty() {
            news::tell(tx, &row, &Happening::Made(about), how.now)?;
        }
    }
    Ok(())
}

/// An event about a picture: the address only, without the stored path (CONTRACT.md 4.6), which is not known until the thing
/// is read. False: the thing is not known
/// here; an upload brings a removed one back (trap 14).
pub fn picture_hint(
    tx: &mut Tx<'_>,
    how: Applying,
    kind: Kind,
    id: ServerId,
    photo_url: Option<String>,
) -> Result<bool, StoreError> {
    let Some(row) = things::by_server_id(tx, kind, id)? else { return Ok(false) };
    let Some(mut hint) = row.latest().cloned() else { return Ok(false) };
    undone::heard_of_picture(tx, &row, photo_url.as_deref(), how.now)?;
    if hint.picture(Slot::Photo).url == photo_url {
        return Ok(true);
    }
    hint.set_picture(Slot::Photo, ServerPicture { path: None, url: photo_url });
    let lane = intents::of_lane(tx, row.local_id)?;
    take(tx, how, &row, &lane, &hint)?;
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
    let Some(row) = things::by_server_id(tx, kind, id)? else { return Ok(false) };
    let Some(latest) = row.latest() else { return Ok(false) };
    for whole in theirs.laid_over(latest) {
        copy(tx, environment, how, &whole)?;
    }
    Ok(true)
}

/// An event says that something about this thing changed, but not what. False: it is not known here.
pub fn doubt(tx: &mut Tx<'_>, kind: Kind, id: ServerId) -> Result<bool, StoreError> {
    let Some(row) = things::by_server_id(tx, kind, id)? else { return Ok(false) };
    things::doubt(tx, row.local_id)?;
    Ok(true)
}

/// An event says that a thing was removed. It is hidden at once, and removed when a read confirms it.
pub fn removal_hint(tx: &mut Tx<'_>, kind: Kind, id: ServerId) -> Result<(), StoreError> {
    match things::by_server_id(tx, kind, id)? {
        Some(row) if row.gone == Gone::No => things::set_gone(tx, row.local_id, Gone::Hinted),
        _ => Ok(()),
    }
}

/// The hotel says, when asked, that a thing is not there. Wishes on it stay and need a person when their
/// turn comes; without any the row goes.
pub fn removal(tx: &mut Tx<'_>, how: Applying, kind: Kind, id: ServerId) -> Result<(), StoreError> {
    let Some(row) = things::by_server_id(tx, kind, id)? else { return Ok(()) };
    if let Source::Read { since } = how.source
        && row.touched > since
    {
        return Ok(());
    }
    let is_removal = |intent: &Intent| matches!(intent.wish, Wish::Delete { .. });
    // A removal that a person has not decided about has answered itself, and takes nothing else with it: what was typed
    // meanwhile was typed into what is shown.
    let (asked, lane): (Vec<_>, Vec<_>) = intents::of_lane(tx, row.local_id)?
        .into_iter()
        .partition(|intent| is_removal(intent) && intent.needs_person());
    asked.iter().try_for_each(|intent| intents::remove(tx, intent))?;
    let mine = lane.iter().any(is_removal);
    let on_its_way = lane.iter().any(|intent| intent.state == IntentState::InFlight);
    let goes = lane.is_empty() || (mine && !on_its_way);
    if goes {
        // What I wished is so, however it came about.
        lane.iter().try_for_each(|intent| intents::remove(tx, intent))?;
        if mine {
            own_work::remember_removal(tx, kind, id, how.now)?;
        }
        things::remove(tx, row.local_id)?;
    } else {
        things::set_gone(tx, row.local_id, Gone::Confirmed)?;
    }
    if how.tell && !mine && row.gone != Gone::Confirmed {
        let title = row.latest().map(ServerCopy::title).unwrap_or_default();
        news::tell(tx, &row, &Happening::Removed(About { kind: row.kind, title }), how.now)?;
    }
    Ok(())
}
