//! Commands about offers.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Args, Subcommand};
use hotelmate_core::catalogue::say;
use hotelmate_core::records::{Datum, FieldValue, Fields, Slot, Validity};
use hotelmate_core::resources::{Kind, OfferState};
use hotelmate_core::views::OfferOrder;
use jiff::civil::Date;

use super::help::one_of;
use super::records::EntityCommand;

#[derive(Debug, Subcommand)]
pub enum OffersCommand {
    #[command(flatten)]
    Entity(EntityCommand<ListArgs, AddArgs, EditArgs>),
    Export {
        file: Option<PathBuf>,
    },
    Import(ImportArgs),
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    pub file: PathBuf,
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    #[arg(long)]
    pub yes: bool,
    #[arg(long)]
    pub as_new: bool,
}

#[derive(Debug, Args)]
pub struct ListArgs {
    #[arg(long, value_delimiter = ',',
          value_parser = one_of::<OfferState>(["live", "scheduled", "expired", "hidden"]))]
    pub state: Vec<OfferState>,
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    pub search: String,
    #[arg(long, default_value = "hotel",
          value_parser = one_of::<OfferOrder>(["hotel", "title", "ends-first", "newest"]))]
    pub order: OfferOrder,
}

#[derive(Debug, Args)]
#[command(mut_arg("title", |title| title.required(true)))]
#[command(mut_arg("short_description", |text| text.required(true)))]
pub struct AddArgs {
    #[command(flatten)]
    pub fields: OfferFields,
}

#[derive(Debug, Args)]
#[command(override_usage = "deskctl offers edit <ID> [--title <TEXT>]... [--clear <FIELD>]...")]
pub struct EditArgs {
    pub id: String,
    #[command(flatten)]
    pub fields: OfferFields,
    #[arg(long, value_name = "FIELD", value_parser = PossibleValuesParser::new(CLEARABLE))]
    pub clear: Vec<String>,
}

#[derive(Debug, Args)]
pub struct OfferFields {
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[arg(long, value_name = "TEXT")]
    short_description: Option<String>,
    #[arg(long, value_name = "TEXT")]
    details_text: Option<String>,
    #[arg(long, value_name = "HTML")]
    details_html: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = date)]
    valid_from: Option<Date>,
    #[arg(long, value_name = "DATE", value_parser = date)]
    valid_to: Option<Date>,
    #[arg(long, value_name = "TEXT")]
    tag: Option<String>,
    #[arg(long, value_name = "URL")]
    book_now_url: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    sort_order: Option<u32>,
    #[arg(long, value_name = "true|false", action = clap::ArgAction::Set)]
    active: Option<bool>,
    #[arg(long, value_name = "FILE")]
    pub photo: Option<PathBuf>,
}

/// The fields that `--clear` can empty, by the server's names.
const CLEARABLE: [&str; 7] =
    ["valid_from", "valid_to", "details_text", "details_html", "tag", "book_now_url", "photo"];

/// The field that holds both days.
const VALIDITY: &str = "validity";

impl OfferFields {
    /// Returns the given values by the server's names; each day has its own name.
    fn given(&self) -> Vec<(&'static str, Datum)> {
        let text = |text: &Option<String>| text.clone().map(Datum::from);
        let day = |day: Option<Date>| day.map(|day| Datum::from(day.to_string()));
        let all = [
            ("title", text(&self.title)),
            ("short_description", text(&self.short_description)),
            ("details_text", text(&self.details_text)),
            ("details_html", text(&self.details_html)),
            ("valid_from", day(self.valid_from)),
            ("valid_to", day(self.valid_to)),
            ("tag", text(&self.tag)),
            ("book_now_url", text(&self.book_now_url)),
            ("sort_order", self.sort_order.map(Datum::from)),
            ("is_active", self.active.map(Datum::from)),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Returns the values of the fields that are given or `cleared`. If only one day is given, the other one stays as
    /// it `was`.
    pub fn values(&self, was: &Fields, cleared: &[String]) -> Vec<FieldValue> {
        let is_cleared = |name: &str| cleared.iter().any(|cleared| cleared == name);
        let day = |name, given: Option<Date>, was: Option<Date>| given.or(was).filter(|_| !is_cleared(name));
        let days = match was.get(VALIDITY) {
            Some(Datum::Days(days)) => *days,
            _ => Validity::default(),
        };
        let days = Validity {
            from: day("valid_from", self.valid_from, days.from),
            to: day("valid_to", self.valid_to, days.to),
        };
        let given = self.given().into_iter();
        let emptied = cleared.iter().map(|name| (name.as_str(), Datum::from("")));
        // The days are one field; the picture is no field and is handled on its own.
        let is_field = |(name, _): &(&str, Datum)| Kind::Offer.table().rule(name).is_some();
        let values = given.chain(emptied).filter(is_field).chain([(VALIDITY, days.into())]);
        values.map(|(name, value)| FieldValue::of(name, value)).collect()
    }
}

impl EditArgs {
    /// Returns true if the picture is to be removed.
    pub fn clears_photo(&self) -> bool {
        self.clear.iter().any(|name| name == Slot::Photo.name())
    }

    /// Returns the errors that `clap` cannot find: a field that is both set and cleared, and an edit of nothing. As a
    /// group of twelve arguments `clap` could find the second, but its message would be unreadable.
    pub(super) fn problem(&self) -> Option<(ErrorKind, String)> {
        let mut set: Vec<&str> = self.fields.given().into_iter().map(|(name, _)| name).collect();
        set.extend(self.fields.photo.iter().map(|_| Slot::Photo.name()));
        if let Some(both) = self.clear.iter().find(|name| set.contains(&name.as_str())) {
            let problem = say!("deskctl-set-and-cleared", field = both.as_str());
            return Some((ErrorKind::ArgumentConflict, problem));
        }
        let nothing = self.clear.is_empty() && set.is_empty();
        nothing.then(|| (ErrorKind::MissingRequiredArgument, say!("deskctl-nothing-to-change")))
    }
}

/// Parses a day and nothing else: a time of day would silently be cut off.
pub fn date(text: &str) -> Result<Date, String> {
    Date::strptime("%Y-%m-%d", text).map_err(|_| say!("deskctl-day-expected"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::{Cli, Command};
    use super::*;

    fn edit_problem(line: &str) -> Option<ErrorKind> {
        match Cli::try_parse_from(line.split(' ')).unwrap().command {
            Command::Offers(OffersCommand::Entity(EntityCommand::Edit(edit))) => {
                edit.problem().map(|(kind, _)| kind)
            }
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
