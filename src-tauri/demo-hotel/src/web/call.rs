//! One request, for its handler.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Outcome;
use super::body::Input;
use super::refusal::Refusal;
use crate::app::Shared;
use crate::channels::publish;
use crate::clock::{handwritten, wait};
use crate::digest::derived_uuid;
use crate::options::Dialect;
use crate::store::people::{Staff, User};

/// The place in a request at which a fault plan's delay is spent. The first pass spends it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate(Arc<Mutex<Duration>>);

impl Gate {
    pub(crate) fn holding(delay: Duration) -> Self {
        Self(Arc::new(Mutex::new(delay)))
    }

    /// Waits for the plan's delay, once.
    pub(crate) async fn pass(&self) {
        let delay = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if !delay.is_zero() {
            wait(delay).await;
        }
    }
}

/// A request, read completely, and its hotel.
pub(crate) struct Call {
    pub(crate) app: Shared,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    method: Method,
    gate: Gate,
}

impl FromRequest<Shared> for Call {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .map_err(|error| Refusal::Crash(format!("UnreadablePostError: {error}")))?;
        Ok(Self {
            app: app.clone(),
            gate: parts.extensions.get::<Gate>().cloned().unwrap_or_default(),
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            body,
        })
    }
}

impl Call {
    /// Makes the call of the hotel itself, for an action without a request.
    pub(crate) fn of_the_hotel(app: &Shared) -> Self {
        Self {
            app: app.clone(),
            uri: Uri::default(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            method: Method::POST,
            gate: Gate::default(),
        }
    }

    /// Returns the method. HEAD counts as GET.
    pub(crate) fn verb(&self) -> &str {
        if self.method == Method::HEAD { "GET" } else { self.method.as_str() }
    }

    /// Answers a method that a route does not have: OPTIONS lists the route's methods, others are refused.
    pub(crate) fn other_method(&self, allow: &'static str) -> Refusal {
        Refusal::Method { method: self.method.clone(), allow }
    }

    /// Accepts the methods of this list, without OPTIONS.
    pub(crate) fn only(&self, allow: &'static str) -> Result<(), Refusal> {
        let works =
            self.method != Method::OPTIONS && allow.split(", ").any(|one| one == self.method.as_str());
        if works { Ok(()) } else { Err(self.other_method(allow)) }
    }

    /// Returns the address of this request's server, `http://host:port`: absolute URLs in its answer begin with it.
    pub(crate) fn base(&self) -> String {
        match self.headers.get(header::HOST).and_then(|host| host.to_str().ok()) {
            Some(host) => format!("http://{host}"),
            None => self.app.url.clone(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.app.now)()
    }

    /// Waits between reading a row and writing it, where the real server waits for its image host.
    pub(crate) async fn pass_gate(&self) {
        self.gate.pass().await;
    }

    pub(crate) async fn input(&self) -> Result<Input, Refusal> {
        Input::read(&self.headers, &self.body).await
    }

    /// Returns the signed-in user (`contract.md 1.2`). Accepts `Bearer` like `Token`, as in the documents.
    pub(crate) fn user(&self) -> Result<User, Refusal> {
        let header =
            self.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut words = header.split_whitespace();
        let keyword = words.next().unwrap_or_default().to_ascii_lowercase();
        if keyword != "token" && keyword != "bearer" {
            return Err(Refusal::Unauthenticated("Authentication credentials were not provided."));
        }
        let token = match (words.next(), words.next()) {
            (None, _) => {
                return Err(Refusal::Unauthenticated("Invalid token header. No credentials provided."));
            }
            (Some(token), None) => token,
            (Some(_), Some(_)) => {
                let text = "Invalid token header. Token string should not contain spaces.";
                return Err(Refusal::Unauthenticated(text));
            }
        };
        match self.app.store.user_by_token(token)? {
            None => Err(Refusal::Unauthenticated("Invalid token.")),
            Some(user) if !user.is_active => Err(Refusal::Unauthenticated("User inactive or deleted.")),
            Some(user) => Ok(user),
        }
    }

    /// Returns the signed-in staff member, who must belong to this hotel. An unknown hotel counts as another one.
    pub(crate) fn staff(&self, slug: &str) -> Result<Staff, Refusal> {
        let user = self.user()?;
        let Some(staff) = self.app.store.staff_of(user.id)? else {
            let text = "You must be a staff member to access this resource.";
            return Err(Refusal::detail(StatusCode::FORBIDDEN, text));
        };
        if staff.hotel_slug != slug {
            let text = "You can only access resources from your hotel.";
            return Err(Refusal::detail(StatusCode::FORBIDDEN, text));
        }
        Ok(staff)
    }

    /// Publishes on the hotel's channel and returns when the event host has the event. The server of 2026-05 sends
    /// nothing there.
    pub(crate) async fn announce(&self, slug: &str, event: &str, payload: Value) {
        if self.app.dialect == Dialect::Current {
            return;
        }
        self.announce_on(format!("hotel-{slug}"), event, &payload).await;
    }

    /// Publishes in the envelope of the server of 2026-05, on the hotel's channel of this category (`contract.md 2`).
    pub(crate) async fn announce_enveloped(
        &self,
        slug: &str,
        category: &str,
        event: &str,
        content: (Value, Value),
    ) {
        let whole = self.enveloped(slug, category, event, content);
        self.announce_on(format!("{slug}.{category}"), event, &whole).await;
    }

    /// Returns a payload and its scope in the envelope of the server of 2026-05, with an `event_id` of its own.
    pub(crate) fn enveloped(
        &self,
        slug: &str,
        category: &str,
        kind: &str,
        (payload, scope): (Value, Value),
    ) -> Value {
        let now = self.now();
        let number = self.app.envelopes.fetch_add(1, Ordering::Relaxed);
        let purpose = format!("event {} {number}", now.as_nanosecond());
        json!({
            "category": category,
            "type": kind,
            "payload": payload,
            "meta": {
                "hotel_slug": slug,
                "event_id": derived_uuid(self.app.seed, &purpose),
                "ts": handwritten(now),
                "scope": scope,
            },
        })
    }

    /// Publishes on another channel.
    pub(crate) async fn announce_on(&self, channel: String, event: &str, payload: &Value) {
        publish::announce(&self.app, channel, event, payload).await;
    }
}

/// Returns the id in a path. A text that is not a number matches no row.
pub(crate) fn row_id(text: &str) -> Result<i64, Refusal> {
    text.parse().map_err(|_| Refusal::detail(StatusCode::NOT_FOUND, "Not found."))
}

pub(crate) fn ok(value: Value) -> Outcome {
    Ok(Json(value).into_response())
}

pub(crate) fn created(value: Value) -> Outcome {
    Ok((StatusCode::CREATED, Json(value)).into_response())
}

pub(crate) fn no_content() -> Outcome {
    Ok::<Response, Refusal>(StatusCode::NO_CONTENT.into_response())
}
