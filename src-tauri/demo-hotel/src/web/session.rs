//! Sign-in, and the person's own profile (`contract.md 3`).

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Outcome;
use super::call::{Call, ok};
use super::current::permissions;
use super::refusal::Refusal;
use super::staff::{allowed_navs, department, profile, role};
use super::validate::{Checker, Text};
use crate::options::Dialect;

pub(crate) async fn login(call: Call) -> Outcome {
    call.only("POST, OPTIONS")?;
    let input = call.input().await?;
    let mut check = Checker::new(&input, false);
    let (username, password) =
        (check.text("username", Text::REQUIRED), check.text("password", Text::REQUIRED));
    check.finish()?;
    let store = &call.app.store;
    let user = match (username, password) {
        (Some(username), Some(password)) => store.user_by_password(&username, &password)?,
        _ => None,
    };
    let Some(user) = user.filter(|user| user.is_active) else {
        return Err(match call.app.dialect {
            Dialect::Current => Refusal::error(StatusCode::UNAUTHORIZED, "Invalid username or password"),
            _ => Refusal::as_a_whole("Unable to log in with provided credentials."),
        });
    };
    let Some(staff) = store.staff_of(user.id)? else {
        return Err(match call.app.dialect {
            Dialect::Current => Refusal::error(
                StatusCode::NOT_FOUND,
                "Staff profile not found. Please contact your manager to be added to the staff.",
            ),
            _ => Refusal::Crash("RelatedObjectDoesNotExist: User has no staff_profile.".to_owned()),
        });
    };
    call.pass_gate().await;
    let mut answer = json!({
        "token": store.token_of(user.id, call.app.seed)?,
        "staff_id": staff.id,
        "username": user.username,
        "hotel_id": staff.hotel_id,
        "hotel_name": staff.hotel_name,
        "hotel_slug": staff.hotel_slug,
        "hotel": {"id": staff.hotel_id, "name": staff.hotel_name, "slug": staff.hotel_slug},
        "is_staff": user.is_superuser,
        "is_superuser": user.is_superuser,
        "access_level": staff.access_level,
        "allowed_navs": allowed_navs(&staff),
        "profile_image_url": null,
        "role": role(staff.role).name,
        "department": department(staff.department).name,
    });
    if let (Dialect::Current, Value::Object(answer)) = (call.app.dialect, &mut answer) {
        answer.extend(permissions(&staff));
    }
    ok(answer)
}

pub(crate) async fn me(Path(slug): Path<String>, call: Call) -> Outcome {
    let user = call.user()?;
    call.only("GET, HEAD, OPTIONS")?;
    let staff = call.app.store.staff_of(user.id)?.filter(|staff| staff.hotel_slug == slug);
    let Some(staff) = staff else {
        let text = "Staff profile not found for the current user and hotel.";
        return Err(Refusal::detail(StatusCode::NOT_FOUND, text));
    };
    ok(profile(&staff))
}

/// The profile under the staff zone, where the slug comes twice (`contract.md 1.1`).
pub(crate) async fn me_twice(Path((slug, again)): Path<(String, String)>, call: Call) -> Outcome {
    call.staff(&slug)?;
    me(Path(again), call).await
}
