//! The generated files: the screens' TypeScript types from the Rust ones, by the tests that `ts-rs` adds; the commands'
//! types and permissions, by a test beside their table; the words, from the word catalogue; the failures of each error
//! code, from the sources; the licences, from the lock files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::codes;
use crate::licences;
use crate::run::{Outcome, cargo, must, root, target};
use crate::words;

/// The generated folders, each with the variable that gives the tests the folder to write to.
const FOLDERS: [(&str, &str); 2] =
    [("TS_RS_EXPORT_DIR", "ui/src/generated"), ("PERMISSIONS_DIR", "src-tauri/permissions")];

/// Texts by their paths in the project.
type Files = BTreeMap<String, String>;

/// A folder for freshly written files.
pub(crate) struct Fresh(PathBuf);

impl Fresh {
    /// Creates an empty folder, so that files which no longer exist are noticed as well.
    pub(crate) fn folder() -> Outcome<Self> {
        let fresh = target().join("xtask").join("generated");
        let emptied = if fresh.exists() { fs::remove_dir_all(&fresh) } else { Ok(()) };
        emptied
            .and_then(|()| FOLDERS.iter().try_for_each(|(_, folder)| fs::create_dir_all(fresh.join(folder))))
            .map_err(|error| format!("{} cannot be emptied ({error}).", fresh.display()))?;
        Ok(Self(fresh))
    }

    /// Lets the tests that this command runs write here.
    pub(crate) fn filled_by<'a>(&self, tests: &'a mut Command) -> &'a mut Command {
        tests.envs(FOLDERS.map(|(variable, folder)| (variable, self.0.join(folder))))
    }

    /// Runs only the tests that write the files.
    pub(crate) fn fill(&self) -> Outcome {
        let mut export = cargo(&["test", "--quiet", "--workspace", "--lib", "export_bindings"]);
        must(self.filled_by(&mut export), "Writing the types")
    }

    /// Returns the files that the tests wrote, and those from the word catalogue.
    fn files(&self) -> Outcome<Files> {
        let mut files = read(&self.0)?;
        let screens = FOLDERS[0].1;
        let index = index(&files, screens);
        files.insert(format!("{screens}/index.ts"), index);
        files.insert(format!("{screens}/{}", words::FILE), words::generate()?);
        files.insert(format!("{screens}/{}", codes::FILE), codes::generate()?);
        files.insert(format!("{screens}/{}", licences::FILE), licences::generate()?);
        Ok(files)
    }

    /// Compares the project's files with these.
    pub(crate) fn compare(&self) -> Outcome {
        let changed = differences(&read(&root())?, &self.files()?);
        if changed.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = changed.into_iter().collect();
        Err(format!("Generated files are out of date ({}): run `cargo xtask types`.", names.join(", ")))
    }
}

/// Returns a file that names all types, so that a screen needs one line for those that it uses.
fn index(files: &Files, folder: &str) -> String {
    let names =
        files.keys().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".ts"));
    let lines: String = names.map(|name| format!("export type * from './{name}';\n")).collect();
    format!("// Written by `cargo xtask types`.\n{lines}")
}

/// Writes the generated files anew.
pub(crate) fn write() -> Outcome {
    let fresh = Fresh::folder()?;
    fresh.fill()?;
    let (old, new) = (read(&root())?, fresh.files()?);
    let changed = differences(&old, &new);
    for name in &changed {
        let file = root().join(name);
        let done = match new.get(name) {
            Some(text) => fs::write(&file, text),
            None => fs::remove_file(&file),
        };
        done.map_err(|error| format!("{} cannot be written ({error}).", file.display()))?;
    }
    println!("{} files, {} of them changed.", new.len(), changed.len());
    Ok(())
}

/// Reads the generated files below a folder.
fn read(base: &Path) -> Outcome<Files> {
    let files = || -> std::io::Result<Files> {
        let mut files = Files::new();
        for (_, folder) in FOLDERS {
            for entry in fs::read_dir(base.join(folder))? {
                let entry = entry?;
                if entry.file_type()?.is_file() {
                    // Git may have changed the line ends on Windows; they are not a difference.
                    let text = fs::read_to_string(entry.path())?.replace("\r\n", "\n");
                    files.insert(format!("{folder}/{}", entry.file_name().to_string_lossy()), text);
                }
            }
        }
        Ok(files)
    };
    files().map_err(|error| format!("Generated files below {} cannot be read ({error}).", base.display()))
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
