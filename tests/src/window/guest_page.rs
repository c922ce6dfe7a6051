//! The page of a guest in a browser of its own: the demo hotel's page with the official pusher-js, in WebKit's
//! MiniBrowser.

use std::path::PathBuf;
use std::process::Stdio;

use demo_hotel::GuestRoom;
use fantoccini::Client;
use serde_json::{Value, json};

use super::session::{Companion, Session};
use super::{driver, look};

/// True when the script of the page has run.
const IS_READY: &str = "return document.body.dataset.ready === ''";

/// True while the page has a live connection.
const IS_CONNECTED: &str = "return document.getElementById('connection').dataset.state === 'connected'";

/// Fills in a form and submits it.
const ENTER: &str = "
    const [form, field, text] = arguments;
    document.getElementById(field).value = text;
    document.getElementById(form).requestSubmit();";

/// Notes the time at which a text appears in the messages. An earlier expectation ends.
const EXPECT: &str = "
    const [text] = arguments;
    const list = document.getElementById('messages');
    window.expecting?.disconnect();
    window.seen = null;
    const look = () => {
        if (window.seen === null && list.innerText.includes(text)) window.seen = Date.now();
    };
    window.expecting = new MutationObserver(look);
    window.expecting.observe(list, { subtree: true, childList: true });
    look();";

/// Returns that time, in milliseconds since 1970.
const SEEN: &str = "return window.seen";

/// Returns the texts of the messages.
const TEXTS: &str =
    "return [...document.querySelectorAll('#messages li')].map((line) => line.childNodes[1].data)";

/// Notes each state of the connection from now on. An earlier watch ends.
const WATCH_CONNECTION: &str = "
    const state = document.getElementById('connection');
    window.watching?.disconnect();
    window.states = [];
    window.watching = new MutationObserver(() => window.states.push(state.dataset.state));
    window.watching.observe(state, { attributes: true });";

/// True if the connection was lost since then, and is there again.
const HAS_RECONNECTED: &str = "return window.states.length > 1 && window.states.at(-1) === 'connected'";

/// The page.
pub struct GuestPage {
    client: Client,
    // It ends with the page.
    _driver: Companion,
}

impl GuestPage {
    /// Opens the page of a room, and gives the room's PIN.
    pub(super) async fn open(session: &Session, room: &GuestRoom) -> Self {
        let (driver, url) = driver::start(session, &[], (Stdio::null(), Stdio::null())).await;
        let opened = driver::connect(&url, &mini_browser(), &[json!("--automation")]).await;
        let client = opened.expect("the guest's browser opens");
        client.goto(&room.page).await.expect("the guest's page opens");
        let page = Self { client, _driver: driver };
        page.until("the guest's page", IS_READY).await;
        page.enter("door", "pin", &room.pin).await;
        page.until("the guest's live connection", IS_CONNECTED).await;
        page
    }

    /// Writes a message, as the guest.
    pub async fn write(&self, text: &str) {
        self.enter("writing", "text", text).await;
    }

    /// Begins to wait for a text.
    pub async fn expect(&self, text: &str) {
        self.run(EXPECT, vec![json!(text)]).await;
    }

    /// Waits for the expected text, and returns the time of its appearance in milliseconds since 1970.
    pub async fn seen(&self) -> f64 {
        let seen = look(async || self.run(SEEN, Vec::new()).await.as_f64()).await;
        seen.unwrap_or_else(|| panic!("the text does not appear on the guest's page"))
    }

    /// Returns the texts of the messages on the page.
    pub async fn texts(&self) -> Vec<String> {
        let texts = self.run(TEXTS, Vec::new()).await;
        texts.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    }

    /// Begins to watch the live connection.
    pub async fn watch_connection(&self) {
        self.run(WATCH_CONNECTION, Vec::new()).await;
    }

    /// Waits until the watched connection was lost and is there again. A page that was loaded anew fails here.
    pub async fn until_reconnected(&self) {
        self.until("the guest's reconnect", HAS_RECONNECTED).await;
    }

    async fn enter(&self, form: &str, field: &str, text: &str) {
        self.run(ENTER, vec![json!(form), json!(field), json!(text)]).await;
    }

    async fn until(&self, what: &str, script: &str) {
        let held = look(async || (self.run(script, Vec::new()).await == true).then_some(())).await;
        held.unwrap_or_else(|| panic!("waited in vain for {what}"));
    }

    async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("{error} in {script}"))
    }
}

/// Returns the path of the browser, which is in the package of the library.
fn mini_browser() -> PathBuf {
    let folders = ["/usr/lib", "/usr/libexec"].into_iter().flat_map(|folder| std::fs::read_dir(folder).ok());
    let mut programs =
        folders.flatten().flatten().map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
    programs.find(|program| program.exists()).expect("MiniBrowser: install the package libwebkit2gtk-4.1-0")
}
