//! Exit codes. Scripts depend on them, and `--help` lists them: they never change their meaning.

use std::process::ExitCode;

use hotelmate_core::error::{DeskError, ErrorCode};

/// What a command comes to: an exit code, or a failure to tell.
pub type Outcome = Result<Exit, DeskError>;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Failed for a reason that has no code of its own.
    Failed = 1,
    /// The command line or a setting is wrong. Also the code with which `clap` ends.
    Usage = 2,
    /// The hotel's server cannot be reached, or cannot answer now.
    Unreachable = 3,
    /// A sign-in is needed, or the password is wrong.
    SignIn = 4,
    /// There is no such thing.
    NotFound = 5,
    /// A value is not acceptable.
    Invalid = 6,
    /// Something still waits to be sent.
    Waiting = 7,
    /// Something needs a person.
    Attention = 8,
    /// A check of `doctor` failed.
    Unsound = 9,
    /// The system told the program to end before it was done: Ctrl-C, SIGTERM, a closed console, a logoff. The number
    /// is the one that shells give for Ctrl-C.
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
            ErrorCode::WrongPassword | ErrorCode::SignedOut | ErrorCode::SignInNeeded => Self::SignIn,
            ErrorCode::NotFound => Self::NotFound,
            ErrorCode::Invalid | ErrorCode::BadPicture => Self::Invalid,
            ErrorCode::StillWaiting => Self::Waiting,
            ErrorCode::MassAbsence | ErrorCode::UnreadableRows => Self::Attention,
            ErrorCode::NotAllowed
            | ErrorCode::TooLate
            | ErrorCode::Cancelled
            | ErrorCode::DiskFull
            | ErrorCode::Database
            | ErrorCode::KeyStore
            | ErrorCode::Unexpected => Self::Failed,
        }
    }
}
