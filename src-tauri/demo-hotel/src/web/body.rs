//! Reads request bodies: JSON, form, multipart, and empty.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::query;

/// The most text that a multipart body may hold, in bytes (`contract.md 1.6`).
const MAX_FORM_TEXT: usize = 50 * 1024 * 1024;

/// A file of a multipart form.
#[derive(Debug)]
pub(crate) struct FilePart {
    /// The name of the field.
    pub(crate) field: String,
    pub(crate) file_name: String,
    /// The content type as sent; empty if there is none.
    pub(crate) content_type: String,
    pub(crate) bytes: Bytes,
}

/// The content of a request.
#[derive(Debug, Default)]
pub(crate) struct Input {
    /// JSON values, or the texts of a form.
    pub(crate) values: Map<String, Value>,
    /// The files of a multipart form; of several with one name the last.
    pub(crate) files: BTreeMap<String, Bytes>,
    /// All files of a multipart form, in their order.
    pub(crate) parts: Vec<FilePart>,
    /// True for a form: in a form a missing tick box is `false` and an empty date is none.
    pub(crate) is_form: bool,
}

impl Input {
    pub(crate) async fn read(headers: &HeaderMap, body: &Bytes) -> Result<Self, Refusal> {
        let full_type =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = full_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_form =
            media_type == "application/x-www-form-urlencoded" || media_type == "multipart/form-data";
        if body.is_empty() {
            return Ok(Self { is_form, ..Self::default() });
        }
        match media_type.as_str() {
            "application/json" => Self::from_json(body),
            "application/x-www-form-urlencoded" => Ok(Self::from_form(body)),
            "multipart/form-data" => Self::from_multipart(headers, body).await,
            _ => {
                let text = format!("Unsupported media type \"{full_type}\" in request.");
                Err(Refusal::Detail(StatusCode::UNSUPPORTED_MEDIA_TYPE, text))
            }
        }
    }

    fn from_json(body: &[u8]) -> Result<Self, Refusal> {
        let value: Value = serde_json::from_slice(body).map_err(|error| {
            Refusal::Detail(StatusCode::BAD_REQUEST, format!("JSON parse error - {error}"))
        })?;
        let kind = match value {
            Value::Object(values) => return Ok(Self { values, ..Self::default() }),
            Value::Null => return Err(Refusal::as_a_whole("No data provided")),
            Value::Array(_) => "list",
            Value::String(_) => "str",
            Value::Bool(_) => "bool",
            Value::Number(number) if number.is_f64() => "float",
            Value::Number(_) => "int",
        };
        Err(Refusal::as_a_whole(&format!("Invalid data. Expected a dictionary, but got {kind}.")))
    }

    fn from_form(body: &[u8]) -> Self {
        let values = query::pairs(std::str::from_utf8(body).ok())
            .into_iter()
            .map(|(name, value)| (name, Value::String(value)))
            .collect();
        Self { values, is_form: true, ..Self::default() }
    }

    async fn from_multipart(headers: &HeaderMap, body: &Bytes) -> Result<Self, Refusal> {
        let mut request = Request::new(Body::from(body.clone()));
        *request.headers_mut() = headers.clone();
        // The router removes the limit for arriving requests; this request is new (`contract.md 1.6`).
        DefaultBodyLimit::disable().apply(&mut request);
        let mut parts =
            Multipart::from_request(request, &()).await.map_err(|error| malformed(&error.body_text()))?;
        let mut input = Self { is_form: true, ..Self::default() };
        let mut text_bytes = 0;
        while let Some(part) = parts.next_field().await.map_err(|error| malformed(&error.body_text()))? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let content_type = part.content_type().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|error| malformed(&error.body_text()))?;
            if let Some(file_name) = file_name {
                input.files.insert(name.clone(), bytes.clone());
                input.parts.push(FilePart { field: name, file_name, content_type, bytes });
                continue;
            }
            text_bytes += bytes.len();
            if text_bytes > MAX_FORM_TEXT {
                let text = "RequestDataTooBig: Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.";
                return Err(Refusal::detail(StatusCode::BAD_REQUEST, text));
            }
            input.values.insert(name, Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        }
        Ok(input)
    }
}

fn malformed(reason: &str) -> Refusal {
    Refusal::Detail(StatusCode::BAD_REQUEST, format!("Multipart form parse error - {reason}"))
}
