//! The hotel's copies become rows: from a page, from a read, from an event.
//!
//! Two questions are answered here and nowhere else. *Whose is it?* A number that is not known yet, with
//! the content of a create whose answer is open, is held back until that answer: it is most likely the
//! create's own echo, which always comes before the answer (trap 16). *Is it news?* A change that one's own
//! wish on its way explains is not; everything else is a colleague's, and becomes a fact.

use jiff::Timestamp;

use crate::desk::views::FactKind;
use crate::environment::Environment;
use crate::model::{FieldEdit, Intent, IntentState, LocalId, OfferContent, ServerId, ServerOffer, Wish};
use crate::store::offers::{self, Gone, Learned, OfferRow};
use crate::store::{StoreError, Tx, facts, intents};

/// Where a copy comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An event: a hint, applied at once.
    Event,
    /// A read that began at this tick: a row that was written since is newer and stays.
    Read {
        /// The tick when the request left.
        since: i64,
    },
}

impl Source {
    fn learned(self) -> Learned {
        match self {
            Self::Event => Learned::Hint,
            Self::Read { .. } => Learned::Read,
        }
    }
}

/// How to apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applying {
    /// Where the copies come from.
    pub source: Source,
    /// Colleagues' changes become facts (not on the very first read of a hotel).
    pub tell: bool,
    /// Now.
    pub now: Timestamp,
}

/// Takes one copy in. False: it tells of an offer that was removed since, or an event does about a removed
/// one; only a read that begins now can say whether it is there again.
pub fn offer(
    tx: &mut Tx<'_>,
    environment: &Environment,
    how: Applying,
    theirs: &ServerOffer,
) -> Result<bool, StoreError> {
    let Some(row) = offers::by_server_id(tx, theirs.id)? else {
        return match (offers::removed_at(tx, theirs.id)?, how.source) {
            (Some(_), Source::Event) => Ok(false),
            (Some(removed), Source::Read { since }) if removed > since => Ok(false),
            _ => new_offer(tx, environment, how, theirs).map(|()| true),
        };
    };
    if let Source::Read { since } = how.source
        && row.touched > since
    {
        return Ok(true);
    }
    let lane = intents::of_lane(tx, row.local_id)?;
    if how.tell && row.held_for.is_none() {
        tell_difference(tx, how, &row, &lane, theirs)?;
    }
    // A copy without a change need not be written, unless it confirms a hint. An event that says what a read
    // has said already, such as the echo of one's own answered write, leaves nothing to be confirmed.
    let confirms = row.hinted && how.source.learned() == Learned::Read;
    if row.base.as_ref() != Some(theirs) || row.gone != Gone::No || confirms {
        offers::put_base(tx, row.local_id, theirs, row.held_for, how.source.learned())?;
    }
    Ok(true)
}

fn new_offer(
    tx: &mut Tx<'_>,
    environment: &Environment,
    how: Applying,
    theirs: &ServerOffer,
) -> Result<(), StoreError> {
    let local = environment.local_id();
    let open = intents::open_create(tx)?.filter(|intent| is_echo_of(intent, &theirs.content));
    offers::put_base(tx, local, theirs, open.as_ref().map(|intent| intent.id), how.source.learned())?;
    if how.tell && open.is_none() {
        let text = format!("A colleague added “{}”.", theirs.content.title);
        facts::add(tx, FactKind::OfferCreated, text, Some(local), how.now)?;
    }
    Ok(())
}

/// True when `content` is what this create asked for.
pub fn is_echo_of(intent: &Intent, content: &OfferContent) -> bool {
    matches!(&intent.wish, Wish::CreateOffer { content: wished } if wished.as_stored() == content.as_stored())
}

fn tell_difference(
    tx: &mut Tx<'_>,
    how: Applying,
    row: &OfferRow,
    lane: &[Intent],
    theirs: &ServerOffer,
) -> Result<(), StoreError> {
    let Some(base) = &row.base else { return Ok(()) };
    let on_its_way = |intent: &&Intent| matches!(intent.state, IntentState::InFlight | IntentState::Unclear);
    let title = &theirs.content.title;
    let explained = |edit: &FieldEdit| {
        lane.iter().filter(on_its_way).any(|intent| match &intent.wish {
            Wish::EditOffer { edits } => {
                edits.iter().any(|mine| mine.now.as_stored() == edit.now.as_stored())
            }
            _ => false,
        })
    };
    let news = base.content.edits_to(&theirs.content).iter().any(|edit| !explained(edit));
    if news {
        let text = format!("A colleague changed “{title}”.");
        facts::add(tx, FactKind::OfferUpdated, text, Some(row.local_id), how.now)?;
    }
    let picture_news = base.photo_url != theirs.photo_url
        && !lane.iter().filter(on_its_way).any(|intent| matches!(intent.wish, Wish::SetOfferPicture { .. }));
    if picture_news {
        tell_picture(tx, how, row.local_id, title)?;
    }
    Ok(())
}

fn tell_picture(tx: &mut Tx<'_>, how: Applying, id: LocalId, title: &str) -> Result<(), StoreError> {
    let text = format!("A colleague changed the picture of “{title}”.");
    facts::add(tx, FactKind::OfferPictureUpdated, text, Some(id), how.now)
}

/// An event about a picture: the address only, without the stored path (CONTRACT.md 4.6). The path in the
/// base stays until the offer is read; until then the base is known to be a hint. False: the offer is not known
/// here; an upload brings a removed one back (trap 14).
pub fn picture_hint(
    tx: &mut Tx<'_>,
    how: Applying,
    id: ServerId,
    photo_url: Option<String>,
) -> Result<bool, StoreError> {
    let Some(row) = offers::by_server_id(tx, id)? else { return Ok(false) };
    let Some(mut base) = row.base.clone() else { return Ok(false) };
    if base.photo_url == photo_url {
        return Ok(true);
    }
    let lane = intents::of_lane(tx, row.local_id)?;
    let own = lane.iter().any(|intent| {
        matches!(intent.wish, Wish::SetOfferPicture { .. })
            && matches!(intent.state, IntentState::InFlight | IntentState::Unclear)
    });
    if how.tell && !own {
        tell_picture(tx, how, row.local_id, &base.content.title)?;
    }
    base.photo_url = photo_url;
    offers::put_base(tx, row.local_id, &base, row.held_for, Learned::Hint)?;
    Ok(true)
}

/// An event says that an offer was removed. It is hidden at once, and removed when a read confirms it.
pub fn removal_hint(tx: &mut Tx<'_>, id: ServerId) -> Result<(), StoreError> {
    match offers::by_server_id(tx, id)? {
        Some(row) if row.gone == Gone::No => offers::set_gone(tx, row.local_id, Gone::Hinted),
        _ => Ok(()),
    }
}

/// The hotel says, when asked, that an offer is not there. Wishes on it stay and need a person when their
/// turn comes; without any the row goes.
pub fn removal(tx: &mut Tx<'_>, how: Applying, id: ServerId) -> Result<(), StoreError> {
    let Some(row) = offers::by_server_id(tx, id)? else { return Ok(()) };
    if let Source::Read { since } = how.source
        && row.touched > since
    {
        return Ok(());
    }
    let lane = intents::of_lane(tx, row.local_id)?;
    let mine = lane.iter().any(|intent| matches!(intent.wish, Wish::DeleteOffer { .. }));
    if how.tell && !mine && row.gone != Gone::Confirmed {
        let title = row.base.as_ref().map(|base| base.content.title.clone()).unwrap_or_default();
        let text = format!("A colleague removed “{title}”.");
        facts::add(tx, FactKind::OfferDeleted, text, Some(row.local_id), how.now)?;
    }
    let on_its_way = lane.iter().any(|intent| intent.state == IntentState::InFlight);
    if lane.is_empty() || (mine && !on_its_way) {
        // What I wished is so, however it came about.
        lane.iter().try_for_each(|intent| intents::remove(tx, intent))?;
        offers::remove(tx, row.local_id)
    } else {
        offers::set_gone(tx, row.local_id, Gone::Confirmed)
    }
}
