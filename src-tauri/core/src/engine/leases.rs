//! The leases of this process. They decide which of several processes may send, or press the clock, for one account.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use crate::environment::Environment;
use crate::store::lease::{self, Lease};
use crate::store::{Store, StoreError};

/// The leases that this process holds, as far as it knows.
pub struct Leases {
    /// The name of this process in leases.
    pub holder: String,
    holds_sending: AtomicBool,
    /// The time of the last renewal of the sender's lease, in milliseconds since the epoch.
    sending_at: AtomicI64,
    store: Store,
    environment: Environment,
}

impl Leases {
    /// Creates the record of a process that holds no lease.
    pub fn new(store: Store, environment: Environment) -> Self {
        Self {
            holder: environment.intent_id().to_string(),
            holds_sending: AtomicBool::new(false),
            sending_at: AtomicI64::new(0),
            store,
            environment,
        }
    }

    /// Renews the sender's lease for ever, while this process holds it.
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

    /// Takes or renews a lease. Returns false if another process holds it.
    pub async fn hold(&self, lease: Lease) -> Result<bool, StoreError> {
        let (holder, now) = (self.holder.clone(), self.environment.now());
        let held = self.store.write(move |tx| lease::hold(tx, lease, &holder, now)).await?;
        if lease == Lease::Sender {
            self.holds_sending.store(held, Ordering::Relaxed);
            self.sending_at.store(now.as_millisecond(), Ordering::Relaxed);
        }
        Ok(held)
    }

    /// Does the same as [`hold`](Self::hold) for the sender's lease, but writes nothing while the lease is fresh. Each
    /// write to the outbox checks the lease itself.
    pub async fn hold_sending(&self) -> Result<bool, StoreError> {
        let age = self.environment.now_ms() - self.sending_at.load(Ordering::Relaxed);
        let fresh = u64::try_from(age).is_ok_and(|age| Duration::from_millis(age) < lease::RENEWAL);
        if fresh && self.holds_sending.load(Ordering::Relaxed) {
            return Ok(true);
        }
        self.hold(Lease::Sender).await
    }

    /// Releases the sender's lease, if this process holds it, so that another process need not wait for its end.
    pub async fn give_up_sending(&self) -> Result<(), StoreError> {
        if !self.holds_sending.swap(false, Ordering::Relaxed) {
            return Ok(());
        }
        let holder = self.holder.clone();
        self.store.write(move |tx| lease::release(tx, Lease::Sender, &holder)).await
    }

    /// Releases all leases.
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
