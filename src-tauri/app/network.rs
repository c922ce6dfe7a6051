//! A network that comes, goes or changes is a reason to try again at once.
//!
//! The operating system tells of addresses that appear and vanish (netlink, `NotifyIpInterfaceChange`,
//! `SystemConfiguration`). Where it does not, the planned waits end by themselves: this only cuts them short.

use std::time::Duration;

use futures_util::StreamExt;
use if_watch::tokio::IfWatcher;
use tauri::{AppHandle, Manager};

use crate::shell::Shell;

/// A network that comes up brings several addresses one after the other; the first ones cannot reach anything yet.
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
            if let Some(desk) = app.state::<Shell>().opened() {
                tracing::debug!("the network has changed");
                desk.network_changed().await;
            }
        }
    });
}
