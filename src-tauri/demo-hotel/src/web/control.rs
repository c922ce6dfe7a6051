//! The control routes, for tests that cannot use the library: facts, faults, log, sockets.
//!
//! They are outside the fault plan and the log, and only reachable from this computer, because the demo hotel listens
//! on the loopback address alone.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::Shared;
use crate::faults::FaultPlan;
use crate::hub::Outgoing;

pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/_control/faults", put(set_faults).post(set_faults).delete(clear_faults).get(faults))
        .route("/_control/about", get(about))
        .route("/_control/requests", get(requests))
        .route("/_control/reset-log", post(reset_log))
        .route("/_control/sockets", get(sockets))
        .route("/_control/sockets/close", post(close_sockets))
        .route("/_control/sockets/silence", post(silence_sockets))
}

async fn about(State(app): State<Shared>) -> Json<Value> {
    Json(app.about())
}

async fn faults(State(app): State<Shared>) -> Json<FaultPlan> {
    Json(app.faults.plan())
}

async fn set_faults(State(app): State<Shared>, text: String) -> Response {
    match FaultPlan::from_json(&text) {
        Ok(plan) => {
            app.faults.set(plan);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({"error": error.to_string()}))).into_response(),
    }
}

async fn clear_faults(State(app): State<Shared>) -> StatusCode {
    app.faults.set(FaultPlan::default());
    StatusCode::NO_CONTENT
}

async fn requests(State(app): State<Shared>) -> Json<Value> {
    Json(json!({"requests": app.requests.all(), "counts": app.requests.counts()}))
}

async fn reset_log(State(app): State<Shared>) -> StatusCode {
    app.requests.reset();
    StatusCode::NO_CONTENT
}

async fn sockets(State(app): State<Shared>) -> Json<Value> {
    Json(json!({"open": app.hub.open_sockets(), "channels": app.hub.occupied()}))
}

#[derive(Deserialize)]
struct CloseWith {
    code: u16,
}

async fn close_sockets(State(app): State<Shared>, Json(with): Json<CloseWith>) -> StatusCode {
    app.hub.notify_all(&Outgoing::Close { code: with.code, reason: "closed over the control route" });
    StatusCode::NO_CONTENT
}

async fn silence_sockets(State(app): State<Shared>) -> StatusCode {
    app.hub.notify_all(&Outgoing::Silence);
    StatusCode::NO_CONTENT
}
