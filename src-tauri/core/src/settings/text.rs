//! The texts of a file of settings.

use std::collections::BTreeMap;

/// The texts of one source, by the names of the settings.
pub(super) type Layer = BTreeMap<&'static str, String>;

/// Parses a file.
pub(super) fn table_of(text: &str) -> Result<toml::Table, String> {
    // A Windows editor may put a byte order mark in front.
    let parsed = text.trim_start_matches('\u{feff}').parse::<toml::Table>();
    parsed.map_err(|error| error.message().trim_end_matches('.').to_owned())
}

/// Returns a value as the text that the environment would have.
pub(super) fn text_of(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.trim().to_owned()),
        toml::Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}
