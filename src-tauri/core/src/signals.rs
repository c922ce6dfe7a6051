//! What tells a program to end: Ctrl-C, on Unix a SIGTERM, on Windows a console that is closed, a logoff and a
//! shutdown.
//!
//! The programs close the desk in order then, so that its lease is free at once and nothing is left half noted. A
//! program with a window hears of a logoff on Windows through its window; the others hear of it here.

use std::io;

/// Resolves when the system tells this program to end. From the first call on, the system's own way of ending it at
/// once is switched off.
///
/// # Errors
/// When the system lets nobody listen. Its own way of ending the program remains then.
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

/// Resolves at Ctrl-C, Ctrl-Break, a console that is closed, a logoff and a shutdown. All are listened to from the call
/// on.
///
/// # Errors
/// When the system lets nobody listen. Its own way of ending the program remains then.
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
