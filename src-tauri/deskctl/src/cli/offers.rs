//! Commands about offers.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use hotelmate_core::resources::OfferState;
use hotelmate_core::views::OfferOrder;
use jiff::civil::Date;

use super::help::IMPORT_HELP;

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

impl EditArgs {
    /// What `clap` cannot know: a field that is both set and cleared, and an edit of nothing (as a group of
    /// twelve arguments it could, but its message would be unreadable).
    pub(super) fn problem(&self) -> Option<(ErrorKind, String)> {
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
    use clap::Parser;

    use super::super::{Cli, Command};
    use super::*;

    fn edit_problem(line: &str) -> Option<ErrorKind> {
        match Cli::try_parse_from(line.split(' ')).unwrap().command {
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
