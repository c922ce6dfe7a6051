//! The support file: a zip with all data that helps to find a fault, and without private data.
//!
//! | Entry | Content |
//! |---|---|
//! | `about.json` | versions, system, time of creation |
//! | `status.json` | the state that the status pill shows |
//! | `settings.json` | the settings; for keys and sign-ins only whether they exist |
//! | `diagnosis.json` | the checklist |
//! | `event-log.json` | the newest events: names, sizes, times, and the shape of their data |
//! | `outbox.json` | the waiting intents: kinds, states, reasons, times, names of fields |
//! | `database.json` | schema version, rows per table, the result of `quick_check` |
//! | `logs/` | the log files, see [`logging`](crate::logging) |
//!
//! Texts are removed by their type: a value in an event's data is replaced by its size, an intent and an error by
//! their kind. As a second protection, the account's name and the keys of this desk are searched as text in all
//! written data, and replaced.

use std::fs;
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::catalogue::say;
use crate::logging::{self, files};
use crate::model::{Intent, Operation, Trouble};
use crate::monitor::shape::Shape;
use crate::settings::Settings;
use crate::store::{StoreError, intents};
use crate::views::{DeskStatus, Diagnosis, EventEntry};

/// The replacement for a redacted value.
const HIDDEN: &str = "[hidden]";
/// The shortest value that is redacted. Shorter ones are not secret and occur in other words.
const SHORTEST: usize = 3;

/// The content of a support file.
pub struct SupportParts {
    /// The time of its creation.
    pub made_at: Timestamp,
    /// The state of the desk.
    pub status: DeskStatus,
    /// The settings, from [`settings`].
    pub settings: Value,
    /// The checklist.
    pub diagnosis: Diagnosis,
    /// The newest events, each with the shape of its data.
    pub events: Vec<(EventEntry, Shape)>,
    /// The database and the waiting intents, from [`database`] and [`outbox`]; `None` if no person is signed in.
    pub stored: Option<(Value, Value)>,
    /// The folder with the log files.
    pub logs: Option<PathBuf>,
    /// The names and keys that must not be in the file.
    pub redactor: Redactor,
}

/// The values that are searched and replaced.
#[derive(Default)]
pub struct Redactor(Vec<String>);

impl Redactor {
    /// Creates the redactor for these values. Values that are too short to be secret are ignored.
    pub fn new(values: impl IntoIterator<Item = String>) -> Self {
        let mut values: Vec<String> =
            values.into_iter().filter(|value| value.chars().count() >= SHORTEST).collect();
        // The longest value is replaced first, so that no part of a value remains.
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        Self(values)
    }

    /// Returns the text without the values. A value is replaced only as a whole word, so that `ana` is not found in
    /// `manager`.
    fn clean(&self, text: &str) -> String {
        let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        self.0.iter().fold(text.to_owned(), |text, value| {
            let mut clean = String::with_capacity(text.len());
            let mut done = 0;
            for (at, found) in text.match_indices(value.as_str()) {
                let end = at + found.len();
                let inside = is_part(text[..at].chars().next_back()) || is_part(text[end..].chars().next());
                if !inside {
                    clean.push_str(&text[done..at]);
                    clean.push_str(HIDDEN);
                    done = end;
                }
            }
            clean.push_str(&text[done..]);
            clean
        })
    }

    fn clean_value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.clean(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.clean_value(item)).collect(),
            Value::Object(fields) => {
                fields.into_iter().map(|(key, value)| (self.clean(&key), self.clean_value(value))).collect()
            }
            other => other,
        }
    }
}

/// Writes the zip, and returns the number of its entries.
///
/// # Errors
/// If the file cannot be written. An unreadable log file is reported inside.
pub fn write(parts: SupportParts, file: impl Write + Seek) -> io::Result<u32> {
    let mut zip = Zip { zip: ZipWriter::new(file), redactor: parts.redactor, entries: 0 };
    zip.json("about.json", about(parts.made_at))?;
    zip.json("status.json", status(&parts.status))?;
    zip.json("settings.json", parts.settings)?;
    zip.json("diagnosis.json", serde_json::to_value(&parts.diagnosis)?)?;
    zip.json("event-log.json", parts.events.into_iter().map(event).collect())?;
    if let Some((database, outbox)) = parts.stored {
        zip.json("database.json", database)?;
        zip.json("outbox.json", outbox)?;
    }
    for (_, log) in parts.logs.and_then(|folder| files::list(&folder).ok()).unwrap_or_default() {
        zip.log(&log)?;
    }
    zip.zip.finish()?;
    Ok(zip.entries)
}

struct Zip<W: Write + Seek> {
    zip: ZipWriter<W>,
    redactor: Redactor,
    entries: u32,
}

impl<W: Write + Seek> Zip<W> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.zip.start_file(name, options)?;
        self.entries += 1;
        Ok(())
    }

    fn json(&mut self, name: &str, value: Value) -> io::Result<()> {
        self.begin(name)?;
        let clean = self.redactor.clean_value(value);
        self.zip.write_all(&serde_json::to_vec_pretty(&clean)?)?;
        self.zip.write_all(b"\n")
    }

    fn log(&mut self, path: &Path) -> io::Result<()> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.begin(&format!("logs/{name}"))?;
        // Readable lines are kept, so that a damaged disk loses only the lines after the damage.
        let mut lines = match fs::File::open(path) {
            Ok(file) => BufReader::new(file),
            // The file was removed just now, because a new day began.
            Err(cause) => return self.cut(&cause),
        };
        let mut line = Vec::new();
        loop {
            line.clear();
            match lines.read_until(b'\n', &mut line) {
                Ok(0) => return Ok(()),
                Ok(_) => {
                    self.zip.write_all(self.redactor.clean(&String::from_utf8_lossy(&line)).as_bytes())?
                }
                Err(cause) => return self.cut(&cause),
            }
        }
    }

    /// Notes in the entry that the rest of a file cannot be read.
    fn cut(&mut self, cause: &io::Error) -> io::Result<()> {
        writeln!(self.zip, "--- {}", say!("doctor-log-unreadable", cause = cause.kind().to_string()))
    }
}

fn about(made_at: Timestamp) -> Value {
    json!({
        "program": "HotelMate Desk",
        "version": env!("CARGO_PKG_VERSION"),
        "made_at": made_at,
        "system": std::env::consts::OS,
        "system_name": system_name(),
        "processor": std::env::consts::ARCH,
        "processors": std::thread::available_parallelism().map(usize::from).ok(),
        "system_time_zone": jiff::tz::TimeZone::system().iana_name(),
        "sqlite": rusqlite::version(),
        "log_level": logging::level(),
    })
}

/// Returns the name of a Linux distribution. Other systems are named by `system`.
fn system_name() -> Option<String> {
    let release = fs::read_to_string("/etc/os-release").ok()?;
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(name.trim_matches('"').to_owned())
}

fn status(status: &DeskStatus) -> Value {
    let notices: Vec<Value> =
        status.notices.iter().map(|notice| json!({"code": notice.code, "cause": notice.logged})).collect();
    json!({
        "pill": status.pill,
        "online": status.online,
        "live": status.live,
        "saving": status.saving,
        "waiting": status.waiting,
        "attention": status.attention,
        "unreadable": status.unreadable,
        "absent": status.absent,
        "last_sync": status.last_sync,
        "next_try": status.next_try,
        "notices": notices,
    })
}

/// Returns the settings without secrets.
pub fn settings(settings: &Settings) -> Value {
    json!({
        "server": settings.server.as_ref().map(|server| server.origin().ascii_serialization()),
        "hotel": settings.hotel,
        "time_zone": settings.time_zone.iana_name(),
        "sign_in_from_environment": settings.token.is_some(),
        "pusher_key_is_set": settings.pusher_key.is_some(),
        "pusher_cluster": settings.pusher_cluster,
        "pusher_host": settings.pusher_host.as_deref().map(without_credentials),
    })
}

/// Returns scheme, host and port of an address, or `None` if it is not an address.
fn without_credentials(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{}{port}", url.scheme(), url.host_str()?))
}

/// Returns an event with the shape of its data instead of the data.
fn event((entry, shape): (EventEntry, Shape)) -> Value {
    json!({
        "seq": entry.seq,
        "at": entry.at,
        "channel": entry.channel,
        "event": entry.event,
        "outcome": entry.outcome,
        "bytes": entry.bytes,
        "hotel_ms": entry.hotel_ms,
        "stored_ms": entry.stored_ms,
        "shown_ms": entry.shown_ms,
        "shape": shape.into_value(),
    })
}

/// Returns the waiting intents, without the typed texts.
///
/// # Errors
/// If the database cannot be read.
pub fn outbox(connection: &Connection) -> Result<Value, StoreError> {
    Ok(intents::all(connection)?.iter().map(waiting).collect())
}

fn waiting(intent: &Intent) -> Value {
    let note = &intent.note;
    let mut entry = json!({
        "id": intent.id,
        "entity": intent.lane,
        "want": intent.operation.name(),
        "state": intent.state,
        "created_at": intent.created_at,
        "not_before": Timestamp::from_millisecond(intent.not_before).ok(),
        "attempts": note.attempts,
        "failures": note.failures,
        "sent": note.sent,
        "reason": note.trouble.as_ref().map(Trouble::name),
    });
    if let Operation::Edit { edits } = &intent.operation {
        entry["fields"] = edits.iter().map(|edit| json!(edit.field())).collect();
    }
    if let Some(Trouble::Rejected { fields, .. }) = &note.trouble {
        entry["refused_fields"] = fields.0.keys().map(|field| json!(field)).collect();
    }
    if let Some(conflict) = &note.conflict {
        entry["conflict"] = json!({
            "at": conflict.at,
            "fields": conflict.theirs.iter().map(|value| json!(value.field)).collect::<Value>(),
        });
    }
    entry
}

/// Returns the size of the database, and whether it is sound.
///
/// # Errors
/// If the database cannot be read.
pub fn database(connection: &Connection) -> Result<Value, StoreError> {
    let number =
        |pragma: &str| connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0));
    let names =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut rows = Map::new();
    for table in texts(connection, names)? {
        let count = format!("SELECT count(*) FROM \"{table}\"");
        let count: i64 = connection.query_row(&count, [], |row| row.get(0))?;
        rows.insert(table, json!(count));
    }
    Ok(json!({
        "schema": number("user_version")?,
        "bytes": number("page_count")? * number("page_size")?,
        "free_pages": number("freelist_count")?,
        "rows": rows,
        "quick_check": texts(connection, "PRAGMA quick_check(20)")?,
    }))
}

fn texts(connection: &Connection, query: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(query)?;
    let texts = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redaction_catches_whole_words_only() {
        let redactor = Redactor::new(["ana".to_owned(), "ana maria".to_owned(), "x".to_owned()]);
        assert_eq!(redactor.clean("ana, manager, ana maria (x)"), "[hidden], manager, [hidden] (x)");
    }
}
