//! The texts in the sources of the programs, read from their tokens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The folders of the programs, from `src-tauri` on.
const PROGRAMS: [&str; 3] = ["core/src", "app", "deskctl/src"];

/// Macros whose texts are only for developers and logs.
const FOR_DEVELOPERS: &[&str] = &[
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "event",
    "span",
    "panic",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "unreachable",
    "expect",
    "hides",
    "include_str",
];

/// Functions whose first argument is a key, which may be made by `format!`.
const KEYED: &[&str] = &["text", "way_out", "said"];

/// The first words of texts for a database.
const SQL: &[&str] = &[
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "CREATE",
    "PRAGMA",
    "WITH",
    "ALTER",
    "DROP",
    "REPLACE",
    "VACUUM",
    "ATTACH",
    "DETACH",
    "BEGIN",
    "SAVEPOINT",
    "WHERE",
    "ORDER",
    "ROLLBACK",
    "RELEASE",
];

/// One source file, without its tests.
pub(crate) struct Source {
    /// Its path from `src-tauri` on.
    pub name: String,
    /// Every text in it that a person may read.
    pub texts: Vec<String>,
    /// Every key in it that is made by `format!`, with its gaps.
    pub made: Vec<String>,
    said: Vec<(String, BTreeSet<String>, bool)>,
}

/// A text of the catalogue that the code uses.
pub(crate) struct Said {
    pub key: String,
    pub variables: BTreeSet<String>,
    pub is_failure: bool,
    pub file: String,
}

/// The sources of all programs.
pub(crate) fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    PROGRAMS.iter().for_each(|folder| collect(&root.join(folder), &mut files));
    files
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&root).unwrap().display().to_string().replace('\\', "/");
            Source::read(&name, &fs::read_to_string(&file).unwrap())
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_test = name == "examples"
            || name == "tests"
            || name == "tests.rs"
            || name.ends_with("_tests.rs")
            || name.starts_with("test_");
        match (path.is_dir(), is_test) {
            (_, true) => {}
            (true, _) => collect(&path, files),
            (false, _) if name.ends_with(".rs") => files.push(path),
            _ => {}
        }
    }
}

impl Source {
    pub(crate) fn read(name: &str, text: &str) -> Self {
        let tokens: TokenStream = text.parse().unwrap();
        let mut source =
            Self { name: name.to_owned(), texts: Vec::new(), made: Vec::new(), said: Vec::new() };
        source.walk(tokens);
        source
    }

    pub(crate) fn said(&self) -> Vec<Said> {
        let said = |(key, variables, is_failure): &(String, BTreeSet<String>, bool)| Said {
            key: key.clone(),
            variables: variables.clone(),
            is_failure: *is_failure,
            file: self.name.clone(),
        };
        self.said.iter().map(said).collect()
    }

    fn walk(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at..] {
                // Attributes are for the compiler; an item under a test attribute is a test.
                [TokenTree::Punct(sign), TokenTree::Group(group), ..]
                    if sign.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
                {
                    at += 2;
                    if is_test(group.stream()) {
                        at += item(&tokens[at..]);
                    }
                }
                // An attribute of the whole file: its documentation.
                [TokenTree::Punct(sign), TokenTree::Punct(whole), TokenTree::Group(_), ..]
                    if sign.as_char() == '#' && whole.as_char() == '!' =>
                {
                    at += 3;
                }
                [TokenTree::Ident(name), TokenTree::Punct(sign), TokenTree::Group(group), ..]
                    if sign.as_char() == '!' =>
                {
                    let name = name.to_string();
                    if name == "say" || name == "failure" {
                        self.says(group.stream(), name == "failure");
                    }
                    if !FOR_DEVELOPERS.contains(&name.as_str()) {
                        self.walk(group.stream());
                    }
                    at += 3;
                }
                // `.expect("…")` is for developers.
                [TokenTree::Ident(name), TokenTree::Group(_), ..] if name == "expect" => at += 2,
                [TokenTree::Ident(name), TokenTree::Group(group), ..]
                    if KEYED.contains(&name.to_string().as_str()) =>
                {
                    self.made.extend(put_together(group.stream()));
                    self.walk(group.stream());
                    at += 2;
                }
                [TokenTree::Group(group), ..] => {
                    self.walk(group.stream());
                    at += 1;
                }
                [TokenTree::Literal(literal), ..] => {
                    self.texts.extend(text_of(&literal.to_string()));
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    fn says(&mut self, tokens: TokenStream, is_failure: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',');
        let mut parts = tokens.split(is_comma).skip(usize::from(is_failure));
        let Some([TokenTree::Literal(key)]) = parts.next() else { return };
        let variables = parts.filter_map(|part| Some(part.first()?.to_string())).collect();
        self.said.extend(text_of(&key.to_string()).map(|key| (key, variables, is_failure)));
    }
}

/// Returns the text of `&format!("…", …)` at the beginning of some arguments.
fn put_together(arguments: TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = arguments.into_iter().take(4).collect();
    match &tokens[..] {
        [TokenTree::Punct(_), TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(inside)]
            if name == "format" =>
        {
            text_of(&inside.stream().into_iter().next()?.to_string())
        }
        _ => None,
    }
}

fn is_test(attribute: TokenStream) -> bool {
    let text = attribute.to_string();
    text == "test" || text.starts_with("cfg (test") || text.starts_with("cfg(test")
}

/// Returns the number of tokens of the item that begins here.
fn item(tokens: &[TokenTree]) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(sign) => sign.as_char() == ';',
        _ => false,
    };
    tokens.iter().position(is_end).map_or(tokens.len(), |end| end + 1)
}

/// Returns the content between the quotes of a text.
fn text_of(literal: &str) -> Option<String> {
    let inside = literal.strip_prefix('"')?.strip_suffix('"')?;
    Some(inside.replace("\\n", " ").replace("\\\n", " "))
}

/// Returns true for two words or more in a row. A text that begins with a small letter and ends without a full stop is
/// a cause: logs contain it, and a sentence quotes it after a colon or in brackets, as it quotes the operating system.
pub(crate) fn is_sentence(text: &str) -> bool {
    let is_cause = text.starts_with(char::is_lowercase) && !text.ends_with(['.', '!', '?']);
    if is_cause || SQL.iter().any(|word| text.trim_start().starts_with(word)) {
        return false;
    }
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| ",.:;!?…”“()'".contains(c));
        word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '’')
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| is_word(pair[0]) && is_word(pair[1]))
}

/// Returns true if `format!` can make this key from the pattern.
pub(crate) fn makes(pattern: &str, key: &str) -> bool {
    if !pattern.contains('{') || pattern.contains(' ') {
        return false;
    }
    let mut parts = pattern.split(['{', '}']).step_by(2);
    let Some(mut rest) = parts.next().and_then(|first| key.strip_prefix(first).filter(|_| !first.is_empty()))
    else {
        return false;
    };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = if part.is_empty() { "" } else { &rest[at + part.len()..] };
    }
    rest.is_empty()
}
