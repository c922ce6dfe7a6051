//! Writes new files for the person, without overwriting existing ones.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The number of names that are tried for one file.
const NAMES: u32 = 1000;

/// Creates the file `stem.ending`, or `stem-2.ending` and so on, in `folder`, and lets `write` fill it. Creates the
/// folder if it is missing.
///
/// # Errors
/// If the folder refuses or `write` fails. No partial file remains.
pub(super) fn write_new<T>(
    folder: &Path,
    (stem, ending): (&str, &str),
    write: impl FnOnce(&mut File) -> io::Result<T>,
) -> io::Result<(PathBuf, T)> {
    fs::create_dir_all(folder)?;
    let (path, mut file) = free_name(folder, stem, ending)?;
    let written = write(&mut file).and_then(|answer| file.sync_all().map(|()| answer));
    match written {
        Ok(answer) => Ok((path, answer)),
        Err(error) => {
            drop(file);
            // A partial file could be mistaken for a complete one. If it cannot be removed either, the first error is
            // sufficient.
            let _ = fs::remove_file(&path);
            Err(error)
        }
    }
}

fn free_name(folder: &Path, stem: &str, ending: &str) -> io::Result<(PathBuf, File)> {
    for number in 1..=NAMES {
        let path = folder.join(match number {
            1 => format!("{stem}.{ending}"),
            number => format!("{stem}-{number}.{ending}"),
        });
        match File::options().read(true).write(true).create_new(true).open(&path) {
            Err(taken) if taken.kind() == ErrorKind::AlreadyExists => {}
            opened => return opened.map(|file| (path, file)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}
