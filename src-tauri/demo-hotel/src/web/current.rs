//! The person's own profile at the server of 2026-05 (`contract.md 3`, **B**), and their rights.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::call::{Call, ok};
use super::refusal::Refusal;
use super::staff::{department, list, profile, role};
use crate::store::people::Staff;

/// The capabilities that are checked here, with the lowest tier that has each.
const CAPABILITIES: [(&str, Tier); 5] = [
    ("chat.message.send", Tier::Regular),
    ("chat.guest.respond", Tier::Regular),
    ("room.type.manage", Tier::Admin),
    ("staff_management.staff.read", Tier::Admin),
    ("attendance.log.read_all", Tier::Admin),
];

/// The level of a person's rights.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Tier {
    Regular,
    Admin,
    Super,
}

pub(crate) fn tier(staff: &Staff) -> Tier {
    match staff.access_level.as_str() {
        "super_staff_admin" => Tier::Super,
        "staff_admin" => Tier::Admin,
        _ => Tier::Regular,
    }
}

/// Returns true if a staff member has a capability. Regular staff have those of the chat only at the front of the house
/// (`contract.md 8.4`).
pub(crate) fn may(staff: &Staff, capability: &str) -> bool {
    let is_at_the_front = ["front-office", "management"].contains(&department(staff.department).slug);
    if capability.starts_with("chat.") && tier(staff) == Tier::Regular && !is_at_the_front {
        return false;
    }
    CAPABILITIES.iter().any(|(name, least)| *name == capability && tier(staff) >= *least)
}

/// Returns a 403 with a sentence that names the permission.
pub(crate) fn not_permitted(what: &str) -> Refusal {
    Refusal::Detail(StatusCode::FORBIDDEN, format!("You do not have the permission: {what}."))
}

/// Converts a slug: slugs have underscores now, and some have other words.
pub(crate) fn slug_of(earlier: &str) -> String {
    match earlier {
        "manager" => "hotel_manager".to_owned(),
        "receptionist" => "front_desk_agent".to_owned(),
        other => other.replace('-', "_"),
    }
}

fn navs(staff: &Staff) -> Vec<&'static str> {
    match tier(staff) {
        Tier::Regular => vec!["home", "chat", "attendance"],
        _ => vec!["home", "rooms", "chat", "attendance", "staff_management", "admin_settings"],
    }
}

pub(crate) fn sees_settings(staff: &Staff) -> bool {
    navs(staff).contains(&"admin_settings")
}

/// Returns the person's rights, as in login, `me` and even the refusal of another hotel's `me`.
pub(crate) fn permissions(staff: &Staff) -> Map<String, Value> {
    let mine: Vec<&str> =
        CAPABILITIES.iter().map(|(name, _)| *name).filter(|name| may(staff, name)).collect();
    let settings = tier(staff) == Tier::Super;
    let Value::Object(all) = json!({
        "is_staff": true,
        "is_superuser": staff.user.is_superuser,
        "hotel_slug": staff.hotel_slug,
        "access_level": staff.access_level,
        "tier": staff.access_level,
        "department_slug": slug_of(department(staff.department).slug),
        "role_slug": slug_of(role(staff.role).slug),
        "allowed_navs": navs(staff),
        "navigation_items": navs(staff).iter().map(|slug| json!({"slug": slug, "name": slug})).collect::<Vec<_>>(),
        "allowed_capabilities": mine,
        "rbac": {
            "admin_settings": {"visible": sees_settings(staff), "read": sees_settings(staff),
                "actions": {"update": settings}},
            "rooms": {"visible": true, "read": true,
                "actions": {"type_manage": may(staff, "room.type.manage")}},
        },
        "isAdmin": settings,
        "can_edit_self_profile": true,
    }) else {
        return Map::new();
    };
    all
}

pub(crate) async fn me(Path(slug): Path<String>, call: Call) -> Outcome {
    let user = call.user()?;
    call.only("GET, HEAD, OPTIONS")?;
    let staff = call.app.store.staff_of(user.id)?;
    let Some(staff) = staff.as_ref().filter(|staff| staff.hotel_slug == slug) else {
        let mut body = staff.as_ref().map(permissions).unwrap_or_default();
        body.insert("detail".into(), "Staff profile not found for the current user and hotel.".into());
        return Err(Refusal::Object(StatusCode::NOT_FOUND, body));
    };
    ok(whole_profile(staff))
}

/// The older path: for people with the right to read the staff. It does not report rights.
pub(crate) async fn me_of_before(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    call.only("GET, HEAD, OPTIONS")?;
    if !may(&staff, "staff_management.staff.read") {
        return Err(not_permitted("staff_management.staff.read"));
    }
    ok(with_duty(&staff, Map::new()))
}

/// Returns the staff, to people with the right to read it.
pub(crate) async fn by_hotel(Path(slug): Path<String>, call: Call) -> Outcome {
    let staff = call.staff(&slug)?;
    if !may(&staff, "staff_management.staff.read") {
        let text = "You do not have permission to view the staff management module.";
        return Err(Refusal::detail(StatusCode::FORBIDDEN, text));
    }
    list(&call, &slug, |_| true, |staff| with_duty(staff, Map::new()))
}

fn whole_profile(staff: &Staff) -> Value {
    with_duty(staff, permissions(staff))
}

fn with_duty(staff: &Staff, permissions: Map<String, Value>) -> Value {
    let ((status, label), is_on_break) = (staff.duty_status(), staff.is_on_break());
    let mut whole = profile(staff);
    if let Value::Object(whole) = &mut whole {
        // The times on duty are in the logs.
        whole.remove("last_clock_in");
        whole.remove("last_clock_out");
        whole.extend(permissions);
        whole.insert("duty_status".into(), status.into());
        let current = json!({"status": status, "label": label, "is_on_break": is_on_break});
        whole.insert("current_status".into(), current);
    }
    whole
}
