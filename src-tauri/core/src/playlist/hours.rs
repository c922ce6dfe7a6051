//! Times of the week, in the hotel's zone.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;

/// A span of the day on some weekdays. A span over midnight belongs to the day on which it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hours {
    /// The beginning and the end; `None` is the whole day.
    pub(crate) span: Option<(Time, Time)>,
    /// The weekdays, from 1 for Monday.
    pub(crate) days: BTreeSet<i8>,
}

impl Default for Hours {
    fn default() -> Self {
        Self { span: None, days: every_day() }
    }
}

impl Hours {
    /// Returns the day to which this moment belongs, if the hours contain it.
    pub(crate) fn day_of(&self, now: DateTime) -> Option<Date> {
        let (today, time) = (now.date(), now.time());
        let is_on = |day: Date| self.days.contains(&day.weekday().to_monday_one_offset());
        let Some((from, to)) = self.span else { return Some(today).filter(|day| is_on(*day)) };
        if from < to {
            return Some(today).filter(|day| is_on(*day) && from <= time && time < to);
        }
        if time >= from {
            return Some(today).filter(|day| is_on(*day));
        }
        today.yesterday().ok().filter(|day| is_on(*day) && time < to)
    }

    /// Returns true if the hours contain this moment.
    pub(crate) fn contain(&self, now: Timestamp, zone: &TimeZone) -> bool {
        self.day_of(now.to_zoned(zone.clone()).datetime()).is_some()
    }

    /// Returns the moments from `today` to the day after tomorrow at which these hours may begin or end.
    pub(crate) fn edges(&self, today: Date, zone: &TimeZone) -> Vec<Timestamp> {
        let times = self.span.into_iter().flat_map(|(from, to)| [from, to]);
        let days = || std::iter::successors(Some(today), |day| day.tomorrow().ok()).take(3);
        times.flat_map(|time| days().filter_map(move |day| moment(day, time, zone))).collect()
    }
}

/// Returns all weekdays.
pub(crate) fn every_day() -> BTreeSet<i8> {
    (Weekday::Monday.to_monday_one_offset()..=Weekday::Sunday.to_monday_one_offset()).collect()
}

/// Returns the moment of a local time. A time that the change to summer time leaves out comes as much later.
pub(crate) fn moment(day: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_zoned(day.to_datetime(time)).ok().map(|zoned| zoned.timestamp())
}
