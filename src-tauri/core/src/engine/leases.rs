//! The leases of this process: which of several may send, or press the clock, for one account.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use crate::environment::Environment;
use crate::store::lease::{self, Lease};
use crate::store::{Store, StoreError};

/// What this process holds, as far as it knows.
pub struct Leases {
    /// This process's name in leases.
    pub holder: String,
    holds_sending: AtomicBool,
    /// When it was last taken or renewed, in milliseconds since the epoch.
    sending_at: AtomicI64,
    store: Store,
    environment: Environment,
}

impl Leases {
    /// It holds none.
    pub fn new(store: Store, environment: Environment) -> Self {
        Self {
            holder: environment.intent_id().to_string(),
            holds_sending: AtomicBool::new(false),
            sending_at: AtomicI64::new(0),
            store,
            environment,
        }
    }

    /// Renews the sender's lease for ever, while it is here.
    pub async fn keep(self: Arc<Self>) {
        loop {
            if self.holds_sending.load(Ordering::Relaxed)
                && let Err(error) = self.hold(Lease::Sender).await
            {
                tracing::warn!(%error, "the lease could not be renewed");
            }
            self.environment.sleep(lease::RENEWAL).await;
        }
    }

    /// Takes or renews a lease. False when another process has it.
    pub async fn hold(&self, lease: Lease) -> Result<bool, StoreError> {
        let (holder, now) = (self.holder.clone(), self.environment.now());
        let held = self.store.write(move |tx| lease::hold(tx, lease, &holder, now)).await?;
        if lease == Lease::Sender {
            self.holds_sending.store(held, Ordering::Relaxed);
            self.sending_at.store(now.as_millisecond(), Ordering::Relaxed);
        }
        Ok(held)
    }

    /// As [`hold`](Self::hold) of the sender's lease, without a write while that is fresh. What is written to the
    /// outbox asks for the lease itself.
    pub async fn hold_sending(&self) -> Result<bool, StoreError> {
        let age = self.environment.now_ms() - self.sending_at.load(Ordering::Relaxed);
        let fresh = u64::try_from(age).is_ok_and(|age| Duration::from_millis(age) < lease::RENEWAL);
        if fresh && self.holds_sending.load(Ordering::Relaxed) {
            return Ok(true);
        }
        self.hold(Lease::Sender).await
    }

    /// Gives the sender's lease back, if it is here: another process need not wait for its end.
    pub async fn give_up_sending(&self) -> Result<(), StoreError> {
        if !self.holds_sending.swap(false, Ordering::Relaxed) {
            return Ok(());
        }
        let holder = self.holder.clone();
        self.store.write(move |tx| lease::release(tx, Lease::Sender, &holder)).await
    }

    /// Gives every lease back.
    pub async fn release(&self) -> Result<(), StoreError> {
        let holder = self.holder.clone();
        self.store
            .write(move |tx| {
                lease::release(tx, Lease::Sender, &holder)?;
                lease::release(tx, Lease::Clock, &holder)
            })
            .await
    }
}
