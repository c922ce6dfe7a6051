//! Commands that change several offers at once.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum BulkCommand {
    Hide {
        #[arg(required = true)]
        ids: Vec<String>,
    },
    Show {
        #[arg(required = true)]
        ids: Vec<String>,
    },
    Move {
        #[arg(long, allow_negative_numbers = true)]
        days: i32,
        #[arg(required = true)]
        ids: Vec<String>,
    },
    Rm {
        #[arg(required = true)]
        ids: Vec<String>,
    },
    Undo {
        file: PathBuf,
    },
}
