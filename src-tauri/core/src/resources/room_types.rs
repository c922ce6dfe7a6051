//! Room types.

use super::copy::read_record;
use super::said::Said;
use super::values::{number, photo_url};
use super::{ActivityKinds, Kind, Location, Resource, Send, ServerCopy, Ties, Voice, hidden_or_none};
use crate::records::{Odd, Rule, Shape, Slot, Table};

/// The declaration of the room types.
pub(super) static ROOM_TYPES: Resource = Resource {
    name: "room_type",
    part: "part_room_types",
    as_of: "room_types_as_of",
    table: &TABLE,
    location: Location::List { path: "room-types", upload: "upload-image" },
    send: Send::Merge,
    is_private: false,
    read: |item| read_record(Kind::RoomType, item).map(ServerCopy::Record),
    state: hidden_or_none,
    ties: Ties::Name,
    activities: Some(ActivityKinds::ALIKE),
    // The timestamp is always null (contract.md 7). Only the picture has an event.
    voice: Voice::None,
    events: &[("room-type-image-updated", |data| {
        let id = number(data, "room_type_id")?;
        Ok(Said::Picture { kind: Kind::RoomType, id, title: None, photo_url: photo_url(data) })
    })],
};

static TABLE: Table = Table {
    fields: FIELDS,
    slots: &[Slot::Photo],
    marks: ["name", "code"],
    odd: Odd::Empty,
    can_be_made: true,
    creates_whole: false,
};

/// The fields of a room type (contract.md 7).
const FIELDS: &[Rule] = &[
    Rule::needed("name", Shape::Line, 200).wide(),
    Rule::new("code", Shape::Line, 50).aside(),
    Rule::new("short_description", Shape::Text, 0),
    Rule::number_or("max_occupancy", 2).aside(),
    Rule::new("bed_setup", Shape::Line, 100),
    Rule::needed("starting_price_from", Shape::Money, 0),
    Rule::needed("currency", Shape::Currency, 3),
    Rule::new("booking_code", Shape::Line, 50).aside(),
    Rule::new("booking_url", Shape::Link, 200),
    Rule::new("availability_message", Shape::Line, 100),
    Rule::new("sort_order", Shape::Number, 0).aside(),
    Rule::new("is_active", Shape::Flag, 0).aside(),
];
