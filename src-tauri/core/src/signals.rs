//! The signals that end a program: Ctrl-C, on Unix a SIGTERM, on Windows a closed console, a logoff and a shutdown.
//!
//! The programs then close the desk in order, so that its lease is free at once and every write is complete. On Windows
//! a program with a window gets a logoff through its window; other programs get it here.

use std::io;

/// Resolves when the system asks this program to end. From the first call on, the system no longer ends the program
/// itself at once.
///
/// # Errors
/// If the system refuses the listener. Then the system still ends the program itself.
#[cfg(unix)]
pub async fn asked_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
    }
    Ok(())
}

/// Resolves at Ctrl-C, Ctrl-Break, a closed console, a logoff and a shutdown. All are listened to from the call on.
///
/// # Errors
/// If the system refuses the listener. Then the system still ends the program itself.
#[cfg(windows)]
pub async fn asked_to_end() -> io::Result<()> {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
    let (mut interrupt, mut stopped) = (ctrl_c()?, ctrl_break()?);
    let (mut closed, mut logoff, mut shutdown) = (ctrl_close()?, ctrl_logoff()?, ctrl_shutdown()?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = stopped.recv() => {}
        _ = closed.recv() => {}
        _ = logoff.recv() => {}
        _ = shutdown.recv() => {}
    }
    Ok(())
}
