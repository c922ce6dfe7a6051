//! Files for the person: always new ones, never over something that is there.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// How many files of one day are tried for a free name.
const NAMES: u32 = 1000;

/// Makes the file `stem.ending`, or `stem-2.ending` and so on, in `folder`, which is made where it is missing, and
/// lets `write` fill it.
///
/// # Errors
/// When the folder refuses or `write` fails. Nothing half written stays.
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
            // Half a file would be taken for a whole one; if it cannot go either, the error says enough.
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
