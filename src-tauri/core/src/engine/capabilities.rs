//! The parts that this hotel's server has, described for screens, scripts and the checklist.

use std::collections::BTreeMap;

use crate::catalogue::say;
use crate::error::{DeskError, failure};
use crate::hotel::dialect::GalleryDialect;
use crate::resources::{Kind, Location, Part, PartState, Send};
use crate::views::{Capabilities, Capability};
use crate::words::{absent, in_a_row};

/// All parts with their known state.
type Parts = [(Part, PartState)];

/// Returns one sentence for each part that the server does not have.
pub fn all_absent(known: &Parts) -> Vec<String> {
    let lists = known.iter().filter(|(part, _)| part.is_read());
    lists.filter_map(|(part, state)| Some(absent(*part, state.absent()?))).collect()
}

/// Fails if the server does not have the part that an intent is about.
pub fn refuse(part: Part, state: &PartState) -> Result<(), DeskError> {
    let Some(refusal) = state.absent() else { return Ok(()) };
    Err(failure!(NotAllowed, "error-part-absent", absent = absent(part, refusal)))
}

/// Returns one notice about the parts that cannot be read now. `all` includes those that have failed once only.
pub fn outage(known: &Parts, all: bool) -> Option<DeskError> {
    let is_out = |state: &PartState| state.is_out() && (all || state.outage.is_some_and(|out| out.lasts()));
    let lists: Vec<_> = known.iter().filter(|(part, state)| part.is_read() && is_out(state)).collect();
    let was_read = if lists.iter().any(|(_, state)| state.worked) { "yes" } else { "no" };
    let names = in_a_row(lists.iter().map(|(part, _)| part.noun()).collect())?;
    Some(failure!(ListOutage, "error-list-outage", names = names, read = was_read))
}

/// Returns one notice about the rows that this program cannot read.
pub fn unreadable(known: &Parts) -> Option<DeskError> {
    let counted =
        known.iter().filter(|(_, state)| state.unreadable > 0).filter_map(|(part, state)| match part {
            Part::Of(kind) => Some(kind.counted(state.unreadable)),
            _ => None,
        });
    Some(failure!(UnreadableRows, "error-unreadable-rows", names = in_a_row(counted.collect())?))
}

/// Returns the number of rows that this program cannot read.
pub fn count_unreadable(known: &Parts) -> u32 {
    known.iter().map(|(_, state)| state.unreadable).fold(0, u32::saturating_add)
}

/// Returns the lists of which the server gives another number of rows than it reports.
pub fn miscounted(known: &Parts) -> Option<String> {
    let lists = known.iter().filter(|(_, state)| state.miscounted);
    in_a_row(lists.map(|(part, _)| part.noun()).collect())
}

/// Returns the capability of a resource that is sent in this way. A resource that is never sent is read-only.
fn sent_by(send: Send, kind: Kind, able: Capability) -> Capability {
    if send != Send::Never || !able.read {
        return able;
    }
    Capability { read: true, write: false, reason: Some(say!("capability-read-only", many = kind.many())) }
}

/// Returns the capabilities of the server for the screens.
pub fn capabilities(known: &Parts, gallery: Option<GalleryDialect>) -> Capabilities {
    let of = |part: Part| {
        known.iter().find(|(known, _)| *known == part).and_then(|(_, state)| state.absent()).map_or(
            // A refusal of a write is reported when the write is tried.
            Capability { read: true, write: true, reason: None },
            |refusal| Capability { read: false, write: false, reason: Some(absent(part, refusal)) },
        )
    };
    let with = |able: bool, reason: String| Capability {
        read: able,
        write: able,
        reason: (!able).then_some(reason),
    };
    let changes = of(Part::GalleryChanges);
    let lists = match gallery {
        Some(_) => with(true, String::new()),
        None => Capability { read: true, ..changes },
    };
    let resource = |kind: Kind| match (of(Part::Of(kind)), kind.resource().location) {
        (read, Location::Own { .. }) if read.read => lists.clone(),
        (read, _) => read,
    };
    let as_sent = |kind: Kind| sent_by(kind.resource().send, kind, resource(kind));
    let resources: BTreeMap<Kind, Capability> = Kind::ALL.map(|kind| (kind, as_sent(kind))).into();
    let removal = match gallery {
        Some(dialect) => with(dialect.can_remove(), say!("capability-no-removal")),
        None => lists,
    };
    Capabilities {
        known: known.iter().any(|(_, state)| state.worked || state.outage.is_some()),
        resources,
        gallery_removal: removal,
        captions: with(gallery.is_some_and(GalleryDialect::has_captions), say!("capability-no-captions")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_never_sent_can_be_read_and_says_why_it_cannot_be_changed() {
        let able = Capability { read: true, write: true, reason: None };
        for send in [Send::Merge, Send::Steps, Send::Once] {
            assert_eq!(sent_by(send, Kind::RoomType, able.clone()), able);
        }
        let shown = sent_by(Send::Never, Kind::RoomType, able);
        assert_eq!((shown.read, shown.write), (true, false));
        assert_eq!(shown.reason.as_deref(), Some("This program can only show room types."));
        let absent = Capability { read: false, write: false, reason: Some("There are none.".to_owned()) };
        assert_eq!(sent_by(Send::Never, Kind::RoomType, absent.clone()), absent);
    }
}
