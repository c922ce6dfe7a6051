//! The file that the window and `deskctl` write.
//!
//! A change reads the file, sets one name and replaces the file, under a lock between programs. So two programs that
//! write at once lose neither change, and a power cut leaves the old file or the new one. Names that this version does
//! not know stay in the file.

use std::fs::{self, File};
use std::io;
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
///
/// # Errors
/// Code `configuration` if the file cannot be read now. A damaged file is one of the sentences.
pub(super) fn read(data_dir: &Path) -> Result<(Layer, Vec<DeskError>), DeskError> {
    let table = match read_table(data_dir) {
        Ok(table) => table,
        Err(fault @ Fault::Damaged(_)) => return Ok((Layer::new(), vec![fault.in_words(data_dir)])),
        Err(fault) => return Err(fault.in_words(data_dir)),
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
    Ok((layer, problems))
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
    let unwritten = |error: io::Error| {
        let file = path(data_dir).display().to_string();
        failure!(Configuration, "error-setting-unwritten", file = file, cause = error.to_string())
    };
    fs::create_dir_all(data_dir).map_err(unwritten)?;
    let lock = File::create(data_dir.join(LOCK)).map_err(unwritten)?;
    lock.lock().map_err(unwritten)?;
    let mut table = match read_table(data_dir) {
        Ok(table) => table,
        Err(fault @ Fault::Unreadable(_)) => return Err(fault.in_words(data_dir)),
        Err(Fault::Damaged(_)) => {
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

/// The reason why the file cannot be used.
enum Fault {
    /// It is no file of settings.
    Damaged(String),
    /// It cannot be read now: another program holds it, or there is no right to read it.
    Unreadable(io::Error),
}

impl Fault {
    fn in_words(self, data_dir: &Path) -> DeskError {
        let file = path(data_dir).display().to_string();
        match self {
            Self::Damaged(cause) => {
                failure!(Configuration, "error-setting-own-wrong", file = file, cause = cause)
            }
            Self::Unreadable(error) => {
                failure!(Configuration, "error-setting-unreadable", file = file, cause = error.to_string())
            }
        }
    }
}

fn read_table(data_dir: &Path) -> Result<toml::Table, Fault> {
    match replace::read(&path(data_dir)) {
        Ok(text) => table_of(&text).map_err(Fault::Damaged),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(toml::Table::new()),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(Fault::Damaged(error.to_string())),
        Err(error) => Err(Fault::Unreadable(error)),
    }
}
