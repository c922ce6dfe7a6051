//! Lists the accounts, with the counts of what waits. Reads only.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use super::{Found, StoredAccounts};
use crate::account::Profile;
use crate::desk::blocking;
use crate::desk::leaving::left_in;
use crate::error::DeskError;
use crate::ids::MoveId;
use crate::media::MediaCache;
use crate::store::meta::{self, Key};
use crate::store::moved::{self, Moved};
use crate::store::{StoreError, health, message_files, outside, pictures};
use crate::views::{StoredAccount, Waits};

impl StoredAccounts {
    /// Returns every account on this computer. Needs no key and no network, and changes nothing. An account may be open
    /// in another process.
    ///
    /// # Errors
    /// If the program is ending. A database that cannot be read is not an error: its counts are missing.
    pub async fn list(&self) -> Result<Vec<StoredAccount>, DeskError> {
        let all = self.all();
        let now = self.environment.now_ms();
        blocking(move || Ok(all.into_iter().map(|found| view(found, now)).collect())).await
    }
}

fn view(found: Found, now: i64) -> StoredAccount {
    let read = content(&found, now, |database, query| outside::read(database, query));
    let (content, why_not) = match read {
        Ok(content) => (Some(content), None),
        Err(error) => (None, Some(DeskError::from(error))),
    };
    let waits = content.as_ref().map(|content| content.waits);
    let Content { name, last_used, moved, .. } = content.unwrap_or_default();
    let account = found.account.as_ref();
    StoredAccount {
        username: account.map(|account| account.username.clone()),
        name,
        server: account.map(|account| account.server.to_string()),
        hotel: account.map(|account| account.hotel_slug.clone()),
        hotel_name: account.map(|account| account.hotel_name.clone()),
        signed_in: found.is_signed_in,
        moved_to: moved.map(|moved| moved.to),
        last_used,
        waits,
        why_not,
        set_aside: health::set_aside(&found.folder).len(),
        bytes: size(&found.folder),
        account: found.id,
    }
}

/// The content of an account's database, as far as it can be read from outside.
#[derive(Default)]
pub(super) struct Content {
    pub(super) waits: Waits,
    pub(super) name: Option<String>,
    pub(super) last_used: Option<Timestamp>,
    pub(super) moved: Option<Moved>,
    /// A move that was killed before its end.
    pub(super) begun: Option<Moved>,
    /// The moves by which the account has arrived.
    pub(super) taken: Vec<MoveId>,
}

/// A query about a database.
type Query<'a> = Box<dyn FnOnce(&Connection) -> Result<Content, StoreError> + 'a>;

/// Reads the content of an account with `read`. An account without a database has none.
pub(super) fn content(
    found: &Found,
    now: i64,
    read: impl FnOnce(&Path, Query<'_>) -> Result<Content, StoreError>,
) -> Result<Content, StoreError> {
    let database = found.database();
    if !database.exists() && health::set_aside(&found.folder).is_empty() {
        return Ok(Content::default());
    }
    let folder = &found.folder;
    read(&database, Box::new(move |db| content_of(db, folder, now)))
}

pub(super) fn content_of(db: &Connection, folder: &Path, now: i64) -> Result<Content, StoreError> {
    let left = left_in(db, now, now)?;
    let named = pictures::of_own_work(db)?;
    let kept = MediaCache::look(folder.join("media"));
    let pictures = u32::try_from(named.iter().filter(|hash| kept.has(hash)).count()).unwrap_or(u32::MAX);
    let name = meta::get::<Profile>(db, Key::Profile)?;
    let name = name.map(|profile| format!("{} {}", profile.first_name, profile.last_name).trim().to_owned());
    Ok(Content {
        waits: Waits {
            changes: left.total(),
            attention: left.attention,
            drafts: left.drafts,
            pictures: pictures.saturating_add(message_files::count(db)?),
        },
        name: name.filter(|name| !name.is_empty()),
        last_used: meta::get(db, Key::LastHere)?,
        moved: moved::moved(db)?,
        begun: moved::begun(db)?,
        taken: moved::taken(db)?,
    })
}

/// Returns the size of a folder's files. Files that go meanwhile do not count.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let of = |entry: std::fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => size(&entry.path()),
        Ok(_) => entry.metadata().map_or(0, |about| about.len()),
        Err(_) => 0,
    };
    entries.flatten().map(of).sum()
}
