//! `deskctl`: the desk without a window, for support staff, scripts and tests.
//!
//! It uses the same core and the same data folder as the application. A command that changes data stores an intent and
//! returns at once; `sync` talks to the hotel. The sender holds a lease in the database, so this program may run beside
//! the application: both can read and queue, and one of them sends.
//!
//! ```text
//! arguments -> cli -> one function per command -> Desk (the facade) -> output, exit code
//! ```
//!
//! Each command is a function `(&Desk, &mut Output, arguments) -> Outcome`. Every failure is a
//! [`DeskError`](hotelmate_core::error::DeskError). It is reported in one place, with an exit code that depends only on
//! its stable code.

mod accounts;
mod activity;
mod branding;
mod bulk;
mod chat;
mod cli;
mod clock;
mod conflict;
mod data;
mod display;
mod doctor;
mod drafts;
mod entities;
mod exit;
mod export;
mod file;
mod gallery;
mod import;
mod lists;
mod offers;
mod outbox;
mod output;
mod password;
mod people;
mod personal;
mod picture;
mod records;
mod session;
mod settings;
mod setup;
mod states;
mod sync;
mod team;
mod text;
mod versions;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use hotelmate_core::catalogue::{self, say};
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::error::failure;
use hotelmate_core::logging::{self, Setup, Stderr};
use hotelmate_core::resources::Kind;
use hotelmate_core::settings::Settings;
use hotelmate_core::signals::asked_to_end;

use cli::{ChatCommand, Cli, Command};
use exit::{Exit, Outcome};
use output::Output;
use text::plain;

fn main() -> ExitCode {
    // The help is in the language of the settings too.
    let settings = Settings::load(cli::data_dir(std::env::args_os()));
    if let Ok(settings) = &settings {
        catalogue::speak(settings.language);
    }
    let cli = Cli::from_command_line();
    let data_dir = settings.as_ref().ok().map(|settings| settings.data_dir.clone());
    // Standard error gets only the lines that `DESK_LOG` asks for; standard output belongs to the answer.
    let _log = logging::start(Setup::of("deskctl", data_dir, Stderr::WhenAsked));
    let mut out = Output::new(cli.json);
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|cause| failure!(Unexpected, "deskctl-cannot-start", cause = cause.to_string()))
        .and_then(|runtime| runtime.block_on(run(settings?, cli.act_as, cli.command, &mut out)));
    let exit = outcome.unwrap_or_else(|error| {
        out.error(&error);
        Exit::from(error.code)
    });
    exit.into()
}

/// Opens the desk, carries out one command, and closes the desk in order in every case, also when the system asks the
/// program to end. So its lease is free at once.
async fn run(settings: Settings, act_as: Option<String>, command: Command, out: &mut Output) -> Outcome {
    if let Command::Accounts(command) = command {
        // Without the desk, which would open all accounts. A signal ends the program at once: no step of these commands
        // leaves anything half done.
        return accounts::carry_out(settings, out, command).await;
    }
    // Only a watcher needs the engine and the live connection; the other commands move only the data they name.
    let is_watch = matches!(command, Command::Watch(_) | Command::Chat(ChatCommand::Watch(_)));
    let mode = if is_watch { Mode::Full } else { Mode::Manual };
    let mut ended = std::pin::pin!(async {
        if asked_to_end().await.is_err() {
            std::future::pending().await
        }
    });
    // A watch ends when it is stopped; any other command was stopped before its end.
    let stopped = if is_watch { Exit::Done } else { Exit::Stopped };
    // The signals are handled before the desk opens: a watch can be stopped as soon as it is connected.
    let desk = tokio::select! {
        biased;
        () = &mut ended => return Ok(stopped),
        desk = Desk::open(settings, mode) => desk?,
    };
    let outcome = tokio::select! {
        outcome = carry_out_as(&desk, out, act_as, command) => outcome,
        () = &mut ended => Ok(stopped),
    };
    desk.close().await;
    outcome
}

/// Carries out a command as the person with this user name, or as the one whom the window shows.
async fn carry_out_as(desk: &Desk, out: &mut Output, act_as: Option<String>, command: Command) -> Outcome {
    if let Some(username) = act_as {
        desk.act_as(&username, || password::pin(&username)).await?;
    }
    carry_out(desk, out, command).await
}

async fn carry_out(desk: &Desk, out: &mut Output, command: Command) -> Outcome {
    match command {
        // It was carried out before the desk opened.
        Command::Accounts(_) => Ok(Exit::Done),
        Command::Display(command) => display::carry_out(desk, out, command),
        Command::SignIn(args) => session::sign_in(desk, out, args).await,
        Command::SignOut(args) => session::sign_out(desk, out, &args).await,
        Command::People => people::people(desk, out).await,
        Command::Status { max_age } => session::status(desk, out, max_age).await,
        Command::Sync { accept_missing } => sync::sync(desk, out, accept_missing).await,
        Command::Offers(command) => offers::carry_out(desk, out, command).await,
        Command::Rooms(command) => lists::carry_out(desk, out, Kind::RoomType, command).await,
        Command::Records(args) => lists::carry_out(desk, out, args.resource, args.command).await,
        Command::Branding(command) => branding::carry_out(desk, out, command).await,
        Command::Gallery(command) => gallery::carry_out(desk, out, command).await,
        Command::Activity(command) => activity::carry_out(desk, out, command).await,
        Command::Outbox(command) => outbox::carry_out(desk, out, command).await,
        Command::Drafts(command) => drafts::carry_out(desk, out, command).await,
        Command::Clock(command) => clock::carry_out(desk, out, command).await,
        Command::Team(args) => team::carry_out(desk, out, args).await,
        Command::Chat(command) => chat::carry_out(desk, out, command).await,
        Command::SupportFile { folder } => support_file(desk, out, folder).await,
        Command::Watch(args) => watch::watch(desk, &args).await,
        Command::Doctor => doctor::doctor(desk, out).await,
        Command::Setup(args) => setup::carry_out(desk, out, args).await,
        Command::Settings(command) => settings::carry_out(desk, out, command).await,
        Command::Data(command) => data::carry_out(desk, out, command).await,
    }
}

/// Writes one file with everything that support needs, and prints its name.
async fn support_file(desk: &Desk, out: &mut Output, folder: PathBuf) -> Outcome {
    let written = desk.support_file(folder).await?;
    let words = || say!("deskctl-support-file", file = plain(&written.file), count = written.entries);
    out.answer(&written, words)?;
    Ok(Exit::Done)
}
