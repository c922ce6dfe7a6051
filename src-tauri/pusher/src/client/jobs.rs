//! The running requests to the authorizer, each on a task of its own: frames are read meanwhile, and a fault of the
//! program's code ends only that request.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::Arc;

use tokio::task::{AbortHandle, Id, JoinSet};

use crate::auth::{AuthError, AuthRequest, Authorizer};
use crate::machine::Input;

pub(super) struct Jobs {
    authorizer: Option<Arc<dyn Authorizer>>,
    running: JoinSet<Input>,
    tickets: BTreeMap<u64, (Asked, AbortHandle)>,
}

#[derive(Clone, Copy)]
enum Asked {
    Authorization,
    Renewal,
}

impl Jobs {
    pub fn new(authorizer: Option<Arc<dyn Authorizer>>) -> Self {
        Self { authorizer, running: JoinSet::new(), tickets: BTreeMap::new() }
    }

    pub fn authorize(&mut self, ticket: u64, request: AuthRequest) {
        let Some(authorizer) = self.authorizer.clone() else { return };
        let ask = async move { Input::Authorized { ticket, result: authorizer.authorize(request).await } };
        let handle = self.running.spawn(ask);
        self.tickets.insert(ticket, (Asked::Authorization, handle));
    }

    pub fn renew(&mut self, ticket: u64) {
        let Some(authorizer) = self.authorizer.clone() else { return };
        let ask = async move { Input::Renewed { ticket, result: authorizer.renew().await } };
        let handle = self.running.spawn(ask);
        self.tickets.insert(ticket, (Asked::Renewal, handle));
    }

    /// Cancels a request. Its answer is no longer returned.
    pub fn cancel(&mut self, ticket: u64) {
        if let Some((_, handle)) = self.tickets.remove(&ticket) {
            handle.abort();
        }
    }

    /// Returns the next answer. May be dropped and called again at any time.
    pub async fn next(&mut self) -> Input {
        while let Some(ended) = self.running.join_next_with_id().await {
            let (id, input) = match ended {
                Ok((id, input)) => (id, Some(input)),
                Err(error) => (error.id(), None),
            };
            // A cancelled request has no ticket any more.
            let Some((ticket, asked)) = self.take(id) else { continue };
            return input.unwrap_or_else(|| fault(ticket, asked));
        }
        pending().await
    }

    fn take(&mut self, id: Id) -> Option<(u64, Asked)> {
        let (&ticket, &(asked, _)) = self.tickets.iter().find(|(_, (_, handle))| handle.id() == id)?;
        self.tickets.remove(&ticket);
        Some((ticket, asked))
    }
}

/// Makes the input for a fault of the program's code. A repetition may succeed.
fn fault(ticket: u64, asked: Asked) -> Input {
    let error = AuthError::unavailable("asking for it failed");
    match asked {
        Asked::Authorization => Input::Authorized { ticket, result: Err(error) },
        Asked::Renewal => Input::Renewed { ticket, result: Err(error) },
    }
}
