//! Commands about changes that have not reached the hotel yet.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use hotelmate_core::ids::IntentId;

#[derive(Debug, Subcommand)]
pub enum OutboxCommand {
    List,
    Export {
        file: Option<PathBuf>,
    },
    Retry {
        id: Option<IntentId>,
        #[arg(long)]
        anyway: bool,
    },
    Resolve(ResolveArgs),
    Discard {
        id: IntentId,
        #[arg(long)]
        anyway: bool,
    },
    SendRestored,
    Adopt {
        id: IntentId,
        number: Option<i64>,
    },
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("choice").required(true).args(["mine", "theirs"])))]
pub struct ResolveArgs {
    pub id: IntentId,
    #[arg(long)]
    pub mine: bool,
    #[arg(long)]
    pub theirs: bool,
    #[arg(value_name = "FIELD")]
    pub fields: Vec<String>,
}
