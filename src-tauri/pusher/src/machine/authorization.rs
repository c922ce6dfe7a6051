//! The requests for authorization: their order, time and number, and the meaning of the answers.
//!
//! Requests are queued, important channels first, and a few run at a time (check 68). A failure that concerns one
//! channel has no effect on the others: a refusal or an unusable answer ends that subscription (checks 72, 76). A
//! failure that concerns the authorizer delays all requests: after a temporary failure, one request at a time goes out
//! after growing, spread waits until one is answered. So a server in trouble gets a handful of requests and not a storm
//! (check 74).
//!
//! An expired session is renewed once for all requests (check 73). A request that was on its way meanwhile is repeated.
//! A request that was refused twice ends its channel. If nothing was allowed since the renewal, the session is over: a
//! person has to sign in, and no request goes out until then.
//!
//! Only the knowledge about the authorizer survives the link (check 77).

use std::collections::BTreeMap;
use std::time::Duration;

use super::channels::Stage;
use super::encryption::{Crypt, Key};
use super::job::{Job, What};
use super::{Link, Machine, Now, Output, Priority, backoff};
use crate::auth::{AuthAnswer, AuthError, AuthRequest, AuthSubject};
use crate::channel::{ChannelKind, ChannelName};
use crate::notice::{ChannelFailure, Notice, SignInFailure};
use crate::presence::Members;
use crate::wire;

/// A request that was sent.
#[derive(Debug)]
struct Asked {
    job: Job,
    deadline: Duration,
    /// The number of renewals before it.
    epoch: u64,
    /// The number of its round of failures.
    round: u64,
}

/// Whether the session is to be renewed before the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Renewing {
    #[default]
    No,
    /// The session may have expired (check 20); if it cannot be renewed, it may still be valid.
    Try,
    /// The session has expired.
    Must,
}

#[derive(Debug, Default)]
pub(super) struct Authorization {
    queue: Vec<Job>,
    asked: BTreeMap<u64, Asked>,
    next_ticket: u64,
    /// Temporary failures in a row; several requests that were out together count once.
    failures: u32,
    round: u64,
    /// Monotonic time before which no request is sent.
    gate: Duration,
    renewing: Renewing,
    /// Ticket and deadline of the running renewal.
    renewal: Option<(u64, Duration)>,
    epoch: u64,
    /// True if anything was allowed since the last renewal.
    proven: bool,
    /// True if the session is over until a person acts.
    expired: bool,
}

impl Authorization {
    pub fn enqueue(&mut self, job: Job) {
        self.queue.push(job);
    }

    /// Gives a channel a higher priority.
    pub fn hurry(&mut self, name: &ChannelName, priority: Priority) {
        for job in self.queue.iter_mut().filter(|job| job.what.channel() == Some(name)) {
            job.priority = priority;
        }
    }

    /// Notes that the server missed an authorization that it should have had.
    pub fn doubt_session(&mut self) {
        if self.renewing == Renewing::No {
            self.renewing = Renewing::Try;
        }
    }

    /// Returns true if the session is over until a person signs in again.
    pub fn is_expired(&self) -> bool {
        self.expired
    }

    /// Forgets all knowledge about the authorizer, since a person has acted.
    pub fn start_over(&mut self) {
        self.failures = 0;
        self.gate = Duration::ZERO;
        self.renewing = Renewing::No;
        self.expired = false;
        for job in &mut self.queue {
            job.not_before = Duration::ZERO;
        }
    }

    fn ticket(&mut self) -> u64 {
        self.next_ticket += 1;
        self.next_ticket
    }

    fn limit(&self, parallel: usize) -> usize {
        if self.failures > 0 { 1 } else { parallel.max(1) }
    }

    fn take_ready(&mut self, mono: Duration) -> Option<Job> {
        let ready = self.queue.iter().enumerate().filter(|(_, job)| job.not_before <= mono);
        let (at, _) = ready.min_by_key(|(_, job)| job.rank())?;
        Some(self.queue.swap_remove(at))
    }
}

impl Machine {
    /// Returns the monotonic time at which a request is due, or an answer is overdue.
    pub(super) fn next_authorization(&self) -> Option<Duration> {
        let known = &self.authorization;
        let overdue = known.asked.values().map(|asked| asked.deadline).min();
        let renewal = known.renewal.map(|(_, deadline)| deadline);
        let room = known.asked.len() < known.limit(self.config.parallel_authorizations);
        let next = known.queue.iter().map(|job| job.not_before).min().map(|due| due.max(known.gate));
        let next = next.filter(|_| known.renewal.is_none() && room);
        [overdue, renewal, next].into_iter().flatten().min()
    }

    /// Sends as many requests as are allowed now.
    pub(super) fn ask_authorizer(&mut self, now: Now) {
        if self.authorization.queue.is_empty() || !matches!(self.link, Link::Live(_)) {
            return;
        }
        if self.authorization.expired {
            return self.refuse_all(&AuthError::Unauthenticated { text: String::new() }, now);
        }
        if self.authorization.renewal.is_some() || now.mono < self.authorization.gate {
            return;
        }
        let deadline = now.mono + self.config.timing.authorize;
        if self.authorization.renewing != Renewing::No {
            let ticket = self.authorization.ticket();
            self.authorization.renewal = Some((ticket, deadline));
            self.out.push(Output::RenewSession { ticket });
            return;
        }
        let Some(socket_id) = self.status.socket_id.clone() else { return };
        while self.authorization.asked.len() < self.authorization.limit(self.config.parallel_authorizations) {
            let Some(job) = self.authorization.take_ready(now.mono) else { return };
            let subject = match job.what.channel() {
                Some(name) => AuthSubject::Channel(name.clone()),
                None => AuthSubject::User,
            };
            let ticket = self.authorization.ticket();
            let (epoch, round) = (self.authorization.epoch, self.authorization.round);
            self.authorization.asked.insert(ticket, Asked { job, deadline, epoch, round });
            self.status.counters.authorizations += 1;
            let request = AuthRequest { socket_id: socket_id.clone(), subject };
            self.out.push(Output::Authorize { ticket, request });
        }
    }

    pub(super) fn authorization_answered(
        &mut self,
        ticket: u64,
        result: Result<AuthAnswer, AuthError>,
        now: Now,
    ) {
        let Some(asked) = self.authorization.asked.remove(&ticket) else {
            self.status.counters.stale_answers += 1;
            return;
        };
        match result {
            Ok(answer) => {
                self.authorization.failures = 0;
                self.authorization.proven = true;
                self.granted(asked.job, &answer, now);
            }
            Err(error @ AuthError::Unauthenticated { .. }) => self.unauthenticated(asked, error, now),
            Err(error @ AuthError::Unavailable { .. }) => self.unavailable(asked, error, now),
            Err(error) => {
                self.authorization.failures = 0;
                let for_good = matches!(error, AuthError::Refused { .. });
                self.not_granted(asked.job, error, for_good, now);
            }
        }
        self.channels.recount();
    }

    fn granted(&mut self, job: Job, answer: &AuthAnswer, now: Now) {
        let used = match &job.what {
            What::SignIn => self.sign_in_granted(answer, now),
            What::Rekey(name) => self.new_key(name, answer, now),
            What::Subscribe(name) => self.subscription_granted(name, answer, now),
        };
        if let Err(text) = used {
            self.not_granted(job, AuthError::BadAnswer { text: text.to_owned() }, false, now);
        }
    }

    fn new_key(&mut self, name: &ChannelName, answer: &AuthAnswer, now: Now) -> Result<(), &'static str> {
        let key = answer.shared_secret.as_ref().and_then(Key::parse);
        self.rekeyed(name, Some(key.ok_or(NO_KEY)?), now);
        Ok(())
    }

    fn subscription_granted(
        &mut self,
        name: &ChannelName,
        answer: &AuthAnswer,
        now: Now,
    ) -> Result<(), &'static str> {
        let Some(channel) = self.channels.get_mut(name) else { return Ok(()) };
        if !matches!(channel.stage, Stage::Authorizing) {
            return Ok(());
        }
        match name.kind() {
            ChannelKind::Presence => {
                let data = answer.channel_data.as_ref().ok_or("there is no `channel_data` in it")?;
                channel.members.get_or_insert_with(Members::default).is_me(data.expose());
            }
            ChannelKind::Encrypted => {
                let key = answer.shared_secret.as_ref().and_then(Key::parse);
                channel.crypt = Some(Crypt::new(key.ok_or(NO_KEY)?));
            }
            ChannelKind::Public | ChannelKind::Private | ChannelKind::ServerToUser => {}
        }
        let frame = wire::subscribe_authorized(name, &answer.auth, answer.channel_data.as_ref());
        self.send_subscribe(name, frame, now);
        Ok(())
    }

    /// Handles an expired session: renews it once, and repeats the request once (check 73).
    fn unauthenticated(&mut self, asked: Asked, error: AuthError, now: Now) {
        let mut job = asked.job;
        let known = &mut self.authorization;
        if !job.renewed {
            job.renewed = true;
            if asked.epoch == known.epoch {
                known.renewing = Renewing::Must;
            }
            return known.queue.push(job);
        }
        // Other requests were allowed in this session, so only this one is refused.
        if known.proven {
            return self.not_granted(job, error, true, now);
        }
        known.queue.push(job);
        self.expire(&error, now);
    }

    pub(super) fn session_renewed(&mut self, ticket: u64, result: Result<(), AuthError>, now: Now) {
        let known = &mut self.authorization;
        if known.renewal.is_none_or(|(running, _)| running != ticket) {
            self.status.counters.stale_answers += 1;
            return;
        }
        known.renewal = None;
        match (result, known.renewing) {
            (Ok(()), _) => {
                known.renewing = Renewing::No;
                known.epoch += 1;
                known.proven = false;
                known.failures = 0;
            }
            (Err(AuthError::Unavailable { retry_after, .. }), Renewing::Must) => {
                self.back_off(self.authorization.round, retry_after, now);
            }
            (Err(error), Renewing::Must) => self.expire(&error, now),
            (Err(_), Renewing::Try | Renewing::No) => known.renewing = Renewing::No,
        }
    }

    /// Ends the session until a person acts.
    fn expire(&mut self, error: &AuthError, now: Now) {
        self.authorization.expired = true;
        self.authorization.renewing = Renewing::No;
        let asked = std::mem::take(&mut self.authorization.asked);
        for (ticket, asked) in asked {
            self.out.push(Output::Cancel { ticket });
            self.authorization.queue.push(asked.job);
        }
        self.refuse_all(error, now);
        self.notice(Notice::SessionExpired);
    }

    fn refuse_all(&mut self, error: &AuthError, now: Now) {
        let text = match error {
            AuthError::Unauthenticated { text } => text.clone(),
            other => other.to_string(),
        };
        let mut queue = std::mem::take(&mut self.authorization.queue);
        queue.sort_by_key(Job::rank);
        for job in queue {
            self.not_granted(job, AuthError::Unauthenticated { text: text.clone() }, true, now);
        }
        self.channels.recount();
    }

    /// Handles an authorizer that cannot answer now (checks 74, 75).
    fn unavailable(&mut self, asked: Asked, error: AuthError, now: Now) {
        let mut job = asked.job;
        let AuthError::Unavailable { retry_after, .. } = error else { return };
        self.back_off(asked.round, retry_after, now);
        if let What::Rekey(name) = &job.what {
            return self.rekeyed(name, None, now);
        }
        job.failures = job.failures.saturating_add(1);
        job.not_before = now.mono + self.spread(job.failures);
        match &job.what {
            What::Subscribe(name) => {
                self.channel_failed(name.clone(), ChannelFailure::Authorization(error), true);
            }
            What::SignIn | What::Rekey(_) => {
                let reason = SignInFailure::Authorization(error);
                self.notice(Notice::SignInFailed { reason, retrying: true });
            }
        }
        self.authorization.queue.push(job);
    }

    /// Sends no requests for a while.
    fn back_off(&mut self, round: u64, retry_after: Option<Duration>, now: Now) {
        if round == self.authorization.round {
            self.authorization.round += 1;
            self.authorization.failures = self.authorization.failures.saturating_add(1);
            let wait = self.spread(self.authorization.failures);
            self.authorization.gate = self.authorization.gate.max(now.mono + wait);
        }
        if let Some(asked) = retry_after {
            let timing = &self.config.timing;
            let asked = asked.min(timing.retry_after_max);
            let until = now.mono + asked + backoff::below(timing.backoff_first, &mut self.rng);
            self.authorization.gate = self.authorization.gate.max(until);
        }
    }

    /// Returns a wait that grows with `failures`, spread over its upper half.
    fn spread(&mut self, failures: u32) -> Duration {
        let timing = &self.config.timing;
        let grown = timing.backoff_first.saturating_mul(2u32.saturating_pow(failures.saturating_sub(1)));
        let half = grown.min(timing.backoff_cap) / 2;
        half + backoff::below(half, &mut self.rng)
    }

    /// Ends the subscription or sign-in, `for_good` as long as the session of the program lasts.
    fn not_granted(&mut self, job: Job, error: AuthError, for_good: bool, now: Now) {
        match job.what {
            What::SignIn => self.sign_in_failed(SignInFailure::Authorization(error), for_good),
            What::Rekey(name) => self.rekeyed(&name, None, now),
            What::Subscribe(name) => {
                let Some(channel) = self.channels.get_mut(&name) else { return };
                channel.stage = if for_good { Stage::Denied } else { Stage::Failed { asked: false } };
                self.channel_failed(name, ChannelFailure::Authorization(error), false);
            }
        }
    }

    pub(super) fn run_authorization_deadlines(&mut self, now: Now) {
        let late = || AuthError::unavailable("no answer in time");
        let overdue: Vec<u64> = (self.authorization.asked.iter())
            .filter(|(_, asked)| now.mono >= asked.deadline)
            .map(|(&ticket, _)| ticket)
            .collect();
        for ticket in overdue {
            self.out.push(Output::Cancel { ticket });
            self.authorization_answered(ticket, Err(late()), now);
        }
        if let Some((ticket, deadline)) = self.authorization.renewal
            && now.mono >= deadline
        {
            self.out.push(Output::Cancel { ticket });
            self.session_renewed(ticket, Err(late()), now);
        }
    }

    /// Cancels the authorization of a channel.
    pub(super) fn cancel_authorization(&mut self, name: &ChannelName) {
        let known = &mut self.authorization;
        known.queue.retain(|job| job.what.channel() != Some(name));
        let out = &mut self.out;
        known.asked.retain(|&ticket, asked| {
            let keep = asked.job.what.channel() != Some(name);
            if !keep {
                out.push(Output::Cancel { ticket });
            }
            keep
        });
    }

    /// Cancels all authorizations.
    pub(super) fn cancel_authorizations(&mut self) {
        let known = &mut self.authorization;
        known.queue.clear();
        let running = std::mem::take(&mut known.asked).into_keys();
        let running = running.chain(known.renewal.take().map(|(ticket, _)| ticket));
        self.out.extend(running.map(|ticket| Output::Cancel { ticket }));
    }

    /// Requests everything that was refused again, after a person has renewed the session.
    pub(super) fn authorize_again(&mut self, now: Now) {
        if let Some((ticket, _)) = self.authorization.renewal.take() {
            self.out.push(Output::Cancel { ticket });
        }
        self.authorization.start_over();
        let refused = self
            .channels
            .names(|_, channel| matches!(channel.stage, Stage::Denied | Stage::Failed { asked: false }));
        for name in refused {
            self.ask_again(&name, now);
        }
        self.retry_sign_in();
    }
}

const NO_KEY: &str = "its `shared_secret` is not 32 bytes in base64";
