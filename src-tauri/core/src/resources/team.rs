//! The team: the people of the hotel, with their departments, roles and duty (contract.md 9.4).
//!
//! The list can only be read, and only as a whole: no server lets staff read one person. The newest server refuses it to
//! a person without the right.

use serde::de::Error as _;
use serde_json::Value;

use super::said::Said;
use super::values::text;
use super::{
    DutyStatus, Kind, Location, Resource, Send, ServerCopy, ServerPicture, ServerRecord, Ties, Voice,
};
use crate::ids::ServerId;
use crate::records::{Datum, Fields, Odd, Rule, Shape, Slot, Table};

/// The team.
pub(super) static TEAM: Resource = Resource {
    name: "staff",
    part: "part_team",
    as_of: "team_as_of",
    table: &TABLE,
    location: Location::Staff { path: "by_hotel" },
    send: Send::Never,
    is_private: false,
    read: |row| read_person(row).map(ServerCopy::Record),
    state: |_, _| None,
    ties: Ties::Name,
    activities: None,
    // Every press of a clock has an event. A new colleague has none on some servers, and appears after the next
    // scheduled read.
    voice: Voice::All,
    events: &[
        ("staff-profile-updated", |_| Ok(Said::List(Kind::Staff))),
        ("staff_profile_updated", |_| Ok(Said::List(Kind::Staff))),
    ],
};

static TABLE: Table = Table {
    fields: FIELDS,
    slots: &[Slot::Photo],
    marks: ["name", "department"],
    odd: Odd::Empty,
    can_be_made: false,
    creates_whole: false,
};

/// A person of the team. `duty` is one of the names of [`DutyStatus`](super::DutyStatus), or empty if the server does not
/// report it; `since` is the server's time of the last press, where its list contains it.
const FIELDS: &[Rule] = &[
    Rule::needed("name", Shape::Line, 0),
    Rule::new("department", Shape::Line, 0),
    Rule::new("role", Shape::Line, 0),
    Rule::new("phone_number", Shape::Line, 0),
    Rule::new("duty", Shape::Line, 0),
    Rule::new("since", Shape::Line, 0),
    Rule::new("is_active", Shape::Flag, 0),
];

/// Reads a person. The servers write the same data at several places; the first one that has it counts.
fn read_person(row: &Value) -> Result<ServerRecord, serde_json::Error> {
    let id = row["id"].as_i64().ok_or_else(|| serde_json::Error::custom("it has no id"))?;
    let profile = &row["user"]["staff_profile"];
    let first_of = |values: [&Value; 2]| values.into_iter().find_map(text).unwrap_or_default();
    let names = ["first_name", "last_name"].map(|name| first_of([&row[name], &profile[name]]));
    let name = match names.join(" ").trim() {
        "" => text(&row["user"]["username"]),
        name => Some(name.to_owned()),
    };
    let duty = DutyStatus::read(row);
    let last = if duty == Some(DutyStatus::OffDuty) { &row["last_clock_out"] } else { &row["last_clock_in"] };
    let picture = [&row["profile_image_url"], &profile["profile_image_url"], &row["profile_image"]];
    let url = picture.into_iter().filter_map(text).find(|url| url.starts_with("http"));
    let fields = Fields::default()
        .with("name", name.ok_or_else(|| serde_json::Error::custom("it has no name"))?)
        .with("department", first_of([&row["department_detail"]["name"], &profile["department"]["name"]]))
        .with("role", first_of([&row["role_detail"]["name"], &profile["role"]["name"]]))
        .with("phone_number", first_of([&row["phone_number"], &profile["phone_number"]]))
        .with("duty", duty.map(DutyStatus::name).unwrap_or_default())
        .with("since", text(last).unwrap_or_default())
        .with("is_active", Datum::Flag(row["is_active"].as_bool().unwrap_or(true)));
    Ok(ServerRecord {
        kind: Kind::Staff,
        id: ServerId(id),
        fields,
        pictures: [(Slot::Photo, ServerPicture { path: None, url })].into(),
        shown: Default::default(),
        created_at: None,
    })
}

#[cfg(test)]
#[path = "team_tests.rs"]
mod tests;
