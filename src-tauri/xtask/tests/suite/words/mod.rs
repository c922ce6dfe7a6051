//! Holds the Rust programs to the word catalogue (`words/en/core`): each text that they use is there with the variables
//! that are filled in, each text that is there is used, and no sentence is in the code.

mod catalogue;
mod sources;

use std::collections::BTreeSet;

use catalogue::{Catalogue, Text};
use sources::{Said, Source};

/// Sentences that are not shown to a person as words of the program.
const NO_WORDS: &[(&str, &str)] = &[
    // The name of the program, which is the same in every language.
    ("core/src/account/keys.rs", "HotelMate Desk"),
    ("core/src/diagnostics/support.rs", "HotelMate Desk"),
    ("core/src/settings/mod.rs", "HotelMate Desk"),
    ("core/src/settings/layers.rs", "HotelMate Desk"),
    ("app/notify/desktop/linux.rs", "HotelMate Desk"),
    // For the log: the reason why there is no tray icon, and the parts that the event log leaves out of a masked event.
    ("app/tray/host.rs", "{} is not installed"),
    ("core/src/monitor/event_log.rs", "\\\"not kept here: {} kB\\\""),
    // Lines of the log itself, and reports about it where no catalogue can be read.
    ("core/src/logging/files.rs", "--- The log of this day is full; the rest of the day is cut."),
    ("core/src/logging/files.rs", "--- {} lines could not be written before this one."),
    ("core/src/logging/files.rs", "--- HotelMate Desk {version}, {}. All times are UTC."),
    ("core/src/logging/files.rs", "The log cannot be written to {}: {cause}."),
];

fn faults(said: &[Said], catalogue: &Catalogue) -> Vec<String> {
    let mut faults = Vec::new();
    for Said { key, variables, is_failure, file } in said {
        let Some(Text { variables: wanted, has_way_out }) = catalogue.texts.get(key) else {
            faults.push(format!("{file}: {key} is in no catalogue"));
            continue;
        };
        if variables != wanted {
            faults.push(format!("{file}: {key} is filled with {variables:?} and needs {wanted:?}"));
        }
        if is_failure != has_way_out {
            faults.push(format!("{file}: {key} is a failure, or has a way out, but not both"));
        }
    }
    faults
}

#[test]
fn what_is_said_is_in_the_catalogue_with_its_variables() {
    let said: Vec<Said> = sources::all().iter().flat_map(Source::said).collect();
    assert!(said.len() > 200, "they are found");
    let faults = faults(&said, &catalogue::core());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns the differences of a language from English, a line each.
fn differences(english: &Catalogue, other: &Catalogue) -> Vec<String> {
    let all: BTreeSet<&String> = english.texts.keys().chain(other.texts.keys()).collect();
    let of = |key: &String| (english.texts.get(key), other.texts.get(key));
    all.into_iter().filter(|key| of(key).0 != of(key).1).map(|key| format!("{key}: {:?}", of(key))).collect()
}

#[test]
fn every_language_has_the_same_texts_with_the_same_variables() {
    let mut faults = Vec::new();
    for part in ["", "/core"] {
        let english = catalogue::of(&format!("en{part}"));
        assert!(english.texts.len() > 100, "they are found");
        faults.extend(differences(&english, &catalogue::of(&format!("de{part}"))));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_missing_text_a_missing_variable_and_a_missing_way_out_are_differences() {
    let english = Catalogue::read("a = From { $day }\nb = It failed.\n    .way-out = Again.\n");
    let differing = |text: &str| differences(&english, &Catalogue::read(text)).len();
    assert_eq!(differing("a = Ab { $day }\nb = Fehler.\n    .way-out = Nochmals.\n"), 0);
    assert_eq!(differing("a = Ab { $tag }\nb = Fehler.\n"), 2);
    assert_eq!(differing("a = Ab { $day }\nc = Neu\n"), 2);
}

#[test]
fn a_key_that_is_put_together_makes_a_text() {
    let catalogue = catalogue::core();
    let is_there = |key: &str| catalogue.texts.keys().any(|known| sources::makes(key, known));
    let sources = sources::all();
    let made = || sources.iter().flat_map(|source| source.made.iter().map(move |key| (&source.name, key)));
    assert!(made().count() > 5, "they are found");
    let faults: Vec<String> = made()
        .filter(|(_, key)| !is_there(key))
        .map(|(file, key)| format!("{file}: {key} makes no text"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_in_the_catalogue_is_said() {
    let sources = sources::all();
    let named: BTreeSet<&str> = sources.iter().flat_map(|source| &source.texts).map(String::as_str).collect();
    let is_made = |key: &str| named.iter().any(|pattern| sources::makes(pattern, key));
    let catalogue = catalogue::core();
    let unsaid: Vec<&str> = catalogue
        .texts
        .keys()
        .map(String::as_str)
        // Texts of the help are made from the names of commands and options, or are in an attribute; a test of
        // `deskctl` and the compiler check them.
        .filter(|key| {
            !key.starts_with("help-")
                && !key.starts_with("shell-help")
                && !named.contains(key)
                && !is_made(key)
        })
        .collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
}

#[test]
fn no_sentence_stands_outside_of_the_catalogue() {
    let mut strays = Vec::new();
    for source in sources::all() {
        let is_known = |text: &str| NO_WORDS.contains(&(source.name.as_str(), text));
        let sentences = source.texts.iter().filter(|text| sources::is_sentence(text) && !is_known(text));
        strays.extend(sentences.map(|text| format!("{}: {text}", source.name)));
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn a_wrong_key_a_wrong_variable_and_a_missing_way_out_are_faults() {
    let catalogue = Catalogue::read("good = From { $day }\nbad = It failed.\n    .way-out = Try again.\n");
    let said = |text: &str| faults(&Source::read("x.rs", text).said(), &catalogue);
    assert!(said(r#"fn f() { say!("good", day = day); failure!(Offline, "bad"); }"#).is_empty());
    assert_eq!(said(r#"fn f() { say!("none") }"#).len(), 1);
    assert_eq!(said(r#"fn f() { say!("good", night = 1) }"#).len(), 1);
    assert_eq!(said(r#"fn f() { failure!(Offline, "good", day = 1) }"#).len(), 1);
    assert_eq!(said(r#"fn f() { say!("bad") }"#).len(), 1);
}

#[test]
fn a_key_that_is_put_together_is_found() {
    let made = |text: &str| Source::read("x.rs", text).made;
    assert_eq!(made(r#"fn f() { text(&format!("check-{name}"), &[]) }"#), ["check-{name}"]);
    assert_eq!(
        made(r#"fn f() { self.said(&format!("outbox-loses-{name}"), wish) }"#),
        ["outbox-loses-{name}"]
    );
    assert!(made(r#"fn f() { path(format!("logs/{name}")) }"#).is_empty(), "no key");
    assert!(sources::makes("check-{name}", "check-days") && !sources::makes("check-{name}", "checks"));
}

#[test]
fn a_sentence_is_found_where_a_person_reads_it_and_not_in_logs_and_tests() {
    let strays = |text: &str| {
        let source = Source::read("x.rs", text);
        source.texts.iter().filter(|text| sources::is_sentence(text)).count()
    };
    assert_eq!(strays(r#"fn f() { show("Nobody is here.") }"#), 1);
    assert_eq!(strays(r#"fn f() { show(format!("{count} are here")) }"#), 1);
    assert_eq!(strays(r#"fn f() { Cause("the line was cut".into()) }"#), 0, "a cause");
    assert_eq!(strays(r#"fn f() { tracing::info!(%error, "nobody is here") }"#), 0);
    assert_eq!(strays(r#"#[error("nobody is here")] struct E; /// Nobody is here."#), 0);
    assert_eq!(strays(r#"#[cfg(test)] mod tests { fn f() { show("Nobody is here.") } }"#), 0);
    assert_eq!(strays(r#"fn f() { db.query("SELECT id FROM entity WHERE a = 1") }"#), 0);
}
