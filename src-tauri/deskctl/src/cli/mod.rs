//! The command line: the commands and their arguments. The words are in the catalogue, see [`help`].

mod accounts;
mod activity;
mod bulk;
mod chat;
mod gallery;
mod help;
mod offers;
mod outbox;
mod records;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use hotelmate_core::catalogue::say;
use hotelmate_core::ids::DraftId;
use jiff::SignedDuration;

pub use accounts::AccountsCommand;
pub use activity::{ActivityArgs, ActivityCommand};
pub use bulk::BulkCommand;
pub use chat::{ChatCommand, FileArgs, SendArgs, ShowArgs};
pub use gallery::{GalleryCommand, ImageAddArgs, OrderArgs};
pub use offers::{ImportArgs, ListArgs, OffersCommand};
pub use outbox::{OutboxCommand, ResolveArgs};
pub use records::{BrandingCommand, EntityCommand, ListCommand, RecordEditArgs, RecordsArgs};

#[derive(Debug, Parser)]
#[command(name = "deskctl", version, max_term_width = 100)]
pub struct Cli {
    #[arg(long, global = true, display_order = 100)]
    pub json: bool,

    #[arg(long, global = true, value_name = "DIR", display_order = 101)]
    pub data_dir: Option<PathBuf>,

    #[arg(long = "as", global = true, value_name = "USERNAME", display_order = 102)]
    pub act_as: Option<String>,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    SignIn(SignInArgs),
    SignOut(SignOutArgs),
    People,
    Status {
        #[arg(long, value_name = "TIME", value_parser = age)]
        max_age: Option<SignedDuration>,
    },
    Sync {
        #[arg(long)]
        accept_missing: bool,
    },
    #[command(subcommand)]
    Offers(OffersCommand),
    #[command(subcommand)]
    Rooms(ListCommand),
    Records(RecordsArgs),
    #[command(subcommand)]
    Branding(BrandingCommand),
    #[command(subcommand)]
    Gallery(GalleryCommand),
    #[command(subcommand)]
    Activity(ActivityCommand),
    #[command(subcommand)]
    Outbox(OutboxCommand),
    #[command(subcommand)]
    Drafts(DraftsCommand),
    #[command(subcommand)]
    Clock(ClockCommand),
    Team(TeamArgs),
    #[command(subcommand)]
    Chat(ChatCommand),
    #[command(subcommand)]
    Display(DisplayCommand),
    SupportFile {
        #[arg(default_value = ".", hide_default_value = true)]
        folder: PathBuf,
    },
    Watch(WatchArgs),
    Doctor,
    Setup(SetupArgs),
    #[command(subcommand)]
    Settings(SettingsCommand),
    #[command(subcommand)]
    Data(DataCommand),
    #[command(subcommand)]
    Accounts(AccountsCommand),
}

#[derive(Debug, Args)]
pub struct SignInArgs {
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    #[arg(long)]
    pub username: String,
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Debug, Args)]
pub struct SignOutArgs {
    #[arg(long, conflicts_with = "discard")]
    pub keep: bool,
    #[arg(long)]
    pub discard: bool,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum DraftsCommand {
    List {
        #[arg(long)]
        text: bool,
    },
    Discard {
        id: DraftId,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ClockCommand {
    Status,
    In,
    Out,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum DisplayCommand {
    Status,
}

#[derive(Debug, Args)]
pub struct SetupArgs {
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub hotel: Option<String>,
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    #[arg(long, value_name = "KEY")]
    pub pusher_key: Option<String>,
    #[arg(long, value_name = "NAME", conflicts_with = "pusher_host")]
    pub pusher_cluster: Option<String>,
    #[arg(long, value_name = "URL")]
    pub pusher_host: Option<String>,
    #[arg(long)]
    pub unchecked: bool,
}

#[derive(Debug, Subcommand)]
pub enum SettingsCommand {
    List,
    Get { name: String },
    Set { name: String, value: String },
    Reset { name: String },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum DataCommand {
    Show,
    ClearPictures,
}

#[derive(Debug, Args)]
pub struct TeamArgs {
    #[arg(long)]
    pub on_duty: bool,
    #[arg(long, value_name = "NAME")]
    pub department: Option<String>,
}

#[derive(Debug, Args)]
pub struct WatchArgs {
    #[arg(long = "for", value_name = "SECONDS")]
    pub seconds: Option<u64>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub count: Option<u64>,
}

/// Parses the age of data: `15m`, `2h`, `90s`.
fn age(text: &str) -> Result<SignedDuration, String> {
    let age: SignedDuration = text.parse().map_err(|_| say!("deskctl-no-age", text = text))?;
    if age.is_positive() { Ok(age) } else { Err(say!("deskctl-no-age", text = text)) }
}

/// Returns the data folder that the arguments name. It is needed before they are parsed, because the settings in it
/// decide about the language of the help.
pub fn data_dir(arguments: impl IntoIterator<Item = OsString>) -> Option<PathBuf> {
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if argument == "--data-dir" {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(folder) = argument.to_str().and_then(|text| text.strip_prefix("--data-dir=")) {
            return Some(PathBuf::from(folder));
        }
    }
    None
}

impl Cli {
    /// Parses the command line. Ends the program if the answer is the help or exit code 2.
    pub fn from_command_line() -> Self {
        let matches = help::in_words(Self::command()).get_matches();
        let cli = Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        if let Command::Offers(OffersCommand::Entity(EntityCommand::Edit(edit))) = &cli.command
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
    fn the_data_folder_is_found_before_the_arguments_are_parsed() {
        let found = |line: &str| data_dir(line.split(' ').map(OsString::from));
        for line in ["deskctl --data-dir x offers list", "deskctl offers list --data-dir=x"] {
            assert_eq!(found(line), parse(line).unwrap().data_dir, "{line}");
        }
        assert_eq!(found("deskctl offers list"), None);
    }

    #[test]
    fn general_options_stand_before_or_after_the_command() {
        assert!(parse("deskctl --json --data-dir x offers list").unwrap().json);
        assert!(parse("deskctl offers list --json").unwrap().json);
    }
}
