//! Failures before there is a window to tell them in: logged, written to standard error, and shown in a box, since a
//! program that was started by a click has no standard error that anybody sees.

/// What helps where the web view is missing.
const WAY_OUT: &str = if cfg!(target_os = "windows") {
    "Install Microsoft's “WebView2 Runtime” (Windows 11 has it), and start the program again."
} else {
    "Start the program again. If that does not help, install it anew."
};

/// Tells why the program does not start, and waits until the person has read it.
pub(crate) fn cannot_start(reason: &str) {
    tracing::error!(reason, "the program cannot start");
    eprintln!("HotelMate Desk cannot start: {reason}");
    show(&format!("HotelMate Desk cannot start.\n\n{reason}\n\n{WAY_OUT}"));
}

#[cfg(target_os = "linux")]
fn show(text: &str) {
    use gtk::prelude::{DialogExt, GtkWindowExt};

    if gtk::init().is_err() {
        return;
    }
    let (flags, kind, buttons) = (gtk::DialogFlags::MODAL, gtk::MessageType::Error, gtk::ButtonsType::Close);
    let dialog = gtk::MessageDialog::new(None::<&gtk::Window>, flags, kind, buttons, text);
    dialog.set_title("HotelMate Desk");
    dialog.run();
    dialog.close();
}

#[cfg(not(target_os = "linux"))]
fn show(text: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("HotelMate Desk")
        .set_description(text)
        .show();
}
