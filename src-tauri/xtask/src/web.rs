//! The window's web files: npm, and the tasks of `ui/package.json`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::run::{Companion, Outcome, command, must, root, target};

/// Returns a command of npm in the `ui` folder.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(root().join("ui")).args(arguments);
    npm
}

/// Installs the packages that `package-lock.json` names, if they are not installed.
pub(crate) fn install() -> Outcome {
    install_in("ui", "package-lock.json")
}

/// Does the same for pusher-js, with which our Pusher client is compared.
pub(crate) fn install_pusher_js() -> Outcome {
    install_in("src-tauri/pusher/peers/js", "pusher-js-package-lock.json")
}

/// Installs the packages of a folder. `stamp` is a copy of the lock file from which `node_modules` was made.
fn install_in(folder: &str, stamp: &str) -> Outcome {
    let folder = root().join(folder);
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("{}/package-lock.json cannot be read ({error}).", folder.display()))?;
    let stamp = target().join("xtask").join(stamp);
    if folder.join("node_modules").is_dir() && fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut ci = npm(&["ci", "--no-audit", "--no-fund"]);
    must(ci.current_dir(&folder), "Installing the npm packages")?;
    let stored = stamp.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&stamp, lock));
    stored.map_err(|error| format!("{} cannot be written ({error}).", stamp.display()))
}

/// Installs a package for a comparison, beside cargo's own output: it is no part of the program.
pub(crate) fn install_peer(package: &str) -> Outcome {
    let folder = target().join("bench-peers");
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made ({error}).", folder.display()))?;
    let mut install = npm(&["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefix"]);
    must(install.arg(folder).arg(package), "Installing a package to compare with")
}

/// Serves the page from its sources, at the address that `ui/vite.config.ts` and `tauri.conf.json` name, and returns
/// once it does. Starts Vite itself: npm would leave it running when it is ended.
pub(crate) fn serve() -> Outcome<Companion> {
    let mut vite = command("node");
    vite.current_dir(root().join("ui")).arg("node_modules/vite/bin/vite.js").stdin(Stdio::null());
    let mut server = vite
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("The server of the web files cannot be started ({error})."))?;
    let mut lines = BufReader::new(server.stdout.take().ok_or("Vite has no output.")?).lines();
    let server = Companion(server);
    // Vite prints its address once it listens.
    if !lines.by_ref().map_while(Result::ok).any(|line| line.contains("Local:")) {
        return Err("The server of the web files ended; is its port, 1420, taken?".to_owned());
    }
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
    Ok(server)
}

/// Builds `ui/dist`.
pub(crate) fn build() -> Outcome {
    must(&mut npm(&["run", "--silent", "build"]), "Building the window's web files")
}
