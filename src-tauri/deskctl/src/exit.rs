//! Exit codes. Scripts depend on them, and `--help` lists them: they never change their meaning.

use std::process::ExitCode;

use hotelmate_core::error::{DeskError, ErrorCode};

/// The result of a command: an exit code, or a failure to report.
pub type Outcome = Result<Exit, DeskError>;

/// The exit code of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The command succeeded.
    Done = 0,
    /// The command failed for a reason without a code of its own.
    Failed = 1,
    /// The command line or a setting is wrong. Also the code with which `clap` ends.
    Usage = 2,
    /// The hotel's server cannot be reached, or cannot answer now.
    Unreachable = 3,
    /// A sign-in is needed, or the password is wrong.
    SignIn = 4,
    /// The named entity does not exist.
    NotFound = 5,
    /// A value is not acceptable.
    Invalid = 6,
    /// A change still waits to be sent.
    Waiting = 7,
    /// A change needs a person.
    Attention = 8,
    /// A check of `doctor` failed.
    Unsound = 9,
    /// The system ended the program before it was done: Ctrl-C, SIGTERM, a closed console, a logoff. The number is the
    /// one that shells give for Ctrl-C.
    Stopped = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<ErrorCode> for Exit {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::Configuration => Self::Usage,
            ErrorCode::Offline | ErrorCode::ServerTrouble | ErrorCode::ListOutage => Self::Unreachable,
            ErrorCode::WrongPassword
            | ErrorCode::SignedOut
            | ErrorCode::Locked
            | ErrorCode::WrongPin
            | ErrorCode::PasswordNeeded
            | ErrorCode::SignInNeeded => Self::SignIn,
            ErrorCode::NotFound => Self::NotFound,
            ErrorCode::Invalid | ErrorCode::BadPicture => Self::Invalid,
            ErrorCode::StillWaiting => Self::Waiting,
            ErrorCode::MassAbsence | ErrorCode::UnreadableRows | ErrorCode::Restored => Self::Attention,
            ErrorCode::NotAllowed
            | ErrorCode::TooLate
            | ErrorCode::InUse
            | ErrorCode::Moved
            | ErrorCode::Cancelled
            | ErrorCode::DiskFull
            | ErrorCode::Database
            | ErrorCode::KeyStore
            | ErrorCode::Unexpected => Self::Failed,
        }
    }
}
