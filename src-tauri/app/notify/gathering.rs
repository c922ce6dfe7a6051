//! Collects many activities into one notification. Guests' messages come first in it, and soon, because guests wait for
//! an answer.

use std::time::Duration;

use hotelmate_core::views::{Activity, ActivityKind};
use tokio::time::Instant;

/// Activities within this time after the first one are shown together.
const WINDOW: Duration = Duration::from_secs(2);

/// The longest window, for a continuous stream: the window doubles from notification to notification, up to this.
const LONGEST: Duration = Duration::from_secs(64);

/// Limit of activities that are kept for their sentences; the rest are counted.
const KEPT: usize = 32;

/// Activities that wait to be shown together.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    bundle: Bundle,
    due: Option<Instant>,
    /// The last window that was shown, and its time.
    last: Option<(Duration, Instant)>,
}

/// Activities that are shown together.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Bundle {
    /// The first of them, guests' messages before all others.
    pub(super) activities: Vec<Activity>,
    /// The newest guest's message, else the newest activity. A click opens it.
    pub(super) newest: Option<Activity>,
    /// The number of all of them.
    pub(super) count: usize,
}

impl Gathering {
    /// Adds an activity.
    pub(super) fn add(&mut self, activity: Activity, now: Instant) {
        if self.due.is_none() {
            let window = match self.last {
                Some((window, last)) if now < last + window => (window * 2).min(LONGEST),
                _ => WINDOW,
            };
            self.due = Some(now + window);
            self.last = Some((window, now + window));
        }
        self.bundle.count += 1;
        if is_of_guest(&activity) {
            // A guest's message does not wait for the longer window of other activities.
            self.due = self.due.map(|due| due.min(now + WINDOW));
            let guests = self.bundle.activities.iter().filter(|other| is_of_guest(other)).count();
            self.bundle.activities.insert(guests, activity.clone());
            self.bundle.activities.truncate(KEPT);
        } else if self.bundle.activities.len() < KEPT {
            self.bundle.activities.push(activity.clone());
        }
        if is_of_guest(&activity) || !self.bundle.newest.as_ref().is_some_and(is_of_guest) {
            self.bundle.newest = Some(activity);
        }
    }

    /// Returns the time at which they are to be shown.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Takes them out, to be shown.
    pub(super) fn take(&mut self) -> Bundle {
        self.due = None;
        std::mem::take(&mut self.bundle)
    }
}

fn is_of_guest(activity: &Activity) -> bool {
    activity.kind == ActivityKind::GuestMessage
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(id: i64) -> Activity {
        let at = "2026-11-01T09:00:00Z".parse().unwrap();
        Activity {
            id,
            kind: ActivityKind::ColleagueOnDuty,
            about: None,
            text: format!("Activity {id}."),
            entity: None,
            at,
            put_back: false,
            own: false,
        }
    }

    fn seconds(seconds: f32) -> Duration {
        Duration::from_secs_f32(seconds)
    }

    #[test]
    fn what_comes_within_two_seconds_after_the_first_is_told_with_it() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        assert_eq!(gathering.due(), None);
        gathering.add(activity(1), start);
        gathering.add(activity(2), start + seconds(1.9));
        assert_eq!(gathering.due(), Some(start + WINDOW));
        let bundle = gathering.take();
        assert_eq!((bundle.count, bundle.newest), (2, Some(activity(2))));
        assert_eq!(gathering.due(), None);
    }

    #[test]
    fn three_hundred_activities_in_a_minute_are_a_handful_of_notifications() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        let (mut shown, mut counted) = (0, 0);
        for n in 0..300_i16 {
            let now = start + seconds(f32::from(n) * 0.2);
            if gathering.due().is_some_and(|due| due <= now) {
                shown += 1;
                counted += gathering.take().count;
            }
            gathering.add(activity(n.into()), now);
        }
        counted += gathering.take().count;
        assert_eq!(counted, 300);
        assert!(shown < 5, "{shown}");
    }

    #[test]
    fn after_a_rest_the_window_is_short_again() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        gathering.add(activity(1), start);
        gathering.take();
        gathering.add(activity(2), start + seconds(2.5));
        assert_eq!(gathering.due(), Some(start + seconds(6.5)), "the stream goes on");
        gathering.take();
        gathering.add(activity(3), start + seconds(60.0));
        assert_eq!(gathering.due(), Some(start + seconds(62.0)));
    }

    #[test]
    fn what_a_guest_writes_is_told_within_two_seconds_and_first_however_much_else_comes() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        gathering.add(activity(1), start);
        gathering.take();
        let again = start + seconds(2.5);
        (2..100).for_each(|id| gathering.add(activity(id), again));
        assert_eq!(gathering.due(), Some(start + seconds(6.5)), "a stream waits longer");
        let guest = |id| Activity { kind: ActivityKind::GuestMessage, ..activity(id) };
        let now = start + seconds(3.0);
        gathering.add(guest(100), now);
        gathering.add(guest(101), now + seconds(1.0));
        gathering.add(activity(102), now + seconds(1.5));
        assert_eq!(gathering.due(), Some(now + WINDOW));
        let bundle = gathering.take();
        assert_eq!((bundle.activities.len(), bundle.count), (KEPT, 101));
        assert_eq!(bundle.activities[..3], [guest(100), guest(101), activity(2)]);
        assert_eq!(bundle.newest, Some(guest(101)), "a click leads to the guest");
    }

    #[test]
    fn of_a_mass_of_activities_only_the_first_are_kept_and_all_are_counted() {
        let (mut gathering, start) = (Gathering::default(), Instant::now());
        (0..500).for_each(|id| gathering.add(activity(id), start));
        let bundle = gathering.take();
        assert_eq!((bundle.activities.len(), bundle.count, bundle.newest), (KEPT, 500, Some(activity(499))));
    }
}
