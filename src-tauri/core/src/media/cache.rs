//! A cache of pictures on disk. Each file has the hash of its bytes as its name.
//!
//! `ab/ab12….jpg`: the name depends on the content only. So a file never changes, two writers of the same picture
//! cannot disturb each other, and every read can be checked. Bytes from the hotel's server are not trusted: only bytes
//! that begin like a picture that a web view shows are kept, so no page can be served under `media:`.
//!
//! All functions block. Call them on a thread for blocking work.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use tempfile::NamedTempFile;

use super::sniff::shown_as;
use crate::error::{DeskError, failure};
use crate::ids::MediaHash;
use crate::replace;

/// The file endings in the cache.
const ENDINGS: [&str; 4] = ["jpg", "png", "webp", "gif"];
/// A read marks the file as used at most this often, since each mark is a write.
const TOUCH_EVERY: Duration = Duration::from_secs(3600);
/// Age at which an unfinished file of a dead process is removed.
const STALE: Duration = Duration::from_secs(24 * 3600);
/// A picture that was used within this time is never evicted: it is stored before the database says who needs it.
const SETTLING: Duration = Duration::from_secs(600);
/// The prefix of unfinished files.
const UNFINISHED: &str = ".unfinished-";

/// An error of the cache.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The bytes are not a JPEG, PNG, WebP or GIF picture.
    #[error("these bytes are not a picture that can be shown")]
    NotAPicture,
    /// An error of the disk.
    #[error("the picture cache cannot be used: {0}")]
    Disk(#[from] io::Error),
}

impl From<CacheError> for DeskError {
    fn from(error: CacheError) -> Self {
        let failed = match &error {
            CacheError::NotAPicture => failure!(BadPicture, "error-picture-of-hotel"),
            CacheError::Disk(cause) if cause.kind() == io::ErrorKind::StorageFull => {
                failure!(DiskFull, "error-picture-no-room")
            }
            CacheError::Disk(cause) => failure!(Database, "error-picture-disk", cause = cause.to_string()),
        };
        failed.logged_as(error.to_string())
    }
}

/// The cache. Cheap to clone; several processes may use one folder.
#[derive(Debug, Clone)]
pub struct MediaCache {
    dir: PathBuf,
}

impl MediaCache {
    /// Opens the cache in `dir`. Makes the folder if it is missing.
    ///
    /// # Errors
    /// [`CacheError::Disk`] if the folder cannot be made.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, CacheError> {
        let dir = dir.into();
        fs::create_dir_all(&dir)?;
        Ok(Self { dir })
    }

    /// Looks at the cache in `dir`, which may be missing.
    pub fn look(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Stores a picture. When this returns, the picture is safely on the disk. Storing the same bytes again is no
    /// error.
    ///
    /// # Errors
    /// [`CacheError::NotAPicture`], or [`CacheError::Disk`].
    pub fn put(&self, bytes: &[u8], now: Timestamp) -> Result<MediaHash, CacheError> {
        let (ending, _) = shown_as(bytes).ok_or(CacheError::NotAPicture)?;
        let hash = MediaHash::of(bytes);
        let path = self.path(&hash, ending);
        // A file of that name with other bytes is damaged, and is replaced.
        if fs::read(&path).is_ok_and(|present| present == bytes) {
            mark_used(&path, now)?;
            return Ok(hash);
        }
        let folder = path.parent().unwrap_or(&self.dir);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().set_modified(now.into())?;
        keep(file, &path, bytes)?;
        replace::sync_folder(&self.dir)?;
        Ok(hash)
    }

    /// Returns a picture and its content type, or `None` if the cache does not have it. Removes a damaged file, and
    /// returns `None` for it.
    ///
    /// # Errors
    /// [`CacheError::Disk`] if the file exists and cannot be read.
    pub fn get(
        &self,
        hash: &MediaHash,
        now: Timestamp,
    ) -> Result<Option<(Vec<u8>, &'static str)>, CacheError> {
        for ending in ENDINGS {
            let path = self.path(hash, ending);
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error.into()),
            };
            let shown = shown_as(&bytes).filter(|_| MediaHash::of(&bytes) == *hash);
            let Some((_, mime)) = shown else {
                tracing::warn!(%hash, "a damaged picture is removed from the cache");
                replace::remove(&path)?;
                continue;
            };
            // A reader on a full or read-only disk still gets its picture.
            if let Err(error) = mark_used(&path, now) {
                tracing::debug!(%error, "a picture could not be marked as used");
            }
            return Ok(Some((bytes, mime)));
        }
        Ok(None)
    }

    /// Returns true if the cache has a file of that hash. Only a read shows whether the file is sound.
    pub fn has(&self, hash: &MediaHash) -> bool {
        ENDINGS.iter().any(|ending| self.path(hash, ending).is_file())
    }

    /// Removes the least recently used pictures until at most `cap_bytes` are left. Keeps pinned pictures, which wait
    /// for their upload or are shown, and those of the last minutes. Returns the number of removed bytes.
    ///
    /// # Errors
    /// [`CacheError::Disk`] if the folder cannot be read or a file cannot be removed.
    pub fn evict(
        &self,
        cap_bytes: u64,
        pinned: &HashSet<MediaHash>,
        now: Timestamp,
    ) -> Result<u64, CacheError> {
        let mut files = self.files(now)?;
        let mut total: u64 = files.iter().map(|file| file.size).sum();
        files.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        let mut removed = 0;
        let may_go = |file: &&CachedFile| !pinned.contains(&file.hash) && age(file.used, now) >= SETTLING;
        for file in files.iter().filter(may_go) {
            if total <= cap_bytes {
                break;
            }
            replace::remove(&file.path)?;
            total -= file.size;
            removed += file.size;
        }
        Ok(removed)
    }

    /// Counts the pictures in the cache and their bytes.
    ///
    /// # Errors
    /// [`CacheError::Disk`] if the folder cannot be read.
    pub fn usage(&self, now: Timestamp) -> Result<Usage, CacheError> {
        let files = self.files(now)?;
        Ok(Usage { files: files.len(), bytes: files.iter().map(|file| file.size).sum() })
    }

    /// Lists the pictures in the cache. Removes stale unfinished files.
    fn files(&self, now: Timestamp) -> io::Result<Vec<CachedFile>> {
        let mut files = Vec::new();
        for folder in fs::read_dir(&self.dir)? {
            let folder = folder?;
            if !folder.file_type()?.is_dir() {
                continue;
            }
            for entry in fs::read_dir(folder.path())? {
                let entry = entry?;
                let path = entry.path();
                // Another process may remove it in between.
                let Ok(about) = entry.metadata() else { continue };
                let used = about.modified()?;
                let is_unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
                let hash = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
                match hash {
                    Some(hash) => files.push(CachedFile { path, hash, size: about.len(), used }),
                    None if is_unfinished && age(used, now) > STALE => replace::remove(&path)?,
                    None => {}
                }
            }
        }
        Ok(files)
    }

    fn path(&self, hash: &MediaHash, ending: &str) -> PathBuf {
        self.dir.join(&hash.as_str()[..2]).join(format!("{hash}.{ending}"))
    }
}

/// The use of disk by a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// The number of pictures.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: u64,
}

/// One picture on the disk.
struct CachedFile {
    path: PathBuf,
    hash: MediaHash,
    size: u64,
    used: SystemTime,
}

fn age(of: SystemTime, now: Timestamp) -> Duration {
    SystemTime::from(now).duration_since(of).unwrap_or_default()
}

fn mark_used(path: &Path, now: Timestamp) -> io::Result<()> {
    if age(fs::metadata(path)?.modified()?, now) < TOUCH_EVERY {
        return Ok(());
    }
    File::options().append(true).open(path)?.set_modified(now.into())
}

/// Gives a finished file its name. On Windows that fails while a reader has the same picture open; the picture is then
/// already stored, which is enough.
fn keep(file: NamedTempFile, path: &Path, bytes: &[u8]) -> io::Result<()> {
    match replace::keep(file, path) {
        Err(_) if fs::read(path).is_ok_and(|present| present == bytes) => Ok(()),
        kept => kept,
    }
}

#[cfg(test)]
#[path = "cache_tests.rs"]
mod tests;
