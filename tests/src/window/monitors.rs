//! A display with monitors that can be plugged in and out: the X server for real screens, with its driver for monitors
//! that do not exist. Xvfb has one screen that always stays.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::session::{Companion, Session};

/// The monitor that always stays, with its size.
const FIRST: (&str, &str) = ("DUMMY0", "1280x720");
/// The monitor to the right of it, with its size.
const SECOND: (&str, &str) = ("DUMMY1", "1920x1080");

const CONFIGURATION: &str = r#"
Section "Device"
  Identifier "none"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "any"
  HorizSync 5-1000
  VertRefresh 5-200
EndSection
Section "Screen"
  Identifier "screen"
  Device "none"
  Monitor "any"
  DefaultDepth 24
  SubSection "Display"
    Virtual 3840 2160
  EndSubSection
EndSection
Section "ServerFlags"
  Option "AutoAddDevices" "false"
EndSection
"#;

/// Starts the server, and waits until it is ready. Returns the number of its display too.
pub(super) fn start(folder: &Path) -> (Companion, String) {
    let configuration = folder.join("xorg.conf");
    fs::write(&configuration, CONFIGURATION).expect("the configuration can be written");
    let mut server = Command::new("Xorg");
    server.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-novtswitch", "-config"]);
    server.arg(configuration).arg("-logfile").arg(folder.join("xorg.log"));
    Companion::start_and_hear(&mut server, "xserver-xorg-core")
}

/// The monitors of a session that has been started with them.
pub struct Monitors<'a>(&'a Session);

impl<'a> Monitors<'a> {
    /// The name of the monitor that can be plugged in.
    pub const SECOND: &'static str = SECOND.0;

    /// Returns the monitors of this session.
    pub(super) fn of(session: &'a Session) -> Self {
        Self(session)
    }

    /// Gives the first monitor its size. The second one is not plugged in.
    pub(super) fn prepare(&self) {
        self.set(&["--output", FIRST.0, "--mode", FIRST.1, "--primary"]);
        self.set(&["--addmode", SECOND.0, SECOND.1]);
    }

    /// Plugs the second monitor in.
    pub fn plug_in(&self) {
        self.set(&["--output", SECOND.0, "--mode", SECOND.1, "--right-of", FIRST.0]);
    }

    /// Plugs the second monitor out.
    pub fn plug_out(&self) {
        self.set(&["--output", SECOND.0, "--off"]);
    }

    fn set(&self, words: &[&str]) {
        self.run(words);
        // The server notices a plugged monitor only when it is asked for all of them.
        self.run(&["--query"]);
    }

    fn run(&self, words: &[&str]) {
        let ran = self.0.command("xrandr").args(words).stdout(Stdio::null()).status();
        let ran = ran.expect("xrandr can be started: it is in the package x11-xserver-utils");
        assert!(ran.success(), "xrandr {words:?}: {ran}");
    }
}
