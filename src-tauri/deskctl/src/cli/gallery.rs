//! Commands about galleries.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use hotelmate_core::ids::LocalId;

#[derive(Debug, Subcommand)]
pub enum GalleryCommand {
    /// List the pictures as they are stored here, wishes that wait included
    List,
    /// Add pictures; they come in the order in which they are named
    Add(ImageAddArgs),
    /// Take pictures out
    Rm {
        /// The pictures, as `gallery list` shows them
        #[arg(required = true, value_name = "IMAGE")]
        images: Vec<LocalId>,
    },
    /// Put a picture back that a colleague took out of its gallery
    PutBack {
        /// The number of the event, as `activity list` shows it
        number: i64,
    },
    /// Put a picture into another place
    Order(OrderArgs),
    /// Give a new picture another caption, before it is sent
    Caption {
        /// The picture, as `gallery list` shows it
        image: LocalId,

        /// The caption; an empty text takes it off
        text: String,
    },
}

#[derive(Debug, Args)]
pub struct ImageAddArgs {
    /// The pictures: JPEG, PNG, WebP, GIF, BMP or TIFF
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// A caption for each of them, where the server has captions
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub caption: String,

    /// Put them behind this picture; without it they come to the end
    #[arg(long, value_name = "IMAGE")]
    pub after: Option<LocalId>,

    /// The gallery, where the hotel has several: the hotel's number or the local id
    #[arg(long, value_name = "ID")]
    pub gallery: Option<String>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("place").required(true).args(["first", "last", "before", "after"])))]
pub struct OrderArgs {
    /// The picture, as `gallery list` shows it
    pub image: LocalId,

    /// Before all others
    #[arg(long)]
    pub first: bool,

    /// Behind all others
    #[arg(long)]
    pub last: bool,

    /// Directly before this one
    #[arg(long, value_name = "IMAGE")]
    pub before: Option<LocalId>,

    /// Directly behind this one
    #[arg(long, value_name = "IMAGE")]
    pub after: Option<LocalId>,
}
