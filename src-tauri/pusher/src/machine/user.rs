//! Sign-in, sign-out, and the change of the user (checks 79 to 81).
//!
//! A connection cannot change its user. So signing out closes it, and removes everything personal: private, presence
//! and encrypted channels, keys, tables, running requests.

use std::time::Duration;

use super::job::{Job, What};
use super::{Link, Machine, Now, Output, Priority};
use crate::auth::{AuthAnswer, User};
use crate::channel::ChannelName;
use crate::notice::{Notice, SignInFailure};
use crate::secret::Secret;
use crate::status::SignIn;
use crate::wire::{self, Data, ServerError};

/// The user to be signed in, and the state of the sign-in on this link.
#[derive(Default)]
pub(super) struct SigningIn {
    wanted: Option<Secret>,
    stage: Stage,
}

#[derive(Default)]
enum Stage {
    /// There is no link for the sign-in.
    #[default]
    Waiting,
    Authorizing,
    Pending {
        deadline: Duration,
    },
    In,
    /// Failed on this link.
    Failed,
    /// Refused for the whole session.
    Denied,
}

impl SigningIn {
    pub fn status(&self) -> SignIn {
        match (&self.wanted, &self.stage) {
            (None, _) => SignIn::Out,
            (_, Stage::In) => SignIn::In,
            (_, Stage::Failed | Stage::Denied) => SignIn::Failed,
            (_, Stage::Waiting | Stage::Authorizing | Stage::Pending { .. }) => SignIn::Pending,
        }
    }

    pub fn is_pending(&self) -> bool {
        matches!(self.stage, Stage::Pending { .. })
    }

    pub fn deadline(&self) -> Option<Duration> {
        match self.stage {
            Stage::Pending { deadline } => Some(deadline),
            _ => None,
        }
    }

    pub fn link_lost(&mut self) {
        if !matches!(self.stage, Stage::Denied) {
            self.stage = Stage::Waiting;
        }
    }

    fn is(&self, user: &User) -> bool {
        self.wanted.as_ref().is_some_and(|wanted| wanted.expose() == user.id)
    }
}

impl Machine {
    pub(super) fn sign_in(&mut self, id: Secret, now: Now) {
        if self.user.wanted.as_ref().is_some_and(|other| *other != id) {
            self.sign_out(now);
        }
        self.user.wanted = Some(id);
        if self.authorization.is_expired() {
            return self.authorize_again(now);
        }
        self.retry_sign_in();
    }

    pub(super) fn retry_sign_in(&mut self) {
        if matches!(self.user.stage, Stage::Failed | Stage::Denied) {
            self.user.stage = Stage::Waiting;
        }
        self.ask_to_sign_in();
        self.out.push(Output::StateChanged);
    }

    /// Starts the sign-in after the greeting and the program's call, whichever is later.
    pub(super) fn ask_to_sign_in(&mut self) {
        if self.user.wanted.is_none()
            || !matches!(self.user.stage, Stage::Waiting)
            || !matches!(self.link, Link::Live(_))
        {
            return;
        }
        if self.config.authorizer.is_none() {
            return self.sign_in_failed(SignInFailure::NoAuthorizer, true);
        }
        self.user.stage = Stage::Authorizing;
        self.authorization.enqueue(Job::new(What::SignIn, Priority::Important, 0));
    }

    pub(super) fn sign_in_granted(&mut self, answer: &AuthAnswer, now: Now) -> Result<(), &'static str> {
        if !matches!(self.user.stage, Stage::Authorizing) {
            return Ok(());
        }
        let data = answer.user_data.as_ref().ok_or("there is no `user_data` in it")?;
        let user = User::parse(data.expose()).ok_or("its `user_data` names no user")?;
        if !self.user.is(&user) {
            self.sign_in_failed(SignInFailure::OtherUser, false);
            return Ok(());
        }
        self.user.stage = Stage::Pending { deadline: now.mono + self.config.timing.ack };
        self.send(wire::sign_in(&answer.auth, data));
        Ok(())
    }

    /// Handles `pusher:signin_success`.
    pub(super) fn signed_in(&mut self, data: &Data, now: Now) {
        if !matches!(self.user.stage, Stage::Pending { .. } | Stage::Failed) {
            self.status.counters.unrouted += 1;
            return;
        }
        let user_data = data.json().and_then(|data| data.get("user_data"));
        let user = user_data.and_then(|user_data| match user_data.as_str() {
            Some(text) => User::parse(text),
            None => User::parse(&user_data.to_string()),
        });
        let Some(user) = user else {
            self.status.counters.malformed += 1;
            let message = "its answer names no user".to_owned();
            return self.sign_in_failed(SignInFailure::Refused { code: None, message }, false);
        };
        if !self.user.is(&user) {
            return self.sign_in_failed(SignInFailure::OtherUser, false);
        }
        self.user.stage = Stage::In;
        let channel = ChannelName::server_to_user(&user.id);
        self.notice(Notice::SignedIn(user));
        self.out.push(Output::StateChanged);
        if self.channels.get(&channel).is_none() {
            self.subscribe(channel, Priority::Important, now);
        } else {
            self.ask(&channel, now);
            self.channels.recount();
        }
    }

    pub(super) fn sign_in_refused(&mut self, error: ServerError) {
        let reason = SignInFailure::Refused { code: error.code, message: error.message };
        self.sign_in_failed(reason, false);
    }

    pub(super) fn sign_in_failed(&mut self, reason: SignInFailure, for_good: bool) {
        self.user.stage = if for_good { Stage::Denied } else { Stage::Failed };
        self.notice(Notice::SignInFailed { reason, retrying: false });
        self.out.push(Output::StateChanged);
    }

    pub(super) fn run_sign_in_deadline(&mut self, now: Now) {
        if self.user.deadline().is_some_and(|deadline| now.mono >= deadline) {
            self.sign_in_failed(SignInFailure::NotConfirmed, false);
        }
    }

    /// Removes everything of this user, here and at the consumer.
    pub(super) fn sign_out(&mut self, now: Now) {
        self.out.push(Output::UserChanged);
        let live = matches!(self.link, Link::Live(_));
        if live {
            self.out.push(Output::Close { generation: self.generation, code: 1000 });
            self.forget_link(now);
        }
        self.cancel_authorizations();
        self.authorization.start_over();
        self.channels.drop_personal();
        self.duplicates.drop_personal();
        self.user = SigningIn::default();
        self.status.last_error = None;
        if live {
            self.status.last_cause = None;
            let until = self.backoff.hurry(now.mono, &self.config.timing, &mut self.rng);
            self.wait(until, true, now);
        } else {
            self.out.push(Output::StateChanged);
        }
    }
}
