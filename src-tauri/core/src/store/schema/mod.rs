//! The schema of an account's database: one SQL file for each step.

use rusqlite_migration::{M, Migrations};

/// Every step of the schema, oldest first. A released step never changes. Until the first release there is only one.
pub(super) const STEPS: &[M<'static>] = &[M::up(include_str!("001_first.sql"))];

/// Returns the steps that bring a database up to date.
pub(super) fn migrations() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}
