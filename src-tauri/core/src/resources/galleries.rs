//! Galleries: ordered lists of pictures.

use serde::de::Error as _;

use super::images::{read_flat_gallery, read_gallery};
use super::said::Said;
use super::values::{number, text};
use super::{
    ActivityKinds, Kind, Location, ONLY_ONE, Resource, Send, ServerCopy, Ties, Voice, hidden_or_none,
};
use crate::records::{Odd, Table};

/// The declaration of the galleries.
pub(super) static GALLERIES: Resource = Resource {
    name: "gallery",
    part: "part_gallery",
    as_of: "galleries_as_of",
    table: &NO_FIELDS,
    location: Location::Own {
        path: "galleries",
        comes_with: Kind::Branding,
        other_form: "gallery-containers",
    },
    send: Send::Steps,
    is_private: false,
    read: |item| {
        let gallery = read_gallery(item).map(ServerCopy::Gallery);
        gallery.ok_or_else(|| serde_json::Error::custom("a gallery needs an id and images"))
    },
    state: hidden_or_none,
    ties: Ties::Name,
    activities: Some(ActivityKinds::ALIKE),
    // No event announces that a gallery was created, renamed or removed.
    voice: Voice::None,
    events: &[
        ("gallery-image-uploaded", |data| match text(&data["url"]) {
            Some(url) => Ok(Said::Uploaded { kind: Kind::Gallery, id: ONLY_ONE, url }),
            None => Err("it has no url".to_owned()),
        }),
        ("gallery-reordered", |data| {
            let gallery = read_flat_gallery(data).ok_or("it has no gallery")?;
            Ok(Said::Copy(ServerCopy::Gallery(gallery)))
        }),
        // The event contains neither the pictures nor their order (contract.md 5.2).
        ("gallery-updated", |data| {
            Ok(Said::Changed { kind: Kind::Gallery, id: number(data, "gallery_id")? })
        }),
    ],
};

static NO_FIELDS: Table = Table {
    fields: &[],
    slots: &[],
    marks: ["name", "name"],
    odd: Odd::Absent,
    can_be_made: false,
    creates_whole: false,
};
