//! `CONFORMANCE.md` must match the tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn names_in(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| word.starts_with("check_"))
        .map(str::to_owned)
        .collect()
}

fn tests_below(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(tests_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            names.extend(
                text.split("fn ")
                    .skip(1)
                    .flat_map(|after| names_in(after.split('(').next().unwrap_or_default())),
            );
        }
    }
    names.retain(|name| name.starts_with("check_") && name.as_bytes()[6].is_ascii_digit());
    names
}

#[test]
fn the_table_names_exactly_the_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = names_in(&fs::read_to_string(root.join("CONFORMANCE.md")).unwrap());
    let mut tests = tests_below(&root.join("src"));
    tests.extend(tests_below(&root.join("tests")));
    assert_eq!(table.difference(&tests).collect::<Vec<_>>(), Vec::<&String>::new(), "named, but no test");
    assert_eq!(tests.difference(&table).collect::<Vec<_>>(), Vec::<&String>::new(), "a test, but not named");
}

#[test]
fn the_table_has_every_check_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("CONFORMANCE.md")).unwrap();
    let numbers: Vec<u32> =
        table.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok()).collect();
    assert_eq!(numbers, (1..=112).collect::<Vec<_>>());
}
