//! The people of both hotels.

use crate::store::Store;
use crate::store::people::{NewStaff, NewUser};

/// The password of everybody at Hotel Killarney, who are invented.
const KILLARNEY_PASSWORD: &str = "killarney-demo";
const DINGLE_PASSWORD: &str = "dingle-demo";

struct Person(&'static str, &'static str, &'static str, i64, i64, &'static str);

/// User name, first and last name, department, role, access level. The first is the manager.
const KILLARNEY: [Person; 7] = [
    Person("mary", "Mary", "O'Sullivan", 2, 2, "super_staff_admin"),
    Person("rory", "Rory", "Brosnan", 1, 1, "regular_staff"),
    Person("aoife", "Aoife", "Moynihan", 1, 1, "staff_admin"),
    Person("sean", "Seán", "Healy", 4, 4, "regular_staff"),
    Person("niamh", "Niamh", "Cronin", 5, 5, "regular_staff"),
    Person("padraig", "Pádraig", "Fleming", 3, 3, "regular_staff"),
    Person("declan", "Declan", "Lynch", 6, 6, "regular_staff"),
];
const DINGLE: [Person; 2] = [
    Person("brid", "Bríd", "Ní Chinnéide", 2, 2, "super_staff_admin"),
    Person("tomas", "Tomás", "Kavanagh", 1, 1, "regular_staff"),
];

pub(super) fn fill(store: &Store, killarney: i64, dingle: i64) -> rusqlite::Result<()> {
    for person in &KILLARNEY {
        add(store, killarney, "hotelkillarney.example", KILLARNEY_PASSWORD, person)?;
    }
    for person in &DINGLE {
        add(store, dingle, "dingleharbour.example", DINGLE_PASSWORD, person)?;
    }
    // An administrator without a staff profile: signing in fails with a 500 (CONTRACT.md 3.1).
    store
        .add_user(&NewUser {
            username: "admin",
            password: "admin-demo",
            email: "admin@hotelmate.example",
            is_superuser: true,
        })
        .map(drop)
}

fn add(store: &Store, hotel_id: i64, domain: &str, password: &str, person: &Person) -> rusqlite::Result<()> {
    let Person(username, first_name, last_name, department, role, access_level) = person;
    let email = format!("{username}@{domain}");
    let user_id = store.add_user(&NewUser { username, password, email: &email, is_superuser: false })?;
    let phone_number = format!("+353 64 555 01{user_id:02}");
    store.add_staff(&NewStaff {
        user_id,
        hotel_id,
        first_name,
        last_name,
        department: *department,
        role: *role,
        phone_number: &phone_number,
        access_level,
    })
}
