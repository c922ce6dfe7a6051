//! Pages of a list (`contract.md 1.4`).

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Outcome;
use super::call::{Call, ok};
use super::refusal::Refusal;
use crate::query;

/// The requested part of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    count: u32,
    number: u32,
    last: u32,
    size: u32,
}

impl Page {
    /// Returns the page that a request asks for, of a list of `count` items in pages of `size`.
    pub(crate) fn wanted(call: &Call, count: u32, size: u32) -> Result<Self, Refusal> {
        let last = count.div_ceil(size).max(1);
        let number = match query::value(call.uri.query(), "page").as_deref() {
            None | Some("") => Some(1),
            Some("last") => Some(last),
            Some(text) => text.parse().ok().filter(|number| (1..=last).contains(number)),
        };
        let number = number.ok_or_else(|| Refusal::detail(StatusCode::NOT_FOUND, "Invalid page."))?;
        Ok(Self { count, number, last, size })
    }

    pub(crate) fn skip(self) -> u32 {
        (self.number - 1) * self.size
    }

    pub(crate) fn take(self) -> u32 {
        self.size
    }

    /// Returns the page object with its results.
    pub(crate) fn wrap(self, call: &Call, results: Vec<Value>) -> Value {
        let next = (self.number < self.last).then(|| link(call, self.number + 1));
        let previous = (self.number > 1).then(|| link(call, self.number - 1));
        json!({"count": self.count, "next": next, "previous": previous, "results": results})
    }
}

/// Returns the page that a request asks for, cut out of the whole list.
pub(crate) fn page<T>(call: &Call, all: Vec<T>, size: u32, show: impl Fn(&T) -> Value) -> Outcome {
    let page = Page::wanted(call, all.len() as u32, size)?;
    let cut = all.iter().skip(page.skip() as usize).take(size as usize);
    ok(page.wrap(call, cut.map(show).collect()))
}

/// Returns the absolute address of a page, with unknown parameters kept.
fn link(call: &Call, number: u32) -> String {
    let mut pairs = query::pairs(call.uri.query());
    pairs.retain(|(name, _)| name != "page");
    if number > 1 {
        pairs.push(("page".to_owned(), number.to_string()));
    }
    pairs.sort();
    let question = if pairs.is_empty() { "" } else { "?" };
    format!("{}{}{question}{}", call.base(), call.uri.path(), query::encode(&pairs))
}
