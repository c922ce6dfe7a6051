//! Follows the lock of the system's session: the desk is locked when the system locks its screen or goes to sleep.
//!
//! Linux reports it on the system bus (`org.freedesktop.login1`). `Lock` asks the programs of a session to lock it,
//! `LockedHint` says that the desktop has locked its screen, and `PrepareForSleep` announces a suspend. Windows and macOS
//! are asked at intervals. Both lock the session when the computer wakes up, if the person has set so.

use tauri::{AppHandle, Manager};

use crate::page;
use crate::shell::Shell;

#[cfg(not(target_os = "linux"))]
use self::asked as system;
#[cfg(target_os = "linux")]
use self::linux as system;

/// Follows as long as the program runs.
pub(crate) fn follow(app: &AppHandle) {
    tauri::async_runtime::spawn(system::follow(app.clone()));
}

async fn lock(app: &AppHandle) {
    let Some(desk) = app.state::<Shell>().opened() else { return };
    tracing::info!("the system locks its session");
    page::hand_over(app).await;
    desk.lock_by_itself().await;
}

/// The state of the session at the last question.
#[cfg(any(test, not(target_os = "linux")))]
#[derive(Default)]
struct Session {
    is_locked: bool,
}

#[cfg(any(test, not(target_os = "linux")))]
impl Session {
    /// Takes an answer of the system. Returns true if the session was locked since the answer before. An answer that says
    /// nothing changes nothing.
    fn is_locked_since(&mut self, answer: Option<bool>) -> bool {
        let before = self.is_locked;
        self.is_locked = answer.unwrap_or(before);
        self.is_locked && !before
    }
}

#[cfg(not(target_os = "linux"))]
mod asked {
    use std::time::Duration;

    use hotelmate_core::environment::Environment;
    use tauri::AppHandle;

    use super::{Session, lock};

    /// The interval of the questions. A person who comes back needs longer to unlock the session.
    const LOOK: Duration = Duration::from_secs(1);

    pub(super) async fn follow(app: AppHandle) {
        let (environment, mut session) = (Environment::system(), Session::default());
        loop {
            if session.is_locked_since(session_lock::is_locked()) {
                lock(&app).await;
            }
            environment.sleep(LOOK).await;
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::future::ready;
    use std::time::Duration;

    use futures_util::{Stream, StreamExt};
    use tauri::AppHandle;
    use zbus::message::Type;
    use zbus::zvariant::{OwnedObjectPath, OwnedValue};
    use zbus::{MatchRule, Message, MessageStream, Proxy};

    use super::lock;

    /// Time limit of a call. A frozen system bus counts as none.
    const PATIENCE: Duration = Duration::from_secs(5);

    const LOGIND: &str = "org.freedesktop.login1";
    const MANAGER: &str = "org.freedesktop.login1.Manager";
    const SESSION: &str = "org.freedesktop.login1.Session";
    const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

    pub(super) async fn follow(app: AppHandle) {
        let mut locks = match locks().await {
            Ok(locks) => std::pin::pin!(locks),
            Err(error) => {
                tracing::info!(%error, "the lock of the session is not followed");
                return;
            }
        };
        while locks.next().await.is_some() {
            lock(&app).await;
        }
        tracing::warn!("the system bus has closed; the lock of the session is not followed any more");
    }

    /// Returns the moments at which the system locks the session of this program, or goes to sleep.
    async fn locks() -> zbus::Result<impl Stream<Item = ()>> {
        let bus = zbus::connection::Builder::system()?.method_timeout(PATIENCE).build().await?;
        let signals = MatchRule::builder().msg_type(Type::Signal).sender(LOGIND)?.build();
        let signals = MessageStream::for_match_rule(signals, &bus, None).await?;
        let manager = Proxy::new(&bus, LOGIND, "/org/freedesktop/login1", MANAGER).await?;
        // A program that the desktop started as a service is in no session. "auto" is the person's display then.
        let session: OwnedObjectPath = manager.call("GetSession", &("auto",)).await?;
        Ok(signals.filter_map(move |signal| {
            let locks = signal.is_ok_and(|signal| is_lock(&signal, session.as_str()));
            ready(locks.then_some(()))
        }))
    }

    /// Returns true if this signal says that the session with this path is locked, or that the computer goes to sleep.
    fn is_lock(signal: &Message, session: &str) -> bool {
        let header = signal.header();
        let interface = header.interface().map(|name| name.as_str());
        let member = header.member().map(|name| name.as_str());
        let is_ours = header.path().is_some_and(|path| path.as_str() == session);
        match (interface, member) {
            (Some(SESSION), Some("Lock")) => is_ours,
            (Some(PROPERTIES), Some("PropertiesChanged")) => is_ours && says_locked(signal),
            (Some(MANAGER), Some("PrepareForSleep")) => signal.body().deserialize() == Ok(true),
            _ => false,
        }
    }

    fn says_locked(signal: &Message) -> bool {
        let body = signal.body();
        let changed = body.deserialize::<(String, HashMap<String, OwnedValue>, Vec<String>)>();
        let hint = changed.ok().and_then(|(_, mut changed, _)| changed.remove("LockedHint"));
        hint.is_some_and(|hint| hint.downcast_ref() == Ok(true))
    }

    #[cfg(test)]
    mod tests {
        use zbus::zvariant::Value;

        use super::*;

        const OURS: &str = "/org/freedesktop/login1/session/_32";

        fn signal<B>(path: &str, interface: &str, member: &str, body: &B) -> Message
        where
            B: serde::Serialize + zbus::zvariant::DynamicType,
        {
            Message::signal(path, interface, member).unwrap().build(body).unwrap()
        }

        fn hint(path: &str, locked: bool) -> Message {
            let changed = HashMap::from([("LockedHint", Value::from(locked))]);
            signal(path, PROPERTIES, "PropertiesChanged", &(SESSION, changed, Vec::<&str>::new()))
        }

        #[test]
        fn the_own_session_locks_by_its_signal_and_by_the_hint_of_the_desktop() {
            assert!(is_lock(&signal(OURS, SESSION, "Lock", &()), OURS));
            assert!(is_lock(&hint(OURS, true), OURS));
            assert!(!is_lock(&hint(OURS, false), OURS), "the screen was unlocked");
            assert!(!is_lock(&signal(OURS, SESSION, "Unlock", &()), OURS));
            let idle = HashMap::from([("IdleHint", Value::from(true))]);
            let idle = signal(OURS, PROPERTIES, "PropertiesChanged", &(SESSION, idle, Vec::<&str>::new()));
            assert!(!is_lock(&idle, OURS));
        }

        #[test]
        fn the_session_of_another_person_does_not_lock_this_desk() {
            let theirs = "/org/freedesktop/login1/session/_35";
            assert!(!is_lock(&signal(theirs, SESSION, "Lock", &()), OURS));
            assert!(!is_lock(&hint(theirs, true), OURS));
        }

        #[test]
        fn going_to_sleep_locks_and_waking_up_does_not() {
            let sleep = |begins: bool| signal("/org/freedesktop/login1", MANAGER, "PrepareForSleep", &begins);
            assert!(is_lock(&sleep(true), OURS));
            assert!(!is_lock(&sleep(false), OURS));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lock_of_the_session_locks_the_desk_once() {
        let mut session = Session::default();
        let answers = [Some(false), Some(true), Some(true), None, Some(false), None, Some(true)];
        let locks = answers.map(|answer| session.is_locked_since(answer));
        assert_eq!(locks, [false, true, false, false, false, false, true]);
    }

    #[test]
    fn a_system_that_says_nothing_locks_nothing() {
        assert!(!Session::default().is_locked_since(None));
    }
}
