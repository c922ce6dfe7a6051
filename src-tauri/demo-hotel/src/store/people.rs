//! Users and staff.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::Store;
use super::rows::Row;
use crate::digest::derived;

/// A user account.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) username: String,
    /// In plain text: these are invented people whose passwords are printed at every start.
    pub(crate) password: String,
    pub(crate) email: String,
    pub(crate) is_active: bool,
    pub(crate) is_superuser: bool,
    pub(crate) token: Option<String>,
    /// The number of tokens of this user so far; the next one differs from all of them.
    pub(crate) tokens_given: i64,
}

/// A user's place in a hotel's staff. It has the user's id.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Staff {
    pub(crate) id: i64,
    /// A separate row, which is not written with the staff member.
    #[serde(skip_serializing)]
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
    /// Microseconds since the epoch, as all moments here.
    pub(crate) last_clock_in: Option<i64>,
    pub(crate) last_clock_out: Option<i64>,
    /// The start of the present break.
    pub(crate) break_start: Option<i64>,
}

impl Row for User {
    const TABLE: &'static str = "users";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, None)
    }
}

impl Row for Staff {
    const TABLE: &'static str = "staff";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.hotel_id))
    }
}

impl Staff {
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    pub(crate) fn is_on_break(&self) -> bool {
        self.is_on_duty && self.break_start.is_some()
    }

    /// Returns the status of newer servers and its label (`contract.md 9.2`).
    pub(crate) fn duty_status(&self) -> (&'static str, &'static str) {
        match (self.is_on_duty, self.is_on_break()) {
            (_, true) => ("on_break", "On Break"),
            (true, false) => ("on_duty", "On Duty"),
            (false, false) => ("off_duty", "Off Duty"),
        }
    }
}

impl Store {
    fn user(&self, id: i64) -> rusqlite::Result<User> {
        self.rows("id = ?1", [id])?.pop().ok_or(rusqlite::Error::QueryReturnedNoRows)
    }

    /// Returns the user with this name and password, active or not.
    pub(crate) fn user_by_password(&self, username: &str, password: &str) -> rusqlite::Result<Option<User>> {
        let users: Vec<User> = self.rows("username = ?1", [username])?;
        Ok(users.into_iter().find(|user| user.password == password))
    }

    pub(crate) fn user_by_token(&self, token: &str) -> rusqlite::Result<Option<User>> {
        Ok(self.rows("token = ?1", [token])?.pop())
    }

    /// Returns the user's token: the present one, or a new one.
    pub(crate) fn token_of(&self, user_id: i64, seed: u64) -> rusqlite::Result<String> {
        let user = self.user(user_id)?;
        if let Some(token) = user.token {
            return Ok(token);
        }
        let given = user.tokens_given;
        let token = derived(seed, &format!("token {given} of {}", user.username), 40);
        let update =
            "UPDATE users SET row = json_set(row, '$.token', ?2, '$.tokens_given', ?3) WHERE id = ?1";
        self.lock().execute(update, params![user.id, token, given + 1])?;
        Ok(token)
    }

    /// Deletes a user's token. Returns `false` if there is no such user.
    pub(crate) fn revoke_token(&self, username: &str) -> rusqlite::Result<bool> {
        let update = "UPDATE users SET row = json_set(row, '$.token', NULL) WHERE username = ?1";
        Ok(self.lock().execute(update, [username])? > 0)
    }

    /// Opens or closes a user account. Returns `false` if there is no such user.
    pub(crate) fn set_user_active(&self, username: &str, active: bool) -> rusqlite::Result<bool> {
        let update = "UPDATE users SET row = json_set(row, '$.is_active', json(?2)) WHERE username = ?1";
        Ok(self.lock().execute(update, params![username, active.to_string()])? > 0)
    }

    /// Deletes the staff record of a user. Returns `false` if there is none.
    pub(crate) fn remove_from_staff(&self, username: &str) -> rusqlite::Result<bool> {
        let delete = "DELETE FROM staff WHERE id IN (SELECT id FROM users WHERE username = ?1)";
        Ok(self.lock().execute(delete, [username])? > 0)
    }

    /// Begins a person's break at this moment, or ends it. Returns `false` if there is no such user.
    pub(crate) fn set_break(&self, username: &str, start: Option<i64>) -> rusqlite::Result<bool> {
        let update = "UPDATE staff SET row = json_set(row, '$.break_start', ?2)
                       WHERE id = (SELECT id FROM users WHERE username = ?1)";
        Ok(self.lock().execute(update, params![username, start])? > 0)
    }

    pub(crate) fn staff_of(&self, user_id: i64) -> rusqlite::Result<Option<Staff>> {
        Ok(self.staff("id = ?1", &[user_id])?.pop())
    }

    /// Returns a staff member of this hotel.
    pub(crate) fn staff_member(&self, hotel_id: i64, id: i64) -> rusqlite::Result<Option<Staff>> {
        Ok(self.staff("owner = ?1 AND id = ?2", &[hotel_id, id])?.pop())
    }

    /// Returns a hotel's staff, in the order of their addition.
    pub(crate) fn staff_of_hotel(&self, hotel_id: i64) -> rusqlite::Result<Vec<Staff>> {
        self.staff("owner = ?1 ORDER BY id", &[hotel_id])
    }

    fn staff(&self, condition: &str, parameters: &[i64]) -> rusqlite::Result<Vec<Staff>> {
        let mut people: Vec<Staff> = self.rows(condition, rusqlite::params_from_iter(parameters))?;
        for staff in &mut people {
            staff.user = self.user(staff.id)?;
        }
        Ok(people)
    }
}
