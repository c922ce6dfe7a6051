//! Checks for a screen. Without one the window library panics, and its message does not help the person.

/// Returns one sentence with the reason why no window can be opened.
#[cfg(target_os = "linux")]
pub(crate) fn look() -> Result<(), String> {
    // The check uses the toolkit itself, because a set `DISPLAY` proves nothing: its server may be gone.
    gtk::init().map_err(|_| hotelmate_core::catalogue::say!("shell-no-display"))
}

/// On other systems a running program has a screen.
#[cfg(not(target_os = "linux"))]
pub(crate) fn look() -> Result<(), String> {
    Ok(())
}
