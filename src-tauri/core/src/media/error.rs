//! Why a file cannot be used as a picture, in words.

use crate::error::{DeskError, failure};

/// Why a file cannot be used as a picture. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// More megabytes than this, which is the limit.
    #[error("the file is larger than {0} MB")]
    TooManyBytes(usize),
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
    /// A picture of this kind, which is not accepted.
    #[error("{0} pictures cannot be used")]
    OtherKind(&'static str),
    /// This kind is accepted, but it is a variety that nothing here can read.
    #[error("this variety of {0} picture cannot be used")]
    Variety(&'static str),
    /// Not a picture at all, whatever its name says.
    #[error("the file is not a picture")]
    NotAPicture,
    /// It begins like a picture, but cannot be read to its end; in the decoder's words.
    #[error("the picture is damaged: {0}")]
    Damaged(String),
    /// The part to be cut out is empty or lies outside.
    #[error("the part to be cut out is not inside the picture")]
    BadCrop,
    /// It took longer than it may: so many seconds.
    #[error("the picture took longer than {0} seconds to read")]
    TooSlow(u64),
    /// Somebody stopped it.
    #[error("preparing the picture was stopped")]
    Cancelled,
}

impl PictureError {
    /// A picture that cannot be read to its end.
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
