//! Finds missing system packages, names them, and installs them with a known package manager.

use std::process::Stdio;

use crate::run::{Outcome, cargo, command, exists, must, output};

/// The purpose of the packages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To build and open the window.
    Window,
    /// To drive it without a screen as well.
    Tests,
    /// To compare the preparation of pictures with others.
    Pictures,
    /// To compare the reception display with a browser.
    Display,
    /// To build a real Pusher server and to publish with the official library.
    Servers,
}

/// The packages for the build: the web view, a C compiler, the assembler of the JPEG library's fast paths, and the
/// tray's library (which is optional at run time).
const WINDOW: &[&str] =
    &["build-essential", "pkg-config", "nasm", "libwebkit2gtk-4.1-dev", "libayatana-appindicator3-dev"];

/// The packages for the benchmark of pictures: libvips' own tool.
const PICTURES: &[&str] = &["build-essential", "nasm", "libvips-tools"];

/// The packages for the benchmark of the reception display: a browser with a kiosk mode.
const DISPLAY: &[&str] = &["chromium"];

/// The packages to build sockudo (protoc, and the definitions that it includes), and Python with environments of its
/// own.
const SERVERS: &[&str] =
    &["build-essential", "protobuf-compiler", "libprotobuf-dev", "python3", "python3-venv"];

/// The name of the Python program.
pub(crate) const PYTHON: &str = if cfg!(windows) { "python" } else { "python3" };

/// The packages to drive the window: a virtual display with a font, one with several monitors, a clock that can be set,
/// the web view's WebDriver, a session bus, a key store, a notification service and screenshots; and Python for the
/// official Pusher library.
const TESTS: &[&str] = &[
    "xvfb",
    "fonts-dejavu-core",
    "xserver-xorg-core",
    "xserver-xorg-video-dummy",
    "x11-xserver-utils",
    "faketime",
    "webkit2gtk-driver",
    "dbus",
    "gnome-keyring",
    "dunst",
    "imagemagick",
    "x11-utils",
    "python3",
    "python3-pip",
];

/// Makes sure that every package for this purpose is installed.
pub(crate) fn ensure(purpose: Purpose) -> Outcome {
    node()?;
    if purpose == Purpose::Tests {
        nextest()?;
    }
    match std::env::consts::OS {
        "linux" if exists("dpkg-query") => debian(purpose),
        _ if purpose == Purpose::Servers => for_servers(),
        "linux" => other_linux(),
        "macos" => macos(),
        // Rust for Windows cannot link without the build tools, and Windows 11 has WebView2: nothing is left to check.
        _ => Ok(()),
    }
}

fn node() -> Outcome {
    const NEEDED: (u32, u32) = (20, 19);
    let needed = || {
        "Node.js 20.19 or newer with npm is needed: https://nodejs.org, or your system's package manager."
            .to_owned()
    };
    let version = output(command("node").arg("--version")).ok_or_else(needed)?;
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) if (major, minor) >= NEEDED => Ok(()),
        _ => Err(format!("{} Here is {version}.", needed())),
    }
}

/// Installs the runner of the Rust tests if it is missing. It is built once, which takes some minutes.
fn nextest() -> Outcome {
    if output(command("cargo").args(["nextest", "--version"])).is_some() {
        return Ok(());
    }
    must(&mut cargo(&["install", "cargo-nextest", "--locked"]), "Installing cargo-nextest")
}

fn debian(purpose: Purpose) -> Outcome {
    let wanted = match purpose {
        Purpose::Window => WINDOW.to_vec(),
        Purpose::Tests => [WINDOW, TESTS].concat(),
        Purpose::Pictures => PICTURES.to_vec(),
        Purpose::Display => DISPLAY.to_vec(),
        Purpose::Servers => SERVERS.to_vec(),
    };
    let missing: Vec<&str> = wanted.into_iter().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    println!("Missing system packages: {list}");
    let is_root = output(command("id").arg("-u")).as_deref() == Some("0");
    if !is_root && !exists("sudo") {
        return Err(format!("Install them as root: apt-get install --no-install-recommends {list}"));
    }
    println!(
        "Installing them with apt-get{}.",
        if is_root { "" } else { " (sudo may ask for your password)" }
    );
    apt(is_root, &["update", "-qq"])?;
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(&missing);
    apt(is_root, &install)
}

fn is_installed(package: &str) -> bool {
    output(command("dpkg-query").args(["-W", "-f", "${db:Status-Abbrev}", package]))
        .is_some_and(|status| status.starts_with("ii"))
}

fn apt(is_root: bool, arguments: &[&str]) -> Outcome {
    // The variable is set by `env`, because sudo does not pass variables on.
    let mut words = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    if !is_root {
        words.insert(0, "sudo");
    }
    let mut apt = command(words[0]);
    apt.args(&words[1..]).args(arguments);
    if is_root {
        apt.stdin(Stdio::null());
    }
    must(&mut apt, "Installing system packages")
}

fn other_linux() -> Outcome {
    if exists("pkg-config") && output(command("pkg-config").args(["--exists", "webkit2gtk-4.1"])).is_some() {
        return Ok(());
    }
    Err("Install a C compiler, pkg-config, the development files of WebKitGTK 4.1 and of Ayatana AppIndicator 3 with \
         your package manager (Fedora: gcc pkgconf nasm webkit2gtk4.1-devel libayatana-appindicator-gtk3-devel; Arch: \
         base-devel nasm webkit2gtk-4.1 libayatana-appindicator), then run this again."
        .to_owned())
}

/// Looks for the programs, because the packages have other names elsewhere.
fn for_servers() -> Outcome {
    let missing: Vec<&str> = ["protoc", PYTHON].into_iter().filter(|program| !exists(program)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "Missing: {}. Install the compiler of Protocol Buffers with its definitions, and Python 3 with `venv`, with \
         your package manager (Fedora: protobuf-compiler protobuf-devel python3; Arch: protobuf python; macOS: brew \
         install protobuf python; Windows: winget install Google.Protobuf Python.Python.3.13), then run this again.",
        missing.join(", ")
    ))
}

fn macos() -> Outcome {
    match output(command("xcode-select").arg("-p")) {
        Some(_) => Ok(()),
        None => Err("Apple's command line tools are needed: xcode-select --install".to_owned()),
    }
}
