//! Query strings.

/// Returns the names and values of a query, decoded, in their order.
pub(crate) fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect()
}

/// Returns the last value of a name.
pub(crate) fn value(query: Option<&str>, name: &str) -> Option<String> {
    pairs(query).into_iter().rev().find(|(found, _)| found == name).map(|(_, value)| value)
}

/// Returns the pairs as a query string.
pub(crate) fn encode(pairs: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
