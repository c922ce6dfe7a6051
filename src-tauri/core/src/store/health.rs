//! Checks that the database file is sound, without changing it.

use std::path::Path;

use super::{Store, StoreError, open, schema};
use crate::vault::Vault;

/// The result of the check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    /// The problems that SQLite's own check reports; empty for a sound file.
    pub problems: Vec<String>,
    /// The step of the schema.
    pub version: i64,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// The size of the journal in bytes. SQLite merges the journal into the file from time to time.
    pub journal_bytes: u64,
    /// The free space on its disk in bytes; `None` if the system does not report it.
    pub free_bytes: Option<u64>,
    /// The names of damaged files in its folder that were set aside.
    pub set_aside: Vec<String>,
}

impl Store {
    /// Checks the file on a new connection, which has no cached pages.
    ///
    /// # Errors
    /// If the file cannot be opened or read. Damage is not an error.
    pub async fn health(&self) -> Result<Health, StoreError> {
        let (path, in_use) = (self.inner.path.clone(), self.inner.in_use()?);
        let look = move || {
            let _in_use = in_use;
            look(&path)
        };
        tokio::task::spawn_blocking(look).await.map_err(|_| StoreError::Closed)?
    }
}

fn look(path: &Path) -> Result<Health, StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    let mut health = Health {
        bytes: std::fs::metadata(path)?.len(),
        journal_bytes: std::fs::metadata(&journal).map_or(0, |about| about.len()),
        free_bytes: fs4::available_space(folder).ok(),
        set_aside: set_aside(folder),
        ..Health::default()
    };
    match check(path) {
        Ok((problems, version)) => (health.problems, health.version) = (problems, version),
        Err(error) if open::is_damage(&error) => health.problems = vec![error.to_string()],
        Err(error) => return Err(error),
    }
    Ok(health)
}

fn check(path: &Path) -> Result<(Vec<String>, i64), StoreError> {
    let connection = open::reader(path, &Vault::default())?;
    let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let mut statement = connection.prepare("PRAGMA quick_check(5)")?;
    let answers = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut problems: Vec<String> = answers.collect::<Result<_, _>>()?;
    problems.retain(|line| line != "ok");
    Ok((problems, version))
}

/// Returns the damaged databases in this folder, without SQLite's additional files.
pub fn set_aside(folder: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    let mut found: Vec<String> = names
        .filter(|name| {
            let number = name.split_once(".damaged-").map(|(_, number)| number);
            number.is_some_and(|number| number.parse::<u32>().is_ok())
        })
        .collect();
    found.sort();
    found
}

/// Returns the newest step of the schema that this program knows.
pub fn newest_version() -> i64 {
    i64::try_from(schema::STEPS.len()).unwrap_or(i64::MAX)
}
