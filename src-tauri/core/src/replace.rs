//! Replaces files. It is the only way in which this program does it.
//!
//! The new bytes go into a file beside the old one, reach the disk, are *closed*, and then take the name. So there is
//! the old file or the new one, never half of one. On Windows a file that another process holds open (a virus scanner,
//! a backup, a colleague's program) can be neither replaced nor renamed nor removed. Mostly that lasts for a moment, so
//! the operation is repeated for a second.
//!
//! All functions block. If that matters, call them on a thread for blocking work.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use tempfile::{NamedTempFile, TempPath};

/// The number of tries while another process holds the file.
const TRIES: u32 = 11;
/// The pause between two tries: a second over all tries.
const REST: Duration = Duration::from_millis(100);

/// Writes these bytes to `path`, in place of the old file. When this returns, they are on the disk.
///
/// # Errors
/// If the folder cannot be written, or another process holds the old file for longer than a second. Then the old file
/// is unchanged.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut new = NamedTempFile::new_in(folder_of(path))?;
    new.write_all(bytes)?;
    keep(new, path)
}

/// Reads a text file. A file that another process holds is tried again for a second.
///
/// # Errors
/// If it does not exist, is no UTF-8, or cannot be read for longer than a second.
pub fn read(path: &Path) -> io::Result<String> {
    patiently(|| fs::read_to_string(path))
}

/// Moves a finished temporary file to `path`, in place of the old file. It has to be in the same folder.
///
/// # Errors
/// Like [`write`]; the temporary file is then removed.
pub fn keep(new: NamedTempFile, path: &Path) -> io::Result<()> {
    new.as_file().sync_all()?;
    // From here on the file is closed.
    let mut new: Option<TempPath> = Some(new.into_temp_path());
    patiently(|| {
        let Some(from) = new.take() else { return Err(io::ErrorKind::NotFound.into()) };
        from.persist(path).map_err(|refused| {
            new = Some(refused.path);
            refused.error
        })
    })?;
    sync_folder(folder_of(path))
}

/// Gives a file another name in the same folder, in place of a file with that name.
///
/// # Errors
/// If it does not exist, or another process holds one of the two for longer than a second.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to))?;
    sync_folder(folder_of(to))
}

/// Removes a file. A missing file is no error.
///
/// # Errors
/// If another process holds it for longer than a second, or there is no right to remove it.
pub fn remove(path: &Path) -> io::Result<()> {
    or_gone(patiently(|| fs::remove_file(path)))
}

/// Removes a folder with its content. A missing folder is no error.
///
/// # Errors
/// If another process holds something in it for longer than a second, or there is no right to remove it.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    or_gone(patiently(|| fs::remove_dir_all(path)))
}

fn or_gone(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// Makes new names in a folder durable. Windows does it with the file itself, and cannot open folders.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Makes new names in a folder durable. Windows does it with the file itself, and cannot open folders.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a file that another program holds tells nobody when it is let go"
)]
fn patiently<T>(attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    again_while(attempt, is_held, || std::thread::sleep(REST))
}

fn again_while<T>(
    mut attempt: impl FnMut() -> io::Result<T>,
    is_held: impl Fn(&io::Error) -> bool,
    rest: impl Fn(),
) -> io::Result<T> {
    for _ in 1..TRIES {
        match attempt() {
            Err(error) if is_held(&error) => rest(),
            done => return done,
        }
    }
    attempt()
}

/// Returns true if another process has the file open. Only Windows refuses for that: access denied, sharing violation,
/// lock violation, and a folder with a file that is removed when its holder closes it.
fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33 | 145))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn held() -> io::Error {
        io::ErrorKind::PermissionDenied.into()
    }

    #[test]
    fn what_somebody_holds_is_tried_again_until_it_is_let_go() {
        let (tries, rests) = (Cell::new(0), Cell::new(0));
        let attempt = || {
            tries.set(tries.get() + 1);
            if tries.get() < 4 { Err(held()) } else { Ok("done") }
        };
        let done = again_while(attempt, |_| true, || rests.set(rests.get() + 1));
        assert_eq!((done.unwrap(), rests.get()), ("done", 3));
    }

    #[test]
    fn what_somebody_holds_for_longer_than_a_second_is_an_error() {
        let rests = Cell::new(0);
        let done = again_while(|| Err::<(), _>(held()), |_| true, || rests.set(rests.get() + 1));
        assert!(done.is_err());
        assert_eq!(REST * rests.get(), Duration::from_secs(1));
    }

    #[test]
    fn what_nobody_holds_is_tried_once() {
        let done = again_while(|| Err::<(), _>(held()), |_| false, || panic!("no rest"));
        assert!(done.is_err());
    }

    #[test]
    fn a_replaced_file_is_the_new_one_and_nothing_lies_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.json");
        for text in ["old", "new"] {
            write(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_replaced_is_as_it_was_and_nothing_lies_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in the way");
        fs::create_dir(&path).unwrap();
        assert!(write(&path, b"new").is_err());
        assert!(path.is_dir());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn only_this_module_gives_files_other_names() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![sources];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = fs::read_to_string(&path).unwrap();
                let program = text.split("#[cfg(test)]").next().unwrap();
                for call in ["fs::rename(", ".persist("] {
                    assert!(
                        path.ends_with("replace.rs") || !program.contains(call),
                        "{} has {call}",
                        path.display()
                    );
                }
            }
        }
    }
}
