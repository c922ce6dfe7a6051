//! Fails if a name contains a word that `docs/glossary.md` has retired.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

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

/// Returns the words in the last column of the table.
fn retired(glossary: &str) -> BTreeSet<String> {
    let rows = glossary.lines().filter(|line| line.starts_with("| ")).skip(1);
    let last = rows.filter_map(|row| row.trim_end_matches(['|', ' ']).rsplit_once('|').map(|(_, last)| last));
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

#[test]
fn a_retired_word_is_found_in_every_way_of_writing_names() {
    let retired = retired(
        "| Word | Meaning | Not |\n|---|---|---|\n| entity | It. | `thing`, `told` |\n| base | It. | |\n",
    );
    assert_eq!(retired, BTreeSet::from(["thing".to_owned(), "told".to_owned()]));
    for name in ["thing", "the_thing", "ThingRow", "theThing", "OLD_THING"] {
        assert!(is_retired(name, &retired), "{name}");
    }
    assert!(!is_retired("nothing", &retired) && !is_retired("everything_else", &retired));
    assert!(!is_retired("a_clock_that_is_wrong_is_told", &retired), "a sentence");
    assert!(is_retired("a_thing_that_is_wrong_is_told", &retired), "a noun in it");
}
