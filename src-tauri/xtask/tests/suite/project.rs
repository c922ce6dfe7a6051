//! The project's files, for tests that read them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the project's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the text of a file, without the line ends of Windows.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
        .replace("\r\n", "\n")
}

/// Returns the paths with one of these endings, of all files that git tracks or would add.
pub fn files(endings: &[&str]) -> Vec<String> {
    let list = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(list).current_dir(root()).output().unwrap();
    let paths = String::from_utf8(output.stdout).unwrap();
    let wanted =
        |path: &&str| endings.iter().any(|ending| path.ends_with(ending)) && root().join(path).is_file();
    paths.lines().filter(wanted).map(str::to_owned).collect()
}

/// Returns the texts in backticks in a line.
pub fn in_backticks(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}
