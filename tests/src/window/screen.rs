//! The virtual display: the window that has the keyboard, and the cross that closes a window.
//!
//! The display has no window manager, so every request to the display takes effect.

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, InputFocus, MapState,
    WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME};

use super::until;

/// The title of the program's window.
const TITLE: &[u8] = b"HotelMate Desk";

type Reported<T> = Result<T, x11rb::errors::ReplyOrIdError>;

/// The display.
pub struct Screen {
    display: RustConnection,
    root: u32,
    /// Another program's window.
    other: u32,
}

impl Screen {
    /// Opens another program's small window on the display.
    pub(super) fn of(display: &str) -> Self {
        let (display, number) = RustConnection::connect(Some(display)).expect("the display answers");
        let root = display.setup().roots[number].root;
        let other = other_window(&display, root).expect("a second window opens");
        Self { display, root, other }
    }

    /// Gives the keyboard to the program's window.
    pub async fn look_at_window(&self) {
        let window = until("the window on the screen", async || self.shown()).await;
        self.give_keyboard(window);
        self.until_in_front().await;
    }

    /// Gives the keyboard to another program.
    pub fn look_elsewhere(&self) {
        self.give_keyboard(self.other);
    }

    /// Waits until the program's window has the focus.
    pub async fn until_in_front(&self) {
        until("the window in front", async || {
            let focus = self.display.get_input_focus().ok()?.reply().ok()?.focus;
            (self.shown()? == focus).then_some(())
        })
        .await;
    }

    /// Presses the cross in the title of the program's window, and waits until the window has disappeared.
    pub async fn close_window(&self) {
        let window = self.shown().expect("the window is on the screen");
        self.ask_to_close(window).expect("the display takes the wish");
        until("the window's end on the screen", async || self.shown().is_none().then_some(())).await;
    }

    fn give_keyboard(&self, window: u32) {
        let given = self
            .display
            .set_input_focus(InputFocus::PARENT, window, CURRENT_TIME)
            .expect("the display is there");
        given.check().expect("the window takes the keyboard");
    }

    /// Returns the program's window, if it is on the screen.
    fn shown(&self) -> Option<u32> {
        let all = self.display.query_tree(self.root).ok()?.reply().ok()?.children;
        all.into_iter().find(|window| self.is_shown(*window).unwrap_or(false))
    }

    fn is_shown(&self, window: u32) -> Reported<bool> {
        let title = self.display.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?;
        let looks = self.display.get_window_attributes(window)?.reply()?;
        Ok(title.reply()?.value == TITLE && looks.map_state == MapState::VIEWABLE)
    }

    /// Asks a window to close, as a window manager does (ICCCM 4.2.8.1).
    fn ask_to_close(&self, window: u32) -> Reported<()> {
        let [protocols, delete] =
            ["WM_PROTOCOLS", "WM_DELETE_WINDOW"].map(|name| self.display.intern_atom(false, name.as_bytes()));
        let (protocols, delete) = (protocols?.reply()?.atom, delete?.reply()?.atom);
        let operation = ClientMessageEvent::new(32, window, protocols, [delete, CURRENT_TIME, 0, 0, 0]);
        self.display.send_event(false, window, EventMask::NO_EVENT, operation)?.check()?;
        Ok(())
    }
}

fn other_window(display: &RustConnection, root: u32) -> Reported<u32> {
    let window = display.generate_id()?;
    let looks = CreateWindowAux::new().override_redirect(1);
    display
        .create_window(
            COPY_DEPTH_FROM_PARENT,
            window,
            root,
            0,
            0,
            1,
            1,
            0,
            WindowClass::INPUT_OUTPUT,
            COPY_FROM_PARENT,
            &looks,
        )?
        .check()?;
    display.map_window(window)?.check()?;
    Ok(window)
}
