//! The signed server API at `/apps/{id}/...`, with which any official server library can publish.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;

use super::publish::dispatch;
use super::{MAX_EVENT_BYTES, is_channel_name};
use crate::app::Shared;
use crate::digest::hex;
use crate::hub::Event;
use crate::query;

/// Largest difference between a request's clock and the hotel's, in seconds.
const MAX_SKEW_S: i64 = 600;
const MAX_CHANNELS: usize = 100;
const MAX_BATCH: usize = 10;

#[derive(Deserialize)]
struct Publication {
    name: String,
    data: Value,
    channel: Option<String>,
    channels: Option<Vec<String>>,
    socket_id: Option<String>,
}

#[derive(Deserialize)]
struct Batch {
    batch: Vec<Publication>,
}

/// The reason why a request is refused: a status and a sentence.
pub(crate) struct Refused(StatusCode, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

pub(crate) type Answer = Result<Json<Value>, Refused>;

pub(crate) async fn events(State(app): State<Shared>, Path(id): Path<String>, signed: Signed) -> Answer {
    signed.check(&app, &id)?;
    publish(&app, parse::<Publication>(&signed.body)?.into_events()?).await
}

pub(crate) async fn batch_events(
    State(app): State<Shared>,
    Path(id): Path<String>,
    signed: Signed,
) -> Answer {
    signed.check(&app, &id)?;
    let Batch { batch } = parse(&signed.body)?;
    if batch.len() > MAX_BATCH {
        return Err(Refused(StatusCode::BAD_REQUEST, format!("Batch too large (> {MAX_BATCH})")));
    }
    let events: Result<Vec<_>, Refused> = batch.into_iter().map(Publication::into_events).collect();
    publish(&app, events?.concat()).await
}

pub(crate) async fn channels(State(app): State<Shared>, Path(id): Path<String>, signed: Signed) -> Answer {
    signed.check(&app, &id)?;
    let prefix = query::value(signed.uri.query(), "filter_by_prefix").unwrap_or_default();
    let occupied = app.hub.occupied().into_keys().filter(|name| name.starts_with(&prefix));
    let occupied: serde_json::Map<String, Value> = occupied.map(|name| (name, json!({}))).collect();
    Ok(Json(json!({"channels": occupied})))
}

pub(crate) async fn channel(
    State(app): State<Shared>,
    Path((id, name)): Path<(String, String)>,
    signed: Signed,
) -> Answer {
    signed.check(&app, &id)?;
    let listeners = app.hub.occupied().get(&name).copied().unwrap_or_default();
    Ok(Json(json!({"occupied": listeners > 0, "subscription_count": listeners})))
}

async fn publish(app: &Shared, events: Vec<Event>) -> Answer {
    for event in events {
        dispatch(app, event).await;
    }
    Ok(Json(json!({})))
}

fn parse<T: for<'a> Deserialize<'a>>(body: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|error| Refused(StatusCode::BAD_REQUEST, error.to_string()))
}

impl Publication {
    fn into_events(self) -> Result<Vec<Event>, Refused> {
        let bad = |sentence: &str| Err(Refused(StatusCode::BAD_REQUEST, sentence.to_owned()));
        let channels = self.channels.unwrap_or_default().into_iter().chain(self.channel).collect::<Vec<_>>();
        let data = match self.data {
            Value::String(text) => text,
            _ => return bad("The data of an event must be a text"),
        };
        if self.name.is_empty() || self.name.len() > 200 {
            return bad("The name of an event has 1 to 200 characters");
        }
        if channels.is_empty() || channels.len() > MAX_CHANNELS {
            return bad("An event goes to 1 to 100 channels");
        }
        if !channels.iter().all(|name| is_channel_name(name)) {
            return bad("Invalid channel name");
        }
        if data.len() > MAX_EVENT_BYTES {
            let sentence = format!(
                "The data content of this event exceeds the allowed maximum ({MAX_EVENT_BYTES} bytes)"
            );
            return Err(Refused(StatusCode::PAYLOAD_TOO_LARGE, sentence));
        }
        let event = Event { channel: String::new(), name: self.name, data, except: self.socket_id };
        Ok(channels.into_iter().map(|channel| Event { channel, ..event.clone() }).collect())
    }
}

/// A request whose signature has not been checked yet.
pub(crate) struct Signed {
    method: Method,
    uri: Uri,
    body: Bytes,
}

impl FromRequest<Shared> for Signed {
    type Rejection = BytesRejection;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, BytesRejection> {
        let (method, uri) = (request.method().clone(), request.uri().clone());
        Ok(Self { method, uri, body: Bytes::from_request(request, app).await? })
    }
}

impl Signed {
    fn check(&self, app: &Shared, id: &str) -> Result<(), Refused> {
        if id != app.channels_app.app_id {
            return Err(Refused(StatusCode::NOT_FOUND, format!("No app with id {id}")));
        }
        let unauthorized = |sentence: &str| Err(Refused(StatusCode::UNAUTHORIZED, sentence.to_owned()));
        let mut parameters: BTreeMap<String, String> = query::pairs(self.uri.query())
            .into_iter()
            .map(|(name, value)| (name.to_lowercase(), value))
            .collect();
        let signature = parameters.remove("auth_signature").unwrap_or_default();
        let given = |name: &str| parameters.get(name).map(String::as_str).unwrap_or_default();
        if given("auth_key") != app.channels_app.key {
            return unauthorized("Unknown auth_key");
        }
        if given("auth_version") != "1.0" {
            return unauthorized("Unsupported auth_version");
        }
        let now = (app.now)().as_second();
        if given("auth_timestamp").parse::<i64>().ok().is_none_or(|at| now.abs_diff(at) > MAX_SKEW_S as u64) {
            return unauthorized("Timestamp expired: given timestamp is not within 600s of server time");
        }
        if !self.body.is_empty() && given("body_md5") != hex(&Md5::digest(&self.body)) {
            return unauthorized("Invalid body_md5");
        }
        let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let text = format!("{}\n{}\n{}", self.method, self.uri.path(), query.join("&"));
        if sign(&app.channels_app.secret, &text) != signature {
            return unauthorized("Invalid signature");
        }
        Ok(())
    }
}

/// Returns the signature of a text: HMAC-SHA256 in hexadecimal.
#[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
pub(crate) fn sign(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of the Pusher HTTP API's documentation.
    #[test]
    fn the_documented_example_has_the_documented_signature() {
        let text = "POST\n/apps/3/events\nauth_key=278d425bdf160c739803&auth_timestamp=1353088179&\
                    auth_version=1.0&body_md5=ec365a775a4cd0599faeb73354201b6f";
        assert_eq!(
            sign("7ad3773142a6692b25b8", text),
            "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c"
        );
    }
}
