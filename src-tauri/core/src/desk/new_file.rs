//! Writes new files for the person, without overwriting existing ones.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::error::{DeskError, failure};

/// The number of names that are tried for one file.
const NAMES: u32 = 1000;

/// Creates the file `stem.ending`, or `stem-2.ending` and so on, in `folder`, and lets `write` fill it, on a thread that
/// may block. Creates the folder if it is missing. Returns the path, and the answer of `write`.
///
/// # Errors
/// [`DiskFull`](crate::error::ErrorCode::DiskFull), or [`Unexpected`](crate::error::ErrorCode::Unexpected) with the
/// reason if the folder refuses or `write` fails. No partial file remains.
pub(super) async fn save<T: Send + 'static>(
    folder: PathBuf,
    (stem, ending): (&str, &str),
    write: impl FnOnce(&mut File) -> io::Result<T> + Send + 'static,
) -> Result<(String, T), DeskError> {
    let (stem, ending) = (stem.to_owned(), ending.to_owned());
    let written = tokio::task::spawn_blocking(move || {
        write_new(&folder, (&stem, &ending), write).map_err(|cause| unwritable(&folder, &cause))
    });
    let (path, answer) =
        written.await.map_err(|cause| unwritable(Path::new(""), &io::Error::other(cause)))??;
    Ok((path.display().to_string(), answer))
}

/// Returns the failure of a folder that did not take a file. The data to export is still stored here.
fn unwritable(folder: &Path, cause: &io::Error) -> DeskError {
    let (folder, why) = (folder.display().to_string(), cause.to_string());
    let failed = match cause.kind() {
        ErrorKind::StorageFull => {
            failure!(DiskFull, "error-file-not-written", folder = folder, cause = why)
        }
        _ => failure!(Unexpected, "error-file-not-written", folder = folder, cause = why),
    };
    failed.logged_as(format!("a file for the person could not be written: {}", cause.kind()))
}

fn write_new<T>(
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    async fn save_text(folder: &Path, text: &'static str) -> Result<String, DeskError> {
        let write = move |file: &mut File| file.write_all(text.as_bytes());
        save(folder.to_owned(), ("hotelmate-changes-2026-11-21", "json"), write).await.map(|(path, ())| path)
    }

    #[tokio::test]
    async fn a_second_file_of_the_day_leaves_the_first_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let downloads = folder.path().join("not/there yet");
        let first = save_text(&downloads, "first").await.unwrap();
        let second = save_text(&downloads, "second").await.unwrap();
        assert_eq!(first, downloads.join("hotelmate-changes-2026-11-21.json").display().to_string());
        assert_eq!(second, downloads.join("hotelmate-changes-2026-11-21-2.json").display().to_string());
        let read = |path| fs::read_to_string(path).unwrap();
        assert_eq!((read(first), read(second)), ("first".to_owned(), "second".to_owned()));
    }

    #[tokio::test]
    async fn a_folder_that_refuses_is_named_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "in the way").unwrap();
        let error = save_text(&file, "x").await.unwrap_err();
        assert!(error.message.contains(&file.display().to_string()), "{error}");
        assert_eq!(fs::read(&file).unwrap(), b"in the way");
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_filled_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let write = |_: &mut File| Err::<(), _>(io::Error::from(ErrorKind::StorageFull));
        let failed = save(folder.path().to_owned(), ("a", "txt"), write).await.unwrap_err();
        assert_eq!(failed.code, crate::error::ErrorCode::DiskFull);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
