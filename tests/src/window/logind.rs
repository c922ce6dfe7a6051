//! The system's sessions, as `systemd-logind` reports them on the bus. The bus and the program are the real ones.

use std::collections::HashMap;

use zbus::Connection;
use zbus::export::serde::Serialize;
use zbus::zvariant::{DynamicType, OwnedObjectPath, Value};

const MANAGER: &str = "/org/freedesktop/login1";
/// The session of the person at the display.
const SESSION: &str = "/org/freedesktop/login1/session/_32";

/// The service. It ends with its owner.
pub struct Logind(Connection);

impl Logind {
    /// Registers the service on the bus with this address.
    pub(super) async fn start(address: &str) -> Self {
        let served = async {
            let bus = zbus::connection::Builder::address(address)?;
            bus.serve_at(MANAGER, Manager)?.name("org.freedesktop.login1")?.build().await
        };
        Self(served.await.expect("the service has its place on the bus"))
    }

    /// Asks the programs of the session to lock it, as `loginctl lock-session` does.
    pub async fn lock(&self) {
        self.emit(SESSION, "org.freedesktop.login1.Session", "Lock", &()).await;
    }

    /// The desktop has locked its screen.
    pub async fn hint(&self) {
        let changed = HashMap::from([("LockedHint", Value::from(true))]);
        let body = &("org.freedesktop.login1.Session", changed, Vec::<&str>::new());
        self.emit(SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", body).await;
    }

    /// The computer goes to sleep.
    pub async fn sleep(&self) {
        self.emit(MANAGER, "org.freedesktop.login1.Manager", "PrepareForSleep", &true).await;
    }

    async fn emit<B>(&self, path: &str, interface: &str, member: &str, body: &B)
    where
        B: Serialize + DynamicType,
    {
        let sent = self.0.emit_signal(None::<&str>, path, interface, member, body);
        sent.await.expect("the bus takes the signal");
    }
}

struct Manager;

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    fn get_session(&self, id: &str) -> zbus::fdo::Result<OwnedObjectPath> {
        let path = OwnedObjectPath::try_from(SESSION).ok().filter(|_| id == "auto");
        path.ok_or_else(|| zbus::fdo::Error::Failed(format!("no session '{id}' known")))
    }
}
