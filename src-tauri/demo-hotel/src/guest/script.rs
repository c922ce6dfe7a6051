//! The words of the scripted guest, and the pauses between them.

use std::collections::VecDeque;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// The messages at the beginning.
const OPENING: [&str; 3] = [
    "Good evening! Could we have two more towels, please?",
    "And until when is breakfast served tomorrow?",
    "One more thing: the window in the bathroom does not close.",
];

/// The answers to the messages of the desk, in turn.
const ANSWERS: [&str; 5] = [
    "Thank you very much!",
    "That is perfect, thanks.",
    "Great. We are out until eight, so please just come in.",
    "Could you also book a table for two at half past seven?",
    "Lovely. Have a good evening!",
];

/// The messages that are still to be sent.
pub(super) struct Script {
    waiting: VecDeque<&'static str>,
    answered: usize,
    chance: StdRng,
    /// The longest pause before a message.
    longest: Duration,
}

impl Script {
    pub(super) fn new(seed: u64, longest: Duration) -> Self {
        Self { waiting: OPENING.into(), answered: 0, chance: StdRng::seed_from_u64(seed), longest }
    }

    /// Adds the answer to a message of the desk.
    pub(super) fn hear(&mut self) {
        self.waiting.push_back(ANSWERS[self.answered % ANSWERS.len()]);
        self.answered += 1;
    }

    pub(super) fn next(&mut self) -> Option<&'static str> {
        self.waiting.pop_front()
    }

    pub(super) fn is_silent(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Returns the pause before the next message: between half of the longest and the longest.
    pub(super) fn pause(&mut self) -> Duration {
        self.longest.mul_f64(self.chance.random_range(0.5..=1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_of_the_desk_gets_one_answer_after_the_opening() {
        let mut script = Script::new(7, Duration::from_secs(4));
        script.hear();
        let said: Vec<&str> = std::iter::from_fn(|| script.next()).collect();
        assert_eq!(said, [&OPENING[..], &ANSWERS[..1]].concat());
        assert!(script.is_silent());
    }

    #[test]
    fn pauses_depend_on_the_seed_and_are_never_longer_than_the_longest() {
        let longest = Duration::from_secs(4);
        let pauses = |seed| {
            let mut script = Script::new(seed, longest);
            [script.pause(), script.pause()]
        };
        assert_eq!(pauses(1), pauses(1));
        assert_ne!(pauses(1), pauses(2));
        assert!(pauses(3).iter().all(|pause| (longest / 2..=longest).contains(pause)));
    }
}
