//! `display.toml`, beside `desk.toml`: the content and the hours of a reception display.
//!
//! The PIN is a plain text. A hash of four to eight digits is broken by trying all of them, so it would only seem to
//! protect: the rights of the file do.

use std::path::Path;

use jiff::civil::Time;
use serde::Deserialize;

use super::hours::{Hours, every_day};
use crate::error::{DeskError, failure};
use crate::private::Secret;
use crate::views::DisplayPart;

/// The file in the data folder.
pub(super) const FILE: &str = "display.toml";
/// The time of a slide, unless the file says otherwise.
const SECONDS: u32 = 12;
/// The shortest and the longest time of a slide.
const SECONDS_ALLOWED: std::ops::RangeInclusive<u32> = 3..=3600;
/// The longest pinned message, in characters.
const LONGEST_MESSAGE: usize = 200;

/// The settings of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PartSettings {
    pub(super) on: bool,
    pub(super) seconds: u32,
}

/// The settings of one offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfferSettings {
    /// The title of the offer, without regard to case.
    pub(super) title: String,
    pub(super) on: bool,
    pub(super) seconds: Option<u32>,
    /// The times at which it is shown.
    pub(super) hours: Hours,
}

/// The settings of a display.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DisplaySettings {
    /// The monitor's name; the first one if it is not named, or not plugged in.
    pub(super) monitor: Option<String>,
    pub(super) pin: Option<Secret>,
    /// The hours of the display.
    pub(super) hours: Hours,
    pub(super) pinned: String,
    pub(super) clock: bool,
    pub(super) logo: bool,
    pub(super) qr: bool,
    parts: [(DisplayPart, PartSettings); 5],
    pub(super) offers: Vec<OfferSettings>,
}

/// The file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    monitor: Option<String>,
    pin: Option<String>,
    hours: Option<String>,
    weekdays: Option<Vec<String>>,
    message: Option<String>,
    clock: Option<bool>,
    logo: Option<bool>,
    qr: Option<bool>,
    seconds: Option<u32>,
    #[serde(default)]
    parts: RawParts,
    #[serde(default)]
    offer: Vec<RawOffer>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawParts {
    welcome: Option<RawPart>,
    offers: Option<RawPart>,
    gallery: Option<RawPart>,
    rooms: Option<RawPart>,
    amenities: Option<RawPart>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPart {
    on: Option<bool>,
    seconds: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOffer {
    title: String,
    on: Option<bool>,
    seconds: Option<u32>,
    hours: Option<String>,
    weekdays: Option<Vec<String>>,
}

impl Default for DisplaySettings {
    fn default() -> Self {
        let all = PartSettings { on: true, seconds: SECONDS };
        use DisplayPart::{Amenities, Gallery, Offers, Rooms, Welcome};
        Self {
            monitor: None,
            pin: None,
            hours: Hours::default(),
            pinned: String::new(),
            clock: true,
            logo: true,
            qr: true,
            parts: [Welcome, Offers, Gallery, Rooms, Amenities].map(|part| (part, all)),
            offers: Vec::new(),
        }
    }
}

impl DisplaySettings {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// Code `configuration`, with the wrong setting in the sentence.
    pub(super) fn read(text: &str, file: &Path) -> Result<Self, DeskError> {
        let file = file.display().to_string();
        // A Windows editor may put a byte order mark in front.
        let raw: Raw = toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let cause = error.message().trim_end_matches('.');
            failure!(Configuration, "error-setting-wrong", file = file.clone(), cause = cause)
        })?;
        Self::of(raw)
            .map_err(|cause| failure!(Configuration, "error-setting-wrong", file = file, cause = cause))
    }

    fn of(raw: Raw) -> Result<Self, String> {
        let usual = seconds(raw.seconds)?.unwrap_or(SECONDS);
        let part = |raw: Option<RawPart>| {
            let raw = raw.unwrap_or_default();
            Ok::<_, String>(PartSettings {
                on: raw.on.unwrap_or(true),
                seconds: seconds(raw.seconds)?.unwrap_or(usual),
            })
        };
        let parts = raw.parts;
        let parts = [
            (DisplayPart::Welcome, part(parts.welcome)?),
            (DisplayPart::Offers, part(parts.offers)?),
            (DisplayPart::Gallery, part(parts.gallery)?),
            (DisplayPart::Rooms, part(parts.rooms)?),
            (DisplayPart::Amenities, part(parts.amenities)?),
        ];
        let offer = |raw: RawOffer| {
            Ok::<_, String>(OfferSettings {
                title: raw.title.trim().to_lowercase(),
                on: raw.on.unwrap_or(true),
                seconds: seconds(raw.seconds)?,
                hours: hours(raw.hours.as_deref(), raw.weekdays.as_deref())?,
            })
        };
        let pinned = raw.message.unwrap_or_default().trim().to_owned();
        if pinned.chars().count() > LONGEST_MESSAGE {
            return Err(format!("message is longer than {LONGEST_MESSAGE} characters"));
        }
        Ok(Self {
            monitor: raw.monitor.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
            pin: raw.pin.map(pin).transpose()?,
            hours: hours(raw.hours.as_deref(), raw.weekdays.as_deref())?,
            pinned,
            clock: raw.clock.unwrap_or(true),
            logo: raw.logo.unwrap_or(true),
            qr: raw.qr.unwrap_or(true),
            parts,
            offers: raw.offer.into_iter().map(offer).collect::<Result<_, _>>()?,
        })
    }

    /// Returns the settings of a part.
    pub(super) fn part(&self, part: DisplayPart) -> PartSettings {
        let own = self.parts.iter().find(|(known, _)| *known == part);
        own.map_or(PartSettings { on: true, seconds: SECONDS }, |(_, settings)| *settings)
    }

    /// Returns the settings of the offer with this title, if the file names it.
    pub(super) fn offer(&self, title: &str) -> Option<&OfferSettings> {
        let title = title.trim().to_lowercase();
        self.offers.iter().find(|offer| offer.title == title)
    }
}

fn seconds(value: Option<u32>) -> Result<Option<u32>, String> {
    match value {
        Some(value) if !SECONDS_ALLOWED.contains(&value) => {
            let (least, most) = (SECONDS_ALLOWED.start(), SECONDS_ALLOWED.end());
            Err(format!("seconds = {value} is not a number from {least} to {most}"))
        }
        other => Ok(other),
    }
}

fn pin(text: String) -> Result<Secret, String> {
    if (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(Secret::from(text))
    } else {
        Err("pin is not four to eight digits".to_owned())
    }
}

/// Reads `07:00-23:00`, or `22:00-02:00` over midnight, and days such as `mon`.
fn hours(text: Option<&str>, weekdays: Option<&[String]>) -> Result<Hours, String> {
    let span = text.map(span).transpose()?;
    let days =
        weekdays.map(|days| days.iter().map(|day| weekday(day)).collect::<Result<_, _>>()).transpose()?;
    Ok(Hours { span, days: days.unwrap_or_else(every_day) })
}

fn span(text: &str) -> Result<(Time, Time), String> {
    let wrong = || format!("hours = “{text}” is not of the form 07:00-23:00");
    let (from, to) = text.split_once('-').ok_or_else(wrong)?;
    let time = |text: &str| Time::strptime("%H:%M", text.trim()).map_err(|_| wrong());
    let (from, to) = (time(from)?, time(to)?);
    if from == to { Err(wrong()) } else { Ok((from, to)) }
}

fn weekday(text: &str) -> Result<i8, String> {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let found = names.iter().position(|name| *name == text.trim().to_lowercase());
    let number = found.and_then(|place| i8::try_from(place + 1).ok());
    number.ok_or_else(|| format!("weekdays = “{text}”"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn read(text: &str) -> Result<DisplaySettings, String> {
        DisplaySettings::read(text, Path::new("display.toml")).map_err(|error| error.message)
    }

    #[test]
    fn an_empty_file_shows_everything_at_all_times() {
        assert_eq!(read(""), Ok(DisplaySettings::default()));
    }

    #[test]
    fn a_file_sets_parts_times_hours_and_single_offers() {
        let settings = read(
            "pin = \"40711\"\nmonitor = \"HDMI-1\"\nhours = \"06:30-23:00\"\nmessage = \" Breakfast until 10 \"\n\
             seconds = 20\n[parts]\ngallery = { on = false }\nrooms = { seconds = 8 }\n\
             [[offer]]\ntitle = \"Jazz Night\"\nweekdays = [\"fri\", \"Sat\"]\nhours = \"22:00-02:00\"\n",
        )
        .unwrap();
        assert_eq!(settings.pinned, "Breakfast until 10");
        assert!(!settings.part(DisplayPart::Gallery).on);
        assert_eq!(settings.part(DisplayPart::Rooms).seconds, 8);
        assert_eq!(settings.part(DisplayPart::Offers).seconds, 20);
        let jazz = settings.offer(" jazz night ").unwrap();
        assert_eq!(jazz.hours.days, BTreeSet::from([5, 6]));
        assert_eq!(settings.offer("Spa"), None);
    }

    #[test]
    fn a_wrong_setting_is_named() {
        for (text, named) in [
            ("pin = \"12\"", "pin"),
            ("hours = \"7-23\"", "7-23"),
            ("hours = \"07:00-07:00\"", "07:00-07:00"),
            ("seconds = 1", "seconds = 1"),
            ("weekdays = [\"someday\"]", "someday"),
            ("colour = \"red\"", "colour"),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.contains(named), "{message}");
        }
    }
}
