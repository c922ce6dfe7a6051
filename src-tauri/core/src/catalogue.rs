//! The word catalogue (`words/`, Project Fluent), for the Rust programs. The window reads a part of its own.
//!
//! Code names a key with [`say!`](crate::catalogue::say). `xtask/tests/suite/words` checks that the key exists with
//! these variables, and that every key is used.

use std::sync::LazyLock;

pub use fluent_bundle::FluentValue as Value;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Pattern;

type Bundle = FluentBundle<FluentResource>;

/// The files of `words/en/core`; a test compares the list with the folder.
const FILES: &[&str] = &[
    include_str!("../../../words/en/core/happenings.ftl"),
    include_str!("../../../words/en/core/checks.ftl"),
    include_str!("../../../words/en/core/deskctl-help.ftl"),
    include_str!("../../../words/en/core/deskctl.ftl"),
    include_str!("../../../words/en/core/doctor.ftl"),
    include_str!("../../../words/en/core/errors.ftl"),
    include_str!("../../../words/en/core/live.ftl"),
    include_str!("../../../words/en/core/desk.ftl"),
    include_str!("../../../words/en/core/nouns.ftl"),
    include_str!("../../../words/en/core/outbox.ftl"),
    include_str!("../../../words/en/core/shell.ftl"),
];

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(FILES));

fn bundle(files: &[&str]) -> Bundle {
    let english = unic_langid::langid!("en");
    let mut bundle = Bundle::new_concurrent(vec![english]);
    // Adds no signs around variables, since sentences are compared, searched and read aloud.
    bundle.set_use_isolating(false);
    for file in files {
        // A test checks that the catalogue can be read; after a fault the readable rest is used.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(read, _)| read);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Returns the text of this key. A missing key returns the key itself, which a test forbids.
///
/// Only for keys that are composed of a value (`format!("entity-called-{name}")`); all others are named by
/// [`say!`](crate::catalogue::say).
pub fn text(key: &str, arguments: &[(&'static str, Value<'_>)]) -> String {
    let pattern = ENGLISH.get_message(key).and_then(|message| message.value());
    pattern.map_or_else(|| key.to_owned(), |pattern| formatted(pattern, arguments))
}

/// Returns the person's next step after a failure: the text's attribute `way-out`.
pub fn way_out(key: &str, arguments: &[(&'static str, Value<'_>)]) -> String {
    let attribute = ENGLISH.get_message(key).and_then(|message| message.get_attribute("way-out"));
    attribute.map_or_else(|| key.to_owned(), |attribute| formatted(attribute.value(), arguments))
}

fn formatted(pattern: &Pattern<&str>, arguments: &[(&'static str, Value<'_>)]) -> String {
    let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
    ENGLISH.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
}

/// Returns a text of the catalogue with its variables: `say!("activity-on-duty", name = name)`. A variable is a text or
/// a number; a number also chooses the plural.
#[macro_export]
macro_rules! say {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::catalogue::text($key, &[$((stringify!($name), $crate::catalogue::Value::from($value))),*])
    };
}
pub use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_or_says_a_text_twice_fails_here_and_not_at_a_desk() {
        let mut bundle = Bundle::new_concurrent(vec![unic_langid::langid!("en")]);
        for file in FILES {
            let resource = FluentResource::try_new((*file).to_owned()).map_err(|(_, errors)| errors).unwrap();
            bundle.add_resource(resource).unwrap();
        }
    }

    #[test]
    fn what_is_filled_in_stands_as_it_is() {
        assert_eq!(say!("activity-made", entity = "{ $title } <b>"), "A colleague added { $title } <b>.");
    }
}
