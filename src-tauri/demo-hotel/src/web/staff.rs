//! Staff lists (`contract.md 9.4`) and the profile of a staff member.

use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Outcome;
use super::call::Call;
use super::paging::page;
use super::refusal::Refusal;
use crate::clock::{from_micros, handwritten};
use crate::options::Dialect;
use crate::query;
use crate::store::people::Staff;

/// Staff on one page unless `page_size` has another number, and the largest such number.
const PAGE_SIZE: u32 = 20;
const MAX_PAGE_SIZE: u32 = 100;

/// A department or a role.
pub(crate) struct Label {
    pub(crate) id: i64,
    pub(crate) name: &'static str,
    pub(crate) slug: &'static str,
    description: &'static str,
}

const fn label(id: i64, name: &'static str, slug: &'static str, description: &'static str) -> Label {
    Label { id, name, slug, description }
}

/// All departments, by id from 1.
const DEPARTMENTS: [Label; 6] = [
    label(1, "Front Office", "front-office", "Arrivals, departures and everything a guest asks for"),
    label(2, "Management", "management", "General management and duty managers"),
    label(3, "Food and Beverage", "food-and-beverage", "Restaurant, bar and events"),
    label(4, "Kitchen", "kitchen", "The kitchen brigade"),
    label(5, "Housekeeping", "housekeeping", "Rooms, linen and public areas"),
    label(6, "Maintenance", "maintenance", "Building, gardens and lake shore"),
];

/// All roles, by id from 1.
const ROLES: [Label; 7] = [
    label(1, "Receptionist", "receptionist", "Front desk"),
    label(2, "Manager", "manager", "Runs the hotel"),
    label(3, "Restaurant Supervisor", "restaurant-supervisor", "Runs the restaurant floor"),
    label(4, "Head Chef", "head-chef", "Runs the kitchen"),
    label(5, "Housekeeping Supervisor", "housekeeping-supervisor", "Runs housekeeping"),
    label(6, "Maintenance Technician", "maintenance-technician", "Keeps everything going"),
    label(7, "Porter", "porter", "Luggage, cars and advice"),
];

fn pick(labels: &'static [Label], id: i64) -> &'static Label {
    labels.iter().find(|label| label.id == id).unwrap_or(&labels[0])
}

pub(crate) fn department(id: i64) -> &'static Label {
    pick(&DEPARTMENTS, id)
}

pub(crate) fn role(id: i64) -> &'static Label {
    pick(&ROLES, id)
}

impl Label {
    fn to_json(&self) -> Value {
        json!({"id": self.id, "name": self.name, "slug": self.slug, "description": self.description})
    }
}

/// Returns the navigation entries of a staff member, which the server does not enforce (`contract.md 3.3`).
pub(crate) fn allowed_navs(staff: &Staff) -> Vec<&'static str> {
    match staff.access_level.as_str() {
        "regular_staff" => vec!["home", "chat", "attendance"],
        _ => vec!["home", "reception", "rooms", "chat", "attendance", "staff", "hotel-info", "settings"],
    }
}

/// Returns the profile (`contract.md 3.2`), with the two clock times (`contract.md 9.5`). The key `profile_image_url`
/// is missing because no staff member has a picture here.
pub(crate) fn profile(staff: &Staff) -> Value {
    let moment = |micros: Option<i64>| micros.map(|micros| handwritten(from_micros(micros)));
    let (department, role) = (department(staff.department), role(staff.role));
    json!({
        "id": staff.id,
        "user": {
            "id": staff.user.id,
            "username": staff.user.username,
            "email": staff.user.email,
            "is_active": staff.user.is_active,
            "staff_profile": {"id": staff.id, "hotel": staff.hotel_id, "hotel_slug": staff.hotel_slug},
            "used_registration_code": null,
            "staff_created": true,
        },
        "first_name": staff.first_name,
        "last_name": staff.last_name,
        "department": department.id,
        "department_detail": department.to_json(),
        "role": role.id,
        "role_detail": role.to_json(),
        "role_slug": role.slug,
        "email": staff.user.email,
        "phone_number": staff.phone_number,
        "is_active": staff.is_active,
        "is_on_duty": staff.is_on_duty,
        "last_clock_in": moment(staff.last_clock_in),
        "last_clock_out": moment(staff.last_clock_out),
        "hotel": staff.hotel_id,
        "hotel_name": staff.hotel_name,
        "hotel_slug": staff.hotel_slug,
        "access_level": staff.access_level,
        "profile_image": null,
        "has_registered_face": false,
        "allowed_navs": allowed_navs(staff),
        "has_fcm_token": false,
        "is_staff_member": true,
    })
}

/// `/api/staff/{slug}/`, which answers all paths below it that have no route of their own, for example `logout`.
pub(crate) async fn superusers_only(call: Call) -> Outcome {
    let user = call.user()?;
    if !user.is_superuser {
        let text = "You do not have permission to perform this action.";
        return Err(Refusal::detail(StatusCode::FORBIDDEN, text));
    }
    Err(call.other_method("GET, PUT, PATCH, DELETE, HEAD, OPTIONS"))
}

pub(crate) async fn by_hotel(Path((_, slug)): Path<(String, String)>, call: Call) -> Outcome {
    list(&call, &slug, |_| true, row_of(&call))
}

pub(crate) async fn by_department(Path(slug): Path<String>, call: Call) -> Outcome {
    let wanted = query::value(call.uri.query(), "department").unwrap_or_default();
    list(&call, &slug, |staff| department(staff.department).slug == wanted, row_of(&call))
}

/// Returns the row of a person in a list. Only the server of the documents has the times of the clock in it.
fn row_of(call: &Call) -> impl Fn(&Staff) -> Value {
    let has_times = call.app.dialect == Dialect::Documents;
    move |staff| {
        let mut row = profile(staff);
        if let (false, Value::Object(row)) = (has_times, &mut row) {
            row.retain(|key, _| !key.starts_with("last_clock_"));
        }
        row
    }
}

/// Returns a page of a hotel's staff, to every signed-in person of any hotel.
pub(crate) fn list(
    call: &Call,
    slug: &str,
    wanted: impl Fn(&Staff) -> bool,
    row: impl Fn(&Staff) -> Value,
) -> Outcome {
    call.user()?;
    call.only("GET, HEAD, OPTIONS")?;
    let mut people = match call.app.store.hotel_id(slug)? {
        Some(hotel) => call.app.store.staff_of_hotel(hotel)?,
        None => Vec::new(),
    };
    people.retain(wanted);
    people.sort_by_key(|staff| (department(staff.department).name, staff.last_name.clone()));
    let size = query::value(call.uri.query(), "page_size")
        .and_then(|text| text.parse().ok())
        .filter(|size| *size > 0)
        .unwrap_or(PAGE_SIZE)
        .min(MAX_PAGE_SIZE);
    page(call, people, size, row)
}
