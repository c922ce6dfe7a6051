//! Is there a screen? Without one the window library panics, which tells nobody what to do.

/// Says in one sentence why no window can be opened.
#[cfg(target_os = "linux")]
pub(crate) fn look() -> Result<(), String> {
    // The toolkit itself is asked, because a `DISPLAY` that is set proves nothing: its server may be gone.
    gtk::init().map_err(|_| hotelmate_core::catalogue::say!("shell-no-display"))
}

/// Elsewhere a program that runs has a screen.
#[cfg(not(target_os = "linux"))]
pub(crate) fn look() -> Result<(), String> {
    Ok(())
}
