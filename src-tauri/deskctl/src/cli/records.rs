//! Commands about offers, room types and the branding. The fields of the last two come from the core's table, so a new
//! field needs no option of its own.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use hotelmate_core::catalogue::say;
use hotelmate_core::records::Slot;
use hotelmate_core::resources::{Kind, Location};

use super::help::{fields, one_of};

/// The commands that offers and room types share, with the arguments in which they differ.
#[derive(Debug, Subcommand)]
pub enum EntityCommand<List: Args, Add: Args, Edit: Args> {
    List(List),
    Show { id: String },
    Add(Add),
    Edit(Box<Edit>),
    Copy { id: String },
    Versions { id: String },
    BringBack { id: String, version: i64 },
    Rm { id: String },
    Photo(PhotoArgs),
}

pub type ListCommand = EntityCommand<NoArgs, RecordAddArgs, RecordEditArgs>;

/// A list of the hotel by the name of its resource. Offers have options of their own.
#[derive(Debug, Args)]
pub struct RecordsArgs {
    #[arg(value_parser = one_of::<Kind>(lists()))]
    pub resource: Kind,
    #[command(subcommand)]
    pub command: ListCommand,
}

fn lists() -> impl Iterator<Item = &'static str> {
    let is_list =
        |kind: &Kind| matches!(kind.resource().location, Location::List { .. }) && *kind != Kind::Offer;
    Kind::ALL.into_iter().filter(is_list).map(|kind| kind.resource().name)
}

#[derive(Debug, Subcommand)]
pub enum BrandingCommand {
    Show,
    Edit(BrandingEditArgs),
    Picture {
        #[arg(value_parser = one_of::<Slot>(Slot::BRANDING.map(Slot::name)))]
        place: Slot,
        file: PathBuf,
    },
    Versions,
    BringBack {
        version: i64,
    },
}

#[derive(Debug, Args)]
pub struct NoArgs {}

#[derive(Debug, Args)]
pub struct PhotoArgs {
    pub id: String,
    #[arg(required_unless_present = "clear", conflicts_with = "clear")]
    pub file: Option<PathBuf>,
    #[arg(long)]
    pub clear: bool,
}

#[derive(Debug, Args)]
pub struct RecordAddArgs {
    #[arg(long, value_name = "FIELD=VALUE", value_parser = assignment, required = true)]
    pub set: Vec<(String, String)>,
    #[arg(long, value_name = "FILE")]
    pub photo: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("change").required(true).multiple(true).args(["set", "clear", "photo"])))]
pub struct RecordEditArgs {
    pub id: String,
    #[arg(long, value_name = "FIELD=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    #[arg(long, value_name = "FIELD")]
    pub clear: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub photo: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = fields(Kind::Branding))]
#[command(group(ArgGroup::new("change").required(true).multiple(true).args(["set", "clear"])))]
pub struct BrandingEditArgs {
    #[arg(long, value_name = "FIELD=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    #[arg(long, value_name = "FIELD")]
    pub clear: Vec<String>,
}

/// Parses `FIELD=VALUE`. The value is everything after the first `=`, spaces and further signs included.
fn assignment(text: &str) -> Result<(String, String), String> {
    let (field, value) = text
        .split_once('=')
        .filter(|(field, _)| !field.trim().is_empty())
        .ok_or_else(|| say!("deskctl-field-and-value-expected"))?;
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
