//! The frame around every request: the log, the fault plan, and work that outlives its connection.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::call::Gate;
use super::refusal::Refusal;
use crate::app::Shared;
use crate::clock::wait;
use crate::faults::engine::RequestVerdict;
use crate::faults::{Action, StatusFault};
use crate::link::Link;

/// Reads the request completely, then handles it in a task of its own. So a client that hangs up right after sending
/// still gets its offer created and its event sent (`contract.md 12`, trap 2).
pub(crate) async fn front(
    State(app): State<Shared>,
    ConnectInfo(link): ConnectInfo<Link>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(body) = read_over_the_line(&app, body).await else {
        return vanish(&link);
    };
    let method = parts.method.as_str();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let number = app.requests.arrived(method, path, &parts.headers, &body);
    let verdict = app.faults.request(method, path);
    tracing::debug!(number, method, path, "request");
    if verdict.sign_in_lost {
        parts.headers.remove(header::AUTHORIZATION);
    }
    parts.extensions.insert(Gate::holding(verdict.delay));
    let request = Request::from_parts(parts, Body::from(body));

    let (done, answer) = oneshot::channel();
    let (worker, line) = (app.clone(), link.clone());
    let is_late = matches!(verdict.before, Some(Action::CommitLate(_)));
    app.tasks.spawn(async move {
        let response = work(&worker, request, next, verdict, &line).await;
        if let Some(response) = &response {
            worker.requests.answered(number, response.status().as_u16());
        }
        if !is_late {
            worker.late.answered();
        }
        if done.send(response).is_err() {
            tracing::debug!(number, "the client hung up before its answer");
        }
    });
    match answer.await {
        Ok(Some(response)) => response,
        // Dropped by the fault plan, or the hotel is being stopped.
        Ok(None) | Err(_) => vanish(&link),
    }
}

/// Reads the body piece by piece, as fast as the line is. Returns `None` if the client hung up in the middle.
async fn read_over_the_line(app: &Shared, body: Body) -> Option<Bytes> {
    let mut pieces = body.into_data_stream();
    let mut whole = BytesMut::new();
    while let Some(piece) = pieces.next().await {
        whole.extend_from_slice(&piece.ok()?);
        pause(Duration::from_millis(app.line_pause_ms.load(Ordering::SeqCst))).await;
    }
    Some(whole.freeze())
}

/// Returns the answer to a request, or `None` if the connection was dropped.
async fn work(
    app: &Shared,
    request: Request,
    next: Next,
    verdict: RequestVerdict,
    link: &Link,
) -> Option<Response> {
    if let Some(before) = verdict.before {
        pause(verdict.delay).await;
        return match before {
            Action::CommitLate(late) => {
                let (worker, due) = (app.clone(), app.late.open(&late));
                app.tasks.spawn(async move {
                    due.await;
                    next.run(request).await;
                    worker.late.done();
                });
                late.answer.as_ref().map(made_up)
            }
            Action::Status(fault) => Some(made_up(&fault)),
            Action::RateLimited { retry_after_s } => Some(rate_limited(retry_after_s)),
            Action::Unauthorized => Some(Refusal::Unauthenticated("Invalid token.").into_response()),
            _dropped => None,
        };
    }
    let gate = request.extensions().get::<Gate>().cloned().unwrap_or_default();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    gate.pass().await;
    match verdict.after {
        None => Some(response),
        Some(Action::StatusAfterCommit(fault)) => Some(made_up(&fault)),
        Some(Action::OddField { name, value }) => with_field(response, &name, &value).await,
        Some(Action::OtherRow) => other_row(response, &app.rows_of(&path)).await,
        Some(Action::TruncatedBody) => truncated(response, link).await,
        Some(_dropped) => None,
    }
}

async fn pause(delay: Duration) {
    if !delay.is_zero() {
        wait(delay).await;
    }
}

/// Cuts the connection. The response only satisfies the types: there is no line left to send it on.
fn vanish(link: &Link) -> Response {
    link.cut();
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

fn made_up(fault: &StatusFault) -> Response {
    let status = StatusCode::from_u16(fault.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match &fault.body {
        Some(Value::String(page)) => (status, axum::response::Html(page.clone())).into_response(),
        Some(value) => (status, axum::Json(value)).into_response(),
        None => (status, axum::response::Html("<h1>Server Error (500)</h1>")).into_response(),
    }
}

/// Returns the response with this value in the field of its object, or of each object of its list.
async fn with_field(response: Response, name: &str, value: &Value) -> Option<Response> {
    let (mut parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.ok()?;
    let mut json: Value = serde_json::from_slice(&whole).ok()?;
    match json.get_mut("results").and_then(Value::as_array_mut) {
        Some(rows) => rows.iter_mut().for_each(|row| row[name] = value.clone()),
        None => json[name] = value.clone(),
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Some(Response::from_parts(parts, Body::from(json.to_string())))
}

/// Returns the response with the first other row of the list in place of its own.
async fn other_row(response: Response, rows: &[Value]) -> Option<Response> {
    let (mut parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.ok()?;
    let own = serde_json::from_slice::<Value>(&whole).ok().and_then(|row| row["id"].as_i64());
    let other = rows.iter().find(|row| own.is_some() && row["id"].as_i64() != own);
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = other.map_or(Body::from(whole), |row| Body::from(row.to_string()));
    Some(Response::from_parts(parts, body))
}

fn rate_limited(retry_after_s: u64) -> Response {
    let text = format!("Request was throttled. Expected available in {retry_after_s} seconds.");
    let headers = [(header::RETRY_AFTER, retry_after_s.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, headers, axum::Json(json!({"detail": text}))).into_response()
}

/// Returns the response with its full length announced and half of its body sent before the connection ends.
async fn truncated(response: Response, link: &Link) -> Option<Response> {
    let (mut parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.ok()?;
    if whole.is_empty() {
        return None;
    }
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let half = whole.slice(..whole.len() / 2);
    Some(Response::from_parts(parts, Body::from_stream(half_then_cut(half, link.clone()))))
}

fn half_then_cut(half: Bytes, link: Link) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> {
    stream::unfold(Some(half), move |half| {
        let link = link.clone();
        async move {
            match half {
                Some(half) => Some((Ok(half), None)),
                None => {
                    // Gives the first half time to reach the line before the line ends.
                    wait(Duration::from_millis(20)).await;
                    link.cut();
                    std::future::pending().await
                }
            }
        }
    })
}
