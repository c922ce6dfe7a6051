//! Lists: page objects, or a bare array where a server sends one (contract.md 1.4).

use serde_json::Value;

/// One page of a list. Its items are raw JSON.
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(super) struct Page {
    /// The server's count of all items of the list.
    pub(super) count: u64,
    /// True if another page follows. The address in `next` is not used: behind a proxy it may name another scheme or
    /// host, and the token must not be sent there.
    pub(super) more: bool,
    /// The items of this page.
    pub(super) items: Vec<Value>,
}

impl Page {
    /// Reads a page. Returns `None` if the value is not a list.
    pub(super) fn read(value: Value) -> Option<Self> {
        match value {
            Value::Array(items) => Some(Self { count: items.len() as u64, more: false, items }),
            Value::Object(mut object) => {
                let Some(Value::Array(items)) = object.remove("results") else { return None };
                let more = object.get("next").is_some_and(Value::is_string);
                Some(Self { count: object.get("count").and_then(Value::as_u64)?, more, items })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_object_tells_its_count_and_whether_more_follows() {
        let next = "http://hotel.example/api/staff/hotel/killarney/offers/?page=2";
        let page = Page::read(json!({"count": 14, "next": next, "previous": null, "results": [1, 2]}));
        assert_eq!(page, Some(Page { count: 14, more: true, items: vec![json!(1), json!(2)] }));
        let last = Page::read(json!({"count": 2, "next": null, "previous": null, "results": []}));
        assert_eq!(last, Some(Page { count: 2, more: false, items: vec![] }));
    }

    #[test]
    fn a_bare_array_is_one_whole_page() {
        let page = Page::read(json!([1, 2, 3]));
        assert_eq!(page, Some(Page { count: 3, more: false, items: vec![json!(1), json!(2), json!(3)] }));
    }

    #[test]
    fn anything_else_is_no_list() {
        for odd in [json!({"detail": "x"}), json!({"results": []}), json!("x"), json!(null)] {
            assert_eq!(Page::read(odd.clone()), None, "{odd}");
        }
    }
}
