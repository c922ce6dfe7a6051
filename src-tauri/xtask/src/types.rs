//! The screens' TypeScript types: written from the Rust ones by the tests that `ts-rs` adds to the core, and from the
//! word catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Outcome, cargo, must, root, target};
use crate::words;

/// The variable that tells `ts-rs` where to write.
pub(crate) const FOLDER_VARIABLE: &str = "TS_RS_EXPORT_DIR";

type Files = BTreeMap<String, String>;

/// The types that are part of the project.
fn kept() -> PathBuf {
    root().join("ui/src/generated")
}

/// An empty folder for freshly written types, so that types which no longer exist are noticed as well.
pub(crate) fn fresh_folder() -> Outcome<PathBuf> {
    let folder = target().join("xtask").join("types");
    let emptied = if folder.exists() { fs::remove_dir_all(&folder) } else { Ok(()) };
    emptied
        .and_then(|()| fs::create_dir_all(&folder))
        .map_err(|error| format!("{} cannot be emptied ({error}).", folder.display()))?;
    Ok(folder)
}

/// Writes `ui/src/generated` anew.
pub(crate) fn write() -> Outcome {
    let fresh = fresh_folder()?;
    let mut export = cargo(&["test", "--quiet", "--workspace", "--lib", "export_bindings"]);
    must(export.env(FOLDER_VARIABLE, &fresh), "Writing the types")?;
    let (old, new) = (read(&kept())?, with_words(read(&fresh)?)?);
    let changed = differences(&old, &new);
    for name in &changed {
        let file = kept().join(name);
        let done = match new.get(name) {
            Some(text) => fs::write(&file, text),
            None => fs::remove_file(&file),
        };
        done.map_err(|error| format!("{} cannot be written ({error}).", file.display()))?;
    }
    println!("{} types, {} of them changed.", new.len(), changed.len());
    Ok(())
}

/// Holds the project's types against freshly written ones.
pub(crate) fn compare(fresh: &Path) -> Outcome {
    let fresh = read(fresh)?;
    if fresh.is_empty() {
        return Err("No types were written; did the core's tests run?".to_owned());
    }
    let changed = differences(&read(&kept())?, &with_words(fresh)?);
    if changed.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = changed.into_iter().collect();
    Err(format!("ui/src/generated is out of date ({}): run `cargo xtask types`.", names.join(", ")))
}

/// The types, and beside them what comes from the word catalogue.
fn with_words(mut types: Files) -> Outcome<Files> {
    types.insert(words::FILE.to_owned(), words::generate()?);
    Ok(types)
}

fn read(folder: &Path) -> Outcome<Files> {
    let files = || -> std::io::Result<Files> {
        let mut files = Files::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "ts")
                && let Some(name) = path.file_name()
            {
                // Git may have changed the line ends on Windows; they are not a difference.
                let text = fs::read_to_string(&path)?.replace("\r\n", "\n");
                files.insert(name.to_string_lossy().into_owned(), text);
            }
        }
        Ok(files)
    };
    files().map_err(|error| format!("{} cannot be read ({error}).", folder.display()))
}

fn differences(one: &Files, other: &Files) -> BTreeSet<String> {
    one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_a_new_and_a_vanished_type_are_all_differences() {
        let files =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        let old: Files = files(&[("Same.ts", "1"), ("Changed.ts", "1"), ("Gone.ts", "1")]);
        let new: Files = files(&[("Same.ts", "1"), ("Changed.ts", "2"), ("New.ts", "1")]);
        let names: Vec<String> = differences(&old, &new).into_iter().collect();
        assert_eq!(names, ["Changed.ts", "Gone.ts", "New.ts"]);
    }
}
