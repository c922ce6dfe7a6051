//! The file that the window and `deskctl` write.
//!
//! A change reads the file, sets one name and replaces the file, under a lock between programs. So two programs that
//! write at once lose neither change, and a power cut leaves the old file or the new one. Names that this version does
//! not know stay in the file.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::table::Setting;
use super::text::{Layer, table_of, text_of};
use crate::error::{DeskError, failure};
use crate::replace;

/// The file in the data folder.
const FILE: &str = "settings.toml";
/// The lock between programs that write the file.
const LOCK: &str = "settings.lock";
/// The name of a file that could not be read, after the first change since.
const DAMAGED: &str = "settings.damaged.toml";

/// Returns the place of the file.
pub(super) fn path(data_dir: &Path) -> PathBuf {
    data_dir.join(FILE)
}

/// Reads the values that can be used, and a sentence for each other one.
pub(super) fn read(data_dir: &Path) -> (Layer, Vec<DeskError>) {
    let table = match read_table(data_dir) {
        Ok(table) => table,
        Err(error) => return (Layer::new(), vec![error]),
    };
    let (mut layer, mut problems) = (Layer::new(), Vec::new());
    for (name, value) in &table {
        let Ok(setting) = Setting::named(name) else {
            tracing::warn!("the window's own settings have a name that this version does not know");
            continue;
        };
        let value = text_of(value).unwrap_or_default();
        match setting.check(&value) {
            _ if value.is_empty() => {}
            Ok(()) => drop(layer.insert(setting.name, value)),
            Err(error) => problems.push(error),
        }
    }
    (layer, problems)
}

/// Sets these settings, or removes those without a value, all of them or none.
///
/// # Errors
/// Code `configuration` for a value that a setting does not take, or if the file cannot be written. The file is
/// unchanged then.
pub(super) fn write(data_dir: &Path, changes: &[(&Setting, Option<&str>)]) -> Result<(), DeskError> {
    for (setting, value) in changes {
        value.map_or(Ok(()), |value| setting.check(value))?;
    }
    let unwritten = |error: std::io::Error| {
        let file = path(data_dir).display().to_string();
        failure!(Configuration, "error-setting-unwritten", file = file, cause = error.to_string())
    };
    fs::create_dir_all(data_dir).map_err(unwritten)?;
    let lock = File::create(data_dir.join(LOCK)).map_err(unwritten)?;
    lock.lock().map_err(unwritten)?;
    let mut table = match read_table(data_dir) {
        Ok(table) => table,
        Err(_) => {
            replace::rename(&path(data_dir), &data_dir.join(DAMAGED)).map_err(unwritten)?;
            toml::Table::new()
        }
    };
    for (setting, value) in changes {
        match value {
            Some(value) => drop(table.insert(setting.name.to_owned(), toml::Value::from(*value))),
            None => drop(table.remove(setting.name)),
        }
    }
    replace::write(&path(data_dir), table.to_string().as_bytes()).map_err(unwritten)
}

fn read_table(data_dir: &Path) -> Result<toml::Table, DeskError> {
    let path = path(data_dir);
    let file = || path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => table_of(&text).map_err(|cause| {
            failure!(Configuration, "error-setting-own-wrong", file = file(), cause = cause)
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(toml::Table::new()),
        Err(error) => {
            let cause = error.to_string();
            Err(failure!(Configuration, "error-setting-own-wrong", file = file(), cause = cause))
        }
    }
}
