//! Watches the network: after a change the desk tries again at once.
//!
//! The operating system reports addresses that appear and vanish (netlink, `NotifyIpInterfaceChange`,
//! `SystemConfiguration`). Without such a report the planned waits end as usual: the watch only shortens them.

use std::time::Duration;

use futures_util::StreamExt;
use if_watch::tokio::IfWatcher;
use tauri::{AppHandle, Manager};

use crate::reception::Reception;
use crate::shell::Shell;

/// A starting network gets several addresses one after the other; the first ones cannot reach anything yet.
const SETTLING: Duration = Duration::from_secs(1);

/// Watches as long as the program runs.
pub(crate) fn watch(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let mut watcher = match IfWatcher::new() {
            Ok(watcher) => watcher,
            Err(error) => {
                tracing::info!(%error, "changes of the network are not told; waits end by themselves");
                return;
            }
        };
        while watcher.next().await.is_some() {
            while tokio::time::timeout(SETTLING, watcher.next()).await.is_ok_and(|event| event.is_some()) {}
            tracing::debug!("the network has changed");
            if let Some(desk) = app.try_state::<Shell>().and_then(|shell| shell.opened()) {
                desk.network_changed().await;
            }
            if let Some(display) = app.try_state::<Reception>().and_then(|reception| reception.opened()) {
                display.network_changed();
            }
        }
    });
}
