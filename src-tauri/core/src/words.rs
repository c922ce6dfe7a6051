//! Sentences from kind and parameters.
//!
//! The database keeps what happened, never how it is said; the sentences stand in one catalogue (`words/`, Project Fluent)
//! and are made when they are shown. So a sentence can be mended, or said in another language, for what happened long ago.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use crate::resources::{About, Happening};

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> =
    LazyLock::new(|| bundle(&[include_str!("../../../words/en/happenings.ftl")]));

fn bundle(files: &[&str]) -> Bundle {
    let english = unic_langid::langid!("en");
    let mut bundle = Bundle::new_concurrent(vec![english]);
    // Nothing is put around what is filled in: sentences are compared, searched and read aloud as they stand.
    bundle.set_use_isolating(false);
    for file in files {
        // A test holds the catalogue to what can be read; whatever else can be said is said.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(read, _)| read);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text of this key. One that is missing shows its key, which a test forbids.
fn text(key: &str, arguments: &[(&str, &str)]) -> String {
    let Some(pattern) = ENGLISH.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, *value)).collect();
    ENGLISH.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
}

/// What happened, in one sentence.
pub fn sentence(happening: &Happening) -> String {
    let of = |key: &str, about: &About| text(key, &[("entity", &entity(about))]);
    match happening {
        Happening::Made(about) => of("activity-made", about),
        Happening::Changed(about) => of("activity-changed", about),
        Happening::Removed(about) => of("activity-removed", about),
        // Where there are several pictures, the thing itself says little.
        Happening::PictureChanged(About { kind, .. }) if kind.table().slots.len() > 1 => {
            text("activity-hotel-picture-changed", &[])
        }
        Happening::PictureChanged(about) => of("activity-picture-changed", about),
        Happening::PictureTakenOut(about) => of("activity-picture-taken-out", about),
        Happening::Duty { name, on_duty } => match (name.as_str(), on_duty) {
            ("", true) => text("activity-somebody-on-duty", &[]),
            ("", false) => text("activity-somebody-off-duty", &[]),
            (name, true) => text("activity-on-duty", &[("name", name)]),
            (name, false) => text("activity-off-duty", &[("name", name)]),
        },
        Happening::OwnDuty { on_duty: true } => text("activity-clocked-in-elsewhere", &[]),
        Happening::OwnDuty { on_duty: false } => text("activity-clocked-out-elsewhere", &[]),
        Happening::GuestWrote { room, text: said } => match (room, said.as_str()) {
            (None, "") => text("activity-guest-sent-file", &[]),
            (None, said) => text("activity-guest-wrote", &[("text", said)]),
            (Some(room), "") => text("activity-room-sent-file", &[("room", room)]),
            (Some(room), said) => text("activity-room-wrote", &[("room", room), ("text", said)]),
        },
    }
}

/// A thing in the middle of a sentence.
fn entity(About { kind, title }: &About) -> String {
    let name = kind.resource().name;
    match title.as_str() {
        "" if kind.table().fields.is_empty() => text(&format!("entity-called-{name}-untitled"), &[]),
        title => text(&format!("entity-called-{name}"), &[("title", title)]),
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
            let is_whole = said.ends_with(['.', '”']) && said.contains(' ') && !said.contains(['{', '$']);
            assert!(is_whole, "{happening:?}: {said}");
        }
    }

    #[test]
    fn every_sentence_of_the_catalogue_is_said_of_something() {
        let said: Vec<String> = all().iter().map(sentence).collect();
        let file = include_str!("../../../words/en/happenings.ftl");
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
    fn a_file_that_cannot_be_read_or_says_a_thing_twice_fails_here_and_not_at_a_desk() {
        let file = include_str!("../../../words/en/happenings.ftl").to_owned();
        let resource = FluentResource::try_new(file).map_err(|(_, errors)| errors).unwrap();
        let mut bundle = Bundle::new_concurrent(vec![unic_langid::langid!("en")]);
        bundle.add_resource(resource).unwrap();
    }

    #[test]
    fn what_is_filled_in_stands_as_it_is() {
        let odd = About { kind: Kind::Offer, title: "{ $title } <b>".to_owned() };
        assert_eq!(sentence(&Happening::Changed(odd)), "A colleague changed “{ $title } <b>”.");
    }
}
