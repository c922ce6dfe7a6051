//! The windows: their permitted addresses, and whether the staff window is in front.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use hotelmate_core::catalogue::say;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};

/// The label of the staff window, in the configuration and in its capability.
pub(crate) const MAIN: &str = "main";
/// The label of the reception display, in its capability.
pub(crate) const DISPLAY: &str = "display";
/// The page of the reception display.
const DISPLAY_PAGE: &str = "display.html";

/// Whether the staff window has the keyboard. Noted from events, since a query of the window waits for the main thread.
/// Until the first event it is false: a notification too many is better than one too few.
struct InFront(AtomicBool);

/// Opens the staff window as `tauri.conf.json` describes it.
pub(crate) fn open_main(app: &AppHandle, data_dir: Option<PathBuf>) -> tauri::Result<()> {
    app.manage(InFront(AtomicBool::new(false)));
    let config = app.config();
    let main =
        config.app.windows.iter().find(|window| window.label == MAIN).ok_or(tauri::Error::WindowNotFound)?;
    guarded(app, WebviewWindowBuilder::from_config(app, main)?, data_dir)?.build().map(drop)
}

/// The theme of the system at the start, if the choice of another one hides it.
struct SystemTheme {
    theme: Option<Theme>,
    /// True after another theme was chosen.
    is_hidden: AtomicBool,
}

/// Notes the theme of the system. Must be called on the main thread, before a theme is shown.
pub(crate) fn note_system_theme(app: &AppHandle) {
    app.manage(SystemTheme { theme: system_theme(), is_hidden: AtomicBool::new(false) });
}

#[cfg(target_os = "linux")]
fn system_theme() -> Option<Theme> {
    use gtk::prelude::GtkSettingsExt;
    let prefers_dark = gtk::Settings::default()?.is_gtk_application_prefer_dark_theme();
    Some(if prefers_dark { Theme::Dark } else { Theme::Light })
}

/// Windows and macOS return to the system's theme by themselves.
#[cfg(not(target_os = "linux"))]
fn system_theme() -> Option<Theme> {
    None
}

/// Shows every window in this theme: `light`, `dark`, or any other text for the system's.
pub(crate) fn show_theme(app: &AppHandle, name: &str) {
    let system = app.state::<SystemTheme>();
    let chosen = match name {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    };
    let was_hidden = system.is_hidden.swap(chosen.is_some(), Ordering::Relaxed);
    // The system's theme applies by itself as long as no other one was chosen.
    if was_hidden || chosen.is_some() {
        app.set_theme(chosen.or(system.theme));
    }
}

/// Opens the window of the reception display, over the whole screen.
pub(crate) fn open_display(app: &AppHandle, data_dir: Option<PathBuf>) -> tauri::Result<WebviewWindow> {
    let builder = WebviewWindowBuilder::new(app, DISPLAY, WebviewUrl::App(DISPLAY_PAGE.into()))
        .title(say!("shell-display-title"))
        .inner_size(1920.0, 1080.0)
        .decorations(false)
        .background_color(tauri::window::Color(0, 0, 0, 255));
    let window = guarded(app, builder, data_dir)?.build()?;
    keep_few_pictures(&window)?;
    Ok(window)
}

/// Lets the web view forget what is not on the screen. A display shows one large picture after the other for months, and
/// its own cache on the disk has them all.
#[cfg(target_os = "linux")]
fn keep_few_pictures(display: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};

    display.with_webview(|view| {
        if let Some(context) = view.inner().context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn keep_few_pictures(_display: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Lets the web view of a display paint its page with the processor. The graphics library would keep pictures that were
/// shown, up to 256 MB. A slide is painted once, and the library still moves and fades it.
///
/// The web view reads this from the environment, which may only be changed before the first thread begins.
#[cfg(target_os = "linux")]
pub(crate) fn paint_by_processor() {
    // A value that is there already stays. A failure costs memory only.
    let _ = gtk::glib::setenv("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1", false);
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn paint_by_processor() {}

/// Returns the builder of a window that stays on the program's own pages. `data_dir`: the web view keeps its files below
/// it.
fn guarded<'a>(
    app: &'a AppHandle,
    builder: WebviewWindowBuilder<'a, Wry, AppHandle>,
    data_dir: Option<PathBuf>,
) -> tauri::Result<WebviewWindowBuilder<'a, Wry, AppHandle>> {
    let dev = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    let mut builder = builder
        .on_navigation(move |url| {
            let stays = is_own(url, dev.as_ref());
            if !stays {
                tracing::warn!(scheme = url.scheme(), "the window refused to leave the program's own pages");
            }
            stays
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    // The page's policy blocks all connections except `<link rel=preconnect>`. A proxy that cannot be reached blocks
    // that too; the program's own schemes use none. In development the page comes from a server.
    #[cfg(target_os = "linux")]
    if !tauri::is_dev() {
        builder = builder.proxy_url(nowhere()?);
    }
    if let Some(dir) = data_dir {
        builder = builder.data_directory(dir.join("web-view"));
    }
    Ok(builder)
}

/// Returns the address of a proxy with the port that is reserved for "none": no connection to it can be made.
#[cfg(target_os = "linux")]
fn nowhere() -> tauri::Result<Url> {
    Url::parse("http://127.0.0.1:0").map_err(tauri::Error::InvalidUrl)
}

/// Returns true for the program's own pages: `tauri://localhost`, on Windows `http://tauri.localhost`, and the
/// development server in a development build.
fn is_own(url: &Url, dev: Option<&Url>) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        ("http" | "https", Some("tauri.localhost")) => cfg!(target_os = "windows"),
        _ => dev.is_some_and(|dev| dev.origin() == url.origin()),
    }
}

/// Shows the window and gives it the keyboard.
pub(crate) fn bring_to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    if let Err(error) = raise(&window) {
        tracing::warn!(%error, "the window does not come to the front");
    }
}

/// Tauri drops the request for the keyboard if the window is not on the screen yet, and shows the window a moment after
/// the call. So this calls the toolkit itself, which does both in order.
#[cfg(target_os = "linux")]
fn raise(window: &WebviewWindow) -> tauri::Result<()> {
    use gtk::prelude::{GtkWindowExt, WidgetExt};

    let raised = window.clone();
    window.run_on_main_thread(move || match raised.gtk_window() {
        Ok(window) => {
            window.show();
            window.deiconify();
            window.present();
        }
        Err(error) => tracing::warn!(%error, "the window does not come to the front"),
    })
}

#[cfg(not(target_os = "linux"))]
fn raise(window: &WebviewWindow) -> tauri::Result<()> {
    window.show()?;
    window.unminimize()?;
    window.set_focus()
}

/// Returns true if a person looks at the window. If not, notifications show colleagues' activities.
pub(crate) fn is_in_front(app: &AppHandle) -> bool {
    app.try_state::<InFront>().is_some_and(|front| front.0.load(Ordering::Relaxed))
}

/// Notes whether the staff window has the keyboard.
pub(crate) fn note_focus(app: &AppHandle, focused: bool) {
    if let Some(front) = app.try_state::<InFront>() {
        front.0.store(focused, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn the_window_stays_on_the_programs_own_pages() {
        assert!(is_own(&url("tauri://localhost/index.html"), None));
        for elsewhere in [
            "https://example.com/",
            "tauri://elsewhere/",
            "http://localhost:1420/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,hello",
            "about:blank",
            "media://localhost/",
        ] {
            assert!(!is_own(&url(elsewhere), None), "{elsewhere}");
        }
    }

    #[test]
    fn a_development_build_may_load_its_own_server_only() {
        let dev = url("http://localhost:1420/");
        assert!(is_own(&url("http://localhost:1420/src/main.ts"), Some(&dev)));
        assert!(!is_own(&url("http://localhost:1421/"), Some(&dev)));
    }
}
