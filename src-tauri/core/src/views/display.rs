//! The data of the reception display.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LiveState;
use crate::ids::MediaHash;

/// A part of the content of a reception display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum DisplayPart {
    /// The hotel's name over its large pictures.
    Welcome,
    /// The offers that are valid now.
    Offers,
    /// The pictures of the galleries.
    Gallery,
    /// The room types with their prices.
    Rooms,
    /// The amenities.
    Amenities,
}

/// A QR code, as squares on a grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct QrView {
    /// The width and height of the grid, without a margin.
    pub size: u32,
    /// The dark squares as the path of an SVG, in units of the grid.
    pub path: String,
}

/// One picture of the rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Slide {
    /// Its name, which stays the same while the content changes.
    pub key: String,
    /// Its part.
    pub part: DisplayPart,
    /// The time for which it is shown, in seconds.
    pub seconds: u32,
    /// The title; empty for a picture without a caption.
    pub title: String,
    /// The short text.
    pub text: String,
    /// The details, as harmless HTML.
    pub safe_html: String,
    /// The tag of an offer.
    pub tag: String,
    /// The first day of an offer.
    #[ts(type = "string | null")]
    pub from: Option<Date>,
    /// The last day of an offer, inclusive.
    #[ts(type = "string | null")]
    pub to: Option<Date>,
    /// The price of a room type, such as `169.00`; empty if there is none.
    pub price: String,
    /// The currency of the price.
    pub currency: String,
    /// The amenities.
    pub items: Vec<String>,
    /// The picture in the local cache.
    pub picture: Option<MediaHash>,
    /// The code that leads to the booking.
    pub qr: Option<QrView>,
}

/// The colours of the hotel, as `#RRGGBB`. An empty text means that the hotel's page names none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[ts(export)]
pub struct DisplayTheme {
    /// The main colour.
    pub primary: String,
    /// The second colour.
    pub secondary: String,
    /// The colour of small marks.
    pub accent: String,
    /// The colour behind the content.
    pub background: String,
    /// The colour of text.
    pub text: String,
}

/// Everything that a reception display shows now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct DisplayView {
    /// The rotation. Empty outside of the display's hours, and before the hotel was read.
    pub slides: Vec<Slide>,
    /// Whether the display is outside of its hours, and black.
    pub dark: bool,
    /// The hotel's name.
    pub hotel: String,
    /// The hotel's logo.
    pub logo: Option<MediaHash>,
    /// The hotel's colours.
    pub theme: DisplayTheme,
    /// The language of texts.
    pub language: String,
    /// The language tag by which dates and amounts are formatted.
    pub locale: String,
    /// The name of the hotel's time zone, for the clock.
    pub time_zone: String,
    /// Whether the clock is shown.
    pub clock: bool,
    /// The message that stays on the screen; empty if there is none.
    pub pinned: String,
    /// The time of the data, if it is old.
    #[ts(type = "string | null")]
    pub old_since: Option<Timestamp>,
    /// Whether leaving needs a PIN.
    pub needs_pin: bool,
    /// Whether the hotel was read at least once.
    pub has_data: bool,
}

/// The state of a reception display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisplayState {
    /// It shows its rotation.
    Showing,
    /// It is black, outside of its hours.
    Dark,
    /// It has nothing to show yet.
    Waiting,
    /// It was left or ended in order.
    Ended,
}

/// A slide in the status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownSlide {
    /// Its name.
    pub key: String,
    /// Its part.
    pub part: DisplayPart,
    /// Its title.
    pub title: String,
}

/// The status of a reception display, which it writes for monitoring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisplayStatus {
    /// Whether the display runs, as far as its last sign of life shows.
    #[serde(default)]
    pub running: bool,
    /// Its state.
    pub state: DisplayState,
    /// The slide on the screen.
    pub slide: Option<ShownSlide>,
    /// The time since which it is on the screen.
    pub since: Timestamp,
    /// The last sign of life of the page.
    pub alive_at: Timestamp,
    /// The number of slides in the rotation.
    pub slides: u32,
    /// The slides that the page could not show.
    pub broken: Vec<String>,
    /// The time of the data.
    pub data_as_of: Option<Timestamp>,
    /// Whether the hotel was reached last.
    pub online: Option<bool>,
    /// The state of the live connection.
    pub live: Option<LiveState>,
    /// The fault of `display.toml`, if its last good content is used instead.
    pub settings_fault: Option<String>,
}
