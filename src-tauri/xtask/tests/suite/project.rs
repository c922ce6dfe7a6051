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

/// A line of a comment or of a page that contains a word.
#[derive(Debug, PartialEq)]
pub struct Comment {
    /// `path:line`, with the line counted from 1.
    pub place: String,
    /// The line without the signs of the comment.
    pub text: String,
}

/// Returns the lines of all comments and pages, without generated files and `docs/contract.md`.
pub fn comments() -> Vec<Comment> {
    let is_written = |path: &String| !path.contains("/generated/") && path != "docs/contract.md";
    let paths = files(&[".rs", ".ts", ".svelte", ".md"]);
    paths.iter().filter(|path| is_written(path)).flat_map(|path| comments_in(path, &read(path))).collect()
}

/// Returns the comments in the text of a file. The ending of `path` is that of its language.
pub fn comments_in(path: &str, text: &str) -> Vec<Comment> {
    let signs: &[&str] = match path.rsplit_once('.') {
        Some((_, "md")) => &[""],
        Some((_, "rs")) => &["///", "//!", "//"],
        _ => &["///", "//", "/**", "/*", "*/", "* ", "<!--"],
    };
    let found = |line: &str| {
        let line = line.trim();
        let behind_code = || {
            let (code, comment) = line.split_once(" // ")?;
            code.trim_end().ends_with([';', '{', '}', ',']).then_some(comment)
        };
        let text = signs.iter().find_map(|sign| line.strip_prefix(sign)).or_else(behind_code)?;
        let text = text.trim_end_matches("*/").trim_end_matches("-->").trim();
        text.contains(char::is_alphanumeric).then(|| text.to_owned())
    };
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(at, line)| Some(Comment { place: format!("{path}:{}", at + 1), text: found(line)? }))
        .collect()
}

#[test]
fn comments_are_found_in_every_language() {
    let texts = |path: &str, text: &str| -> Vec<(String, String)> {
        comments_in(path, text).into_iter().map(|comment| (comment.place, comment.text)).collect()
    };
    let at = |place: &str, text: &str| (place.to_owned(), text.to_owned());
    let rust = "//! One.\n\n/// Two.\nlet a = 1; // Three.\n*b = \"http://four\";\n    // Five.\n//\n";
    let expected =
        [at("a.rs:1", "One."), at("a.rs:3", "Two."), at("a.rs:4", "Three."), at("a.rs:6", "Five.")];
    assert_eq!(texts("a.rs", rust), expected);
    let script = "/** One. */\n/**\n * Two.\n */\nconst a = 1; // Three.\n<!-- Four. -->\n";
    let expected = [
        at("a.svelte:1", "One."),
        at("a.svelte:3", "Two."),
        at("a.svelte:5", "Three."),
        at("a.svelte:6", "Four."),
    ];
    assert_eq!(texts("a.svelte", script), expected);
    assert_eq!(texts("a.md", "# One\n\n- two\n"), [at("a.md:1", "# One"), at("a.md:3", "- two")]);
}
