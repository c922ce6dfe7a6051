//! Reports a failure before the program has a window: in the log, on standard error, and in a box. A program that was
//! started by a click has no visible standard error.

use hotelmate_core::catalogue::say;

/// Reports why the program does not start, and waits until the person has closed the box.
pub(crate) fn cannot_start(reason: &str) {
    tracing::error!(reason, "the program cannot start");
    let is_windows = if cfg!(target_os = "windows") { "yes" } else { "no" };
    let sentence = say!("shell-cannot-start", reason = reason, windows = is_windows);
    eprintln!("{sentence}");
    show(&sentence);
}

#[cfg(target_os = "linux")]
fn show(text: &str) {
    use gtk::prelude::{DialogExt, GtkWindowExt};

    if gtk::init().is_err() {
        return;
    }
    let (flags, kind, buttons) = (gtk::DialogFlags::MODAL, gtk::MessageType::Error, gtk::ButtonsType::Close);
    let dialog = gtk::MessageDialog::new(None::<&gtk::Window>, flags, kind, buttons, text);
    dialog.set_title(&say!("shell-name"));
    dialog.run();
    dialog.close();
}

#[cfg(not(target_os = "linux"))]
fn show(text: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(say!("shell-name"))
        .set_description(text)
        .show();
}
