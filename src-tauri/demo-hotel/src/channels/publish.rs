//! Publishes the hotel's own events, and passes every event through the fault plan.

use serde_json::Value;

use super::{MAX_EVENT_BYTES, MAX_PAYLOAD_MEMORY};
use crate::app::Shared;
use crate::clock::wait;
use crate::hub::Event;

/// Publishes on a public channel from inside a request, and returns when the event host has the event. So it reaches
/// listeners before the request is answered, and echoes to the client that caused it (`contract.md 2`).
///
/// An event that is too large is lost without a sign in the answer, as on the real server.
pub(crate) async fn announce(app: &Shared, channel: String, name: &str, payload: &Value) {
    let data = payload.to_string();
    if data.len() > MAX_EVENT_BYTES || memory_size(&data) > MAX_PAYLOAD_MEMORY {
        tracing::info!(event = name, bytes = data.len(), "too large for an event, lost");
        return;
    }
    dispatch(app, Event { channel, name: name.to_owned(), data, except: None }).await;
}

/// Passes an event through the fault plan to its listeners.
pub(crate) async fn dispatch(app: &Shared, event: Event) {
    let verdict = app.faults.event(&event.name);
    if let Some(time) = verdict.hang {
        wait(time).await;
        return;
    }
    if verdict.lost {
        return;
    }
    if let Some(time) = verdict.late {
        let hub_owner = app.clone();
        app.tasks.spawn(async move {
            wait(time).await;
            hub_owner.hub.deliver(&event);
        });
        return;
    }
    if verdict.reordered {
        app.hub.hold(event);
        return;
    }
    app.hub.deliver(&event);
    if verdict.doubled {
        app.hub.deliver(&event);
    }
}

/// Returns the size of a text in the publishing library's memory: every character takes as many bytes as the widest
/// one.
fn memory_size(text: &str) -> usize {
    let widest = text.chars().max().unwrap_or_default();
    let width = match u32::from(widest) {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        _ => 4,
    };
    text.chars().count() * width
}
