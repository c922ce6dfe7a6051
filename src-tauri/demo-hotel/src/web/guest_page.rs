//! The page on which a person writes as the guest of a room. The real servers have no such page; theirs is an
//! application of its own.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;

use super::Outcome;
use super::call::Call;
use super::refusal::Refusal;
use crate::options::Dialect;
use crate::store::chat::Conversation;

const PAGE: &str = include_str!("../../page/page.html");

/// The files of the page, with their types. `page/README.md` describes the official client of Pusher.
const FILES: [(&str, &str, &str); 5] = [
    ("page.css", "text/css", include_str!("../../page/page.css")),
    ("page.js", "text/javascript", include_str!("../../page/page.js")),
    ("sides.js", "text/javascript", include_str!("../../page/sides.js")),
    ("pusher.min.js", "text/javascript", include_str!("../../page/pusher.min.js")),
    ("pusher.LICENCE.txt", "text/plain", include_str!("../../page/pusher.LICENCE.txt")),
];

pub(crate) async fn page(Path((slug, room)): Path<(String, String)>, call: Call) -> Outcome {
    let store = &call.app.store;
    let unknown = || Refusal::NoSuchUrl(call.uri.path().to_owned());
    let hotel = store.hotel_id(&slug)?.ok_or_else(unknown)?;
    let conversations: Vec<Conversation> = store.list(hotel)?;
    if !conversations.iter().any(|conversation| conversation.room_number.to_string() == room) {
        return Err(unknown());
    }
    let settings = store.settings(hotel)?;
    let name = settings.base.get("name").and_then(Value::as_str).unwrap_or(&slug);
    let (side, door) = match call.app.dialect {
        Dialect::Current => ("booking", "hidden"),
        _ => ("pin", ""),
    };
    let page = PAGE
        .replace("{hotel}", &escaped(name))
        .replace("{slug}", &escaped(&slug))
        .replace("{room}", &escaped(&room))
        .replace("{side}", side)
        .replace("{door}", door)
        .replace("{key}", &escaped(&call.app.channels_app.key));
    // `connect-src` has the sockets too: WebKit does not count them to `'self'`.
    let sockets = call.base().replacen("http", "ws", 1);
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' {}; connect-src 'self' {sockets}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        call.app.url
    );
    let mut response = Html(page).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

pub(crate) async fn file(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, text)) => {
            let kind = format!("{kind}; charset=utf-8");
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".to_owned())], *text)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
