//! Training: a desk at a demo hotel that runs beside it, with a data folder of its own.
//!
//! `--training` starts the demo hotel as a child process on a free port, and opens the desk there. The demo hotel ends
//! when its input ends, so it ends with this program in every case, a crash too. Each training begins with a new folder
//! and a new hotel. The folder is removed by the next training, and the sign-in at the end of this one.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::replace;
use hotelmate_core::settings::{Settings, TRAINING};
use hotelmate_core::views::SignOutChoice;
use serde::Deserialize;

/// The folder of the training in the data folder.
const FOLDER: &str = "training";
/// The program of the demo hotel, beside this one.
const DEMO_HOTEL: &str = if cfg!(windows) { "demo-hotel.exe" } else { "demo-hotel" };

/// The running demo hotel. It ends when this is dropped.
pub(crate) struct DemoHotel(Child);

impl Drop for DemoHotel {
    fn drop(&mut self) {
        // Its input ends, too. A child that has ended already is not an error.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

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
    command.spawn().map(drop).map_err(|cause| cannot_start(&cause.to_string()))
}

/// Starts the demo hotel, and returns the settings of a desk there. `settings` are those of the computer.
///
/// # Errors
/// If this installation has no demo hotel, or it does not start; if the folder cannot be removed.
pub(crate) fn open(settings: &Settings) -> Result<(Settings, DemoHotel), DeskError> {
    let own = std::env::current_exe().map_err(|cause| cannot_start(&cause.to_string()))?;
    let program = demo_hotel_beside(&own)?;
    let folder = settings.data_dir.join(FOLDER);
    replace::remove_folder(&folder).map_err(|cause| cannot_start(&cause.to_string()))?;
    let child = Command::new(program)
        .args(["--port", "0", "--until-input-ends"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut hotel = DemoHotel(child.map_err(|cause| cannot_start(&cause.to_string()))?);
    let mut line = String::new();
    if let Some(output) = hotel.0.stdout.take() {
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
        ("DESK_LANGUAGE", settings.language.tag().to_owned()),
        (TRAINING, format!("{}:{}", user.username, user.password)),
    ];
    Ok((Settings::load_over(folder, &variables)?, hotel))
}

/// Removes the sign-ins of the training from the key store.
pub(crate) async fn forget(desk: &Desk) {
    while desk.sign_out(SignOutChoice::Discard).await.is_ok() {}
}

fn demo_hotel_beside(own: &Path) -> Result<PathBuf, DeskError> {
    let program = own.with_file_name(DEMO_HOTEL);
    if program.is_file() { Ok(program) } else { Err(failure!(NotFound, "shell-no-demo-hotel")) }
}

fn cannot_start(cause: &str) -> DeskError {
    failure!(Unexpected, "shell-no-training", cause = cause)
}
