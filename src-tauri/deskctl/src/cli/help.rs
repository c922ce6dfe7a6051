//! The words of `--help`. Each command and argument gets its text from the catalogue, by a key that is made from its
//! path. So the code contains no text, and a new argument without one fails a test.

use clap::Command;
use clap::builder::{PossibleValue, PossibleValuesParser, Resettable, StyledStr, TypedValueParser};
use hotelmate_core::catalogue::{say, text};
use hotelmate_core::records::{Rule, Shape};
use hotelmate_core::resources::Kind;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value};

use crate::text::word;

/// Returns the command line with its words.
pub(super) fn in_words(command: Command) -> Command {
    let with_fields = |command: Command| command.after_help(fields(Kind::RoomType));
    said(command, "help", "help", &mut known).mut_subcommand("rooms", |rooms| {
        rooms.mut_subcommand("add", with_fields).mut_subcommand("edit", with_fields)
    })
}

/// Returns the text of a key, or none if the catalogue has none.
fn known(key: &str) -> Option<String> {
    Some(text(key, &[])).filter(|text| text != key)
}

fn styled(text: Option<String>) -> Resettable<StyledStr> {
    text.map(StyledStr::from).into()
}

/// Returns a command with its texts. `path` is the key of the command, `above` that of its parent. `say` gives the text
/// of a key.
fn said(command: Command, path: &str, above: &str, say: &mut dyn FnMut(&str) -> Option<String>) -> Command {
    let [about, intro, more] = ["", "-intro", "-more"].map(|part| say(&format!("{path}{part}")));
    let mut command = command.about(styled(about)).long_about(styled(intro));
    if let Some(more) = more {
        command = command.after_help(more);
    }
    command
        .mut_args(|arg| {
            let keys = [path.to_owned(), format!("{above}-any"), "help-any".to_owned()];
            let help = keys.iter().find_map(|key| say(&format!("{key}-{}", arg.get_id())));
            if let Some(help) = help { arg.help(help) } else { arg }
        })
        .mut_subcommands(|below| {
            let its = format!("{path}-{}", below.get_name());
            said(below, &its, path, say)
        })
}

/// A parser of the values with these names, which are the core's own with dashes or underlines.
pub(super) fn one_of<T: DeserializeOwned + Clone + Send + Sync + 'static>(
    names: impl IntoIterator<Item = &'static str>,
) -> impl TypedValueParser<Value = T> {
    let value = |name| {
        let help = known(&format!("help-value-{name}"));
        PossibleValue::new(name).help(styled(help))
    };
    let names = names.into_iter().map(value);
    PossibleValuesParser::new(names).try_map(|name| from_value::<T>(Value::String(name.replace('-', "_"))))
}

/// Returns the fields of a record and the values that they take, one a line.
pub(super) fn fields(kind: Kind) -> String {
    let rules = kind.table().fields;
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let lines = rules.iter().map(|rule| format!("\n  {:width$}  {}", rule.name, expected(rule)));
    say!("help-fields") + &lines.collect::<String>()
}

/// Returns the values that a field takes, in a few words.
pub(super) fn expected(rule: &Rule) -> String {
    let mut shape = text(&format!("help-shape-{}", word(rule.shape)), &[]);
    if rule.max > 0 && matches!(rule.shape, Shape::Line | Shape::Text | Shape::Link | Shape::Email) {
        shape = say!("help-field-at-most", shape = shape, count = rule.max);
    }
    if rule.required { say!("help-field-needed", shape = shape) } else { shape }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::super::Cli;
    use super::*;

    const CATALOGUE: &str = include_str!("../../../../words/en/core/deskctl-help.ftl");

    fn without_text(command: &Command, path: &str, found: &mut Vec<String>) {
        found.extend(command.get_about().is_none().then(|| path.to_owned()));
        let silent = command.get_arguments().filter(|arg| arg.get_help().is_none());
        found.extend(silent.map(|arg| format!("{path}-{}", arg.get_id())));
        let below = command.get_subcommands();
        below.for_each(|below| without_text(below, &format!("{path}-{}", below.get_name()), found));
    }

    /// The possible values of an argument.
    fn choices(command: &Command) -> BTreeSet<String> {
        let values = command.get_arguments().flat_map(|arg| arg.get_possible_values());
        let mut names: BTreeSet<_> = values.map(|value| format!("help-value-{}", value.get_name())).collect();
        command.get_subcommands().for_each(|below| names.extend(choices(below)));
        names
    }

    #[test]
    fn every_command_and_argument_has_a_text_and_every_text_is_shown() {
        let mut shown = BTreeSet::new();
        let command = said(Cli::command(), "help", "help", &mut |key| {
            let text = known(key);
            shown.extend(text.is_some().then(|| key.to_owned()));
            text
        });
        let mut silent = Vec::new();
        without_text(&command, "help", &mut silent);
        assert_eq!(silent, [""; 0], "they have no text");
        shown.extend(choices(&command));
        let of_fields = |key: &&str| ["help-field", "help-shape-"].iter().any(|part| key.starts_with(part));
        let keys = CATALOGUE.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
        let keys = keys.filter(|key| key.starts_with("help") && !of_fields(key));
        let unused: Vec<&str> = keys.filter(|key| !shown.contains(*key)).collect();
        assert_eq!(unused, [""; 0], "nobody shows them");
    }

    #[test]
    fn every_field_says_what_it_takes() {
        let all: String = [Kind::Offer, Kind::RoomType, Kind::Branding].map(fields).concat();
        assert!(all.contains("one line of text, at most 200 characters; needed"), "{all}");
        assert!(!all.contains("help-"), "{all}");
    }
}
