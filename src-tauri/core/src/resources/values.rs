//! Reads single values of answers and events.

use serde_json::Value;

use crate::ids::ServerId;

/// Returns a text that is not empty. A null value counts as absent: some servers send null where the documentation
/// shows an absent key (contract.md 1.7).
pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Returns the server's number of an entity. The error names the missing key.
pub(super) fn number(data: &Value, key: &str) -> Result<ServerId, String> {
    data[key].as_i64().map(ServerId).ok_or_else(|| format!("it has no {key}"))
}

/// Returns the address of an event's picture.
pub(super) fn photo_url(data: &Value) -> Option<String> {
    text(&data["photo_url"])
}
