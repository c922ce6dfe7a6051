//! Commands about offers.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, Subcommand, value_parser};
use hotelmate_core::catalogue::say;
use hotelmate_core::records::{Datum, FieldValue, Fields, Rule, Shape, Slot};
use hotelmate_core::resources::{Kind, OfferState};
use hotelmate_core::views::{NoteKind, OfferOrder};
use jiff::civil::Date;

use super::bulk::BulkCommand;
use super::help::{expected, one_of};
use super::records::EntityCommand;

#[derive(Debug, Subcommand)]
pub enum OffersCommand {
    #[command(flatten)]
    Entity(EntityCommand<ListArgs, AddArgs, EditArgs>),
    #[command(subcommand)]
    Bulk(BulkCommand),
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
    #[arg(long, value_delimiter = ',',
          value_parser = one_of::<NoteKind>(["ends-soon", "starts-soon", "no-picture", "changed"]))]
    pub note: Vec<NoteKind>,
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    pub search: String,
    #[arg(long, default_value = "hotel",
          value_parser = one_of::<OfferOrder>(["hotel", "title", "ends-first", "newest"]))]
    pub order: OfferOrder,
}

#[derive(Debug, Args)]
#[command(mut_args(needed))]
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
    #[arg(long, value_name = "FIELD", value_parser = PossibleValuesParser::new(clearable()))]
    pub clear: Vec<String>,
}

/// The fields of the table as options, one for each of the server's names: `--valid-to` for `valid_to`.
#[derive(Debug)]
pub struct OfferFields {
    /// The given values by the server's names. A day is a text.
    given: Vec<(&'static str, Datum)>,
    /// The file of the picture.
    pub photo: Option<PathBuf>,
}

/// Returns the server's names of all fields, with their rules.
fn parts() -> impl Iterator<Item = (&'static str, &'static Rule)> {
    let rules = Kind::Offer.table().fields.iter();
    rules.flat_map(|rule| rule.parts().into_iter().map(move |part| (part, rule)))
}

/// Returns the option of one of the server's names. `is_active` is `--active`.
fn option((part, rule): (&'static str, &'static Rule)) -> Arg {
    // The command line is built once, and its options live as long as the program.
    let long: &str = part.strip_prefix("is_").unwrap_or(part).replace('_', "-").leak();
    let value = match rule.shape {
        Shape::Days => "DATE",
        Shape::Number => "NUMBER",
        Shape::Flag => "true|false",
        Shape::Html => "HTML",
        Shape::Link => "URL",
        _ => "TEXT",
    };
    let typed = move |text: &str| match rule.shape {
        Shape::Days => date(text).map(|day| Datum::from(day.to_string())),
        _ => rule.typed(text),
    };
    Arg::new(part).long(long).value_name(value).value_parser(typed).help(expected(rule))
}

/// Requires the options of the fields that may not be empty.
fn needed(arg: Arg) -> Arg {
    let rule = Kind::Offer.table().rule(arg.get_id().as_str());
    if rule.is_some_and(|rule| rule.required) { arg.required(true) } else { arg }
}

/// Returns the names that `--clear` can empty, by the server's names: no needed field, no number and no flag.
fn clearable() -> impl Iterator<Item = &'static str> {
    let can_be_empty = |rule: &Rule| !rule.required && !matches!(rule.shape, Shape::Number | Shape::Flag);
    let fields = parts().filter(move |(_, rule)| can_be_empty(rule)).map(|(part, _)| part);
    fields.chain([Slot::Photo.name()])
}

impl Args for OfferFields {
    fn augment_args(command: Command) -> Command {
        let photo = Arg::new(Slot::Photo.name()).long(Slot::Photo.name()).value_name("FILE");
        command.args(parts().map(option)).arg(photo.value_parser(value_parser!(PathBuf)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for OfferFields {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |(part, _)| Some((part, matches.get_one::<Datum>(part)?.clone()));
        let photo = matches.get_one::<PathBuf>(Slot::Photo.name()).cloned();
        Ok(Self { given: parts().filter_map(given).collect(), photo })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl OfferFields {
    /// Returns the values of the fields that are given or `cleared`. If only one day is given, the other one stays as
    /// it `was`.
    pub fn values(&self, was: &Fields, cleared: &[String]) -> Vec<FieldValue> {
        let given = self.given.iter().map(|(part, value)| (*part, Some(value)));
        let mut now = Fields::default();
        for (part, value) in given.chain(cleared.iter().map(|part| (part.as_str(), None))) {
            // The picture is no field and is handled on its own.
            let Some(rule) = Kind::Offer.table().rule_of_part(part) else { continue };
            let value = match rule.shape {
                Shape::Days => {
                    let day = value.and_then(|day| day.text().parse().ok());
                    rule.with_day(now.get(rule.name).or(was.get(rule.name)), part, day)
                }
                shape => value.cloned().unwrap_or_else(|| shape.empty()),
            };
            now.set(rule.name, value);
        }
        now.values().collect()
    }
}

impl EditArgs {
    /// Returns true if the picture is to be removed.
    pub fn clears_photo(&self) -> bool {
        self.clear.iter().any(|name| name == Slot::Photo.name())
    }

    /// Returns the errors that `clap` cannot find: a field that is both set and cleared, and an edit of nothing. As a
    /// group of all options `clap` could find the second, but its message would be unreadable.
    pub(super) fn problem(&self) -> Option<(ErrorKind, String)> {
        let mut set: Vec<&str> = self.fields.given.iter().map(|(name, _)| *name).collect();
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
    Date::strptime("%Y-%m-%d", text).map_err(|_| say!("import-day-expected"))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::super::{Cli, Command as Chosen};
    use super::*;

    fn edit_problem(line: &str) -> Option<ErrorKind> {
        match Cli::try_parse_from(line.split(' ')).unwrap().command {
            Chosen::Offers(OffersCommand::Entity(EntityCommand::Edit(edit))) => {
                edit.problem().map(|(kind, _)| kind)
            }
            other => panic!("not an edit: {other:?}"),
        }
    }

    #[test]
    fn every_field_of_the_table_has_an_option_and_what_can_be_empty_can_be_cleared() {
        let command = Cli::command();
        let edit =
            command.find_subcommand("offers").and_then(|offers| offers.find_subcommand("edit")).unwrap();
        for (part, _) in parts() {
            let option = edit.get_arguments().find(|arg| arg.get_id() == part).expect(part);
            assert!(option.get_help().is_some(), "{part}");
        }
        let clearable: Vec<_> = clearable().collect();
        assert!(clearable.contains(&"valid_to") && clearable.contains(&"tag"), "{clearable:?}");
        assert!(!clearable.contains(&"title") && !clearable.contains(&"sort_order"), "{clearable:?}");
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
