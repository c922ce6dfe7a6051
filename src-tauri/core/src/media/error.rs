//! Why a file cannot be used as a picture, in words.

use crate::error::{DeskError, ErrorCode};

/// Why a file cannot be used as a picture. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// More bytes than allowed.
    #[error("the file is larger than {limit_mb} MB")]
    TooManyBytes {
        /// The limit.
        limit_mb: usize,
    },
    /// More pixels than allowed.
    #[error("the picture has {width} x {height} pixels, more than {limit_mp} million")]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// The limit, in millions.
        limit_mp: u64,
    },
    /// It cannot be opened within the memory that is set aside for pictures.
    #[error("the picture needs {needed_mb} MB of memory, more than {limit_mb} MB")]
    TooMuchMemory {
        /// What it needs.
        needed_mb: u64,
        /// The limit.
        limit_mb: u64,
    },
    /// Its size is a claim: next to no data stands behind it.
    #[error("the picture claims {width} x {height} pixels, but the file holds next to nothing")]
    Hollow {
        /// Claimed width in pixels.
        width: u32,
        /// Claimed height in pixels.
        height: u32,
    },
    /// A phone's format that needs a codec we do not carry.
    #[error("HEIC pictures cannot be used")]
    Heic,
    /// A picture of a kind that is not accepted.
    #[error("{kind} pictures cannot be used")]
    OtherKind {
        /// The kind's name.
        kind: &'static str,
    },
    /// An accepted kind, but a variety that nothing here can read.
    #[error("this variety of {kind} picture cannot be used")]
    Variety {
        /// The kind's name.
        kind: &'static str,
    },
    /// Not a picture at all, whatever its name says.
    #[error("the file is not a picture")]
    NotAPicture,
    /// It begins like a picture, but cannot be read to its end.
    #[error("the picture is damaged: {cause}")]
    Damaged {
        /// The decoder's words.
        cause: String,
    },
    /// The part to be cut out is empty or lies outside.
    #[error("the part to be cut out is not inside the picture")]
    BadCrop,
    /// It took longer than it may.
    #[error("the picture took longer than {limit_s} seconds to read")]
    TooSlow {
        /// The limit.
        limit_s: u64,
    },
    /// Somebody stopped it.
    #[error("preparing the picture was stopped")]
    Cancelled,
}

impl PictureError {
    /// A picture that cannot be read to its end.
    pub(super) fn damaged(cause: impl std::fmt::Display) -> Self {
        Self::Damaged { cause: cause.to_string() }
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::Empty | Self::Damaged { .. } | Self::Hollow { .. } => {
                "Copy the picture again, or choose another one."
            }
            Self::TooManyBytes { .. }
            | Self::TooManyPixels { .. }
            | Self::TooMuchMemory { .. }
            | Self::TooSlow { .. } => "Make it smaller with a picture program, or choose another one.",
            Self::Heic => "Save it as JPEG. On an iPhone: Settings, Camera, Formats, Most Compatible.",
            Self::OtherKind { .. } | Self::NotAPicture => {
                "Choose a JPEG, PNG, WebP, GIF, BMP or TIFF picture."
            }
            Self::Variety { .. } => "Save it as a plain JPEG or PNG with a picture program.",
            Self::BadCrop => "Choose the part again.",
            Self::Cancelled => "Choose the picture again when you want it.",
        }
    }
}

impl From<PictureError> for DeskError {
    fn from(error: PictureError) -> Self {
        let text = error.to_string();
        let text_of_it = text.clone();
        let mut letters = text_of_it.chars();
        let sentence = letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters);
        let code = match error {
            PictureError::Cancelled => ErrorCode::Cancelled,
            _ => ErrorCode::BadPicture,
        };
        Self::new(code, sentence.chain(['.']).collect::<String>(), error.way_out()).logged_as(text)
    }
}
