//! Decides whether the page in the window still works. It is a state machine without a clock, a thread or a window.
//!
//! The shell calls it once a second and passes the time in. A visible page is asked every few seconds. A page that does
//! not answer for [`SILENCE`], or whose process has ended, is loaded again. If it does not come up after that, it is
//! loaded again too, at growing intervals and without end: the rest of the desk works meanwhile.
//!
//! Only time in which this program ran counts. After a sleep, or while the machine is too busy for the shell's calls, a
//! page cannot have answered. A hidden page is not asked: systems let such pages sleep.

use std::time::Duration;

/// The interval of the shell's calls.
pub(crate) const LOOK: Duration = Duration::from_secs(1);
/// A longer time between two calls is a sleep, of which no more than this counts.
const MOST: Duration = Duration::from_secs(2);
/// The interval of the questions to a working page.
const EVERY: Duration = Duration::from_secs(5);
/// Time limit of an answer. No work of the page takes nearly as long.
const SILENCE: Duration = Duration::from_secs(15);
/// Time limit of the first answer of a page that is being loaded.
const LOADING: Duration = Duration::from_secs(60);
/// Waits before consecutive loads; the last one is the longest.
const WAITS: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_secs(2),
    Duration::from_secs(30),
    Duration::from_secs(120),
    Duration::from_secs(600),
];
/// Time without a fault after which the waits begin anew.
const HEALTH: Duration = Duration::from_secs(600);

/// The cause of a reload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The page did not answer.
    Silent,
    /// The page's process has ended.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "other systems report it only to unsafe code")
    )]
    Died,
}

/// The next step for the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Nothing,
    /// Ask the page, with this number.
    Ask(u32),
    /// Load the page again.
    Load(Cause),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The page is being loaded, and has not answered yet.
    Loading { since: Duration },
    /// The page answered, or is hidden.
    Well { since: Duration },
    /// The page was asked.
    Asked { since: Duration },
    /// The page is to be loaded again, but not at once.
    Down { until: Duration, cause: Cause },
}

/// The state of one page.
#[derive(Debug)]
pub(crate) struct Pulse {
    phase: Phase,
    /// Time that counts, since the beginning.
    awake: Duration,
    /// The clock at the last call.
    looked: Option<Duration>,
    /// The number of the last question, and of the first question to the present page.
    number: u32,
    first: u32,
    /// The number of consecutive loads, and the time of the last one.
    loads: usize,
    loaded: Duration,
}

impl Pulse {
    /// Makes the state of a page that is being loaded for the first time.
    pub(crate) fn new() -> Self {
        Self {
            phase: Phase::Loading { since: Duration::ZERO },
            awake: Duration::ZERO,
            looked: None,
            number: 0,
            first: 1,
            loads: 0,
            loaded: Duration::ZERO,
        }
    }

    /// Call it every [`LOOK`]. `clock` never goes back; `shown`: a person can see the page.
    pub(crate) fn look(&mut self, clock: Duration, shown: bool) -> Step {
        let passed = clock.saturating_sub(self.looked.unwrap_or(clock));
        self.looked = Some(clock);
        self.awake += passed.min(MOST);
        let now = self.awake;
        match self.phase {
            Phase::Down { until, cause } if now >= until => self.load(cause),
            Phase::Down { .. } => Step::Nothing,
            Phase::Loading { .. } if !shown => self.rest(Phase::Loading { since: now }),
            Phase::Asked { .. } if !shown => self.rest(Phase::Well { since: now }),
            Phase::Well { .. } if !shown => Step::Nothing,
            Phase::Loading { since } if now - since >= LOADING => self.fails(Cause::Silent),
            Phase::Asked { since } if now - since >= SILENCE => self.fails(Cause::Silent),
            // The page hears one of them as soon as it listens.
            Phase::Loading { .. } => self.ask(),
            Phase::Well { since } if now - since >= EVERY => {
                self.phase = Phase::Asked { since: now };
                self.ask()
            }
            Phase::Well { .. } | Phase::Asked { .. } => Step::Nothing,
        }
    }

    /// Notes an answer of the page.
    pub(crate) fn answered(&mut self, number: u32) {
        let is_down = matches!(self.phase, Phase::Down { .. });
        // A late answer from before the reload says nothing about the present page.
        if number >= self.first && number <= self.number && !is_down {
            self.phase = Phase::Well { since: self.awake };
        }
    }

    /// Notes that the page's process has ended, as the system reports.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "other systems report it only to unsafe code")
    )]
    pub(crate) fn died(&mut self) -> Step {
        match self.phase {
            Phase::Down { .. } => Step::Nothing,
            _ => self.fails(Cause::Died),
        }
    }

    /// Returns a number for a question for another purpose: its answer counts as any other.
    pub(crate) fn next_number(&mut self) -> u32 {
        self.number += 1;
        self.number
    }

    fn ask(&mut self) -> Step {
        Step::Ask(self.next_number())
    }

    fn rest(&mut self, phase: Phase) -> Step {
        self.phase = phase;
        Step::Nothing
    }

    fn fails(&mut self, cause: Cause) -> Step {
        if self.awake - self.loaded >= HEALTH {
            self.loads = 0;
        }
        let wait = WAITS[self.loads.min(WAITS.len() - 1)];
        if wait.is_zero() {
            return self.load(cause);
        }
        self.phase = Phase::Down { until: self.awake + wait, cause };
        Step::Nothing
    }

    fn load(&mut self, cause: Cause) -> Step {
        self.loads += 1;
        self.loaded = self.awake;
        self.first = self.number + 1;
        self.phase = Phase::Loading { since: self.awake };
        Step::Load(cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with one call a second.
    struct Looked {
        pulse: Pulse,
        clock: Duration,
        shown: bool,
    }

    impl Looked {
        /// Makes a page that came up and answered.
        fn well() -> Self {
            let mut page = Self { pulse: Pulse::new(), clock: Duration::ZERO, shown: true };
            page.seconds(1, |_| true);
            page
        }

        /// Runs so many seconds; `answers` decides whether a question is answered. Returns the loads, with the second
        /// of each.
        fn seconds(&mut self, many: u64, answers: impl Fn(u32) -> bool) -> Vec<(u64, Cause)> {
            let mut loads = Vec::new();
            for second in 1..=many {
                self.clock += LOOK;
                match self.pulse.look(self.clock, self.shown) {
                    Step::Ask(number) if answers(number) => self.pulse.answered(number),
                    Step::Load(cause) => loads.push((second, cause)),
                    Step::Ask(_) | Step::Nothing => {}
                }
            }
            loads
        }
    }

    #[test]
    fn a_page_that_answers_is_left_alone() {
        assert_eq!(Looked::well().seconds(3600, |_| true), []);
    }

    #[test]
    fn a_page_that_does_not_answer_for_a_quarter_of_a_minute_is_loaded_again() {
        let loads = Looked::well().seconds(25, |_| false);
        assert_eq!(
            loads,
            [(20, Cause::Silent)],
            "five seconds to the question, fifteen to the end of patience"
        );
    }

    #[test]
    fn a_late_answer_is_an_answer() {
        let mut page = Looked::well();
        assert_eq!(page.seconds(19, |_| false), []);
        let last = page.pulse.number;
        page.pulse.answered(last);
        assert_eq!(page.seconds(19, |_| false), []);
    }

    #[test]
    fn a_sleep_of_the_computer_is_no_silence() {
        let mut page = Looked::well();
        assert_eq!(page.seconds(10, |_| false), []);
        page.clock += Duration::from_secs(8 * 3600);
        assert_eq!(page.seconds(4, |_| false), []);
    }

    #[test]
    fn a_page_that_nobody_sees_is_not_asked_and_has_its_whole_time_when_it_is_shown_again() {
        let mut page = Looked::well();
        assert_eq!(page.seconds(15, |_| false), []);
        page.shown = false;
        let before = page.pulse.number;
        assert_eq!(page.seconds(600, |_| false), []);
        assert_eq!(page.pulse.number, before);
        page.shown = true;
        assert_eq!(page.seconds(15, |_| false), []);
    }

    #[test]
    fn a_page_whose_process_ended_is_loaded_again_at_once_also_when_nobody_sees_it() {
        let mut page = Looked::well();
        page.shown = false;
        assert_eq!(page.pulse.died(), Step::Load(Cause::Died));
        page.shown = true;
        assert_eq!(page.seconds(3600, |_| true), []);
    }

    #[test]
    fn a_page_that_does_not_come_up_is_loaded_again_ever_more_rarely_and_without_end() {
        let loads = Looked::well().seconds(6000, |_| false);
        let seconds: Vec<u64> = loads.iter().map(|(second, _)| *second).collect();
        let waits: Vec<u64> = seconds.windows(2).map(|two| two[1] - two[0]).collect();
        assert_eq!(seconds[0], 20);
        assert_eq!(waits[..4], [62, 90, 180, 660]);
        assert!(waits[4..].iter().all(|wait| *wait == 660 || *wait == 60), "{waits:?}");
        assert!(loads.len() > 8, "{loads:?}");
    }

    #[test]
    fn a_page_that_dies_as_soon_as_it_comes_up_does_not_keep_the_computer_busy() {
        let mut page = Looked::well();
        let mut loads = 0;
        for _ in 0..600 {
            loads += page.seconds(1, |_| true).len();
            loads += usize::from(page.pulse.died() != Step::Nothing);
        }
        assert!((3..=6).contains(&loads), "{loads} in ten minutes");
    }

    #[test]
    fn after_a_long_time_of_health_the_next_fault_is_mended_at_once() {
        let mut page = Looked::well();
        for _ in 0..3 {
            page.pulse.died();
            page.seconds(31, |_| true);
        }
        page.seconds(1200, |_| true);
        assert_eq!(page.pulse.died(), Step::Load(Cause::Died));
    }

    #[test]
    fn an_answer_of_the_page_before_says_nothing_about_the_page_of_now() {
        let mut page = Looked::well();
        page.seconds(10, |_| false);
        let late = page.pulse.number;
        assert_eq!(page.pulse.died(), Step::Load(Cause::Died));
        page.pulse.answered(late);
        assert_eq!(page.seconds(62, |_| false), [(62, Cause::Silent)], "it never answered by itself");
    }
}
