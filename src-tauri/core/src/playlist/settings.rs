//! `display.toml`, beside `desk.toml`: the content and the hours of a reception display.
//!
//! The PIN is a plain text. A hash of four to eight digits is broken by trying all of them, so it would only seem to
//! protect: the rights of the file do.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Time;

use super::hours::{Hours, every_day};
use crate::catalogue::say;
use crate::error::{DeskError, failure};
use crate::private::Secret;
use crate::records::FieldErrors;
use crate::views::{DisplayFile, DisplayFileOffer, DisplayFilePart, DisplayPart};

/// The file in the data folder.
pub(crate) const FILE: &str = "display.toml";
/// The time of a slide, unless the file says otherwise.
pub(crate) const SECONDS: u32 = 12;
/// The shortest and the longest time of a slide.
const SECONDS_ALLOWED: std::ops::RangeInclusive<u32> = 3..=3600;
/// The longest pinned message, in characters.
const LONGEST_MESSAGE: usize = 200;
/// The names of the weekdays, from Monday.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The settings of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PartSettings {
    pub(crate) on: bool,
    pub(crate) seconds: u32,
}

/// The settings of one offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfferSettings {
    /// The title of the offer, without regard to case.
    pub(crate) title: String,
    pub(crate) on: bool,
    pub(crate) seconds: Option<u32>,
    /// The times at which it is shown.
    pub(crate) hours: Hours,
}

/// The settings of a display.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DisplaySettings {
    /// The monitor's name; the first one if it is not named, or not plugged in.
    pub(crate) monitor: Option<String>,
    pub(crate) pin: Option<Secret>,
    /// The hours of the display.
    pub(crate) hours: Hours,
    pub(crate) pinned: String,
    pub(crate) clock: bool,
    pub(crate) logo: bool,
    pub(crate) qr: bool,
    parts: [(DisplayPart, PartSettings); 5],
    pub(crate) offers: Vec<OfferSettings>,
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

/// Reads the text of the file, without a check of its values.
///
/// # Errors
/// Code `configuration`, with the cause in the sentence.
pub(crate) fn parse(text: &str, file: &Path) -> Result<DisplayFile, DeskError> {
    // A Windows editor may put a byte order mark in front.
    toml::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| wrong(file, error.message().trim_end_matches('.')))
}

fn wrong(file: &Path, cause: &str) -> DeskError {
    failure!(Configuration, "error-setting-wrong", file = file.display().to_string(), cause = cause)
}

impl DisplaySettings {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// Code `configuration`, with the first wrong setting in the sentence.
    pub(crate) fn read(text: &str, path: &Path) -> Result<Self, DeskError> {
        Self::of(&parse(text, path)?).map_err(|faults| {
            let first = faults.0.iter().next();
            let cause = first.map(|(field, sentences)| format!("{field}: {}", sentences.join(" ")));
            wrong(path, cause.unwrap_or_default().trim_end_matches('.'))
        })
    }

    /// Returns the settings of the file.
    ///
    /// # Errors
    /// All wrong values, by their places in the file.
    pub(crate) fn of(file: &DisplayFile) -> Result<Self, FieldErrors> {
        let mut check = Check::default();
        let usual = check.seconds("seconds", file.seconds).unwrap_or(SECONDS);
        let mut part = |name: &str, part: DisplayPart, file: Option<&DisplayFilePart>| {
            let seconds = check.seconds(&format!("parts.{name}.seconds"), file.and_then(|file| file.seconds));
            let on = file.and_then(|file| file.on).unwrap_or(true);
            (part, PartSettings { on, seconds: seconds.unwrap_or(usual) })
        };
        let parts = &file.parts;
        let parts = [
            part("welcome", DisplayPart::Welcome, parts.welcome.as_ref()),
            part("offers", DisplayPart::Offers, parts.offers.as_ref()),
            part("gallery", DisplayPart::Gallery, parts.gallery.as_ref()),
            part("rooms", DisplayPart::Rooms, parts.rooms.as_ref()),
            part("amenities", DisplayPart::Amenities, parts.amenities.as_ref()),
        ];
        let settings = Self {
            monitor: file
                .monitor
                .as_deref()
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned),
            pin: check.pin(file.pin.as_ref()),
            hours: check.hours("", file.hours.as_deref(), file.weekdays.as_deref()),
            pinned: check.message(file.message.as_deref()),
            clock: file.clock.unwrap_or(true),
            logo: file.logo.unwrap_or(true),
            qr: file.qr.unwrap_or(true),
            parts,
            offers: file.offer.iter().enumerate().map(|(place, offer)| check.offer(place, offer)).collect(),
        };
        if check.faults.is_empty() { Ok(settings) } else { Err(check.faults) }
    }

    /// Returns the settings of a part.
    pub(crate) fn part(&self, part: DisplayPart) -> PartSettings {
        let own = self.parts.iter().find(|(known, _)| *known == part);
        own.map_or(PartSettings { on: true, seconds: SECONDS }, |(_, settings)| *settings)
    }

    /// Returns the settings of the offer with this title, if the file names it.
    pub(crate) fn offer(&self, title: &str) -> Option<&OfferSettings> {
        let title = title.trim().to_lowercase();
        self.offers.iter().find(|offer| offer.title == title)
    }
}

/// Checks the values of a file, and collects its faults. A wrong value counts as missing.
#[derive(Default)]
struct Check {
    faults: FieldErrors,
}

impl Check {
    fn seconds(&mut self, field: &str, value: Option<i64>) -> Option<u32> {
        let value = value?;
        let allowed = u32::try_from(value).ok().filter(|value| SECONDS_ALLOWED.contains(value));
        if allowed.is_none() {
            let (least, most) = (*SECONDS_ALLOWED.start(), *SECONDS_ALLOWED.end());
            self.faults.add(field, say!("display-fault-seconds", least = least, most = most));
        }
        allowed
    }

    fn pin(&mut self, pin: Option<&Secret>) -> Option<Secret> {
        let digits = pin?.expose();
        if digits.is_empty() {
            return None;
        }
        let good = (4..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !good {
            self.faults.add("pin", say!("display-fault-pin"));
        }
        pin.cloned()
    }

    fn message(&mut self, text: Option<&str>) -> String {
        let text = text.unwrap_or_default().trim();
        if text.chars().count() > LONGEST_MESSAGE {
            self.faults.add("message", say!("display-fault-message", most = LONGEST_MESSAGE));
        }
        text.to_owned()
    }

    fn offer(&mut self, place: usize, offer: &DisplayFileOffer) -> OfferSettings {
        let field = format!("offer.{place}.");
        let title = offer.title.trim().to_lowercase();
        if title.is_empty() {
            self.faults.add(&format!("{field}title"), say!("display-fault-title"));
        }
        OfferSettings {
            title,
            on: offer.on.unwrap_or(true),
            seconds: self.seconds(&format!("{field}seconds"), offer.seconds),
            hours: self.hours(&field, offer.hours.as_deref(), offer.weekdays.as_deref()),
        }
    }

    /// Reads `07:00-23:00`, or `22:00-02:00` over midnight, and days such as `mon`. `before` is the beginning of the
    /// names of both fields.
    fn hours(&mut self, before: &str, text: Option<&str>, weekdays: Option<&[String]>) -> Hours {
        let span = text.and_then(|text| {
            let span = span(text);
            if span.is_none() {
                self.faults.add(&format!("{before}hours"), say!("display-fault-hours", text = text));
            }
            span
        });
        let Some(names) = weekdays else { return Hours { span, days: every_day() } };
        let field = format!("{before}weekdays");
        if names.is_empty() {
            self.faults.add(&field, say!("display-fault-no-day"));
        }
        let mut days = BTreeSet::new();
        for name in names {
            match weekday(name) {
                Some(day) => drop(days.insert(day)),
                None => self.faults.add(&field, say!("display-fault-day", text = name.as_str())),
            }
        }
        Hours { span, days }
    }
}

/// Reads a beginning and an end that differ.
fn span(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once('-')?;
    let time = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
    let (from, to) = (time(from)?, time(to)?);
    (from != to).then_some((from, to))
}

/// Returns the number of a weekday, from 1 for Monday.
fn weekday(name: &str) -> Option<i8> {
    let place = WEEKDAYS.iter().position(|known| *known == name.trim().to_lowercase())?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
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
            ("seconds = 1", "seconds: "),
            ("seconds = -5", "seconds: "),
            ("parts.rooms.seconds = 2", "parts.rooms.seconds"),
            ("weekdays = [\"someday\"]", "someday"),
            ("weekdays = []", "weekdays"),
            ("colour = \"red\"", "colour"),
            ("[[offer]]\ntitle = \" \"", "offer.0.title"),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.contains(named), "{message}");
        }
    }

    #[test]
    fn all_wrong_values_are_reported_at_their_places() {
        let file =
            "seconds = 1\nhours = \"soon\"\n[[offer]]\ntitle = \"Jazz\"\nseconds = 0\nweekdays = [\"x\"]\n";
        let faults = DisplaySettings::of(&parse(file, Path::new("display.toml")).unwrap()).unwrap_err();
        let places: Vec<&str> = faults.0.keys().map(String::as_str).collect();
        assert_eq!(places, ["hours", "offer.0.seconds", "offer.0.weekdays", "seconds"]);
    }
}
