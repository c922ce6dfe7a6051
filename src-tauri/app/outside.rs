//! The parts of the desk outside its window: the tray icon and the badge on the task bar.

use std::time::Duration;

use hotelmate_core::desk::Desk;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tauri::{AppHandle, Manager};

use crate::badge::Badge;
use crate::shell::Shell;
use crate::tray::{Tray, Words};

/// Longest delay with which the end of do-not-disturb is shown after the computer slept, or its clock was set.
const LOOK: Duration = Duration::from_secs(60);

/// Updates both until the program ends.
pub(crate) async fn keep_true(app: AppHandle, desk: Desk) {
    let shell = app.state::<Shell>();
    let zone = TimeZone::system();
    let mut badge = Badge::default();
    let mut shown: Option<Words> = None;
    loop {
        let status = desk.status().await;
        let notifications = desk.notifications().await.ok();
        let now = desk.environment().now();
        badge.show(&app, status.unread.saturating_add(status.attention)).await;
        if let Some(tray) = app.try_state::<Tray>() {
            let duty = desk.duty().await.ok();
            let words = Words::of(&status, notifications.as_ref(), duty.as_ref(), (now, &zone));
            if shown.as_ref() != Some(&words) {
                match tray.show(shown.as_ref(), &words) {
                    Ok(()) => shown = Some(words),
                    Err(error) => tracing::warn!(%error, "the tray icon does not change"),
                }
            }
        }
        let rest = notifications.and_then(|now| now.quiet_until).map(|until| rest(until, now));
        tokio::select! {
            () = shell.status_changed.notified() => {}
            () = desk.environment().sleep(rest.unwrap_or_default()), if rest.is_some() => {}
        }
    }
}

/// Returns the time until the next update: the end of do-not-disturb is not announced.
fn rest(until: Timestamp, now: Timestamp) -> Duration {
    let rest = Duration::try_from(until.duration_since(now)).unwrap_or_default();
    // Slightly later than the end, so that the update sees it.
    (rest + Duration::from_millis(50)).min(LOOK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_look_comes_right_after_the_end_of_do_not_disturb_and_at_the_latest_in_a_minute() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-11-01T20:00:00Z");
        assert_eq!(rest(at("2026-11-01T20:00:10Z"), now), Duration::from_millis(10_050));
        assert_eq!(rest(at("2026-11-01T21:00:00Z"), now), LOOK);
        assert_eq!(rest(at("2026-11-01T19:00:00Z"), now), Duration::from_millis(50));
    }
}
