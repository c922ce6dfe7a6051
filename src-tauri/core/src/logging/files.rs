//! The log files: one for each day and program, with limits to their size.
//!
//! `logs/desk-2026-11-22.log`. A day's file takes 10 MB; then one line says that the rest of the day is cut. All files
//! together take 50 MB or go back 14 days, whichever is less; the oldest are removed first, when a day begins or a
//! program starts. Days are UTC, as the times in the lines. Two programs write different files; two runs of one program
//! append to the same file, a line at a time.
//!
//! After a failure to write (a full disk, a folder without rights) the program tries again every minute. Then one line
//! reports the number of lost lines.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Setup, day_of};

/// The folder in the data folder.
pub const FOLDER: &str = "logs";
/// The beginning of the last line in a full file.
const CUT: &str = "--- The log of this day is full; the rest of the day is cut.";
/// Pause after a failure to write.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);
/// The bytes at the end of a file that are read when it is opened.
const TAIL: u64 = 128;

/// The limits of the log files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Largest size of one file, in bytes.
    pub day: u64,
    /// Largest size of all files together, in bytes, when a day begins.
    pub all: u64,
    /// The number of days that are kept.
    pub days: i64,
}

impl Default for Room {
    fn default() -> Self {
        Self { day: 10 << 20, all: 50 << 20, days: 14 }
    }
}

/// The log files, as a writer of lines.
pub(super) struct DayFiles {
    folder: PathBuf,
    setup: Setup,
    open: Option<DayFile>,
    /// After a failure: the time before which no write is tried.
    rest_until: Option<Timestamp>,
    lost: u64,
}

struct DayFile {
    day: Date,
    file: File,
    is_cut: bool,
}

impl DayFiles {
    /// Makes the writer of files in `folder`. Changes nothing on the disk before the first line.
    pub(super) fn new(folder: PathBuf, setup: &Setup) -> Self {
        Self { folder, setup: setup.clone(), open: None, rest_until: None, lost: 0 }
    }

    /// Writes one line. It never fails: a failure of the log must not stop the program.
    pub(super) fn take(&mut self, line: &[u8]) {
        let now = self.setup.environment.now();
        let resting = self.rest_until.is_some_and(|until| {
            // A pause that ends later than the longest pause was begun before the clock was set back.
            now < until && until.duration_since(now) <= PAUSE
        });
        if resting {
            self.lost += 1;
            return;
        }
        match self.write_line(day_of(now), line) {
            Ok(()) => self.rest_until = None,
            Err(cause) => {
                if self.rest_until.is_none() {
                    // Standard error may be missing as well.
                    let _ = writeln!(
                        io::stderr(),
                        "The log cannot be written to {}: {cause}.",
                        self.folder.display()
                    );
                }
                self.open = None;
                self.lost += 1;
                self.rest_until = now.checked_add(PAUSE).ok();
            }
        }
    }

    fn write_line(&mut self, day: Date, line: &[u8]) -> io::Result<()> {
        if self.open.as_ref().is_none_or(|open| open.day != day) {
            self.open = Some(self.open_day(day)?);
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        if open.is_cut {
            return Ok(());
        }
        let mut text = Vec::with_capacity(line.len());
        if self.lost > 0 {
            writeln!(text, "--- {} lines could not be written before this one.", self.lost)?;
        }
        text.extend_from_slice(line);
        let size = open.file.metadata()?.len();
        // The last line has to fit too.
        if size + (text.len() + CUT.len() + 1) as u64 > self.setup.room.day {
            open.file.write_all(format!("{CUT}\n").as_bytes())?;
            open.is_cut = true;
        } else {
            open.file.write_all(&text)?;
        }
        self.lost = 0;
        Ok(())
    }

    fn open_day(&self, day: Date) -> io::Result<DayFile> {
        fs::create_dir_all(&self.folder)?;
        let name = format!("{}-{day}.log", self.setup.program);
        // A file that cannot be removed now is tried again tomorrow.
        let _ = sweep(&self.folder, &name, day, self.setup.room);
        let path = self.folder.join(name);
        let mut file = OpenOptions::new().create(true).append(true).read(true).open(path)?;
        let tail = tail(&mut file)?;
        if tail.is_empty() {
            let version = env!("CARGO_PKG_VERSION");
            writeln!(file, "--- HotelMate Desk {version}, {}. All times are UTC.", self.setup.program)?;
        } else if !tail.ends_with(b"\n") {
            // The disk was full in the middle of a line, or the power failed.
            file.write_all(b"\n")?;
        }
        let is_cut = String::from_utf8_lossy(&tail).contains(CUT);
        Ok(DayFile { day, file, is_cut })
    }
}

/// Lists all files of a log folder with their days, oldest first.
///
/// # Errors
/// If the folder cannot be read.
pub fn list(folder: &Path) -> io::Result<Vec<(Date, PathBuf)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Some(day) = day_of_file(&path) {
            files.push((day, path));
        }
    }
    files.sort();
    Ok(files)
}

/// Returns the day in the name of a log file: `desk-2026-11-22.log`.
fn day_of_file(path: &Path) -> Option<Date> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".log")?;
    let (program, day) = stem.split_at_checked(stem.len().checked_sub("-2026-11-22".len())?)?;
    let is_name = !program.is_empty() && program.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_name { day.strip_prefix('-')?.parse().ok() } else { None }
}

/// Removes the files that are too old, and then the oldest until there is room for the day that begins.
fn sweep(folder: &Path, today: &str, day: Date, room: Room) -> io::Result<()> {
    let oldest = day.checked_sub(room.days.days()).unwrap_or(Date::MIN);
    let mut kept = Vec::new();
    for (of, path) in list(folder)? {
        if of <= oldest {
            let _ = fs::remove_file(&path);
        } else if !path.ends_with(today) {
            let size = fs::metadata(&path).map_or(0, |file| file.len());
            // Each file of today may grow to its full size: this program's, and that of another program.
            kept.push((path, if of == day { room.day.max(size) } else { size }));
        }
    }
    let mut total: u64 = kept.iter().map(|(_, size)| size).sum();
    for (path, size) in kept {
        if total <= room.all.saturating_sub(room.day) {
            break;
        }
        if fs::remove_file(path).is_ok() {
            total -= size;
        }
    }
    Ok(())
}

fn tail(file: &mut File) -> io::Result<Vec<u8>> {
    let size = file.metadata()?.len();
    file.seek(SeekFrom::Start(size.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    Ok(tail)
}
