//! The word catalogue (`words/`, Project Fluent), for the Rust programs. The window reads a part of its own.
//!
//! Code names a key with [`say!`](crate::catalogue::say). `xtask/tests/suite/words` checks that the key exists with
//! these variables, and that every key is used.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU8, Ordering};

pub use fluent_bundle::FluentValue as Value;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Pattern;
use jiff::civil::Date;

type Bundle = FluentBundle<FluentResource>;

/// The files of a language; a test compares the list with the folder.
macro_rules! files {
    ($language:literal) => {
        files!($language: "checks", "desk", "deskctl", "deskctl-help", "doctor", "errors", "happenings", "import", "live", "nouns",
            "outbox", "shell")
    };
    ($language:literal: $($name:literal),+) => {
        &[$(include_str!(concat!("../../../words/", $language, "/core/", $name, ".ftl"))),+]
    };
}

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// `words/en`
    #[default]
    English,
    /// `words/de`
    German,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Returns its language tag, which is also the name of its folder.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    fn bundle(self) -> &'static Bundle {
        static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English));
        static GERMAN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::German));
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    fn files(self) -> &'static [&'static str] {
        match self {
            Self::English => files!("en"),
            Self::German => files!("de"),
        }
    }
}

/// The place of the current language in [`Language::ALL`].
static CURRENT: AtomicU8 = AtomicU8::new(0);

/// Makes all further texts of this process in this language.
pub fn speak(language: Language) {
    CURRENT.store(language as u8, Ordering::Relaxed);
}

/// Returns the language of texts.
pub fn spoken() -> Language {
    Language::ALL.get(usize::from(CURRENT.load(Ordering::Relaxed))).copied().unwrap_or_default()
}

fn bundle(language: Language) -> Bundle {
    let tag = match language {
        Language::English => unic_langid::langid!("en"),
        Language::German => unic_langid::langid!("de"),
    };
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Adds no signs around variables, since sentences are compared, searched and read aloud.
    bundle.set_use_isolating(false);
    for file in language.files() {
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
    let bundle = spoken().bundle();
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    pattern.map_or_else(|| key.to_owned(), |pattern| formatted(bundle, pattern, arguments))
}

/// Returns the person's next step after a failure: the text's attribute `way-out`.
pub fn way_out(key: &str, arguments: &[(&'static str, Value<'_>)]) -> String {
    let bundle = spoken().bundle();
    let attribute = bundle.get_message(key).and_then(|message| message.get_attribute("way-out"));
    attribute.map_or_else(|| key.to_owned(), |attribute| formatted(bundle, attribute.value(), arguments))
}

/// Returns a day without its year: `4 January`.
pub fn day_text(day: Date) -> String {
    let month = text(&format!("month-{}", day.month()), &[]);
    say!("day-and-month", day = day.day(), month = month)
}

/// Returns the short name of a day of the week: `Mon`.
pub fn weekday_text(day: Date) -> String {
    text(&format!("weekday-{}", day.weekday().to_monday_one_offset()), &[])
}

fn formatted(bundle: &Bundle, pattern: &Pattern<&str>, arguments: &[(&'static str, Value<'_>)]) -> String {
    let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
    bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
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
        for language in Language::ALL {
            let mut bundle = Bundle::new_concurrent(vec![unic_langid::langid!("en")]);
            for file in language.files() {
                let resource =
                    FluentResource::try_new((*file).to_owned()).map_err(|(_, errors)| errors).unwrap();
                bundle.add_resource(resource).unwrap();
            }
        }
    }

    #[test]
    fn a_text_is_in_the_language_that_was_chosen_last() {
        speak(Language::German);
        assert_eq!(spoken(), Language::German);
        assert_ne!(say!("duty-not-reported"), "duty-not-reported");
        let german = say!("duty-not-reported");
        speak(Language::English);
        assert_ne!(say!("duty-not-reported"), german);
    }

    #[test]
    fn what_is_filled_in_stands_as_it_is() {
        assert_eq!(say!("activity-made", entity = "{ $title } <b>"), "A colleague added { $title } <b>.");
    }
}
