//! Users and staff.

use rusqlite::{OptionalExtension, Row, params};

use super::Store;
use crate::digest::derived;

/// A user account.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) is_active: bool,
    pub(crate) is_superuser: bool,
}

/// A user's place in a hotel's staff.
#[derive(Clone, Debug)]
pub(crate) struct Staff {
    pub(crate) id: i64,
    pub(crate) user: User,
    pub(crate) hotel_id: i64,
    pub(crate) hotel_slug: String,
    pub(crate) hotel_name: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) department: i64,
    pub(crate) role: i64,
    pub(crate) phone_number: String,
    pub(crate) access_level: String,
    pub(crate) is_active: bool,
    pub(crate) is_on_duty: bool,
    pub(crate) last_clock_in: Option<i64>,
    pub(crate) last_clock_out: Option<i64>,
}

/// Somebody to be added.
pub(crate) struct NewUser<'a> {
    pub(crate) username: &'a str,
    pub(crate) password: &'a str,
    pub(crate) email: &'a str,
    pub(crate) is_superuser: bool,
}

/// A place in the staff to be added.
pub(crate) struct NewStaff<'a> {
    pub(crate) user_id: i64,
    pub(crate) hotel_id: i64,
    pub(crate) first_name: &'a str,
    pub(crate) last_name: &'a str,
    pub(crate) department: i64,
    pub(crate) role: i64,
    pub(crate) phone_number: &'a str,
    pub(crate) access_level: &'a str,
}

const USER: &str = "users.id, users.username, users.email, users.is_active, users.is_superuser";
const STAFF: &str = "users.id, users.username, users.email, users.is_active, users.is_superuser, staff.id, \
                     hotels.id, hotels.slug, hotels.name, staff.first_name, staff.last_name, staff.department, \
                     staff.role, staff.phone_number, staff.access_level, staff.is_active, staff.is_on_duty, \
                     staff.last_clock_in, staff.last_clock_out \
                     FROM staff JOIN users ON users.id = staff.user_id JOIN hotels ON hotels.id = staff.hotel_id";

fn user_from(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: row.get(0)?,
        username: row.get(1)?,
        email: row.get(2)?,
        is_active: row.get(3)?,
        is_superuser: row.get(4)?,
    })
}

fn staff_from(row: &Row<'_>) -> rusqlite::Result<Staff> {
    Ok(Staff {
        user: user_from(row)?,
        id: row.get(5)?,
        hotel_id: row.get(6)?,
        hotel_slug: row.get(7)?,
        hotel_name: row.get(8)?,
        first_name: row.get(9)?,
        last_name: row.get(10)?,
        department: row.get(11)?,
        role: row.get(12)?,
        phone_number: row.get(13)?,
        access_level: row.get(14)?,
        is_active: row.get(15)?,
        is_on_duty: row.get(16)?,
        last_clock_in: row.get(17)?,
        last_clock_out: row.get(18)?,
    })
}

impl Store {
    pub(crate) fn add_user(&self, user: &NewUser<'_>) -> rusqlite::Result<i64> {
        let connection = self.lock();
        connection.execute(
            "INSERT INTO users (username, password, email, is_superuser) VALUES (?1, ?2, ?3, ?4)",
            params![user.username, user.password, user.email, user.is_superuser],
        )?;
        Ok(connection.last_insert_rowid())
    }

    pub(crate) fn add_staff(&self, staff: &NewStaff<'_>) -> rusqlite::Result<()> {
        self.lock()
            .execute(
                "INSERT INTO staff (user_id, hotel_id, first_name, last_name, department, role, phone_number, \
                 access_level) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    staff.user_id, staff.hotel_id, staff.first_name, staff.last_name, staff.department, staff.role,
                    staff.phone_number, staff.access_level
                ],
            )
            .map(drop)
    }

    /// The user with this name and password, active or not.
    pub(crate) fn user_by_password(&self, username: &str, password: &str) -> rusqlite::Result<Option<User>> {
        self.lock()
            .query_row(
                &format!("SELECT {USER} FROM users WHERE username = ?1 AND password = ?2"),
                [username, password],
                user_from,
            )
            .optional()
    }

    pub(crate) fn user_by_token(&self, token: &str) -> rusqlite::Result<Option<User>> {
        self.lock()
            .query_row(&format!("SELECT {USER} FROM users WHERE token = ?1"), [token], user_from)
            .optional()
    }

    /// The user's token: the one there is, or a new one.
    pub(crate) fn token_of(&self, user: &User, seed: u64) -> rusqlite::Result<String> {
        let connection = self.lock();
        let (token, given): (Option<String>, i64) = connection.query_row(
            "SELECT token, tokens_given FROM users WHERE id = ?1",
            [user.id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if let Some(token) = token {
            return Ok(token);
        }
        let token = derived(seed, &format!("token {given} of {}", user.username), 40);
        connection.execute(
            "UPDATE users SET token = ?2, tokens_given = tokens_given + 1 WHERE id = ?1",
            params![user.id, token],
        )?;
        Ok(token)
    }

    /// Forgets a user's token; `false` when there is no such user.
    pub(crate) fn revoke_token(&self, username: &str) -> rusqlite::Result<bool> {
        let changed = self.lock().execute("UPDATE users SET token = NULL WHERE username = ?1", [username])?;
        Ok(changed > 0)
    }

    /// Opens or closes a user account; `false` when there is no such user.
    pub(crate) fn set_user_active(&self, username: &str, active: bool) -> rusqlite::Result<bool> {
        let changed = self
            .lock()
            .execute("UPDATE users SET is_active = ?2 WHERE username = ?1", params![username, active])?;
        Ok(changed > 0)
    }

    pub(crate) fn staff_of(&self, user_id: i64) -> rusqlite::Result<Option<Staff>> {
        self.lock()
            .query_row(&format!("SELECT {STAFF} WHERE users.id = ?1"), [user_id], staff_from)
            .optional()
    }

    /// A staff member of this hotel.
    pub(crate) fn staff_member(&self, hotel_id: i64, id: i64) -> rusqlite::Result<Option<Staff>> {
        self.lock()
            .query_row(
                &format!("SELECT {STAFF} WHERE hotels.id = ?1 AND staff.id = ?2"),
                [hotel_id, id],
                staff_from,
            )
            .optional()
    }

    pub(crate) fn staff_of_hotel(&self, hotel_id: i64) -> rusqlite::Result<Vec<Staff>> {
        let connection = self.lock();
        let mut statement =
            connection.prepare(&format!("SELECT {STAFF} WHERE hotels.id = ?1 ORDER BY staff.id"))?;
        statement.query_map([hotel_id], staff_from)?.collect()
    }

    /// Writes the clock part of a staff row, which is all of it that ever changes.
    pub(crate) fn save_duty(&self, staff: &Staff) -> rusqlite::Result<()> {
        self.lock()
            .execute(
                "UPDATE staff SET is_on_duty = ?2, last_clock_in = ?3, last_clock_out = ?4 WHERE id = ?1",
                params![staff.id, staff.is_on_duty, staff.last_clock_in, staff.last_clock_out],
            )
            .map(drop)
    }

    /// Names and passwords of a hotel's staff, in the order they were added.
    pub(crate) fn passwords(&self, hotel_slug: &str) -> rusqlite::Result<Vec<(String, String)>> {
        let connection = self.lock();
        let mut statement = connection.prepare(
            "SELECT users.username, users.password FROM users JOIN staff ON staff.user_id = users.id \
             JOIN hotels ON hotels.id = staff.hotel_id WHERE hotels.slug = ?1 ORDER BY users.id",
        )?;
        statement.query_map([hotel_slug], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }
}
