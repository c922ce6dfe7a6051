//! Reads and writes files that a person names.

use std::io::ErrorKind;
use std::path::Path;

use hotelmate_core::error::{DeskError, ErrorCode, failure};
use hotelmate_core::replace;

use crate::text::shown;

/// Writes the whole file, and replaces one that exists. A path that is no file, such as a terminal, gets the bytes.
pub fn write(file: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    let is_no_file = std::fs::metadata(file).is_ok_and(|there| !there.is_file());
    let written = if is_no_file { std::fs::write(file, bytes) } else { replace::write(file, bytes) };
    written.map_err(|cause| {
        let why = cause.to_string();
        let failed = failure!(Unexpected, "deskctl-file-not-written", file = shown(file), cause = why);
        DeskError { code: unwritten(&cause), ..failed }
    })
}

/// Returns the code of a failure to write.
pub fn unwritten(cause: &std::io::Error) -> ErrorCode {
    if cause.kind() == ErrorKind::StorageFull { ErrorCode::DiskFull } else { ErrorCode::Unexpected }
}

/// Returns the failure to read a file. `code` is for a file that exists.
pub fn unread(file: &Path, code: ErrorCode, cause: &std::io::Error) -> DeskError {
    if cause.kind() == ErrorKind::NotFound {
        return failure!(NotFound, "deskctl-file-not-there", file = shown(file));
    }
    let cause = cause.to_string();
    DeskError { code, ..failure!(Unexpected, "deskctl-file-not-read", file = shown(file), cause = cause) }
}

/// Returns the content of a file.
pub fn bytes(file: &Path) -> Result<Vec<u8>, DeskError> {
    std::fs::read(file).map_err(|cause| unread(file, ErrorCode::Unexpected, &cause))
}
