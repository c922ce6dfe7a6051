//! The window as a person uses and sees it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use super::fixture::shots;
use super::{DEADLINE, axe, look};

/// The sizes in which screens are looked at. The last one is the usual one.
pub const SIZES: [(&str, u32, u32); 3] = [("small", 1000, 700), ("large", 2560, 1440), ("usual", 1366, 768)];

/// Returns true if the element of a selector can be pressed or typed into now.
const IS_FREE: &str = include_str!("scripts/is_free.js");

/// Notes from now on whether a press arrives at the page.
const LISTEN: &str = include_str!("scripts/listen.js");

/// Returns true if no press has arrived two frames later. A page that was loaded anew has noted none, and this counts
/// as no loss.
const IS_LOST: &str = include_str!("scripts/is_lost.js");

/// Returns true if the document did not scroll, and is not larger than the view.
const IS_WHOLE: &str = include_str!("scripts/is_whole.js");

/// Returns after the second next frame: earlier changes are drawn by then.
const TWO_FRAMES: &str = include_str!("scripts/two_frames.js");

/// Drops a file, with the events that a web view makes of it.
const DROP: &str = include_str!("scripts/drop.js");

/// Pastes a file at the focused element.
const PASTE: &str = include_str!("scripts/paste.js");

/// Drags the first element onto the upper left part of the second, with the events that a web view makes of it.
const DRAG: &str = include_str!("scripts/drag.js");

/// The program's window.
pub struct Window {
    client: Client,
    name: &'static str,
}

impl Window {
    pub(super) fn new(client: Client, name: &'static str) -> Self {
        Self { client, name }
    }

    pub(super) async fn close(self) {
        // The program is ended with its session; a broken session has ended already.
        let _ = self.client.close().await;
    }

    /// Runs a script in the page through WebDriver, so with all rights.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("{error} in {script}"))
    }

    /// Runs a script that calls its last argument when it is done.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client
            .execute_async(script, arguments)
            .await
            .unwrap_or_else(|error| panic!("{error} in {script}"))
    }

    /// Chooses a value of a list, as a person does with the keyboard.
    pub async fn choose(&self, id: &str, value: &str) {
        let choose = "const list = document.querySelector(`[data-testid=${arguments[0]}]`); list.focus(); \
                      list.value = arguments[1]; list.dispatchEvent(new Event('change', { bubbles: true }))";
        self.until_there(&format!("[data-testid={id}]")).await;
        self.run(choose, vec![id.into(), value.into()]).await;
    }

    /// Waits until a script returns neither `null`, `false` nor an empty text, and returns its answer.
    pub async fn until(&self, what: &str, script: &str, arguments: Vec<Value>) -> Value {
        let found = look(async || {
            let answer = self.client.execute(script, arguments.clone()).await.ok()?;
            let is_there = !matches!(&answer, Value::Null | Value::Bool(false)) && answer != "";
            is_there.then_some(answer)
        })
        .await;
        match found {
            Some(found) => found,
            None => self.fail(&format!("waited in vain for {what}")).await,
        }
    }

    /// Fails the test with a picture of the screen and its text. WebDriver executes one call at a time: after a call
    /// that is never answered, these calls would wait for ever.
    async fn fail(&self, why: &str) -> ! {
        let shown = async {
            self.keep("failed").await;
            self.client.execute("return document.body.innerText", Vec::new()).await.unwrap_or_default()
        };
        match tokio::time::timeout(DEADLINE, shown).await {
            Ok(text) => panic!("{why}; the window shows: {text:#}"),
            Err(_) => panic!("{why}; the window does not answer"),
        }
    }

    /// Stores a screenshot, once everything is drawn.
    pub async fn shot(&self, what: &str) {
        self.until("the pictures", "return [...document.images].every((image) => image.complete)", vec![])
            .await;
        self.run_async(TWO_FRAMES, Vec::new()).await;
        self.keep(what).await;
    }

    /// Stores a screenshot in a small window, on a big screen, and in the usual size, which stays.
    pub async fn shots_in_every_size(&self, what: &str) {
        for (size, width, height) in SIZES {
            self.resize(width, height).await;
            self.until_steady().await;
            self.shot(&format!("{what}-{size}")).await;
        }
    }

    async fn keep(&self, what: &str) {
        let picture = self.client.screenshot().await.expect("a screenshot");
        fs::write(shots().join(format!("{}-{what}.png", self.name)), picture)
            .expect("the screenshot is kept");
    }

    /// Sets the size of the window. A display may be put on its monitor just then and take that one's size, so the size
    /// is set again if it does not come.
    pub async fn resize(&self, width: u32, height: u32) {
        const TRIES: usize = 4;
        const PATIENCE: Duration = Duration::from_secs(5);
        let script = "return innerWidth === arguments[0] && innerHeight === arguments[1]";
        for _ in 0..TRIES {
            self.client.set_window_size(width, height).await.expect("the window changes its size");
            let is_right = look(async || {
                let answer = self.client.execute(script, vec![json!(width), json!(height)]).await.ok()?;
                (answer == true).then_some(())
            });
            if matches!(tokio::time::timeout(PATIENCE, is_right).await, Ok(Some(()))) {
                return;
            }
        }
        self.fail("waited in vain for the new size").await;
    }

    /// Returns the element of a selector as soon as it can be pressed or typed into.
    async fn free(&self, selector: &str) -> Element {
        self.until(&format!("{selector} to be free"), IS_FREE, vec![json!(selector)]).await;
        self.client.find(Locator::Css(selector)).await.expect("it was there a moment ago")
    }

    /// Presses the element of a selector.
    pub async fn press_at(&self, selector: &str) {
        let mut last = None;
        // The element may be drawn anew during the press; a person would press again as well.
        let pressed = look(async || {
            let element = self.free(selector).await;
            self.run(LISTEN, vec![]).await;
            element.click().await.map_err(|error| last = Some(error)).ok()?;
            // The driver sometimes loses a press, mostly beside an element that has just disappeared.
            (!self.is_lost().await).then_some(())
        })
        .await;
        if pressed.is_none() {
            self.fail(&format!("{selector} cannot be pressed: {last:?}")).await;
        }
        self.until_steady().await;
    }

    /// Waits until an element other than the page itself has the focus, because the page accepts no keys, and checks
    /// that the document did not scroll.
    pub async fn until_steady(&self) {
        let script = "return document.activeElement !== null && document.activeElement !== document.body";
        self.until("the focus on something", script, vec![]).await;
        if self.run(IS_WHOLE, vec![]).await != json!(true) {
            self.fail("the document scrolled or is larger than the view").await;
        }
    }

    async fn is_lost(&self) -> bool {
        let reported = self.client.execute_async(IS_LOST, vec![]).await;
        reported.is_ok_and(|reported| reported == json!(true))
    }

    /// Presses the element with this test id.
    pub async fn press(&self, id: &str) {
        self.press_at(&by_id(id)).await;
    }

    /// Replaces the text of a field.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.free(&by_id(id)).await;
        field.click().await.expect("the field takes the focus");
        self.ctrl('a').await;
        field.send_keys(text).await.expect("the field takes the text");
    }

    /// Chooses a file in a file field, as the system's dialog would.
    pub async fn choose_file(&self, id: &str, file: &Path) {
        // The field itself is invisible; a button opens it.
        let field = self.client.find(Locator::Css(&by_id(id))).await.expect("the file field");
        field.send_keys(&file.to_string_lossy()).await.expect("the field takes the file");
    }

    /// Drops a file on the element with this test id, as a file manager would.
    pub async fn drop_file(&self, id: &str, name: &str, bytes: &[u8]) {
        self.free(&by_id(id)).await;
        self.run(DROP, vec![json!(by_id(id)), json!(name), json!(bytes)]).await;
    }

    /// Pastes a picture into the window, as if it had been copied elsewhere.
    pub async fn paste_picture(&self, bytes: &[u8]) {
        self.run(PASTE, vec![json!("picture.jpg"), json!(bytes)]).await;
    }

    /// Drags one offer onto the first half of another offer's row.
    pub async fn drag_offer(&self, title: &str, onto: &str) {
        self.drag(&card(title), &card(onto)).await;
    }

    /// Drags the element of one selector onto the first half of the element of another.
    pub async fn drag(&self, from: &str, onto: &str) {
        self.run(DRAG, vec![json!(from), json!(onto)]).await;
    }

    /// Waits until the offers on the screen begin with these titles.
    pub async fn until_order(&self, titles: &[&str]) {
        let script = include_str!("scripts/order.js");
        self.until(&format!("the order {titles:?}"), script, vec![json!(titles)]).await;
    }

    /// Types at the focused element, key by key.
    pub async fn keys(&self, text: &str) {
        let keyboard = text.chars().fold(KeyActions::new("keyboard".to_owned()), |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client.perform_actions(keyboard).await.expect("the keys are taken");
    }

    /// Presses one key that is not a letter.
    pub async fn key(&self, key: Key) {
        self.keys(&char::from(key).to_string()).await;
    }

    /// Presses a key while Ctrl is held.
    pub async fn ctrl(&self, value: char) {
        self.chord(Key::Control, value).await;
    }

    /// Presses a key while Alt is held.
    pub async fn alt(&self, key: Key) {
        self.chord(Key::Alt, char::from(key)).await;
    }

    async fn chord(&self, held: Key, value: char) {
        let held = char::from(held);
        let keyboard = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: held });
        self.client.perform_actions(keyboard).await.expect("the keys are taken");
    }

    /// Returns the test id of the focused element.
    async fn focus(&self) -> String {
        let id = self.run("return document.activeElement?.dataset.testid ?? ''", vec![]).await;
        id.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the element with this test id has the focus.
    pub async fn until_focus(&self, id: &str) {
        let script = "return document.activeElement?.dataset.testid === arguments[0]";
        self.until(&format!("the focus on {id}"), script, vec![json!(id)]).await;
    }

    /// Presses Tab until the element with this test id has the focus.
    pub async fn tab_to(&self, id: &str) {
        const STOPS: usize = 40;
        for _ in 0..STOPS {
            if self.focus().await == id {
                return;
            }
            self.key(Key::Tab).await;
        }
        self.fail(&format!("{id} is not among the next {STOPS} stops of Tab")).await;
    }

    /// Returns the text of a field.
    pub async fn value(&self, id: &str) -> String {
        let script =
            "const field = document.querySelector(arguments[0]); return field.value ?? field.innerText";
        let value = self.run(script, vec![json!(by_id(id))]).await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an element matches a selector.
    pub async fn until_there(&self, selector: &str) {
        let script = "return document.querySelector(arguments[0]) !== null";
        self.until(selector, script, vec![json!(selector)]).await;
    }

    /// Waits until no element matches a selector.
    pub async fn until_removed(&self, selector: &str) {
        let script = "return document.querySelector(arguments[0]) === null";
        self.until(&format!("{selector} to go"), script, vec![json!(selector)]).await;
    }

    /// Waits until the element with this test id contains a text.
    pub async fn until_says(&self, id: &str, text: &str) {
        let script = "return [...document.querySelectorAll(arguments[0])].some((one) => one.innerText.includes(arguments[1]))";
        self.until(&format!("“{text}” in {id}"), script, vec![json!(by_id(id)), json!(text)]).await;
    }

    /// Waits until a message contains a text, and moves the pointer onto it, so that the message stays even on a slow
    /// machine.
    pub async fn until_toast(&self, text: &str) {
        let script = include_str!("scripts/told.js");
        self.until(&format!("a message with “{text}”"), script, vec![json!(text)]).await;
    }

    /// Returns the number of elements that match a selector.
    pub async fn count(&self, selector: &str) -> u64 {
        let found =
            self.run("return document.querySelectorAll(arguments[0]).length", vec![json!(selector)]).await;
        found.as_u64().unwrap_or_default()
    }

    /// Signs in by typing; the server's address is filled in already.
    pub async fn sign_in(&self, username: &str, password: &str) {
        let script = "return document.querySelector('[data-testid=signin-server]')?.value";
        self.until("the server's address", script, vec![]).await;
        self.fill("signin-username", username).await;
        self.fill("signin-password", password).await;
        self.press("signin-submit").await;
    }

    /// Closes the card of the sign-in, so that the room has the whole height of the window.
    pub async fn close_handover(&self) {
        self.press("handover-close").await;
        self.until_removed("[data-testid=handover]").await;
    }

    /// Waits until the list of offers is shown and live, and every picture on the screen is drawn.
    pub async fn until_offers(&self) {
        self.until_there("[data-testid=offer-card]").await;
        self.until_pill("saved").await;
        self.until_pictures().await;
    }

    /// Waits until every offer on the screen that has a picture shows it.
    pub async fn until_pictures(&self) {
        let script = include_str!("scripts/pictures.js");
        self.until("the pictures of the offers", script, vec![]).await;
    }

    /// Waits until the status pill is in this state.
    pub async fn until_pill(&self, state: &str) {
        self.until_there(&format!("[data-testid=status-pill][data-pill={state}]")).await;
    }

    /// Waits until an offer with this title is on the screen with this sync mark.
    pub async fn until_offer(&self, title: &str, sync: &str) {
        let card = card(title);
        self.until_there(&format!("{card}[data-sync={sync}]")).await;
    }

    /// Opens the editor of an offer.
    pub async fn edit(&self, title: &str) {
        self.press_at(&format!("{} [data-testid=offer-edit]", card(title))).await;
        self.until_there("[data-testid=editor-title]").await;
    }

    /// Saves the editor's content; the editor closes by itself.
    pub async fn save(&self) {
        self.press("editor-save").await;
        self.until_removed("[data-testid=editor]").await;
    }

    /// Changes one text field of an offer in the editor and saves.
    pub async fn change(&self, title: &str, field: &str, text: &str) {
        self.edit(title).await;
        self.fill(field, text).await;
        self.save().await;
    }

    /// Fails the test if the screen has a serious barrier for people with disabilities.
    pub async fn is_accessible(&self, screen: &str) {
        self.shot(screen).await;
        let found = axe::violations(self).await;
        assert!(found.is_empty(), "{}, {screen}: {found:#?}", self.name);
    }
}

/// Returns the selector of a test id.
fn by_id(id: &str) -> String {
    format!("[data-testid={}]", json!(id))
}

/// Returns the selector of an offer's card or row.
pub(super) fn card(title: &str) -> String {
    format!("[data-testid=offer-card][data-title={}]", json!(title))
}
