//! Checks whether the desktop shows tray icons.

#[cfg(target_os = "linux")]
pub(super) use linux::look;

/// The task bar and the menu bar always exist.
#[cfg(not(target_os = "linux"))]
pub(super) fn look() -> Result<(), String> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    /// The name on the session bus of the program that shows tray icons (freedesktop.org, StatusNotifierItem).
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";

    /// One of these must be installed: without them the tray library panics.
    const LIBRARIES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];

    /// Time limit of a call. A frozen session bus counts as none.
    const PATIENCE: Duration = Duration::from_secs(2);

    /// Returns the reason why an icon would not be visible. A closed window could not be brought back from such an
    /// icon.
    pub(in crate::tray) fn look() -> Result<(), String> {
        if !is_installed() {
            return Err(format!("{} is not installed", LIBRARIES[0]));
        }
        match is_shown() {
            Ok(true) => Ok(()),
            Ok(false) => Err("this desktop shows no tray icons".to_owned()),
            Err(error) => Err(format!("the session bus does not answer ({error})")),
        }
    }

    fn is_shown() -> zbus::Result<bool> {
        let bus = zbus::blocking::connection::Builder::session()?.method_timeout(PATIENCE).build()?;
        let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        Ok(names.name_has_owner(WATCHER.try_into()?)?)
    }

    fn is_installed() -> bool {
        folders().iter().any(|folder| LIBRARIES.iter().any(|library| folder.join(library).exists()))
    }

    /// Returns the folders of the dynamic linker: those of the user, the multi-arch folders (Debian), `lib64` (Fedora),
    /// `lib`.
    fn folders() -> Vec<PathBuf> {
        let added = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
        let mut folders: Vec<PathBuf> = std::env::split_paths(&added).collect();
        for base in ["/usr/lib", "/lib", "/usr/lib64", "/usr/local/lib"].map(Path::new) {
            folders.push(base.to_owned());
            folders.push(base.join(format!("{}-linux-gnu", std::env::consts::ARCH)));
        }
        folders
    }
}
