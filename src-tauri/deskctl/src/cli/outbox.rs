//! Commands about what has not reached the hotel yet.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use hotelmate_core::ids::IntentId;

use super::help::RESOLVE_HELP;

#[derive(Debug, Subcommand)]
pub enum OutboxCommand {
    /// List what waits and what needs a person; of a conflict both values
    List,
    /// Write all of it, with every text, as JSON to a file or to standard output
    Export {
        /// The file; its name ends in .json
        file: Option<PathBuf>,
    },
    /// Let an entry be tried again with the next sync; without an entry, all that were refused
    Retry {
        /// The entry, as `outbox list` shows it
        id: Option<IntentId>,
        /// Send a new offer or room type again although it may be at the hotel already: it may come twice
        #[arg(long)]
        anyway: bool,
    },
    /// Choose which value of a conflict shall stand
    #[command(after_help = RESOLVE_HELP)]
    Resolve(ResolveArgs),
    /// Throw an entry away; prints what is lost
    Discard {
        /// The entry, as `outbox list` shows it
        id: IntentId,
        /// Also a new offer or room type that may be at the hotel already: what is there stays there
        #[arg(long)]
        anyway: bool,
    },
    /// Say which offer or room type of the hotel is the one that you made, where only a likeness is there
    Adopt {
        /// The entry, as `outbox list` shows it
        id: IntentId,
        /// Its number at the hotel; without it the likeliest
        number: Option<i64>,
    },
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("choice").required(true).args(["mine", "theirs"])))]
pub struct ResolveArgs {
    /// The entry, as `outbox list` shows it
    pub id: IntentId,

    /// The value from here shall stand
    #[arg(long)]
    pub mine: bool,

    /// The hotel's value shall stand
    #[arg(long)]
    pub theirs: bool,

    /// The fields, by the names in `outbox list`, or `picture`; without any, all of the entry
    #[arg(value_name = "FIELD")]
    pub fields: Vec<String>,
}
