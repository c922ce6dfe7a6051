//! The command line: what can be typed, and the help that explains it.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgGroup, Args, CommandFactory, Parser, Subcommand, ValueEnum};
use hotelmate_core::desk::views::OfferOrder;
use hotelmate_core::model::{IntentId, OfferState};
use jiff::civil::Date;

const AFTER_HELP: &str = "\
Examples:
  deskctl sign-in --server https://hotel.example --username aoife
  deskctl sync
  deskctl offers list --state live --search spa
  deskctl offers add --title 'Spa day' --short-description 'Two hours of quiet' --photo spa.jpg
  deskctl offers edit 12 --valid-to 2027-01-31 --clear tag
  deskctl offers export offers.csv
  deskctl offers import offers.csv --dry-run
  deskctl --json outbox list
  deskctl --data-dir ./training status

Commands that change offers store the wish here and return at once, also without a network;
`sync` brings it to the hotel. They may run while the application is open.

Environment (each overrides desk.toml in the data folder):
  DESK_SERVER          the HotelMate server, for example https://hotel.example
  DESK_HOTEL           the hotel's short name, for example killarney
  DESK_TOKEN           a token, instead of a sign-in; stands in no file
  DESK_PASSWORD        the password for sign-in; stands in no file
  DESK_PUSHER_KEY      the live connection's key
  DESK_PUSHER_CLUSTER  its cluster, for example eu
  DESK_PUSHER_HOST     or its host, ws://host:port or wss://host
  DESK_TIME_ZONE       the hotel's time zone, for example Europe/Dublin
  DESK_DATA_DIR        the data folder, where --data-dir is not given
  DESK_LOG             what to log on standard error, for example debug

Exit codes:
  0  done
  1  failed; the message says why
  2  the command line or a setting is wrong
  3  the hotel's server cannot be reached, or cannot answer now
  4  a sign-in is needed, or the password is wrong
  5  there is no such thing
  6  a value or a picture is not acceptable
  7  something still waits (sync, sign-out, clock)
  8  something needs a person; the answer or `deskctl outbox list` says what (sync, clock)

With --json the answer is one line of JSON on standard output, and a failure is
{\"error\": {\"code\", \"message\", \"way_out\", \"fields\"}} on standard error.";

const OFFERS_HELP: &str = "\
An ID is the number that the hotel gave, or the local id that `add` prints: it works before
the hotel has heard of the offer, and ever after.

In --json an offer has the server's field names, and: local_id, id (null until the hotel has
it), state (live, scheduled, expired, hidden) and sync (saved, waiting, conflict, attention).";

const IMPORT_HELP: &str = "\
The columns are the server's field names: title, short_description, details_text, details_html,
valid_from, valid_to (as YYYY-MM-DD), tag, book_now_url, sort_order, is_active. A column that is
not in the file is left as it is; an empty text or day empties the field.

A row is about the offer with its id, else its local_id, else exactly its title; where there is
none, it is a new offer. An import removes nothing and sets no picture; what `offers export` writes
beside the fields is passed over. A row that is wrong is named, and then nothing is queued at all.
The same file twice changes nothing.

The .json file of `outbox export` is read too, with its new offers and changed fields.";

const WATCH_HELP: &str = "\
Each line is {\"topic\": ...}: offers (with ids), outbox, duty, status, session, upload, and fact
for what a colleague did, with a sentence. The first line is always {\"topic\":\"status\"} and says
that watching has begun. While it runs, it also syncs, unless the application does so already.";

/// Works on a hotel's offers and duty clock from the command line
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
    /// What has not reached the hotel yet
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// Clock in and out, now or not at all
    #[command(subcommand)]
    Clock(ClockCommand),
    /// Print live changes as JSON lines until Ctrl-C
    #[command(after_help = WATCH_HELP)]
    Watch(WatchArgs),
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

#[derive(Debug, Subcommand)]
pub enum OffersCommand {
    /// List offers as they are stored here, wishes that wait included
    List(ListArgs),
    /// Show one offer
    Show {
        /// The hotel's number or the local id
        id: String,
    },
    /// Make a new offer
    Add(AddArgs),
    /// Change fields of an offer; only what differs is stored and sent
    #[command(override_usage = "deskctl offers edit <ID> [--title <TEXT>]... [--clear <FIELD>]...")]
    Edit(EditArgs),
    /// Remove an offer
    Rm {
        /// The hotel's number or the local id
        id: String,
    },
    /// Put a picture on an offer, or take it off
    Photo(PhotoArgs),
    /// Write all offers to a file, or as JSON to standard output
    Export {
        /// The file; its name ends in .json, or in .csv for a spreadsheet
        file: Option<PathBuf>,
    },
    /// Make and change offers as a file says; shows the plan first
    #[command(after_help = IMPORT_HELP)]
    Import(ImportArgs),
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file; its name ends in .json, or in .csv for a spreadsheet
    pub file: PathBuf,

    /// Show the plan and queue nothing
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,

    /// Do not ask; without a terminal nothing is asked anyway
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only offers in this state; may be repeated
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    pub state: Vec<StateArg>,

    /// Only offers in which all these words occur
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    pub search: String,

    /// The order
    #[arg(long, value_name = "ORDER", default_value = "hotel")]
    pub order: OrderArg,
}

#[derive(Debug, Args)]
pub struct AddArgs {
    /// The title, at most 200 characters
    #[arg(long, value_name = "TEXT")]
    pub title: String,

    /// One or two sentences
    #[arg(long, value_name = "TEXT")]
    pub short_description: String,

    #[command(flatten)]
    pub more: MoreFields,
}

#[derive(Debug, Args)]
pub struct EditArgs {
    /// The hotel's number or the local id
    pub id: String,

    /// The title, at most 200 characters
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// One or two sentences
    #[arg(long, value_name = "TEXT")]
    pub short_description: Option<String>,

    #[command(flatten)]
    pub more: MoreFields,

    /// Empty this field; may be repeated
    #[arg(long, value_name = "FIELD")]
    pub clear: Vec<Clearable>,
}

/// Fields that may be left out of a new offer.
#[derive(Debug, Args)]
pub struct MoreFields {
    /// The details as plain text
    #[arg(long, value_name = "TEXT")]
    pub details_text: Option<String>,

    /// The details as HTML
    #[arg(long, value_name = "HTML")]
    pub details_html: Option<String>,

    /// The first day, as YYYY-MM-DD, in the hotel's time zone
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub valid_from: Option<Date>,

    /// The last day, inclusive
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub valid_to: Option<Date>,

    /// A short label, at most 50 characters
    #[arg(long, value_name = "TEXT")]
    pub tag: Option<String>,

    /// Where guests book: a web address
    #[arg(long, value_name = "URL")]
    pub book_now_url: Option<String>,

    /// Lower comes first
    #[arg(long, value_name = "NUMBER")]
    pub sort_order: Option<u32>,

    /// false hides the offer from guests
    #[arg(long, value_name = "true|false", action = clap::ArgAction::Set)]
    pub active: Option<bool>,

    /// The picture: JPEG, PNG, WebP, GIF, BMP or TIFF
    #[arg(long, value_name = "FILE")]
    pub photo: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("picture").required(true).args(["file", "clear"])))]
pub struct PhotoArgs {
    /// The hotel's number or the local id
    pub id: String,

    /// The picture: JPEG, PNG, WebP, GIF, BMP or TIFF
    pub file: Option<PathBuf>,

    /// Take the picture off
    #[arg(long)]
    pub clear: bool,
}

#[derive(Debug, Subcommand)]
pub enum OutboxCommand {
    /// List what waits and what needs a person
    List,
    /// Write all of it, with every text, as JSON to a file or to standard output
    Export {
        /// The file; its name ends in .json
        file: Option<PathBuf>,
    },
    /// Let an entry be tried again with the next sync
    Retry {
        /// The entry, as `outbox list` shows it
        id: IntentId,
    },
    /// Throw an entry away; prints what is lost
    Discard {
        /// The entry, as `outbox list` shows it
        id: IntentId,
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

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum StateArg {
    Live,
    Scheduled,
    Expired,
    Hidden,
}

impl From<StateArg> for OfferState {
    fn from(state: StateArg) -> Self {
        match state {
            StateArg::Live => Self::Live,
            StateArg::Scheduled => Self::Scheduled,
            StateArg::Expired => Self::Expired,
            StateArg::Hidden => Self::Hidden,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum OrderArg {
    /// As guests see it
    Hotel,
    /// By title
    Title,
    /// What ends first comes first
    EndsFirst,
    /// Newest first
    Newest,
}

impl From<OrderArg> for OfferOrder {
    fn from(order: OrderArg) -> Self {
        match order {
            OrderArg::Hotel => Self::Hotel,
            OrderArg::Title => Self::Title,
            OrderArg::EndsFirst => Self::EndsFirst,
            OrderArg::Newest => Self::Newest,
        }
    }
}

/// What `--clear` can empty, by the server's field names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Clearable {
    ValidFrom,
    ValidTo,
    DetailsText,
    DetailsHtml,
    Tag,
    BookNowUrl,
    Photo,
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

impl EditArgs {
    /// What `clap` cannot know: a field that is both set and cleared, and an edit of nothing (as a group of
    /// twelve arguments it could, but its message would be unreadable).
    fn problem(&self) -> Option<(ErrorKind, String)> {
        let more = &self.more;
        let set = |field: Clearable| match field {
            Clearable::ValidFrom => more.valid_from.is_some(),
            Clearable::ValidTo => more.valid_to.is_some(),
            Clearable::DetailsText => more.details_text.is_some(),
            Clearable::DetailsHtml => more.details_html.is_some(),
            Clearable::Tag => more.tag.is_some(),
            Clearable::BookNowUrl => more.book_now_url.is_some(),
            Clearable::Photo => more.photo.is_some(),
        };
        if let Some(both) = self.clear.iter().copied().find(|field| set(*field)) {
            let value = both.to_possible_value()?;
            let problem = format!("{} cannot be set and cleared at once", value.get_name());
            return Some((ErrorKind::ArgumentConflict, problem));
        }
        let any = !self.clear.is_empty()
            || self.title.is_some()
            || self.short_description.is_some()
            || more.sort_order.is_some()
            || more.active.is_some()
            || Clearable::value_variants().iter().copied().any(set);
        let nothing = || "nothing to change: name a field and its new value, or --clear one".to_owned();
        (!any).then(|| (ErrorKind::MissingRequiredArgument, nothing()))
    }
}

/// A whole day and nothing else: a time of day would silently be cut off.
pub fn date(text: &str) -> Result<Date, String> {
    Date::strptime("%Y-%m-%d", text).map_err(|_| "a day is expected, for example 2027-01-31".to_owned())
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

    fn edit_problem(line: &str) -> Option<ErrorKind> {
        match parse(line).unwrap().command {
            Command::Offers(OffersCommand::Edit(edit)) => edit.problem().map(|(kind, _)| kind),
            other => panic!("not an edit: {other:?}"),
        }
    }

    #[test]
    fn an_edit_must_change_something() {
        assert_eq!(edit_problem("deskctl offers edit 3"), Some(ErrorKind::MissingRequiredArgument));
        assert_eq!(edit_problem("deskctl offers edit 3 --active false"), None);
        assert_eq!(edit_problem("deskctl offers edit 3 --valid-to 2027-01-31"), None);
        assert_eq!(edit_problem("deskctl offers edit 3 --clear tag --clear photo"), None);
    }

    #[test]
    fn a_field_cannot_be_set_and_cleared_at_once() {
        assert_eq!(
            edit_problem("deskctl offers edit 3 --tag a --clear tag"),
            Some(ErrorKind::ArgumentConflict)
        );
        assert_eq!(edit_problem("deskctl offers edit 3 --tag a --clear photo"), None);
    }

    #[test]
    fn a_day_is_a_day_without_a_time() {
        assert!(date("2027-01-31").is_ok());
        for bad in ["2027-02-30", "2027-01-31T10:00", "31.1.2027", "tomorrow", ""] {
            assert!(date(bad).is_err(), "{bad}");
        }
    }
}
