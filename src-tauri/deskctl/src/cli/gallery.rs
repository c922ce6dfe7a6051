//! Commands about galleries.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use hotelmate_core::ids::LocalId;

#[derive(Debug, Subcommand)]
pub enum GalleryCommand {
    List,
    Add(ImageAddArgs),
    Rm {
        #[arg(required = true, value_name = "IMAGE")]
        images: Vec<LocalId>,
    },
    Order(OrderArgs),
    Caption {
        image: LocalId,
        text: String,
    },
}

#[derive(Debug, Args)]
pub struct ImageAddArgs {
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub caption: String,
    #[arg(long, value_name = "IMAGE")]
    pub after: Option<LocalId>,
    #[arg(long, value_name = "ID")]
    pub gallery: Option<String>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("place").required(true).args(["first", "last", "before", "after"])))]
pub struct OrderArgs {
    pub image: LocalId,
    #[arg(long)]
    pub first: bool,
    #[arg(long)]
    pub last: bool,
    #[arg(long, value_name = "IMAGE")]
    pub before: Option<LocalId>,
    #[arg(long, value_name = "IMAGE")]
    pub after: Option<LocalId>,
}
