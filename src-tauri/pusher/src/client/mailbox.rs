//! The bounded queue between the client's task and the consumer (check 96).
//!
//! When it is full, by number or by bytes, events are no longer queued but counted per channel. After the consumer has
//! emptied half of it, each such channel gets one gap with its count, and only then new events: nothing is lost
//! silently, and no event comes before its gap. Changes of state are merged into the latest. So the memory is limited
//! to the capacity, plus a few words per channel.
//!
//! When the user changes, all personal notices are dropped at once, and late notices about the former user are refused
//! (check 81).

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::channel::ChannelName;
use crate::notice::{ChannelFailed, Gap, GapCause, Notice, Trouble, TroubleKind};
use crate::status::Status;
use crate::weight;

pub(super) struct Mailbox {
    inner: Mutex<Inner>,
    arrived: Notify,
}

#[derive(Default)]
struct Inner {
    /// The waiting notices, with the bytes of each.
    queue: VecDeque<(usize, Notice)>,
    capacity: usize,
    /// Bytes of all waiting notices.
    bytes: usize,
    most_bytes: usize,
    lost: BTreeMap<ChannelName, Lost>,
    failed: BTreeMap<ChannelName, ChannelFailed>,
    troubles: BTreeMap<(Option<ChannelName>, TroubleKind), u64>,
    /// The latest notice about the user's sign-in.
    sign_in: Option<Notice>,
    expired: bool,
    state: Option<Box<Status>>,
    /// The number of changes of the user.
    user: u64,
    closed: bool,
}

struct Lost {
    from: Duration,
    to: Duration,
    /// `None` after an unknown number was merged in.
    missed: Option<u64>,
}

impl Mailbox {
    /// Makes a mailbox for `capacity` notices of `most_bytes` together; one notice always fits.
    pub fn new(capacity: usize, most_bytes: usize) -> Self {
        let inner = Inner { capacity: capacity.max(1), most_bytes, ..Inner::default() };
        Self { inner: Mutex::new(inner), arrived: Notify::new() }
    }

    /// Queues a notice or merges it into the pending ones. Returns the number of events that this dropped. `user` is
    /// the number of changes of the user when the notice was made, at the wall time `now`.
    pub fn push(&self, notice: Notice, user: u64, now: Duration) -> u64 {
        let (was_empty, dropped) = {
            let mut inner = self.inner();
            (inner.queue.is_empty(), inner.let_in(notice, user, now))
        };
        // A waiting consumer has found the queue empty; a busy one looks again before it waits.
        if was_empty {
            self.arrived.notify_one();
        }
        dropped
    }

    /// Notes a change of the user: from now on no personal notice from before is returned.
    pub fn change_user(&self) {
        let mut inner = self.inner();
        inner.user += 1;
        inner.drop_personal();
    }

    /// Notes that the user has changed `user` times. Does nothing if that is known.
    pub fn user_has_changed(&self, user: u64) {
        let mut inner = self.inner();
        if inner.user < user {
            inner.user = user;
            inner.drop_personal();
        }
    }

    /// Closes the mailbox: nothing more will be pushed.
    pub fn close(&self) {
        self.inner().closed = true;
        self.arrived.notify_one();
    }

    pub async fn next(&self) -> Option<Notice> {
        loop {
            {
                let mut inner = self.inner();
                if let Some(notice) = inner.pop() {
                    return Some(notice);
                }
                if inner.closed {
                    return None;
                }
            }
            // If a notice arrives in between, a permit is stored, so this does not miss it.
            self.arrived.notified().await;
        }
    }

    pub fn next_now(&self) -> Option<Notice> {
        self.inner().pop()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Every change is complete, so a panic elsewhere cannot leave it half done.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns true if a notice may contain something about a user. The texts of states and errors may.
fn is_personal(notice: &Notice) -> bool {
    match notice {
        Notice::Event(event) => event.channel.kind().is_personal(),
        Notice::Subscribed { channel } => channel.kind().is_personal(),
        Notice::Gap(gap) => gap.channel.kind().is_personal(),
        Notice::ChannelFailed(failed) => failed.channel.kind().is_personal(),
        Notice::Trouble(trouble) => trouble.channel.as_ref().is_some_and(|name| name.kind().is_personal()),
        Notice::Presence(_)
        | Notice::SignedIn(_)
        | Notice::SignInFailed { .. }
        | Notice::SessionExpired
        | Notice::Error(_)
        | Notice::State(_) => true,
    }
}

impl Inner {
    fn let_in(&mut self, notice: Notice, user: u64, now: Duration) -> u64 {
        if user < self.user && is_personal(&notice) { 0 } else { self.push(notice, now) }
    }

    fn drop_personal(&mut self) {
        self.queue.retain(|(_, notice)| !is_personal(notice));
        self.bytes = self.queue.iter().map(|(bytes, _)| bytes).sum();
        self.lost.retain(|name, _| !name.kind().is_personal());
        self.failed.retain(|name, _| !name.kind().is_personal());
        self.troubles.retain(|(name, _), _| !name.as_ref().is_some_and(|name| name.kind().is_personal()));
        self.sign_in = None;
        self.expired = false;
        self.state = None;
    }

    fn push(&mut self, notice: Notice, now: Duration) -> u64 {
        if self.owes() && self.queue.len() <= self.capacity / 2 && self.bytes <= self.most_bytes / 2 {
            self.pay();
        }
        let bytes = weight::of_notice(&notice);
        let has_room = self.queue.len() < self.capacity && self.bytes + bytes <= self.most_bytes;
        if !self.owes() && (has_room || self.queue.is_empty()) {
            self.enqueue(bytes, notice);
            return 0;
        }
        self.owe(notice, now)
    }

    fn enqueue(&mut self, bytes: usize, notice: Notice) {
        self.bytes += bytes;
        self.queue.push_back((bytes, notice));
    }

    fn pop(&mut self) -> Option<Notice> {
        if self.queue.is_empty() {
            self.pay();
        }
        let (bytes, notice) = self.queue.pop_front()?;
        self.bytes -= bytes;
        Some(notice)
    }

    fn owes(&self) -> bool {
        !self.lost.is_empty()
            || !self.failed.is_empty()
            || !self.troubles.is_empty()
            || self.sign_in.is_some()
            || self.expired
            || self.state.is_some()
    }

    fn owe(&mut self, notice: Notice, now: Duration) -> u64 {
        match notice {
            Notice::Event(event) => {
                self.lose(event.channel, event.received_at, event.received_at, Some(1));
                return 1;
            }
            // It makes the program fetch, as a gap does.
            Notice::Subscribed { channel } => self.lose(channel, now, now, None),
            Notice::Gap(gap) => self.lose(gap.channel, gap.from, gap.to, gap.missed),
            Notice::ChannelFailed(failed) => {
                self.failed.insert(failed.channel.clone(), failed);
            }
            // The program can read the table again, as after a gap.
            Notice::Presence(change) => self.lose(change.channel, now, now, None),
            Notice::Trouble(Trouble { channel, kind, count }) => {
                *self.troubles.entry((channel, kind)).or_default() += count;
            }
            notice @ (Notice::SignedIn(_) | Notice::SignInFailed { .. }) => self.sign_in = Some(notice),
            Notice::SessionExpired => self.expired = true,
            // It stays readable in the status.
            Notice::Error(_) => {}
            Notice::State(status) => self.state = Some(status),
        }
        0
    }

    fn lose(&mut self, channel: ChannelName, from: Duration, to: Duration, missed: Option<u64>) {
        let lost = self.lost.entry(channel).or_insert(Lost { from, to, missed: Some(0) });
        lost.from = lost.from.min(from);
        lost.to = lost.to.max(to);
        lost.missed = lost.missed.zip(missed).map(|(known, more)| known + more);
    }

    /// Queues the pending gaps and merged notices. Their number is limited by the number of channels.
    fn pay(&mut self) {
        let failed = std::mem::take(&mut self.failed).into_values().map(Notice::ChannelFailed);
        let lost = std::mem::take(&mut self.lost).into_iter().map(|(channel, Lost { from, to, missed })| {
            Notice::Gap(Gap { channel, from, to, missed, cause: GapCause::Overflow })
        });
        let troubles = std::mem::take(&mut self.troubles)
            .into_iter()
            .map(|((channel, kind), count)| Notice::Trouble(Trouble { channel, kind, count }));
        let expired = std::mem::take(&mut self.expired).then_some(Notice::SessionExpired);
        let state = self.state.take().map(Notice::State);
        let rest = self.sign_in.take().into_iter().chain(expired).chain(state);
        for notice in failed.chain(lost).chain(troubles).chain(rest) {
            self.enqueue(weight::of_notice(&notice), notice);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::SignInFailure;
    use crate::presence::PresenceChange;
    use crate::status::State;
    use crate::wire::{Data, Event};
    use futures_util::FutureExt;

    const NOW: Duration = Duration::from_secs(9);

    fn secs(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    /// Makes a mailbox that is limited by number alone.
    fn mailbox(capacity: usize) -> Mailbox {
        Mailbox::new(capacity, usize::MAX)
    }

    fn name(channel: &str) -> ChannelName {
        ChannelName::parse(channel, 164).unwrap()
    }

    fn event(channel: &str, at: u64) -> Notice {
        Notice::Event(Event {
            channel: name(channel),
            name: at.to_string(),
            data: Data::Missing,
            user_id: None,
            received_at: secs(at),
        })
    }

    fn state(state: State) -> Notice {
        let mut status = Status::new(Duration::ZERO);
        status.state = state;
        Notice::State(Box::new(status))
    }

    /// Takes all notices that need no waiting, in short words.
    fn drain(mailbox: &Mailbox) -> Vec<String> {
        std::iter::from_fn(|| mailbox.next().now_or_never().flatten())
            .map(|notice| match notice {
                Notice::Event(event) => format!("{}{}", event.channel, event.name),
                Notice::Gap(gap) => {
                    format!(
                        "gap {} {}-{} {:?}",
                        gap.channel,
                        gap.from.as_secs(),
                        gap.to.as_secs(),
                        gap.missed
                    )
                }
                Notice::State(status) => format!("{:?}", status.state),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn check_96_what_does_not_fit_becomes_one_counted_gap_per_channel() {
        let mailbox = mailbox(2);
        let dropped: u64 =
            (1..=6).map(|at| mailbox.push(event(if at % 2 == 0 { "b" } else { "a" }, at), 0, NOW)).sum();
        assert_eq!(dropped, 4);
        assert_eq!(drain(&mailbox), ["a1", "b2", "gap a 3-5 Some(2)", "gap b 4-6 Some(2)"]);
        mailbox.push(event("a", 7), 0, NOW);
        assert_eq!(drain(&mailbox), ["a7"]);
    }

    /// Makes an event whose data alone takes about `bytes`.
    fn large(at: u64, bytes: usize) -> Notice {
        let Notice::Event(event) = event("a", at) else { unreachable!() };
        Notice::Event(Event { data: Data::Text("x".repeat(bytes)), ..event })
    }

    #[test]
    fn check_96_large_events_take_a_bounded_number_of_bytes() {
        let mailbox = Mailbox::new(1000, 100_000);
        let dropped: u64 = (1..=20).map(|at| mailbox.push(large(at, 30_000), 0, NOW)).sum();
        assert_eq!(dropped, 17);
        assert!(mailbox.inner().bytes <= 100_000);
        assert_eq!(drain(&mailbox), ["a1", "a2", "a3", "gap a 4-20 Some(17)"]);
        assert_eq!(mailbox.inner().bytes, 0);
        mailbox.push(large(21, 30_000), 0, NOW);
        assert_eq!(drain(&mailbox), ["a21"]);
    }

    #[test]
    fn check_96_an_event_larger_than_the_whole_queue_still_comes_through() {
        let mailbox = Mailbox::new(1000, 10);
        for at in 1..=2 {
            mailbox.push(large(at, 30_000), 0, NOW);
        }
        assert_eq!(drain(&mailbox), ["a1", "gap a 2-2 Some(1)"]);
    }

    #[test]
    fn check_96_decoded_data_weigh_more_than_their_text() {
        let text = format!("[{}0]", "0,".repeat(1000));
        let value = serde_json::from_str(&text).unwrap();
        let Notice::Event(event) = event("a", 1) else { unreachable!() };
        let numbers = Notice::Event(Event { data: Data::Encoded { text, value }, ..event });
        assert!(weight::of_notice(&numbers) > 30_000, "{}", weight::of_notice(&numbers));
    }

    #[test]
    fn check_96_no_event_overtakes_a_gap() {
        let mailbox = mailbox(4);
        for at in 1..=5 {
            mailbox.push(event("a", at), 0, NOW);
        }
        assert_eq!(mailbox.next().now_or_never().flatten(), Some(event("a", 1)));
        mailbox.push(event("a", 6), 0, NOW);
        assert_eq!(mailbox.next().now_or_never().flatten(), Some(event("a", 2)));
        mailbox.push(event("a", 7), 0, NOW);
        assert_eq!(drain(&mailbox), ["a3", "a4", "gap a 5-6 Some(2)", "a7"]);
    }

    #[test]
    fn check_96_a_gap_that_does_not_fit_is_merged_and_its_count_is_unknown() {
        let mailbox = mailbox(1);
        mailbox.push(event("a", 5), 0, NOW);
        mailbox.push(event("a", 6), 0, NOW);
        let gap =
            Gap { channel: name("a"), from: secs(2), to: secs(9), missed: None, cause: GapCause::LinkLost };
        mailbox.push(Notice::Gap(gap), 0, NOW);
        assert_eq!(drain(&mailbox), ["a5", "gap a 2-9 None"]);
    }

    #[test]
    fn check_96_what_bears_no_time_is_missed_from_now_on_and_not_from_1970() {
        let mailbox = mailbox(1);
        mailbox.push(event("a", 1), 0, NOW);
        mailbox.push(Notice::Subscribed { channel: name("b") }, 0, NOW);
        let change = PresenceChange {
            channel: name("presence-c"),
            joined: Vec::new(),
            left: Vec::new(),
            updated: Vec::new(),
        };
        mailbox.push(Notice::Presence(change), 0, NOW);
        assert_eq!(drain(&mailbox), ["a1", "gap b 9-9 None", "gap presence-c 9-9 None"]);
    }

    #[test]
    fn check_96_changes_of_state_do_not_pile_up() {
        let mailbox = mailbox(1);
        mailbox.push(event("a", 1), 0, NOW);
        for _ in 0..1000 {
            mailbox.push(state(State::Waiting), 0, NOW);
            mailbox.push(state(State::Connecting), 0, NOW);
        }
        assert_eq!(drain(&mailbox), ["a1", "Connecting"]);
    }

    #[test]
    fn check_81_nothing_personal_is_given_out_after_the_user_has_changed() {
        let mailbox = mailbox(2);
        mailbox.push(event("private-a", 1), 0, NOW);
        mailbox.push(event("news", 2), 0, NOW);
        mailbox.push(event("private-a", 3), 0, NOW);
        mailbox.push(event("news", 4), 0, NOW);
        mailbox.push(Notice::SessionExpired, 0, NOW);
        mailbox.change_user();
        mailbox.push(event("private-a", 5), 0, NOW);
        mailbox.push(state(State::Waiting), 0, NOW);
        assert_eq!(drain(&mailbox), ["news2", "gap news 4-4 Some(1)"]);
        mailbox.user_has_changed(1);
        mailbox.push(event("private-b", 6), 1, NOW);
        assert_eq!(drain(&mailbox), ["private-b6"]);
        mailbox.push(event("private-b", 7), 1, NOW);
        mailbox.user_has_changed(2);
        assert_eq!(drain(&mailbox), [""; 0]);
    }

    #[test]
    fn check_96_what_concerns_the_user_is_merged_and_not_lost() {
        let mailbox = mailbox(1);
        mailbox.push(event("a", 1), 0, NOW);
        let failed = |retrying| Notice::SignInFailed { reason: SignInFailure::NotConfirmed, retrying };
        mailbox.push(failed(true), 0, NOW);
        mailbox.push(failed(false), 0, NOW);
        mailbox.push(Notice::SessionExpired, 0, NOW);
        let trouble =
            |count| Notice::Trouble(Trouble { channel: Some(name("a")), kind: TroubleKind::Members, count });
        mailbox.push(trouble(2), 0, NOW);
        mailbox.push(trouble(3), 0, NOW);
        let all: Vec<Notice> = std::iter::from_fn(|| mailbox.next().now_or_never().flatten()).collect();
        assert_eq!(all, [event("a", 1), trouble(5), failed(false), Notice::SessionExpired]);
    }

    #[test]
    fn a_burst_can_be_taken_without_waiting_and_an_empty_mailbox_gives_nothing() {
        let mailbox = mailbox(2);
        assert_eq!(mailbox.next_now(), None);
        for at in 1..=3 {
            mailbox.push(event("a", at), 0, NOW);
        }
        let all: Vec<Notice> = std::iter::from_fn(|| mailbox.next_now()).collect();
        assert_eq!(all[..2], [event("a", 1), event("a", 2)]);
        assert!(matches!(&all[2..], [Notice::Gap(gap)] if gap.missed == Some(1)), "{all:?}");
    }

    #[test]
    fn a_closed_mailbox_gives_out_what_it_holds_and_then_ends() {
        let mailbox = mailbox(1);
        mailbox.push(event("a", 1), 0, NOW);
        mailbox.close();
        assert_eq!(mailbox.next().now_or_never(), Some(Some(event("a", 1))));
        assert_eq!(mailbox.next().now_or_never(), Some(None));
    }
}
