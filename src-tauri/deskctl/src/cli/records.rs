//! Commands about room types and the branding: their fields stand in the core's table, so that a new field needs no
//! option of its own.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use hotelmate_core::records::Slot;

use super::help::{branding_help, rooms_help};
use super::offers::PhotoArgs;

#[derive(Debug, Subcommand)]
pub enum RoomsCommand {
    /// List room types as they are stored here, wishes that wait included
    List,
    /// Show one room type
    Show {
        /// The hotel's number or the local id
        id: String,
    },
    /// Make a new room type
    #[command(after_help = rooms_help())]
    Add(RoomAddArgs),
    /// Change fields of a room type; only what differs is stored and sent
    #[command(after_help = rooms_help())]
    Edit(RoomEditArgs),
    /// Remove a room type
    Rm {
        /// The hotel's number or the local id
        id: String,
    },
    /// Put a picture on a room type, or take it off
    Photo(PhotoArgs),
}

#[derive(Debug, Subcommand)]
pub enum BrandingCommand {
    /// Show what the hotel says about itself
    Show,
    /// Change fields of it; only what differs is stored and sent
    #[command(after_help = branding_help())]
    Edit(SetArgs),
    /// Put a picture in a place of it
    Picture {
        /// Which of its pictures
        place: PlaceArg,

        /// The picture: JPEG, PNG, WebP, GIF, BMP or TIFF
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct RoomAddArgs {
    /// Give a field a value; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = assignment, required = true)]
    pub set: Vec<(String, String)>,

    /// The picture: JPEG, PNG, WebP, GIF, BMP or TIFF
    #[arg(long, value_name = "FILE")]
    pub photo: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("change").required(true).multiple(true).args(["set", "clear", "photo"])))]
pub struct RoomEditArgs {
    /// The hotel's number or the local id
    pub id: String,

    /// Give a field a value; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,

    /// Empty this field, or take the picture off (photo); may be repeated
    #[arg(long, value_name = "FIELD")]
    pub clear: Vec<String>,

    /// The picture: JPEG, PNG, WebP, GIF, BMP or TIFF
    #[arg(long, value_name = "FILE")]
    pub photo: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("change").required(true).multiple(true).args(["set", "clear"])))]
pub struct SetArgs {
    /// Give a field a value; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,

    /// Empty this field; may be repeated
    #[arg(long, value_name = "FIELD")]
    pub clear: Vec<String>,
}

/// A place for a picture in the branding, by the server's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum PlaceArg {
    /// The large picture of the hotel
    HeroImage,
    /// The picture of its landing page
    LandingPageImage,
    /// Its logo
    Logo,
}

impl From<PlaceArg> for Slot {
    fn from(place: PlaceArg) -> Self {
        match place {
            PlaceArg::HeroImage => Self::HeroImage,
            PlaceArg::LandingPageImage => Self::LandingPageImage,
            PlaceArg::Logo => Self::Logo,
        }
    }
}

/// `FIELD=VALUE`. The value is all that follows the first sign, spaces and further signs included.
fn assignment(text: &str) -> Result<(String, String), String> {
    let (field, value) = text
        .split_once('=')
        .filter(|(field, _)| !field.trim().is_empty())
        .ok_or("a field and its value are expected, for example bed_setup='1 king'")?;
    Ok((field.trim().to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_all_behind_the_first_sign() {
        let parts = |field: &str, value: &str| Ok((field.to_owned(), value.to_owned()));
        assert_eq!(assignment("name=Twin = two beds "), parts("name", "Twin = two beds "));
        assert_eq!(assignment("code="), parts("code", ""));
        assert!(assignment("code").is_err());
        assert!(assignment("=x").is_err());
    }
}
