//! The tray icon: the state as a sign and in words, the clock, do-not-disturb, a way back to the window, and a way to quit.

mod host;
mod mark;

use hotelmate_core::catalogue::{Language, say, spoken, weekday_text};
use hotelmate_core::views::{DeskStatus, DutyView, NotificationView, Pill};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry};

use crate::quitting;
use crate::shell::Shell;
use crate::window;
use mark::Mark;

const SHOW: &str = "show";
const STATUS: &str = "status";
const CLOCK_IN: &str = "clock-in";
const CLOCK_OUT: &str = "clock-out";
const HOUR: &str = "quiet-hour";
const SHIFT: &str = "quiet-shift";
const DISTURB: &str = "disturb";
const QUIT: &str = "quit";

/// The hours of the two choices of do-not-disturb.
const QUIET_HOURS: [u32; 2] = [1, 8];

/// The words of the icon and its menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    language: Language,
    mark: Mark,
    status: String,
    /// The words for the end of do-not-disturb; none while it is off.
    quiet_until: Option<String>,
    /// True if a person is signed in, who can choose do-not-disturb.
    is_somebodys: bool,
    /// The state that a press of the clock can lead to now; none while there is no such press.
    clock: Option<bool>,
}

impl Words {
    /// Puts the state into words, with times of the local zone. There are no `notifications` without a sign-in.
    pub(crate) fn of(
        status: &DeskStatus,
        notifications: Option<&NotificationView>,
        duty: Option<&DutyView>,
        (now, zone): (Timestamp, &TimeZone),
    ) -> Self {
        let can_press = |duty: &&DutyView| duty.intent.is_none() && duty.unavailable.is_none();
        Self {
            language: spoken(),
            mark: Mark::of(status.pill),
            status: line(status),
            quiet_until: notifications
                .and_then(|now| now.quiet_until)
                .map(|until| clock_time(until, now, zone)),
            is_somebodys: notifications.is_some(),
            clock: duty.filter(can_press).map(|duty| duty.is_on_duty() != Some(true)),
        }
    }
}

/// The icon and the lines of its menu that change. It joins the program's state when a desktop shows it.
pub(crate) struct Tray {
    icon: TrayIcon,
    status: MenuItem<Wry>,
    disturb: MenuItem<Wry>,
    clock_in: MenuItem<Wry>,
    clock_out: MenuItem<Wry>,
    quiets: [MenuItem<Wry>; 2],
    show: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

impl Tray {
    fn build(app: &AppHandle) -> tauri::Result<Self> {
        let item =
            |id: &str, text: String, enabled: bool| MenuItem::with_id(app, id, text, enabled, None::<&str>);
        let status = item(STATUS, say!("tray-starting"), false)?;
        let disturb = item(DISTURB, say!("tray-quiet-off"), false)?;
        let quiet = |id, hours: u32| item(id, say!("tray-quiet-for", hours = hours), false);
        let [hour, shift] = QUIET_HOURS;
        let quiets = [quiet(HOUR, hour)?, quiet(SHIFT, shift)?];
        let [hour, shift] = &quiets;
        let clock_in = item(CLOCK_IN, say!("tray-clock-in"), false)?;
        let clock_out = item(CLOCK_OUT, say!("tray-clock-out"), false)?;
        let show = item(SHOW, say!("tray-show"), true)?;
        let quit = item(QUIT, say!("tray-quit"), true)?;
        let menu = Menu::with_items(
            app,
            &[
                &status,
                &PredefinedMenuItem::separator(app)?,
                &clock_in,
                &clock_out,
                &PredefinedMenuItem::separator(app)?,
                hour,
                shift,
                &disturb,
                &PredefinedMenuItem::separator(app)?,
                &show,
                &quit,
            ],
        )?;
        let mut icon = TrayIconBuilder::with_id("desk")
            .menu(&menu)
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .tooltip(say!("shell-name"))
            .on_menu_event(|app, event| match event.id().as_ref() {
                SHOW => window::bring_to_front(app),
                CLOCK_IN => intend_duty(app, true),
                CLOCK_OUT => intend_duty(app, false),
                HOUR => set_quiet(app, Some(QUIET_HOURS[0] * 60)),
                SHIFT => set_quiet(app, Some(QUIET_HOURS[1] * 60)),
                DISTURB => set_quiet(app, None),
                QUIT => quitting::quit(app),
                _ => {}
            })
            .on_tray_icon_event(|icon, event| {
                // On macOS the click opens the menu.
                let is_click = matches!(
                    event,
                    TrayIconEvent::Click {
                        button: MouseButton::Left,
                        button_state: MouseButtonState::Up,
                        ..
                    }
                );
                if is_click && !cfg!(target_os = "macos") {
                    window::bring_to_front(icon.app_handle());
                }
            });
        if let Some(picture) = app.default_window_icon() {
            icon = icon.icon(picture.clone());
        }
        Ok(Self { icon: icon.build(app)?, status, disturb, clock_in, clock_out, quiets, show, quit })
    }

    /// Shows the state, if it differs from the one shown `before`.
    pub(crate) fn show(&self, before: Option<&Words>, words: &Words) -> tauri::Result<()> {
        if before.map(|before| before.language) != Some(words.language) {
            self.name_items()?;
        }
        let text = match &words.quiet_until {
            Some(until) => say!("tray-quiet-end", until = until.as_str()),
            None => say!("tray-quiet-off"),
        };
        self.disturb.set_text(text)?;
        self.disturb.set_enabled(words.quiet_until.is_some())?;
        for quiet in &self.quiets {
            quiet.set_enabled(words.is_somebodys)?;
        }
        self.clock_in.set_enabled(words.clock == Some(true))?;
        self.clock_out.set_enabled(words.clock == Some(false))?;
        self.status.set_text(&words.status)?;
        self.icon.set_tooltip(Some(say!("tray-tooltip", status = words.status.as_str())))?;
        // On Linux each icon becomes a file, so it is only set after a change.
        if before.map(|before| before.mark) != Some(words.mark)
            && let Some(picture) = self.icon.app_handle().default_window_icon()
        {
            self.icon.set_icon(Some(mark::marked(picture, words.mark)))?;
        }
        Ok(())
    }

    /// Writes the lines that do not depend on the state in the language of texts.
    fn name_items(&self) -> tauri::Result<()> {
        self.clock_in.set_text(say!("tray-clock-in"))?;
        self.clock_out.set_text(say!("tray-clock-out"))?;
        for (quiet, hours) in self.quiets.iter().zip(QUIET_HOURS) {
            quiet.set_text(say!("tray-quiet-for", hours = hours))?;
        }
        self.show.set_text(say!("tray-show"))?;
        self.quit.set_text(say!("tray-quit"))
    }
}

fn set_quiet(app: &AppHandle, minutes: Option<u32>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Some(desk) = app.state::<Shell>().opened() else { return };
        if let Err(error) = desk.set_quiet(minutes).await {
            tracing::info!(%error, "do-not-disturb stays as it was");
        }
    });
}

/// States the wanted duty. The outcome is a notice at the button, so a failure shows the window.
fn intend_duty(app: &AppHandle, on_duty: bool) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Some(desk) = app.state::<Shell>().opened() else { return };
        if let Err(error) = desk.intend_duty(on_duty).await {
            tracing::info!(%error, "the intent of duty was not stored");
            window::bring_to_front(&app);
        }
    });
}

/// Adds the icon to the tray, if there is one, without delaying the window's start.
pub(crate) fn start(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(reason) = host::look() {
            tracing::info!("no tray icon: {reason}; closing the window ends the program");
            return;
        }
        let main = app.clone();
        let placed = app.run_on_main_thread(move || match Tray::build(&main) {
            Ok(tray) => {
                main.manage(tray);
                main.state::<Shell>().status_changed.notify_one();
            }
            Err(error) => tracing::warn!(%error, "no tray icon"),
        });
        if let Err(error) = placed {
            tracing::warn!(%error, "no tray icon");
        }
    });
}

/// Returns the status in one line: the worst first, then every count that is not zero.
fn line(status: &DeskStatus) -> String {
    let state = match status.pill {
        Pill::Offline => Some(say!("tray-offline")),
        Pill::Locked => Some(say!("tray-locked")),
        Pill::SignInNeeded => Some(say!("tray-sign-in-needed")),
        Pill::Saved => Some(say!("tray-saved")),
        Pill::Unknown => Some(say!("tray-checking")),
        Pill::Attention if !status.counted => Some(say!("tray-not-counted")),
        Pill::Attention | Pill::Saving | Pill::Waiting => None,
    };
    let counts = [
        (status.attention, say!("tray-attention", count = status.attention)),
        (status.saving, say!("tray-saving", count = status.saving)),
        (status.waiting, say!("tray-waiting", count = status.waiting)),
        (status.unread, say!("tray-unread", count = status.unread)),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words);
    state.into_iter().chain(counts).collect::<Vec<_>>().join(" · ")
}

/// Returns `17:30`, or `Mon 08:00` if it is not today.
fn clock_time(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let time = at.strftime("%H:%M").to_string();
    if at.date() == now.date() { time } else { format!("{} {time}", weekday_text(at.date())) }
}

#[cfg(test)]
mod tests {
    use hotelmate_core::views::{DutyIntent, DutyStatus, LiveState};

    use super::*;

    fn status(pill: Pill, saving: u32, waiting: u32, attention: u32) -> DeskStatus {
        DeskStatus {
            pill,
            online: Some(pill != Pill::Offline),
            live: LiveState::Live,
            live_cause: None,
            counted: true,
            saving,
            waiting,
            attention,
            unread: 0,
            unread_messages: 0,
            others: Vec::new(),
            unreadable: 0,
            absent: Vec::new(),
            last_sync: None,
            read_failure: None,
            next_try: None,
            notices: Vec::new(),
        }
    }

    #[test]
    fn the_line_tells_every_count_and_the_worst_first() {
        assert_eq!(line(&status(Pill::Saved, 0, 0, 0)), "All saved");
        assert_eq!(line(&status(Pill::Unknown, 0, 0, 0)), "Checking the hotel…");
        assert_eq!(line(&status(Pill::Offline, 0, 2, 0)), "Offline · 2 waiting");
        assert_eq!(line(&status(Pill::Attention, 1, 2, 1)), "1 needs attention · Saving 1 · 2 waiting");
        assert_eq!(line(&status(Pill::SignInNeeded, 0, 0, 3)), "Sign-in needed · 3 need attention");
        let unread = DeskStatus { unread: 4, ..status(Pill::Saved, 0, 0, 0) };
        assert_eq!(line(&unread), "All saved · 4 new");
    }

    #[test]
    fn the_end_of_do_not_disturb_is_told_as_a_clock_time_and_with_its_day_where_that_is_another() {
        let now: Timestamp = "2026-11-01T20:00:00Z".parse().unwrap();
        let words = |quiet_until: Option<&str>| {
            let view = NotificationView {
                quiet_until: quiet_until.map(|text| text.parse().unwrap()),
                ..NotificationView::default()
            };
            let status = status(Pill::Saved, 0, 0, 0);
            Words::of(&status, Some(&view), None, (now, &TimeZone::UTC)).quiet_until
        };
        assert_eq!(words(None), None);
        assert_eq!(words(Some("2026-11-01T21:30:00Z")).as_deref(), Some("21:30"));
        assert_eq!(words(Some("2026-11-02T04:00:00Z")).as_deref(), Some("Mon 04:00"));
    }

    #[test]
    fn the_clock_offers_the_other_state_and_nothing_while_an_intent_runs_or_without_a_clock() {
        let clock = |duty: Option<DutyView>| {
            let status = status(Pill::Saved, 0, 0, 0);
            Words::of(&status, None, duty.as_ref(), (Timestamp::UNIX_EPOCH, &TimeZone::UTC)).clock
        };
        let of = |status| DutyView {
            status,
            since: None,
            confirmed_at: None,
            intent: None,
            notice: None,
            unavailable: None,
        };
        let (on, off) = (Some(DutyStatus::OnBreak), Some(DutyStatus::OffDuty));
        assert_eq!(
            [clock(Some(of(on))), clock(Some(of(off))), clock(Some(of(None)))],
            [Some(false), Some(true), Some(true)]
        );
        assert_eq!(clock(None), None);
        let until = Timestamp::UNIX_EPOCH;
        let runs = DutyView { intent: Some(DutyIntent { on_duty: true, until, running: true }), ..of(off) };
        let none = DutyView { unavailable: Some("No clock.".to_owned()), ..of(off) };
        assert_eq!([clock(Some(runs)), clock(Some(none))], [None, None]);
    }
}
