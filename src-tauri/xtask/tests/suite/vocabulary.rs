//! Fails if a name, a comment or the key of a text contains a word that `docs/glossary.md` has retired, or if comments
//! are not in ordinary technical English.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use regex::Regex;

use crate::project::{self, Comment};

/// The folders that are read, from the root on. The Pusher client is a library of its own: its words are the
/// protocol's.
const FOLDERS: [&str; 6] = [
    "src-tauri/app",
    "src-tauri/core",
    "src-tauri/demo-hotel",
    "src-tauri/deskctl",
    "src-tauri/xtask",
    "tests",
];

/// The largest number of words in the name of an item. Longer names are sentences: those of tests. Retired words that
/// are ordinary English are allowed there.
const NAME: usize = 5;

/// Words of ordinary English, which a sentence may use.
const PLAIN_ENGLISH: [&str; 8] = ["calm", "hinted", "news", "settle", "settles", "tell", "tells", "told"];

/// Retired words that a comment may use, because their ordinary meaning is another one than the retired one.
const ORDINARY_IN_COMMENTS: [(&str, &str); 8] = [
    ("fact", "a true statement, not an action of a colleague"),
    ("facts", "true statements, not actions of colleagues"),
    ("settle", "to end a conflict or a question, not to write a change of the outbox"),
    ("settles", "to end a conflict or a question, not to write a change of the outbox"),
    ("tell", "to distinguish; a limit below counts it"),
    ("tells", "to distinguish; a limit below counts it"),
    ("told", "the past of the same verb"),
    ("touched", "changed by a person, not the revision of a row"),
];

/// Words that make comments hard to understand if they are frequent, with the largest number of them in a thousand
/// lines of comments.
const LIMITS: [(&str, &str, f64); 4] = [
    (
        "nobody, somebody, whoever, anybody, everybody",
        r"(?i)\b(nobody|somebody|whoever|anybody|everybody)\b",
        6.0,
    ),
    ("told, tell, tells, telling", r"(?i)\b(told|tells?|telling)\b", 8.0),
    ("What at the beginning of a line", r"^\W*What\b", 12.0),
    ("wish, wished, wishes", r"(?i)\bwish(es|ed)?\b", 0.5),
];

/// Returns the words in the last column of the table.
fn retired(glossary: &str) -> BTreeSet<String> {
    let rows = glossary.lines().filter(|line| line.starts_with("| ")).skip(1);
    let last =
        rows.filter_map(|row| row.trim_end().strip_suffix('|')?.rsplit_once('|').map(|(_, last)| last));
    last.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// Splits a name into words: `putBack`, `PutBack` and `put_back` are `put` and `back`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = '_';
    for sign in name.chars() {
        if sign == '_' || (sign.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if sign != '_' {
            words.last_mut().unwrap().extend(sign.to_lowercase());
        }
        before = sign;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_retired(name: &str, retired: &BTreeSet<String>) -> bool {
    let words = words(name);
    let is_sentence = words.len() > NAME;
    words
        .iter()
        .any(|word| retired.contains(word) && !(is_sentence && PLAIN_ENGLISH.contains(&word.as_str())))
}

fn names(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => names(group.stream(), found),
            TokenTree::Ident(name) => {
                found.insert(name.to_string());
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
}

fn glossary() -> BTreeSet<String> {
    retired(&fs::read_to_string(root().join("docs/glossary.md")).unwrap())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn no_name_holds_a_retired_word() {
    let retired = glossary();
    assert!(retired.len() > 10, "{retired:?}");
    let mut files = Vec::new();
    FOLDERS.iter().for_each(|folder| collect(&root().join(folder), &mut files));
    let mut faults: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for file in files {
        let mut found = BTreeSet::new();
        names(fs::read_to_string(&file).unwrap().parse().unwrap(), &mut found);
        found.extend(file.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        found.retain(|name| is_retired(name, &retired));
        if !found.is_empty() {
            faults.insert(file, found);
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Returns the limit if the comments exceed it, with the rate and the first places.
fn above_limit(comments: &[Comment], (words, pattern, most): (&str, &str, f64)) -> Option<String> {
    let pattern = Regex::new(pattern).unwrap();
    let places: Vec<String> = comments
        .iter()
        .flat_map(|comment| pattern.find_iter(&comment.text).map(move |found| (comment, found.as_str())))
        .map(|(comment, word)| {
            format!("  {}: {}", comment.place, word.trim_start_matches(|c: char| !c.is_alphabetic()))
        })
        .collect();
    let rate = 1000.0 * places.len() as f64 / comments.len() as f64;
    let first = places.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    (rate > most).then(|| format!("{words}: {rate:.1} in 1,000 lines of comments, at most {most}:\n{first}"))
}

#[test]
fn comments_are_in_ordinary_technical_english() {
    let comments = project::comments();
    assert!(comments.len() > 10_000, "only {} lines were found", comments.len());
    let faults: Vec<String> = LIMITS.iter().filter_map(|limit| above_limit(&comments, *limit)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_frequent_word_is_reported_with_its_rate_and_its_places() {
    let comments = project::comments_in("a.rs", "// What nobody knows.\n// Nobody knows whatever it is.\n");
    let above = |limit| above_limit(&comments, limit);
    let report = above(LIMITS[0]).unwrap();
    assert!(report.contains("1000.0 in 1,000 lines") && report.contains("a.rs:2: Nobody"), "{report}");
    assert!(above(LIMITS[2]).unwrap().ends_with("\n  a.rs:1: What"));
    assert_eq!(above(LIMITS[1]), None);
}

/// Returns the retired words in a line of a comment. Code in backticks is not read.
fn retired_in<'a>(text: &str, retired: &'a BTreeSet<String>) -> Vec<&'a str> {
    let prose: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
    let words: BTreeSet<&str> = prose.split(|sign: char| !sign.is_alphanumeric()).collect();
    let is_ordinary = |word: &str| ORDINARY_IN_COMMENTS.iter().any(|(ordinary, _)| *ordinary == word);
    retired.iter().map(String::as_str).filter(|word| words.contains(word) && !is_ordinary(word)).collect()
}

#[test]
fn no_comment_holds_a_retired_word() {
    let retired = glossary();
    // The glossary lists the words, the changelog uses the words of its time, and the Pusher client has its protocol's.
    let others = ["docs/glossary.md", "CHANGELOG.md", "src-tauri/pusher/"];
    let mut faults = Vec::new();
    for Comment { place, text } in project::comments() {
        if !others.iter().any(|other| place.starts_with(other)) {
            faults.extend(retired_in(&text, &retired).into_iter().map(|word| format!("{place}: {word}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_key_of_a_text_holds_a_retired_word() {
    let retired = glossary();
    let key = Regex::new(r"(?m)^-?([a-z][\w-]*)\s*=").unwrap();
    let (mut count, mut faults) = (0, Vec::new());
    for path in project::files(&[".ftl"]) {
        for found in key.captures_iter(&project::read(&path)) {
            count += 1;
            if found[1].split('-').any(|word| retired.contains(word)) {
                faults.push(format!("{path}: {}", &found[1]));
            }
        }
    }
    assert!(count > 1_000, "only {count} keys were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_retired_word_is_found_in_every_way_of_writing_names() {
    let retired = retired(
        "| Word | Meaning | Not |\n|---|---|---|\n| entity | It. | `thing`, `told` |\n| base | `It`. | |\n",
    );
    assert_eq!(retired, BTreeSet::from(["thing".to_owned(), "told".to_owned()]));
    for name in ["thing", "the_thing", "ThingRow", "theThing", "OLD_THING"] {
        assert!(is_retired(name, &retired), "{name}");
    }
    assert!(!is_retired("nothing", &retired) && !is_retired("everything_else", &retired));
    assert!(!is_retired("a_clock_that_is_wrong_is_told", &retired), "a sentence");
    assert!(is_retired("a_thing_that_is_wrong_is_told", &retired), "a noun in it");
    assert_eq!(retired_in("The Thing is told in `a thing`; nothing else.", &retired), ["thing"]);
    assert!(retired_in("`thing`", &retired).is_empty());
}
