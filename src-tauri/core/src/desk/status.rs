//! The state of the whole desk, for the pill, the counts and the notices.

use std::sync::PoisonError;

use jiff::Timestamp;
use rusqlite::Connection;

use super::{Desk, Mode};
use crate::activity::entries;
use crate::engine::capabilities as parts;
use crate::error::failure;
use crate::resources::{Kind, Location, Part, PartState};
use crate::store::intents::{self, Counts};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, conversations, witness};
use crate::views::{DeskStatus, LiveState, Pill};

impl Desk {
    /// Returns the state of the whole desk. Short outages are [not shown](crate::engine::debounce).
    pub async fn status(&self) -> DeskStatus {
        let Ok(engine) = self.engine() else { return self.status_of_none() };
        let state = engine.connectivity.state();
        let shown = state.shown(engine.environment.monotonic());
        let mut notices = state.notices.clone();
        notices.extend(self.left_behind());
        // If the counts cannot be read, the status must not say that all is saved.
        let read = engine.store.read(Stored::read).await.map_err(|error| notices.push(error.into()));
        let counted = read.is_ok();
        let Stored { counts, known, last_sync, has_gone_back, unread, unread_messages } =
            read.unwrap_or_default();
        let is_asked = self.inner.mode == Mode::Full || state.online.is_some();
        let is_open = last_sync.is_none() || (shown.online.is_none() && is_asked);
        notices.extend(parts::outage(&known, false));
        notices.extend(parts::unreadable(&known));
        if has_gone_back {
            notices.push(failure!(Restored, "error-restored"));
        }
        let pill = if state.sign_in_needed {
            Pill::SignInNeeded
        } else if shown.online == Some(false) {
            Pill::Offline
        } else if counts.attention > 0 || !counted {
            Pill::Attention
        } else if counts.in_flight > 0 {
            Pill::Saving
        } else if counts.waiting > 0 {
            Pill::Waiting
        } else if is_open {
            Pill::Unknown
        } else {
            Pill::Saved
        };
        let planned = match state.online {
            Some(false) => Some(state.retry_at),
            _ => counts.next_try,
        };
        DeskStatus {
            pill,
            online: shown.online,
            live: shown.live.unwrap_or(LiveState::Off),
            live_cause: shown.live_cause,
            counted,
            saving: counts.in_flight,
            waiting: counts.waiting,
            attention: counts.attention,
            unread,
            unread_messages,
            others: self.work_of_others().await,
            unreadable: parts::count_unreadable(&known),
            absent: parts::all_absent(&known),
            last_sync,
            read_failure: state.read_failure.clone(),
            next_try: planned
                .filter(|at| *at > engine.environment.now_ms())
                .and_then(|at| Timestamp::from_millisecond(at).ok()),
            notices,
        }
    }

    fn status_of_none(&self) -> DeskStatus {
        let why_not = self.inner.why_not.read().unwrap_or_else(PoisonError::into_inner).clone();
        let counted = !why_not.as_ref().is_some_and(|why| why.code.is_about_database());
        DeskStatus {
            pill: match counted {
                true if self.is_locked() => Pill::Locked,
                true => Pill::SignInNeeded,
                false => Pill::Attention,
            },
            online: None,
            live: LiveState::Off,
            live_cause: None,
            counted,
            saving: 0,
            waiting: 0,
            attention: 0,
            unread: 0,
            unread_messages: 0,
            others: Vec::new(),
            unreadable: 0,
            absent: Vec::new(),
            last_sync: None,
            read_failure: None,
            next_try: None,
            notices: why_not.into_iter().chain(self.left_behind()).collect(),
        }
    }
}

/// The part of the status that is in the database.
#[derive(Default)]
struct Stored {
    counts: Counts,
    /// The states of the hotel's parts.
    known: Vec<(Part, PartState)>,
    last_sync: Option<Timestamp>,
    has_gone_back: bool,
    /// The number of activities that have not been seen.
    unread: u32,
    /// The number of guests' messages that no staff member has read.
    unread_messages: u32,
}

impl Stored {
    /// Reads everything at one moment, so that the figures belong together.
    fn read(db: &Connection) -> Result<Self, StoreError> {
        let known = crate::store::parts::all(db)?;
        Ok(Self {
            counts: intents::counts(db)?,
            last_sync: last_sync(db, &known)?,
            known,
            has_gone_back: witness::has_gone_back(db)?,
            unread: entries::unseen(db)?,
            unread_messages: conversations::unread(db)?,
        })
    }
}

/// Returns the time of the oldest last read of the parts that exist, or `None` if one of them was never read.
fn last_sync(db: &Connection, known: &[(Part, PartState)]) -> Result<Option<Timestamp>, StoreError> {
    let mut last: Option<Timestamp> = None;
    // A kind with its own requests may come with another kind, and is read in the same round.
    for kind in Kind::ALL.into_iter().filter(|kind| !matches!(kind.resource().location, Location::Own { .. }))
    {
        let absent = known.iter().any(|(part, state)| *part == Part::Of(kind) && state.absent().is_some());
        if absent {
            continue;
        }
        match (meta::get::<Timestamp>(db, Key::AsOf(kind))?, last) {
            (None, _) => return Ok(None),
            (Some(read), before) => last = Some(before.map_or(read, |before| before.min(read))),
        }
    }
    Ok(last)
}
