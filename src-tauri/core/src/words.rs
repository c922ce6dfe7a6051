//! Makes sentences from kind and parameters.
//!
//! The database stores activities without their words. The sentences are in one catalogue (`words/`, Project Fluent),
//! and are made for each display. So a sentence can be corrected or translated for old activities too.

use crate::catalogue::{say, text};
use crate::resources::{About, DutyNotice, Happening, Part, Refusal};

/// Returns the activity in one sentence.
pub fn sentence(happening: &Happening) -> String {
    match happening {
        Happening::Made(about) => say!("activity-made", entity = entity(about)),
        Happening::Changed(about) => say!("activity-changed", entity = entity(about)),
        Happening::Removed(about) => say!("activity-removed", entity = entity(about)),
        Happening::RemovedHere(about) => say!("activity-removed-here", entity = entity(about)),
        // If the kind has several pictures, the entity's name is of little use.
        Happening::PictureChanged(About { kind, .. }) if kind.table().slots.len() > 1 => {
            say!("activity-hotel-picture-changed")
        }
        Happening::PictureChanged(about) => say!("activity-picture-changed", entity = entity(about)),
        Happening::PictureTakenOut(about) => say!("activity-picture-taken-out", entity = entity(about)),
        Happening::Duty { name, on_duty } => match (name.as_str(), on_duty) {
            ("", true) => say!("activity-somebody-on-duty"),
            ("", false) => say!("activity-somebody-off-duty"),
            (name, true) => say!("activity-on-duty", name = name),
            (name, false) => say!("activity-off-duty", name = name),
        },
        Happening::OwnDuty { on_duty: true } => say!("activity-clocked-in-elsewhere"),
        Happening::OwnDuty { on_duty: false } => say!("activity-clocked-out-elsewhere"),
        Happening::GuestWrote { room, text: said } => match (room, said.as_str()) {
            (None, "") => say!("activity-guest-sent-file"),
            (None, said) => say!("activity-guest-wrote", text = said),
            (Some(room), "") => say!("activity-room-sent-file", room = room.as_str()),
            (Some(room), said) => say!("activity-room-wrote", room = room.as_str(), text = said),
        },
    }
}

/// Returns the sentence that the server does not have a part, or not for this person.
pub fn absent(part: Part, refusal: Refusal) -> String {
    match refusal {
        Refusal::Forbidden => say!("capability-forbidden", part = part.name(), noun = part.noun()),
        Refusal::OtherForm => say!("capability-other-form", noun = part.noun()),
        _ => say!("capability-absent", part = part.name(), noun = part.noun()),
    }
}

/// Returns the outcome of an intent to be on or off duty.
pub fn duty_notice(notice: DutyNotice) -> String {
    let clock = |on_duty: bool| if on_duty { "in" } else { "out" };
    match notice {
        DutyNotice::NotReported => say!("duty-not-reported"),
        DutyNotice::Unclear { on_duty } => say!("duty-unclear", clock = clock(on_duty)),
        DutyNotice::NotTaken { on_duty } => say!("duty-not-taken", clock = clock(on_duty)),
        DutyNotice::NoOpenLog => say!("duty-no-open-log"),
        DutyNotice::NeedsApproval => say!("duty-needs-approval"),
        DutyNotice::Lapsed { on_duty } => say!("duty-lapsed", clock = clock(on_duty)),
        DutyNotice::Refused { on_duty, cause } => say!("duty-refused", clock = clock(on_duty), cause = cause),
    }
}

/// Joins several names: `offers, room types and gallery`. Returns `None` for an empty list.
pub fn in_a_row(mut names: Vec<String>) -> Option<String> {
    let last = names.pop()?;
    Some(if names.is_empty() { last } else { say!("list-and", others = names.join(", "), last = last) })
}

/// Returns an entity's name in the middle of a sentence.
fn entity(About { kind, title }: &About) -> String {
    let name = kind.resource().name;
    match title.as_str() {
        "" if kind.table().fields.is_empty() => text(&format!("entity-called-{name}-untitled"), &[]),
        title => text(&format!("entity-called-{name}"), &[("title", title.into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::Kind;

    fn all() -> Vec<Happening> {
        let of = |kind: Kind, title: &str| {
            let about = About { kind, title: title.to_owned() };
            [
                Happening::Made(about.clone()),
                Happening::Changed(about.clone()),
                Happening::Removed(about.clone()),
                Happening::RemovedHere(about.clone()),
                Happening::PictureChanged(about.clone()),
                Happening::PictureTakenOut(about),
            ]
        };
        let kinds = Kind::ALL.into_iter().flat_map(|kind| of(kind, "Spa").into_iter().chain(of(kind, "")));
        let duty = [true, false].into_iter().flat_map(|on_duty| {
            ["", "Rory Brosnan"].map(|name| Happening::Duty { name: name.to_owned(), on_duty })
        });
        let own = [true, false].map(|on_duty| Happening::OwnDuty { on_duty });
        let guests = [None, Some("101".to_owned())].into_iter().flat_map(|room| {
            ["", "Towels, please"]
                .map(|text| Happening::GuestWrote { room: room.clone(), text: text.to_owned() })
        });
        kinds.chain(duty).chain(own).chain(guests).collect()
    }

    #[test]
    fn everything_that_can_happen_has_a_sentence() {
        for happening in all() {
            let said = sentence(&happening);
            let is_whole =
                said.ends_with(['.', '”', '“']) && said.contains(' ') && !said.contains(['{', '$']);
            assert!(is_whole, "{happening:?}: {said}");
        }
    }

    #[test]
    fn every_sentence_of_the_catalogue_is_said_of_something() {
        let said: Vec<String> = all().iter().map(sentence).collect();
        let file = include_str!("../../../words/en/core/happenings.ftl");
        let sentences = file
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .filter(|(key, _)| key.starts_with("activity-"));
        for (key, pattern) in sentences {
            let parts: Vec<&str> = pattern.split(['{', '}']).step_by(2).collect();
            assert!(
                said.iter().any(|said| parts.iter().all(|part| said.contains(part))),
                "{key} is never said"
            );
        }
    }

    #[test]
    fn every_part_that_is_missing_has_a_sentence() {
        for part in Part::all() {
            for refusal in [Refusal::Absent, Refusal::Forbidden, Refusal::OtherForm] {
                let said = absent(part, refusal);
                assert!(said.ends_with('.') && said.contains(&part.noun()) && !said.contains('{'), "{said}");
            }
        }
    }

    #[test]
    fn a_notice_is_kept_as_kind_and_parameters() {
        let cause = "not allowed: No.".to_owned();
        for on_duty in [true, false] {
            let notices = [
                DutyNotice::NotReported,
                DutyNotice::Unclear { on_duty },
                DutyNotice::NotTaken { on_duty },
                DutyNotice::Lapsed { on_duty },
                DutyNotice::Refused { on_duty, cause: cause.clone() },
            ];
            for notice in notices {
                let stored = serde_json::to_string(&notice).unwrap();
                assert!(serde_json::from_str::<DutyNotice>(&stored).unwrap() == notice, "{stored}");
                let said = duty_notice(notice);
                assert!(said.ends_with('.') && said.contains(' ') && !said.contains('{'), "{said}");
            }
        }
    }

    #[test]
    fn names_stand_in_a_row() {
        let row = |names: &[&str]| in_a_row(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(row(&[]), None);
        assert_eq!(row(&["offers"]).as_deref(), Some("offers"));
        assert_eq!(row(&["offers", "rooms", "gallery"]).as_deref(), Some("offers, rooms and gallery"));
    }

    #[test]
    fn what_is_filled_in_stands_as_it_is() {
        let odd = About { kind: Kind::Offer, title: "{ $title } <b>".to_owned() };
        assert_eq!(sentence(&Happening::Changed(odd)), "A colleague changed “{ $title } <b>”.");
    }
}
