//! The system's locks against sleep, as a desktop and `systemd-logind` give them on the bus. The bus and the program are
//! the real ones.

use std::io::{ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, PoisonError};

use zbus::Connection;
use zbus::zvariant::OwnedFd as SentFd;

/// The locks that programs hold.
#[derive(Clone, Default)]
struct Held {
    /// The number of given and of returned locks of the screen.
    screen: Arc<Mutex<(u32, u32)>>,
    /// The other ends of the given locks of the system. A closed lock is a returned one.
    system: Arc<Mutex<Vec<UnixStream>>>,
}

/// The two services. They end with their owner.
pub struct Inhibitors {
    held: Held,
    _bus: Connection,
}

impl Inhibitors {
    /// Registers the services on the bus with this address.
    pub(super) async fn start(address: &str) -> Self {
        let held = Held::default();
        let (screen, system) = (ScreenSaver(held.clone()), Manager(held.clone()));
        let served = async move {
            let bus = zbus::connection::Builder::address(address)?
                .serve_at("/org/freedesktop/ScreenSaver", screen)?
                .serve_at("/org/freedesktop/login1", system)?;
            bus.name("org.freedesktop.ScreenSaver")?.name("org.freedesktop.login1")?.build().await
        };
        Self { held, _bus: served.await.expect("the services have their places on the bus") }
    }

    /// Returns true if a program keeps the screen on.
    pub fn screen_is_kept_on(&self) -> bool {
        let (given, returned) = *self.held.screen.lock().unwrap_or_else(PoisonError::into_inner);
        given > returned
    }

    /// Returns true if a program keeps the system from sleeping.
    pub fn system_is_kept_awake(&self) -> bool {
        let system = self.held.system.lock().unwrap_or_else(PoisonError::into_inner);
        let is_open = |mut end: &UnixStream| match end.read(&mut [0]) {
            Err(error) => error.kind() == ErrorKind::WouldBlock,
            Ok(_) => false,
        };
        system.iter().any(is_open)
    }
}

struct ScreenSaver(Held);

#[zbus::interface(name = "org.freedesktop.ScreenSaver")]
impl ScreenSaver {
    fn inhibit(&self, _application: &str, _reason: &str) -> u32 {
        let mut screen = self.0.screen.lock().unwrap_or_else(PoisonError::into_inner);
        screen.0 += 1;
        screen.0
    }

    fn un_inhibit(&self, _cookie: u32) {
        self.0.screen.lock().unwrap_or_else(PoisonError::into_inner).1 += 1;
    }
}

struct Manager(Held);

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    fn inhibit(&self, what: &str, _who: &str, _why: &str, _mode: &str) -> zbus::fdo::Result<SentFd> {
        if what != "idle" {
            return Err(zbus::fdo::Error::InvalidArgs(what.to_owned()));
        }
        let failed = |error: std::io::Error| zbus::fdo::Error::Failed(error.to_string());
        let (kept, given) = UnixStream::pair().map_err(failed)?;
        kept.set_nonblocking(true).map_err(failed)?;
        self.0.system.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        Ok(OwnedFd::from(given).into())
    }
}
