//! Toasts of Windows.
//!
//! No thread waits for a click: the system calls back when a toast is clicked. Each toast has a tag, by which it is
//! removed again, also from the notification centre. Toasts of an earlier run of the program are removed first: they
//! may be for another person.

use tauri::AppHandle;
use tokio::sync::oneshot;
use windows::Foundation::TypedEventHandler;
use windows::UI::Notifications::{ToastNotification, ToastNotificationManager, ToastTemplateType};
use windows::core::{HSTRING, IInspectable, Result};

use super::{PATIENCE, Shown, Supersede, opened};

/// The group of all toasts of this program.
const GROUP: &str = "desk";

/// Windows shows nothing for an identity without an installed shortcut; a program that is run from its build folder
/// uses this one.
const BORROWED: &str = "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe";

/// The system's toasts.
#[derive(Default)]
pub(in crate::notify) struct Desktop {
    /// The number of toasts so far: the tag of the next one.
    shown: u32,
}

impl Desktop {
    /// Shows it, and returns when the system has accepted or refused it.
    pub(in crate::notify) async fn show(&mut self, app: &AppHandle, shown: Shown) -> Option<Supersede> {
        let identity = if cfg!(debug_assertions) { BORROWED } else { &app.config().identifier };
        let identity = HSTRING::from(identity);
        let is_first = self.shown == 0;
        self.shown = self.shown.wrapping_add(1);
        let tag = HSTRING::from(self.shown.to_string());
        let app = app.clone();
        let (of, with) = (identity.clone(), tag.clone());
        // The system's service can hang, and its calls block.
        let raised = tokio::task::spawn_blocking(move || {
            if is_first
                && let Err(error) = ToastNotificationManager::History().and_then(|all| all.ClearWithId(&of))
            {
                tracing::debug!(%error, "the toasts of an earlier run were not taken away");
            }
            raise(app, shown, &of, &with)
        });
        match tokio::time::timeout(PATIENCE, raised).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => {
                tracing::info!(%error, "no native notification");
                return None;
            }
            _ => {
                tracing::warn!("the system takes no notifications; this is only in the list");
                return None;
            }
        }
        let (supersede, superseded) = oneshot::channel();
        tauri::async_runtime::spawn(async move {
            // Also after the sender was dropped.
            let _ = superseded.await;
            let removed = tokio::task::spawn_blocking(move || {
                let history = ToastNotificationManager::History()?;
                history.RemoveGroupedTagWithId(&tag, &HSTRING::from(GROUP), &identity)
            });
            if let Ok(Err(error)) = removed.await {
                tracing::debug!(%error, "a toast was not taken away");
            }
        });
        Some(supersede)
    }
}

/// Shows a toast. Title and text become text nodes, never markup.
fn raise(app: AppHandle, shown: Shown, identity: &HSTRING, tag: &HSTRING) -> Result<()> {
    let document = ToastNotificationManager::GetTemplateContent(ToastTemplateType::ToastText02)?;
    let texts = document.GetElementsByTagName(&HSTRING::from("text"))?;
    for (index, text) in (0..).zip([&shown.title, &shown.body]) {
        let node = document.CreateTextNode(&HSTRING::from(text.as_str()))?;
        texts.Item(index)?.AppendChild(&node)?;
    }
    // The window plays the sounds.
    let silence = document.CreateElement(&HSTRING::from("audio"))?;
    silence.SetAttribute(&HSTRING::from("silent"), &HSTRING::from("true"))?;
    document.DocumentElement()?.AppendChild(&silence)?;
    let toast = ToastNotification::CreateToastNotification(&document)?;
    toast.SetTag(tag)?;
    toast.SetGroup(&HSTRING::from(GROUP))?;
    let activity = shown.activity;
    toast.Activated(&TypedEventHandler::<ToastNotification, IInspectable>::new(move |_, _| {
        opened(&app, activity.as_ref());
        Ok(())
    }))?;
    ToastNotificationManager::CreateToastNotifierWithId(identity)?.Show(&toast)
}
