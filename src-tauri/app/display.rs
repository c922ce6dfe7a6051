//! Is there a screen? Without one the window library panics, which tells nobody what to do.

/// Says in one sentence why no window can be opened.
#[cfg(target_os = "linux")]
pub(crate) fn look() -> Result<(), &'static str> {
    // The toolkit itself is asked, because a `DISPLAY` that is set proves nothing: its server may be gone.
    gtk::init().map_err(|_| {
        "There is no display to open the window on: start HotelMate Desk in a desktop session, \
         or use `deskctl`, which needs none."
    })
}

/// Elsewhere a program that runs has a screen.
#[cfg(not(target_os = "linux"))]
pub(crate) fn look() -> Result<(), &'static str> {
    Ok(())
}
