//! Training: a desk at a demo hotel that runs beside it, with a data folder of its own.
//!
//! `--training` starts the demo hotel as a child process on a free port, and opens the desk there. The demo hotel ends
//! when its input ends, so it ends with this program in every case, a crash too. Each training begins with a new folder
//! and a new hotel. The folder is removed by the next training, and the sign-in at the end of this one.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::replace;
use hotelmate_core::settings::{Settings, TRAINING};
use serde::Deserialize;

/// The folder of the training in the data folder.
const FOLDER: &str = "training";
/// The lock of that folder, beside it.
const LOCK: &str = "training.lock";
/// The program of the demo hotel, beside this one.
const DEMO_HOTEL: &str = if cfg!(windows) { "demo-hotel.exe" } else { "demo-hotel" };

/// The running demo hotel. It ends when this is dropped.
pub(crate) struct DemoHotel {
    child: Child,
    /// Held so that another training does not remove this one's folder.
    _lock: File,
}

impl Drop for DemoHotel {
    fn drop(&mut self) {
        // Its input ends, too. A child that has ended already is not an error.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The mark of a program that runs a training.
pub(crate) struct Running;

/// The first line of the demo hotel.
#[derive(Deserialize)]
struct About {
    url: String,
    users: Vec<User>,
    pusher: Events,
}

#[derive(Deserialize)]
struct User {
    username: String,
    password: String,
}

#[derive(Deserialize)]
struct Events {
    key: String,
    host: String,
}

/// Starts another instance of this program for training.
///
/// # Errors
/// If this installation has no demo hotel, or the system starts no program.
pub(crate) fn start(data_dir: Option<PathBuf>) -> Result<(), DeskError> {
    let own = std::env::current_exe().map_err(|cause| cannot_start(&cause.to_string()))?;
    demo_hotel_beside(&own)?;
    let mut command = Command::new(own);
    command.arg("--training").stdin(Stdio::null());
    command.args(data_dir.iter().flat_map(|folder| ["--data-dir".as_ref(), folder.as_os_str()]));
    let mut child = command.spawn().map_err(|cause| cannot_start(&cause.to_string()))?;
    // Otherwise the system keeps the ended process until this program ends.
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// Starts the demo hotel, and returns the settings of a desk there. `settings` are those of the computer.
///
/// # Errors
/// If this installation has no demo hotel, or it does not start; if the folder cannot be removed.
pub(crate) fn open(settings: &Settings) -> Result<(Settings, DemoHotel), DeskError> {
    let own = std::env::current_exe().map_err(|cause| cannot_start(&cause.to_string()))?;
    let program = demo_hotel_beside(&own)?;
    let folder = settings.data_dir.join(FOLDER);
    let lock = lock(&settings.data_dir).map_err(|cause| cannot_start(&cause.to_string()))?;
    replace::remove_folder(&folder).map_err(|cause| cannot_start(&cause.to_string()))?;
    let mut command = Command::new(program);
    command.args(["--port", "0", "--until-input-ends"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    without_console(&mut command);
    let child = command.spawn().map_err(|cause| cannot_start(&cause.to_string()))?;
    let mut hotel = DemoHotel { child, _lock: lock };
    let mut line = String::new();
    if let Some(output) = hotel.child.stdout.take() {
        BufReader::new(output).read_line(&mut line).map_err(|cause| cannot_start(&cause.to_string()))?;
    }
    let about: About = serde_json::from_str(&line).map_err(|cause| cannot_start(&cause.to_string()))?;
    let user = about.users.first().ok_or_else(|| cannot_start("no user"))?;
    let variables = [
        ("DESK_SERVER", about.url),
        ("DESK_PUSHER_KEY", about.pusher.key),
        ("DESK_PUSHER_HOST", about.pusher.host),
        ("DESK_PUSHER_CLUSTER", String::new()),
        ("DESK_HOTEL", String::new()),
        ("DESK_TOKEN", String::new()),
        ("DESK_TIME_ZONE", String::new()),
        // The computer's own file is about its real hotel.
        ("DESK_MACHINE_FILE", folder.join("none.toml").display().to_string()),
        (TRAINING, format!("{}:{}", user.username, user.password)),
    ];
    let training = Settings::load_over(folder, &variables)?;
    training.set(&[("language".to_owned(), Some(settings.language.tag().to_owned()))])?;
    Ok((training.reload()?, hotel))
}

/// Locks the folder of the training. Fails while another training has it.
fn lock(data_dir: &Path) -> io::Result<File> {
    std::fs::create_dir_all(data_dir)?;
    let lock = File::create(data_dir.join(LOCK))?;
    lock.try_lock()?;
    Ok(lock)
}

/// Windows would open a console window for the demo hotel.
#[cfg(windows)]
fn without_console(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_console(_command: &mut Command) {}

fn demo_hotel_beside(own: &Path) -> Result<PathBuf, DeskError> {
    let program = own.with_file_name(DEMO_HOTEL);
    if program.is_file() { Ok(program) } else { Err(failure!(NotFound, "shell-no-demo-hotel")) }
}

fn cannot_start(cause: &str) -> DeskError {
    failure!(Unexpected, "shell-no-training", cause = cause)
}
