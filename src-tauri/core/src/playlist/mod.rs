//! The playlist of a reception display: what it shows, computed from the rows of a hotel and `display.toml`.
//!
//! Everything here is a pure function of its arguments. The [display](crate::display) uses it for its screen, and both
//! the display and the desk use it to edit the file with a preview.

mod content;
mod hours;
mod qr;
mod rotation;
mod settings;
mod writing;

use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::error::DeskError;
use crate::records::FieldErrors;
use crate::views::{DisplayEditing, DisplayFile, DisplayPreview, DisplayView};

pub(crate) use content::Content;
pub(crate) use settings::{DisplaySettings, FILE};
pub(crate) use writing::written;

/// The age from which the data counts as old. The page is read every minute.
const OLD: SignedDuration = SignedDuration::from_mins(10);

/// The zone of the hotel, and the language of the guests.
pub(crate) struct Locality<'a> {
    pub(crate) zone: &'a TimeZone,
    pub(crate) language: &'a str,
    pub(crate) locale: &'a str,
}

/// Returns everything that a display shows now, and the next moment at which time alone may change it.
pub(crate) fn view(
    content: Content,
    settings: &DisplaySettings,
    now: Timestamp,
    at: &Locality<'_>,
) -> (DisplayView, Timestamp) {
    let list = rotation::rotation(&content, settings, now, at.zone);
    let old_since = content.as_of.filter(|read| now.duration_since(*read) > OLD);
    let view = DisplayView {
        slides: list.slides,
        dark: list.dark,
        hotel: content.hotel,
        logo: content.logo.filter(|_| settings.logo),
        theme: content.theme,
        language: at.language.to_owned(),
        locale: at.locale.to_owned(),
        time_zone: at.zone.iana_name().unwrap_or("UTC").to_owned(),
        clock: settings.clock,
        pinned: settings.pinned.clone(),
        old_since,
        needs_pin: settings.pin.is_some(),
        has_data: content.as_of.is_some(),
    };
    (view, list.until)
}

/// Returns the effect of an edited file. Outside of the display's hours it shows the slides of its hours.
pub(crate) fn preview(
    content: Content,
    file: &DisplayFile,
    now: Timestamp,
    at: &Locality<'_>,
) -> DisplayPreview {
    let mut settings = match DisplaySettings::of(file) {
        Ok(settings) => settings,
        Err(faults) => return DisplayPreview { faults, view: None },
    };
    let is_dark = !settings.hours.contain(now, at.zone);
    settings.hours = hours::Hours::default();
    let (view, _) = self::view(content, &settings, now, at);
    // The age of the data is the display's own.
    let view = DisplayView { dark: is_dark, old_since: None, ..view };
    DisplayPreview { faults: FieldErrors::default(), view: Some(view) }
}

/// Returns true for a text that is not a file of this program.
pub(crate) fn is_damaged(text: &str) -> bool {
    settings::parse(text, Path::new(FILE)).is_err()
}

/// Returns the start of an edit of this file. `monitors`: those of the display, if this computer is the display.
///
/// # Errors
/// Code `configuration` if the file cannot be read.
pub(crate) fn editing(
    text: &str,
    content: &Content,
    monitors: Option<Vec<String>>,
) -> Result<DisplayEditing, DeskError> {
    let mut file = settings::parse(text, Path::new(FILE))?;
    let has_pin = file.pin.take().is_some();
    let rules = file.offer.iter_mut().filter_map(|offer| offer.weekdays.as_mut());
    for name in rules.chain(file.weekdays.as_mut()).flatten() {
        *name = name.trim().to_lowercase();
    }
    let offers = content.offers.iter().map(|offer| offer.title.clone()).collect();
    Ok(DisplayEditing { file, has_pin, seconds: settings::SECONDS, offers, monitors })
}
