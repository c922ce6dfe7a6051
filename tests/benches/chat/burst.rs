//! A burst of a guest's messages in the shown conversation.

use desk_tests::figures::{Figures, milliseconds};
use desk_tests::listener::Listener;
use desk_tests::window::launcher::Running;
use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::ids::ServerId;
use pusher::Event;
use serde_json::json;

use crate::hotel::Hotel;
use crate::opening;

/// Watches the page until a text is in its last message, or for some milliseconds if there is no text. `window.burst`
/// then has the time of the second frame after that, the longest time between two timers, and the numbers of elements.
const WATCH: &str = "
    const [text, milliseconds] = arguments;
    let last = performance.now();
    let [longest, elements, all] = [0, 0, 0];
    window.burst = new Promise((resolve) => {
        const end = last + milliseconds;
        let is_seen = false;
        const tick = () => {
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
            if (is_seen || (text === null && now >= end)) {
                resolve({ seen: is_seen, longest, elements, all });
            } else setTimeout(tick);
        };
        setTimeout(tick);
        if (text === null) return;
        const observer = new MutationObserver(() => {
            const messages = document.querySelector('[data-testid=chat-messages]');
            elements = Math.max(elements, messages?.getElementsByTagName('*').length ?? 0);
            all = Math.max(all, document.getElementsByTagName('*').length);
            const shown = [...document.querySelectorAll('[data-testid=chat-message]')].at(-1);
            if (!shown?.innerText.includes(text)) return;
            observer.disconnect();
            requestAnimationFrame(() => requestAnimationFrame(() => (is_seen = Date.now())));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });";

/// Waits for the end of that.
const WATCHED: &str = "const done = arguments[arguments.length - 1]; window.burst.then(done);";

/// The time for which an idle page is watched, in milliseconds.
const IDLE: u32 = 1000;

/// The measurements of the bursts.
#[derive(Default)]
pub(crate) struct Burst {
    /// The milliseconds from the first event to the last message on the screen.
    pub(crate) visible: Figures,
    /// The milliseconds from the first to the last event at a bare listener.
    pub(crate) received: Figures,
    /// The longest time between two timers of the page, in milliseconds.
    pub(crate) longest: Figures,
    /// The same of an idle page.
    pub(crate) idle: Figures,
    /// The elements of the messages.
    pub(crate) elements: Figures,
    /// The elements of the whole page.
    pub(crate) all_elements: Figures,
}

/// Lets the guest write this many bursts.
pub(crate) async fn measure(hotel: &Hotel, running: &Running, times: usize) -> Burst {
    let window = &running.window;
    opening::open(running, hotel.empty, None).await;
    let number = ServerId(hotel.empty.number);
    let channel = Generation::First.conversation_channel(hotel.server.slug(), number);
    let mut listener = Listener::of(&hotel.server, &channel).await;
    let mut burst = Burst::default();
    for round in 1..=times {
        window.execute(WATCH, vec![json!(null), json!(IDLE)]).await.expect("the page is watched");
        let idle = window.execute_async(WATCHED, Vec::new()).await.expect("the idle page");
        burst.idle.add(idle["longest"].as_f64().expect("a time"));

        let texts: Vec<String> =
            (1..=crate::burst()).map(|message| format!("Burst {round}, message {message}.")).collect();
        let (first, last) = (texts[0].clone(), texts[texts.len() - 1].clone());
        window.execute(WATCH, vec![json!(last), json!(null)]).await.expect("the page is watched");
        let is = |text: String| {
            move |event: &Event| {
                event.name == "new-message" && event.json().is_some_and(|data| data["message"] == json!(text))
            }
        };
        let written = hotel.server.guest_bursts(hotel.empty.number, texts);
        let heard = async {
            let first = milliseconds(listener.arrival(is(first)).await);
            (first, milliseconds(listener.arrival(is(last)).await))
        };
        let (_, (first, last)) = tokio::join!(written, heard);
        let seen = window.execute_async(WATCHED, Vec::new()).await.expect("the burst is seen");
        let figure = |name: &str| seen[name].as_f64().expect("a figure");
        burst.visible.add(figure("seen") - first);
        burst.received.add(last - first);
        burst.longest.add(figure("longest"));
        burst.elements.add(figure("elements"));
        burst.all_elements.add(figure("all"));
        println!(
            "burst {round}: {:.0} ms after the first event, the last event after {:.0} ms",
            figure("seen") - first,
            last - first
        );
    }
    burst
}
