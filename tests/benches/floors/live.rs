//! The time from a colleague's change to the person's screen.

use std::time::Duration;

use desk_tests::figures::{Figures, milliseconds};
use desk_tests::listener::Listener;
use desk_tests::window::launcher::Running;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::FieldValue;
use hotelmate_core::resources::Kind;
use pusher::{Clock, SystemClock};
use serde_json::json;

use crate::hotel::Hotel;
use crate::until;

/// The time between two changes: colleagues are people.
const BETWEEN: Duration = Duration::from_millis(200);

/// The title of the first offer on the screen, once the desk is live.
const FIRST: &str = "
    const live = document.querySelector('[data-testid=status-pill][data-pill=saved]');
    return live && document.querySelector('[data-testid=offer-card]').dataset.title;";

/// Notes the time at which a title comes into the page.
const EXPECT: &str = "
    const [title] = arguments;
    window.seen = new Promise((seen) => {
        const observer = new MutationObserver(() => {
            const cards = [...document.querySelectorAll('[data-testid=offer-card]')];
            if (cards.some((card) => card.dataset.title === title && card.innerText.includes(title))) {
                observer.disconnect();
                seen(Date.now());
            }
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });";

/// Waits for that time, in milliseconds since 1970.
const SEEN: &str = "window.seen.then(arguments[arguments.length - 1]);";

/// The milliseconds since the colleague's request.
#[derive(Default)]
pub(crate) struct Live {
    /// Until the title was in the page.
    pub(crate) visible: Figures,
    /// Until a bare listener had the event.
    pub(crate) received: Figures,
}

/// Lets the colleague change the title of the first offer on the screen this many times.
pub(crate) async fn watch(hotel: &Hotel, running: &Running, changes: usize) -> Live {
    let window = &running.window;
    let channel = Generation::First.hotel_channel(hotel.server.slug());
    let mut listener = Listener::of(&hotel.server, &channel).await;
    let title = until("the live desk", async || {
        window.execute(FIRST, vec![]).await.ok()?.as_str().map(str::to_owned)
    })
    .await;
    let offer = hotel.server.offers().into_iter().find(|offer| offer["title"] == json!(title));
    let id = offer.and_then(|offer| offer["id"].as_i64()).expect("the offer is at the hotel");
    let clock = SystemClock::new();
    let mut pulse = tokio::time::interval(BETWEEN);
    let mut live = Live::default();
    for number in 1..=changes {
        pulse.tick().await;
        let now = format!("{title} {number}");
        window.execute(EXPECT, vec![json!(now)]).await.expect("the page is watched");
        let asked = milliseconds(clock.wall());
        let change = [FieldValue::of("title", now.clone())];
        hotel
            .colleague
            .edit(Kind::Offer, ServerId(id), &change)
            .await
            .expect("the colleague's change is taken");
        let seen = window.execute_async(SEEN, vec![]).await.expect("the change is seen");
        live.visible.add(seen.as_f64().expect("a time") - asked);
        let has_title =
            |event: &pusher::Event| event.json().is_some_and(|data| data["offer"]["title"] == json!(now));
        live.received.add(milliseconds(listener.arrival(has_title).await) - asked);
    }
    live
}
