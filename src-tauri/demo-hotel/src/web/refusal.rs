//! The forms in which a request is refused (`contract.md 1.3`).

use axum::Json;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Map, Value, json};

const ERROR_PAGE: &str = "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Server Error (500)</title>\n</head>\n\
                          <body>\n  <h1>Server Error (500)</h1><p></p>\n</body>\n</html>\n";

/// The reason why a request was not carried out.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// `{"detail": "..."}` with a status.
    Detail(StatusCode, String),
    /// `{"error": "..."}` with a status, from hand-written views.
    Error(StatusCode, String),
    /// An object with a status, for a refusal with more than a sentence.
    Object(StatusCode, Map<String, Value>),
    /// 400 with texts per field.
    Fields(Map<String, Value>),
    /// 401 with `WWW-Authenticate: Token`.
    Unauthenticated(&'static str),
    /// 405 with `Allow`; OPTIONS gets a description.
    Method { method: Method, allow: &'static str },
    /// 500 with a debug text, from unhandled errors.
    Crash(String),
    /// 500 with a short HTML page, from unhandled errors of the server of 2026-05.
    Page500,
    /// 404 with an HTML page, for a URL without a route.
    NoSuchUrl(String),
}

impl Refusal {
    pub(crate) fn not_found(model: &str) -> Self {
        Self::Detail(StatusCode::NOT_FOUND, format!("No {model} matches the given query."))
    }

    pub(crate) fn detail(status: StatusCode, text: &str) -> Self {
        Self::Detail(status, text.to_owned())
    }

    pub(crate) fn error(status: StatusCode, text: &str) -> Self {
        Self::Error(status, text.to_owned())
    }

    /// Returns a 400 `{"non_field_errors": ["..."]}`.
    pub(crate) fn as_a_whole(text: &str) -> Self {
        Self::Fields(Map::from_iter([("non_field_errors".to_owned(), json!([text]))]))
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        // A view without a check of the row: the error is not caught, as on the real server.
        if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) {
            return Self::Crash(format!("IntegrityError: {error}"));
        }
        tracing::error!(%error, "the store failed");
        Self::Crash(format!("OperationalError: {error}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Detail(status, text) => (status, Json(json!({"detail": text}))).into_response(),
            Self::Error(status, text) => (status, Json(json!({"error": text}))).into_response(),
            Self::Object(status, object) => (status, Json(Value::Object(object))).into_response(),
            Self::Fields(fields) => (StatusCode::BAD_REQUEST, Json(Value::Object(fields))).into_response(),
            Self::Unauthenticated(text) => with_header(
                (StatusCode::UNAUTHORIZED, Json(json!({"detail": text}))).into_response(),
                header::WWW_AUTHENTICATE,
                "Token",
            ),
            Self::Method { method: Method::OPTIONS, allow } => {
                let about = json!({
                    "name": "Hotel",
                    "description": "",
                    "renders": ["application/json"],
                    "parses": ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"],
                });
                with_header(Json(about).into_response(), header::ALLOW, allow)
            }
            Self::Method { method, allow } => {
                let text = format!("Method \"{method}\" not allowed.");
                let response =
                    (StatusCode::METHOD_NOT_ALLOWED, Json(json!({"detail": text}))).into_response();
                with_header(response, header::ALLOW, allow)
            }
            Self::Crash(text) => {
                let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
                (StatusCode::INTERNAL_SERVER_ERROR, kind, text).into_response()
            }
            Self::Page500 => (StatusCode::INTERNAL_SERVER_ERROR, Html(ERROR_PAGE)).into_response(),
            Self::NoSuchUrl(path) => (StatusCode::NOT_FOUND, Html(no_such_page(&path))).into_response(),
        }
    }
}

fn with_header(mut response: Response, name: HeaderName, value: &'static str) -> Response {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
    response
}

/// Returns a debug page as long as the real one.
fn no_such_page(path: &str) -> String {
    let path: String = path.chars().filter(|letter| !"<>&\"'".contains(*letter)).collect();
    let patterns: String = (1..=400)
        .map(|number| {
            format!("<li><code>api/ staff/ hotel/ &lt;str:hotel_slug&gt;/ route-{number}/</code></li>\n")
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n  <meta http-equiv=\"content-type\" content=\"text/html; \
         charset=utf-8\">\n  <title>Page not found at {path}</title>\n</head>\n<body>\n<h1>Page not found \
         <span>(404)</span></h1>\n<p>Using the URLconf defined in <code>HotelMateBackend.urls</code>, Django tried \
         these URL patterns, in this order:</p>\n<ol>\n{patterns}</ol>\n<p>The current path, <code>{path}</code>, \
         didn’t match any of these.</p>\n</body>\n</html>\n"
    )
}
