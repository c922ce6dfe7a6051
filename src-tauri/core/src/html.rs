//! Makes the HTML of staff harmless.
//!
//! `details_html` is stored unsanitised and comes from any staff account (contract.md 12, trap 33). A screen may only
//! show HTML that passed this module: simple text, and links to the web.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

/// The tags of simple text. All other tags are removed; their text stays, except the text of scripts and styles.
const TAGS: [&str; 16] =
    ["p", "br", "strong", "b", "em", "i", "u", "s", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "a"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "template", "iframe", "object", "svg", "math",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .strip_comments(true);
    cleaner
});

/// Returns the harmless part of `html`. It never fails; the worst input gives an empty text.
pub fn sanitise(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
