//! The content of `display.toml` for the editor, and its preview.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DisplayView;
use crate::private::Secret;
use crate::records::FieldErrors;

/// The content of `display.toml`, as it is written there. A missing value stands for the default.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(deny_unknown_fields, default)]
pub struct DisplayFile {
    /// The name of the monitor.
    pub monitor: Option<String>,
    /// A new PIN. It never leaves the program: screens get no PIN. None keeps the PIN of the file, and an empty text
    /// removes it.
    #[serde(skip_serializing)]
    #[ts(optional)]
    pub pin: Option<Secret>,
    /// The hours of the display, such as `06:30-23:00`.
    pub hours: Option<String>,
    /// The days of the display, such as `mon`.
    pub weekdays: Option<Vec<String>>,
    /// The message that stays on the screen.
    pub message: Option<String>,
    /// The seconds of each slide.
    pub seconds: Option<i64>,
    /// Whether the clock is shown.
    pub clock: Option<bool>,
    /// Whether the logo is shown.
    pub logo: Option<bool>,
    /// Whether codes for the booking are shown.
    pub qr: Option<bool>,
    /// The parts of the content.
    pub parts: DisplayFileParts,
    /// The rules for single offers.
    pub offer: Vec<DisplayFileOffer>,
}

/// Prints no message and no PIN.
impl fmt::Debug for DisplayFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DisplayFile").field("offer", &self.offer.len()).finish_non_exhaustive()
    }
}

/// The parts in `display.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(deny_unknown_fields, default)]
pub struct DisplayFileParts {
    /// The hotel's name over its large pictures.
    pub welcome: Option<DisplayFilePart>,
    /// The offers.
    pub offers: Option<DisplayFilePart>,
    /// The pictures of the galleries.
    pub gallery: Option<DisplayFilePart>,
    /// The room types.
    pub rooms: Option<DisplayFilePart>,
    /// The amenities.
    pub amenities: Option<DisplayFilePart>,
}

/// A part in `display.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(deny_unknown_fields, default)]
pub struct DisplayFilePart {
    /// Whether it is shown.
    pub on: Option<bool>,
    /// The seconds of each of its slides.
    pub seconds: Option<i64>,
}

/// The rule of a single offer in `display.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(deny_unknown_fields)]
pub struct DisplayFileOffer {
    /// The title of the offer, without regard to case.
    pub title: String,
    /// Whether it is shown.
    #[serde(default)]
    pub on: Option<bool>,
    /// The seconds of its slide.
    #[serde(default)]
    pub seconds: Option<i64>,
    /// The hours of the offer.
    #[serde(default)]
    pub hours: Option<String>,
    /// The days of the offer.
    #[serde(default)]
    pub weekdays: Option<Vec<String>>,
}

/// The start of an edit of `display.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct DisplayEditing {
    /// The content of the file.
    pub file: DisplayFile,
    /// Whether the file has a PIN.
    pub has_pin: bool,
    /// The seconds of a slide without a setting.
    pub seconds: u32,
    /// The titles of the hotel's offers.
    pub offers: Vec<String>,
    /// The names of the monitors of the display; none if another computer is the display.
    pub monitors: Option<Vec<String>>,
}

/// The effect of an edited `display.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct DisplayPreview {
    /// The wrong values, by their places in the file, such as `parts.rooms.seconds` or `offer.0.hours`.
    pub faults: FieldErrors,
    /// The content of the display now; none as long as a value is wrong. Outside of the display's hours it has the
    /// slides of its hours.
    pub view: Option<DisplayView>,
}
