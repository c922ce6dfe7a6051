//! The hotel's HTTP side: the routes, and their shared types.
//!
//! Every path ends in a slash. Without it a read is redirected and a write ends in an error page, as on the real server
//! in debug mode (`contract.md 1.1`).

mod attendance;
mod body;
mod call;
mod clock;
mod current;
mod front;
mod galleries;
mod guest_page;
mod offers;
mod open_logs;
mod paging;
mod public;
mod refusal;
mod room_types;
mod sections;
mod session;
mod staff;
mod validate;

pub(crate) mod chat;
pub(crate) mod control;
pub(crate) mod flat_settings;
pub(crate) mod gallery;
pub(crate) mod pictures;
pub(crate) mod settings;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, get, post};

use crate::app::Shared;
use crate::channels::{signed, socket};
use crate::options::Dialect;
use call::Call;
use refusal::Refusal;

/// The result of a handler.
type Outcome = Result<Response, Refusal>;

/// Makes all routes of this server.
pub(crate) fn router(app: Shared) -> Router {
    let channels = Router::new()
        .route("/app/{key}", get(socket::connect))
        .route("/apps/{id}/events", post(signed::events))
        .route("/apps/{id}/batch_events", post(signed::batch_events))
        .route("/apps/{id}/channels", get(signed::channels))
        .route("/apps/{id}/channels/{name}", get(signed::channel));
    let slashless = match app.dialect {
        Dialect::Current => chat::current::guest::router(),
        _ => Router::new(),
    };
    Django(Router::new())
        .common()
        .of(app.dialect)
        .0
        .merge(channels)
        .merge(slashless)
        .route("/media/{*path}", get(pictures::serve))
        .route("/guest/{slug}/{room}", get(guest_page::page))
        .route("/guest-files/{name}", get(guest_page::file))
        .fallback(unknown)
        .layer(axum::middleware::from_fn_with_state(app.clone(), front::front))
        .merge(control::router())
        .layer(DefaultBodyLimit::disable())
        .with_state(app)
}

/// Routes that require their final slash.
struct Django(Router<Shared>);

impl Django {
    /// Adds the routes of every dialect.
    fn common(self) -> Self {
        self.route("/api/staff/login/", any(session::login))
            .route("/api/staff/{slug}/", any(staff::superusers_only))
            .route("/api/staff/hotel/{slug}/room-types/", any(room_types::collection))
            .route("/api/staff/hotel/{slug}/room-types/{id}/", any(room_types::one))
            .route("/api/staff/hotel/{slug}/room-types/{id}/upload-image/", any(room_types::upload_image))
    }

    /// Adds the routes of the servers of November 2025.
    fn of_2025(self) -> Self {
        self.route("/api/staff/{slug}/me/", any(session::me))
            .route("/api/staff/{slug}/by_hotel/", any(staff::superusers_only))
            .route("/api/staff/{slug}/by_hotel/{again}/", any(staff::by_hotel))
            .route("/api/staff/{slug}/by_department/", any(staff::by_department))
            .route("/api/staff/hotel/{slug}/staff/{again}/me/", any(session::me_twice))
            .route("/api/staff/hotel/{slug}/offers/", any(offers::collection))
            .route("/api/staff/hotel/{slug}/offers/{id}/", any(offers::one))
            .route("/api/staff/hotel/{slug}/offers/{id}/upload-image/", any(offers::upload_image))
            .route("/api/hotel/staff/offers/", any(offers::alias_without_slug))
            .route("/api/staff/hotel/{slug}/settings/", any(settings::settings))
            .route("/api/hotel/public/", any(public::cards))
            .route("/api/hotel/public/page/{slug}/", any(public::page))
            .route("/api/hotel/public/{slug}/", any(public::card))
            .route("/api/hotel/public/{slug}/settings/", any(public::settings))
            .route("/api/common/{slug}/theme/", any(public::theme))
            .chat_of_2025()
    }

    fn chat_of_2025(self) -> Self {
        self.route("/api/chat/{slug}/conversations/", any(chat::conversations))
            .route("/api/chat/{slug}/active-rooms/", any(chat::active_rooms))
            .route("/api/chat/{slug}/conversations/unread-count/", any(chat::unread_counts))
            .route("/api/chat/hotels/{slug}/conversations/unread-count/", any(chat::unread_conversations))
            .route("/api/chat/{slug}/conversations/from-room/{room}/", any(chat::from_room))
            .route("/api/chat/{slug}/conversations/{id}/assign-staff/", any(chat::assign))
            .route("/api/chat/conversations/{id}/mark-read/", any(chat::mark_read))
            .route("/api/chat/messages/{id}/update/", any(chat::edit))
            .route("/api/chat/messages/{id}/delete/", any(chat::delete))
            .route("/api/chat/{slug}/conversations/{id}/messages/", any(chat::messages))
            .route("/api/chat/{slug}/conversations/{id}/messages/send/", any(chat::send))
            .route("/api/chat/{slug}/conversations/{id}/upload-attachment/", any(chat::upload_attachment))
            .route("/api/chat/attachments/{id}/delete/", any(chat::delete_attachment))
            .route("/api/chat/{slug}/messages/room/{room}/validate-chat-pin/", any(chat::validate_pin))
            .route("/api/chat/{slug}/guest-session/room/{room}/initialize/", any(chat::initialize_session))
            .route("/api/chat/guest-session/{token}/validate/", any(chat::validate_session))
    }

    /// Adds the routes of this dialect only.
    fn of(self, dialect: Dialect) -> Self {
        match dialect {
            Dialect::Documents => self
                .of_2025()
                .route("/api/staff/{slug}/clock/", any(clock::toggle))
                .route("/api/staff/hotel/{slug}/gallery/upload/", any(gallery::upload))
                .route("/api/staff/hotel/{slug}/gallery/reorder/", any(gallery::reorder))
                .route("/api/staff/hotel/{slug}/gallery/remove/", any(gallery::remove))
                .route("/api/staff/hotel/{slug}/settings/gallery/upload/", any(gallery::upload))
                .route("/api/staff/hotel/{slug}/settings/gallery/reorder/", any(gallery::reorder))
                .route("/api/staff/hotel/{slug}/settings/gallery/remove/", any(gallery::remove)),
            Dialect::Galleries => self
                .of_2025()
                .route("/api/staff/{slug}/clock/", any(staff::superusers_only))
                .route(
                    "/api/attendance/clock-logs/currently-clocked-in/",
                    any(open_logs::currently_clocked_in),
                )
                .route("/api/staff/hotel/{slug}/galleries/", any(galleries::collection))
                .route("/api/staff/hotel/{slug}/galleries/{id}/", any(galleries::one))
                .route("/api/staff/hotel/{slug}/galleries/{id}/upload_image/", any(galleries::upload_image))
                .route(
                    "/api/staff/hotel/{slug}/galleries/{id}/reorder_images/",
                    any(galleries::reorder_images),
                )
                .route("/api/staff/hotel/{slug}/gallery-images/{id}/", any(galleries::image)),
            Dialect::Current => self
                .route("/api/staff/{slug}/me/", any(current::me_of_before))
                .route("/api/staff/{slug}/by_hotel/", any(current::by_hotel))
                .route("/api/staff/{slug}/clock/", any(attendance::no_toggle))
                .route("/api/staff/hotel/{slug}/me/", any(current::me))
                .route("/api/staff/hotel/{slug}/settings/", any(flat_settings::settings))
                .route("/api/staff/hotel/{slug}/gallery-containers/", any(sections::containers))
                .route("/api/public/hotels/", any(public::cards))
                .route("/api/public/hotel/{slug}/page/", any(sections::hotel_page))
                .route("/api/public/presets/", any(sections::presets))
                .attendance("/api/staff/hotel/{slug}/attendance/clock-logs/")
                .chat("/api/staff/hotel/{slug}/chat/"),
        }
    }

    /// Adds the chat of 2026-05.
    fn chat(self, zone: &str) -> Self {
        use chat::current;
        self.route(&format!("{zone}conversations/"), any(current::conversations))
            .route(&format!("{zone}conversations/unread-count/"), any(current::unread_counts))
            .route(&format!("{zone}conversations/from-room/{{room}}/"), any(current::from_room))
            .route(&format!("{zone}conversations/{{id}}/messages/"), any(current::messages))
            .route(&format!("{zone}conversations/{{id}}/messages/send/"), any(current::send))
            .route(&format!("{zone}conversations/{{id}}/assign-staff/"), any(current::assign))
            .route(&format!("{zone}conversations/{{id}}/mark-read/"), any(current::mark_read))
            .route(&format!("{zone}conversations/{{id}}/upload-attachment/"), any(current::upload_attachment))
            .route(&format!("{zone}active-rooms/"), any(current::broken))
            .route(&format!("{zone}messages/{{id}}/update/"), any(current::broken))
            .route(&format!("{zone}messages/{{id}}/delete/"), any(current::broken))
            .route(&format!("{zone}attachments/{{id}}/delete/"), any(current::broken))
            .route("/api/staff/hotel/{slug}/notifications/pusher/auth/", any(current::no_channels_for_staff))
            .route("/api/notifications/pusher/auth/", any(current::no_channels_for_staff))
            .route(
                "/api/guest/hotel/{slug}/chat/conversations/{id}/mark_read/",
                any(current::guest::mark_read),
            )
    }

    fn attendance(self, logs: &str) -> Self {
        self.route(logs, any(attendance::logs))
            .route(&format!("{logs}status/"), any(attendance::status))
            .route(&format!("{logs}department-status/"), any(attendance::department_status))
            .route(&format!("{logs}currently-clocked-in/"), any(attendance::currently_clocked_in))
            .route(&format!("{logs}unrostered-confirm/"), any(attendance::unrostered_confirm))
            .route(&format!("{logs}{{id}}/force-clock-out/"), any(attendance::force_clock_out))
            .route(&format!("{logs}{{id}}/approve/"), any(attendance::approve))
    }

    fn route(self, path: &str, handler: MethodRouter<Shared>) -> Self {
        Self(self.0.route(path, handler).route(path.trim_end_matches('/'), any(slashless)))
    }
}

async fn slashless(call: Call) -> Outcome {
    // The server of 2026-05 redirects writes too, and a client that follows loses them without an error (contract.md
    // 1.1).
    let refuses = call.app.dialect != Dialect::Current;
    if refuses && ["POST", "PUT", "PATCH"].contains(&call.verb()) {
        let method = call.verb();
        return Err(Refusal::Crash(format!(
            "RuntimeError: You called this URL via {method}, but the URL doesn't end in a slash and you have \
             APPEND_SLASH set. Django can't redirect to the slash URL while maintaining {method} data."
        )));
    }
    let query = call.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("{}/{query}", call.uri.path());
    Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response())
}

async fn unknown(call: Call) -> Refusal {
    if call.app.dialect == Dialect::Current && call.uri.path().starts_with("/api/") {
        return Refusal::detail(StatusCode::NOT_FOUND, "Not found.");
    }
    Refusal::NoSuchUrl(call.uri.path().to_owned())
}
