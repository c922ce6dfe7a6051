//! The reasons why a file cannot be used as a picture, with sentences for people.

use crate::error::{DeskError, failure};

/// The reason why a file cannot be used as a picture. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// The file has more megabytes than this limit.
    #[error("the file is larger than {0} MB")]
    TooManyBytes(usize),
    /// The picture has more pixels than allowed.
    #[error("the picture has {width} x {height} pixels, more than {limit_mp} million")]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// The limit, in millions.
        limit_mp: u64,
    },
    /// The picture cannot be decoded within the memory that is reserved for pictures.
    #[error("the picture needs {needed_mb} MB of memory, more than {limit_mb} MB")]
    TooMuchMemory {
        /// The memory that it needs, in megabytes.
        needed_mb: u64,
        /// The limit, in megabytes.
        limit_mb: u64,
    },
    /// The head of the file claims a large size, but there is next to no data for it.
    #[error("the picture claims {width} x {height} pixels, but the file holds next to nothing")]
    Hollow {
        /// Claimed width in pixels.
        width: u32,
        /// Claimed height in pixels.
        height: u32,
    },
    /// A phone's format that needs a codec that this program does not have.
    #[error("HEIC pictures cannot be used")]
    Heic,
    /// A kind of picture that is not accepted.
    #[error("{0} pictures cannot be used")]
    OtherKind(&'static str),
    /// An accepted kind, in a variety that no decoder here can read.
    #[error("this variety of {0} picture cannot be used")]
    Variety(&'static str),
    /// Not a picture, whatever its name says.
    #[error("the file is not a picture")]
    NotAPicture,
    /// The file begins like a picture, but cannot be read to its end. The decoder's words.
    #[error("the picture is damaged: {0}")]
    Damaged(String),
    /// The part to be cut out is empty or lies outside.
    #[error("the part to be cut out is not inside the picture")]
    BadCrop,
    /// The preparation took longer than this limit, in seconds.
    #[error("the picture took longer than {0} seconds to read")]
    TooSlow(u64),
    /// A person or a newer job stopped it.
    #[error("preparing the picture was stopped")]
    Cancelled,
}

impl PictureError {
    /// Makes the error for a picture that cannot be read to its end.
    pub(super) fn damaged(cause: impl std::fmt::Display) -> Self {
        Self::Damaged(cause.to_string())
    }
}

impl From<PictureError> for DeskError {
    fn from(error: PictureError) -> Self {
        let logged = error.to_string();
        let failed = match error {
            PictureError::Empty => failure!(BadPicture, "picture-empty"),
            PictureError::TooManyBytes(limit) => {
                failure!(BadPicture, "picture-too-many-bytes", limit = limit)
            }
            PictureError::TooManyPixels { width, height, limit_mp } => failure!(
                BadPicture,
                "picture-too-many-pixels",
                width = width,
                height = height,
                limit = limit_mp
            ),
            PictureError::TooMuchMemory { needed_mb, limit_mb } => {
                failure!(BadPicture, "picture-too-much-memory", needed = needed_mb, limit = limit_mb)
            }
            PictureError::Hollow { width, height } => {
                failure!(BadPicture, "picture-hollow", width = width, height = height)
            }
            PictureError::Heic => failure!(BadPicture, "picture-heic"),
            PictureError::OtherKind(kind) => failure!(BadPicture, "picture-other-kind", kind = kind),
            PictureError::Variety(kind) => failure!(BadPicture, "picture-variety", kind = kind),
            PictureError::NotAPicture => failure!(BadPicture, "picture-no-picture"),
            PictureError::Damaged(cause) => failure!(BadPicture, "picture-damaged", cause = cause),
            PictureError::BadCrop => failure!(BadPicture, "picture-bad-crop"),
            PictureError::TooSlow(limit) => failure!(BadPicture, "picture-too-slow", limit = limit),
            PictureError::Cancelled => failure!(Cancelled, "picture-cancelled"),
        };
        failed.logged_as(logged)
    }
}
