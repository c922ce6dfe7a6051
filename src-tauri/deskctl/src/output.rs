//! Standard output for the answer, standard error for everything else.
//!
//! A reader that has seen enough (`deskctl offers list | head -1`) closes the pipe. That is no failure of the command,
//! and its exit code must still report the result for the data. So a closed pipe is remembered and otherwise ignored.

use std::io::{ErrorKind, Write, stderr, stdout};

use hotelmate_core::error::{DeskError, failure};
use serde::Serialize;

use crate::file::unwritten;
use crate::text::plain;

/// The output of the answer, in the form that was asked for.
pub struct Output {
    json: bool,
    closed: bool,
}

#[derive(Serialize)]
struct ErrorLine<'a> {
    error: &'a DeskError,
}

impl Output {
    /// Creates an output that answers as JSON, or as text for people.
    pub fn new(json: bool) -> Self {
        Self { json, closed: false }
    }

    /// Returns true if the answer has to be JSON.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Returns true if the reader has closed the pipe.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Prints one answer: `value` as one line of JSON, or `text()` for people.
    pub fn answer<T: Serialize>(
        &mut self,
        value: &T,
        text: impl FnOnce() -> String,
    ) -> Result<(), DeskError> {
        if self.json { self.json_line(value) } else { self.line(&text()) }
    }

    /// Prints one line of JSON, in either form.
    pub fn json_line<T: Serialize>(&mut self, value: &T) -> Result<(), DeskError> {
        let line = serde_json::to_string(value).map_err(|cause| unwritable(&cause.into()))?;
        self.line(&line)
    }

    /// Prints a remark beside the answer for people. Programs that asked for JSON have it in their answer.
    pub fn remark(&self, text: &str) {
        if !self.json {
            to_stderr(&plain(text));
        }
    }

    /// Prints a failure on standard error.
    pub fn error(&self, error: &DeskError) {
        let json = self.json.then(|| serde_json::to_string(&ErrorLine { error }).ok()).flatten();
        to_stderr(&json.unwrap_or_else(|| in_words(error)));
    }

    fn line(&mut self, text: &str) -> Result<(), DeskError> {
        if self.closed {
            return Ok(());
        }
        let mut out = stdout().lock();
        match writeln!(out, "{}", text.trim_end_matches('\n')).and_then(|()| out.flush()) {
            Err(cause) if cause.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            result => result.map_err(|cause| unwritable(&cause)),
        }
    }
}

/// Returns a failure that does not end the command, in one line.
pub fn with_way_out(notice: &DeskError) -> String {
    format!("{} {}", notice.message, notice.way_out)
}

/// Writes to standard error, which may be closed as well: then the text has no reader.
fn to_stderr(text: &str) {
    let _nobody_to_notify = writeln!(stderr().lock(), "{text}");
}

fn in_words(error: &DeskError) -> String {
    let mut words = format!("deskctl: {}", plain(&error.message));
    for (field, sentences) in &error.fields.0 {
        for sentence in sentences {
            words.push_str(&format!("\n  {}: {}", plain(field), plain(sentence)));
        }
    }
    if !error.way_out.is_empty() {
        words.push_str(&format!("\n{}", plain(&error.way_out)));
    }
    words
}

fn unwritable(cause: &std::io::Error) -> DeskError {
    let failed = failure!(Unexpected, "deskctl-answer-unwritable", cause = cause.to_string());
    DeskError { code: unwritten(cause), ..failed }
}
