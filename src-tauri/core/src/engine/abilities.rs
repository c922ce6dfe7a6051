//! What this hotel's server has, in plain words: for screens, scripts and the checklist.

use crate::error::{DeskError, ErrorCode};
use std::collections::BTreeMap;

use crate::hotel::dialect::GalleryDialect;
use crate::resources::{Kind, Part, PartState, Place, Refusal};
use crate::views::{Abilities, Ability};

/// All parts with what is known of them.
type Known = [(Part, PartState)];

/// That the server does not have a part, or not for this person.
pub fn absent(part: Part, refusal: Refusal) -> String {
    let noun = part.noun();
    match (refusal, part) {
        (Refusal::Forbidden, Part::GalleryChanges) => {
            format!("You are not allowed to change the {noun} of this hotel.")
        }
        (Refusal::Forbidden, Part::Clock) => format!("You are not allowed to use the {noun} of this hotel."),
        (Refusal::Forbidden, Part::Of(_)) => format!("You are not allowed to see the {noun} of this hotel."),
        (_, Part::GalleryChanges) => format!(
            "This hotel's server keeps its {noun} in a way that this program does not know, so it can only be looked \
             at."
        ),
        (_, Part::Clock) => format!("This hotel's server has no {noun} that a desk can use."),
        (_, Part::Of(_)) => format!("This hotel's server has no {noun}."),
    }
}

/// What the server does not have, one sentence each.
pub fn all_absent(known: &Known) -> Vec<String> {
    let lists = known.iter().filter(|(part, _)| part.is_read());
    lists.filter_map(|(part, state)| Some(absent(*part, state.absent()?))).collect()
}

/// That a wish cannot be taken, where the server does not have what it is about.
pub fn refuse(part: Part, state: &PartState) -> Result<(), DeskError> {
    let Some(refusal) = state.absent() else { return Ok(()) };
    Err(DeskError::new(
        ErrorCode::NotAllowed,
        absent(part, refusal),
        "Ask the people who run the server. When it has them, this works by itself.",
    ))
}

/// What of the hotel cannot be read now, in one notice. `all`: also what has failed once only.
pub fn outage(known: &Known, all: bool) -> Option<DeskError> {
    let is_out = |state: &PartState| state.is_out() && (all || state.outage.is_some_and(|out| out.lasts()));
    let lists = known.iter().filter(|(part, state)| part.is_read() && is_out(state));
    let names: Vec<&str> = lists.map(|(part, _)| part.noun()).collect();
    let names = in_a_row(&names)?;
    Some(DeskError::new(
        ErrorCode::ListOutage,
        format!("The hotel's server does not give its {names} now. What you see is as it was last read."),
        "It is asked again by itself. If it stays so, tell the people who run the server.",
    ))
}

/// What of the hotel this program cannot read, in one notice.
pub fn unreadable(known: &Known) -> Option<DeskError> {
    let counted: Vec<String> = known
        .iter()
        .filter(|(_, state)| state.unreadable > 0)
        .filter_map(|(part, state)| match part {
            Part::Of(kind) => Some((state.unreadable, &kind.resource().nouns)),
            _ => None,
        })
        .map(|(count, nouns)| format!("{count} {}", if count == 1 { nouns.one } else { nouns.many }))
        .collect();
    let names = in_a_row(&counted.iter().map(String::as_str).collect::<Vec<_>>())?;
    Some(DeskError::new(
        ErrorCode::UnreadableRows,
        format!("{names} of the hotel cannot be read by this program, and are not shown."),
        "Bring this program up to date. If it stays so, give a support file to the people who look after it.",
    ))
}

/// How many rows that is.
pub fn count_unreadable(known: &Known) -> u32 {
    known.iter().map(|(_, state)| state.unreadable).fold(0, u32::saturating_add)
}

/// The lists of which the server gives another number of rows than it says.
pub fn miscounted(known: &Known) -> Option<String> {
    let lists = known.iter().filter(|(_, state)| state.miscounted);
    in_a_row(&lists.map(|(part, _)| part.noun()).collect::<Vec<_>>())
}

/// `offers, room types and gallery`; none of nothing.
fn in_a_row(names: &[&str]) -> Option<String> {
    let (last, others) = names.split_last()?;
    Some(if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) })
}

/// What screens show of what the server has.
pub fn abilities(known: &Known, gallery: Option<GalleryDialect>) -> Abilities {
    let of = |part: Part| {
        known.iter().find(|(known, _)| *known == part).and_then(|(_, state)| state.absent()).map_or(
            // What is refused when it is tried says so itself.
            Ability { read: true, write: true, reason: None },
            |refusal| Ability { read: false, write: false, reason: Some(absent(part, refusal)) },
        )
    };
    let with = |able: bool, reason: &str| Ability {
        read: able,
        write: able,
        reason: (!able).then(|| reason.to_owned()),
    };
    let changes = of(Part::GalleryChanges);
    let lists = match gallery {
        Some(_) => with(true, ""),
        None => Ability { read: true, ..changes },
    };
    let resource = |kind: Kind| match (of(Part::Of(kind)), kind.resource().place) {
        (read, Place::Own { .. }) if read.read => lists.clone(),
        (read, _) => read,
    };
    let resources: BTreeMap<Kind, Ability> = Kind::ALL.map(|kind| (kind, resource(kind))).into();
    let removal = match gallery {
        Some(dialect) => with(
            dialect.can_remove(),
            "This hotel's server does not let anybody take a single picture out of a gallery.",
        ),
        None => lists,
    };
    Abilities {
        known: known.iter().any(|(_, state)| state.worked || state.outage.is_some()),
        resources,
        gallery_removal: removal,
        captions: with(
            gallery.is_some_and(GalleryDialect::has_captions),
            "This hotel's server has no captions.",
        ),
    }
}
