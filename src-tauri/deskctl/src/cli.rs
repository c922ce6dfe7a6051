//! The command line: what can be typed, and the help that explains it.

mod activity;
mod gallery;
mod help;
mod offers;
mod outbox;
mod records;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};
use hotelmate_core::ids::DraftId;

pub use crate::support::SupportFileArgs;
pub use activity::{ActivityArgs, ActivityCommand};
pub use gallery::{GalleryCommand, ImageAddArgs, OrderArgs};
use help::{AFTER_HELP, DOCTOR_HELP, GALLERY_HELP, OFFERS_HELP, RECORDS_HELP, WATCH_HELP};
pub use offers::{
    AddArgs, Clearable, EditArgs, ImportArgs, ListArgs, MoreFields, OffersCommand, PhotoArgs, date,
};
pub use outbox::{OutboxCommand, ResolveArgs};
pub use records::{BrandingCommand, RoomAddArgs, RoomEditArgs, RoomsCommand, SetArgs};

/// Works on a hotel's offers, room types, branding, galleries and duty clock from the command line
///
/// The same desk as in the window, on the same data: reads what is stored here, stores what you
/// want, and talks to the hotel with `sync`.
#[derive(Debug, Parser)]
#[command(name = "deskctl", version, after_help = AFTER_HELP, max_term_width = 100)]
pub struct Cli {
    /// Answer in JSON
    #[arg(long, global = true, display_order = 100)]
    pub json: bool,

    /// The data folder; without it DESK_DATA_DIR, else the application's own
    #[arg(long, global = true, value_name = "DIR", display_order = 101)]
    pub data_dir: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in; the password is asked for, piped, or taken from DESK_PASSWORD
    SignIn(SignInArgs),
    /// Sign out; refuses while something waits, unless told what shall become of it
    SignOut(SignOutArgs),
    /// Tell who is signed in and what waits, without a network
    Status,
    /// Pull and push until nothing more can be done now; the exit code tells what is left
    Sync(SyncArgs),
    /// List, show and change offers
    #[command(subcommand, after_help = OFFERS_HELP)]
    Offers(OffersCommand),
    /// List, show and change room types
    #[command(subcommand, after_help = RECORDS_HELP)]
    Rooms(RoomsCommand),
    /// Show and change what the hotel says about itself, and how it looks
    #[command(subcommand, after_help = RECORDS_HELP)]
    Branding(BrandingCommand),
    /// List, add, remove and order the pictures of the hotel's gallery
    #[command(subcommand, after_help = GALLERY_HELP)]
    Gallery(GalleryCommand),
    /// What colleagues did and guests wrote
    #[command(subcommand)]
    Activity(ActivityCommand),
    /// What has not reached the hotel yet
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// What is typed in the window and not saved yet
    #[command(subcommand)]
    Drafts(DraftsCommand),
    /// Clock in and out, now or not at all
    #[command(subcommand)]
    Clock(ClockCommand),
    /// Write a file for support: logs, settings, what waits; without keys, names and texts
    SupportFile(SupportFileArgs),
    /// Print live changes as JSON lines until Ctrl-C
    #[command(after_help = WATCH_HELP)]
    Watch(WatchArgs),
    /// Check everything between this computer and the hotel, and tell what to do
    #[command(after_help = DOCTOR_HELP)]
    Doctor,
}

#[derive(Debug, Args)]
pub struct SignInArgs {
    /// The HotelMate server; without it the one that was used last or is configured
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,

    /// The user name
    #[arg(long)]
    pub username: String,

    /// Read the password from standard input, whatever DESK_PASSWORD says
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Debug, Args)]
pub struct SignOutArgs {
    /// Keep what waits for the next sign-in of the same person
    #[arg(long, conflicts_with = "discard")]
    pub keep: bool,

    /// Throw away what waits
    #[arg(long)]
    pub discard: bool,
}

#[derive(Debug, Args)]
pub struct SyncArgs {
    /// Believe the hotel when most offers are suddenly missing there; without it they are kept here
    #[arg(long)]
    pub accept_missing: bool,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum DraftsCommand {
    /// List what is kept, and when it was typed
    List {
        /// With what was typed
        #[arg(long)]
        text: bool,
    },
    /// Throw one away; prints what is lost
    Discard {
        /// The draft, as `drafts list` shows it
        id: DraftId,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ClockCommand {
    /// Ask the hotel; without a network tell what it said last
    Status,
    /// Come on duty
    In,
    /// Go off duty
    Out,
}

#[derive(Debug, Args)]
pub struct WatchArgs {
    /// Stop after so many seconds
    #[arg(long = "for", value_name = "SECONDS")]
    pub seconds: Option<u64>,

    /// Stop after so many lines
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub count: Option<u64>,
}

impl Cli {
    /// Reads the command line. Ends the program with help or exit code 2 where that is the answer.
    pub fn from_command_line() -> Self {
        let cli = Self::parse();
        if let Command::Offers(OffersCommand::Edit(edit)) = &cli.command
            && let Some((kind, problem)) = edit.problem()
        {
            Self::command().error(kind, problem).exit();
        }
        cli
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split(' '))
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn general_options_stand_before_or_after_the_command() {
        assert!(parse("deskctl --json --data-dir x offers list").unwrap().json);
        assert!(parse("deskctl offers list --json").unwrap().json);
    }
}
