//! The sign-in, and the person's own profile (contract.md 3.1, 3.2).

use std::sync::atomic::Ordering;

use jiff::Timestamp;
use reqwest::header::AUTHORIZATION;
use reqwest::{Method, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::client::{Api, Effect, Http, READ, endpoint, finish, read_body};
use super::dialect::Generation;
use super::error::ApiError;
use crate::account::{Profile, Token};
use crate::catalogue::say;
use crate::error::{DeskError, failure};
use crate::ids::ServerId;
use crate::private::{Secret, json_fault};
use crate::resources::DutyStatus;

/// A successful sign-in.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The token. A second sign-in gives the same one, so a sign-out is a local matter.
    pub token: Token,
    /// The staff record's number.
    pub staff_id: ServerId,
    /// The slug of the person's hotel.
    pub hotel_slug: String,
    /// The hotel's name for people.
    pub hotel_name: String,
    /// The user name as the server writes it.
    pub username: String,
}

crate::private::hides!(Login { token, staff_id, hotel_slug, hotel_name; username });

/// The answer of `me`.
#[derive(Clone, PartialEq, Eq)]
pub struct Me {
    /// The person.
    pub profile: Profile,
    /// Their duty; `None` if the server does not report it.
    pub duty: Option<OwnDuty>,
    /// The user name that they type to sign in.
    pub username: Option<String>,
    /// The hotel's name for people.
    pub hotel_name: Option<String>,
    /// The age of the server.
    pub generation: Generation,
}

crate::private::hides!(Me { profile, duty, hotel_name, generation; username });

/// The person's own duty, as `me` reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnDuty {
    /// The status.
    pub status: DutyStatus,
    /// Start of this state, by the server's clock: the last clock-in when on duty, the last clock-out when off.
    pub since: Option<Timestamp>,
}

/// Signs in.
///
/// # Errors
/// [`ApiError::WrongPassword`]; [`ApiError::Forbidden`] if the user has no staff profile; [`ApiError::NotHere`] if the
/// address is not a HotelMate server; and every transport error.
pub async fn login(
    http: &Http,
    server: &Url,
    username: &str,
    password: impl Into<Secret>,
) -> Result<Login, ApiError> {
    let password = password.into();
    let url = endpoint(server, &["api", "staff", "login"])?;
    let body = json!({ "username": username, "password": password.expose() });
    let request = http.request(Method::POST, url, READ).json(&body);
    let read = |response: Response| async move {
        let status = response.status().as_u16();
        // A sign-in changes nothing at the server, so it counts as a read.
        finish(response, Effect::Reads).await.map_err(|error| login_failure(status, error))
    };
    let answer = http.exchange(request, read).await?;
    read_login(&answer.json()?).ok_or_else(|| answer.odd("the sign-in has no token"))
}

/// Translates a failed sign-in. A status means something else here than in other requests (contract.md 3.1).
fn login_failure(status: u16, error: ApiError) -> ApiError {
    match (status, error) {
        (401, _) => ApiError::WrongPassword,
        // A wrong password comes as `non_field_errors`, a missing field by its name.
        (400, ApiError::Rejected { fields, .. }) if fields.is_empty() => ApiError::WrongPassword,
        (404, ApiError::NotFound) => ApiError::Forbidden { message: say!("login-not-on-staff") },
        (_, error) => error,
    }
}

fn read_login(answer: &Value) -> Option<Login> {
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let hotel_slug = text(&answer["hotel_slug"]).or_else(|| text(&answer["hotel"]["slug"]))?;
    Some(Login {
        token: Token::new(text(&answer["token"])?),
        staff_id: ServerId(answer["staff_id"].as_i64()?),
        hotel_name: text(&answer["hotel_name"])
            .or_else(|| text(&answer["hotel"]["name"]))
            .unwrap_or_else(|| hotel_slug.clone()),
        username: text(&answer["username"])?,
        hotel_slug,
    })
}

impl Api {
    /// Reads the person's profile and duty.
    ///
    /// Servers have it at one of two paths, or at both. The newer path is asked first: on the newest server the older
    /// path leaves a manager's rights out of the answer, and refuses every other person (contract.md 3.2). Only the
    /// first servers lack the newer path, so it is asked again unless the answer is of such a server. The refusal of
    /// one path says nothing about the person.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] or [`ApiError::Forbidden`] if the person is not on the staff of this hotel, see
    /// [`not_on_staff`]; and every transport error.
    pub async fn me(&self) -> Result<Me, ApiError> {
        let newer = self.newer_me.load(Ordering::Relaxed);
        let refusal = match self.me_at(newer).await {
            Err(error) if is_refusal(&error) => error,
            other => return other,
        };
        match self.me_at(!newer).await {
            Ok(me) => {
                self.newer_me.store(me.generation != Generation::First, Ordering::Relaxed);
                Ok(me)
            }
            // If both paths refuse, the refusal of the path for programs contains more information.
            Err(ApiError::NotHere) => Err(refusal),
            Err(error) => Err(error),
        }
    }

    async fn me_at(&self, newer: bool) -> Result<Me, ApiError> {
        let url = if newer { self.hotel(&["me"])? } else { self.own(&["me"])? };
        let answer = self.get(url).await?;
        let me: WireMe =
            serde_json::from_value(answer.json()?).map_err(|error| answer.odd(json_fault(&error)))?;
        Ok(me.into())
    }
}

/// Returns true if the path does not exist, or is not for this person.
fn is_refusal(error: &ApiError) -> bool {
    matches!(error, ApiError::Forbidden { .. } | ApiError::NotFound | ApiError::NotHere)
}

/// Converts an error of [`Api::me`] into one for people. For a person who is not on the staff of this hotel, it says
/// so, and where to set the hotel.
pub fn not_on_staff(hotel: &str, error: ApiError) -> DeskError {
    match error {
        ApiError::Forbidden { .. } | ApiError::NotFound => {
            failure!(NotAllowed, "error-not-on-staff", hotel = hotel)
        }
        other => other.into(),
    }
}

/// Returns the slug of the hotel to whose staff this sign-in belongs, if the server reports it for the sign-in alone.
/// The newest server reports it even when it refuses another hotel's slug (contract.md 3.2).
///
/// # Errors
/// [`ApiError::SignInNeeded`] and every transport error.
pub async fn hotel_of(http: &Http, server: &Url, token: &Token) -> Result<Option<String>, ApiError> {
    let api = Api::new(http.clone(), server.clone(), NO_HOTEL.to_owned(), token.clone());
    let request =
        http.request(Method::GET, api.hotel(&["me"])?, READ).header(AUTHORIZATION, api.credentials(false)?);
    let read = |response: Response| async move {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = read_body(response, LARGEST_PROFILE).await?;
        if status == StatusCode::UNAUTHORIZED || status.is_server_error() {
            return Err(ApiError::from_answer(status, &headers, &body));
        }
        Ok(serde_json::from_slice(&body).ok().as_ref().and_then(named_hotel))
    };
    http.exchange(request, read).await
}

/// A slug that no hotel has.
const NO_HOTEL: &str = "-";
/// Largest profile that is read, in bytes. The newest server's has some 15 kB.
const LARGEST_PROFILE: usize = 1 << 20;

fn named_hotel(reported: &Value) -> Option<String> {
    let fields = reported.as_object()?;
    let named = fields.get("hotel_slug").and_then(Value::as_str);
    let named = named.or_else(|| fields.get("hotel").and_then(|hotel| hotel["slug"].as_str()));
    match named.filter(|slug| !slug.is_empty() && *slug != NO_HOTEL) {
        Some(slug) => Some(slug.to_owned()),
        None => fields.values().find_map(named_hotel),
    }
}

/// The fields of a profile that this program uses. All but the number may be missing or null.
#[derive(Deserialize)]
struct WireMe {
    id: ServerId,
    user: Option<WireUser>,
    first_name: Option<String>,
    last_name: Option<String>,
    department_detail: Option<Named>,
    role_detail: Option<Named>,
    is_on_duty: Option<bool>,
    is_on_break: Option<bool>,
    duty_status: Option<String>,
    last_clock_in: Option<Value>,
    last_clock_out: Option<Value>,
    hotel_name: Option<String>,
    /// The person's rights; only the newest server reports them here (contract.md 3.2).
    allowed_capabilities: Option<Value>,
    rbac: Option<Value>,
}

#[derive(Deserialize)]
struct WireUser {
    id: Option<ServerId>,
    username: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

impl From<WireMe> for Me {
    fn from(wire: WireMe) -> Self {
        let name = |named: Option<Named>| named.and_then(|named| named.name).filter(|name| !name.is_empty());
        let generation = match (&wire.allowed_capabilities, &wire.rbac, &wire.duty_status) {
            (Some(_), ..) | (_, Some(_), _) => Generation::Current,
            (None, None, Some(_)) => Generation::Between,
            (None, None, None) => Generation::First,
        };
        let duty = DutyStatus::of_fields(wire.is_on_duty, wire.is_on_break, wire.duty_status.as_deref());
        let duty = duty.map(|status| {
            let moment = if status.is_on_duty() { &wire.last_clock_in } else { &wire.last_clock_out };
            let since = moment.as_ref().and_then(Value::as_str).and_then(|text| text.parse().ok());
            OwnDuty { status, since }
        });
        let profile = Profile {
            staff_id: wire.id,
            user_id: wire.user.as_ref().and_then(|user| user.id),
            first_name: wire.first_name.unwrap_or_default(),
            last_name: wire.last_name.unwrap_or_default(),
            department: name(wire.department_detail),
            role: name(wire.role_detail),
        };
        let username = wire.user.and_then(|user| user.username);
        Self { profile, duty, username, hotel_name: wire.hotel_name, generation }
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
