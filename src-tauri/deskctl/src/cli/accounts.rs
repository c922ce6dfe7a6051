//! Commands about whole accounts.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum AccountsCommand {
    List,
    Remove {
        person: String,
        #[arg(long)]
        discard: bool,
    },
    Move {
        person: String,
        #[arg(long, value_name = "FILE", required_unless_present = "cancel")]
        to: Option<PathBuf>,
        #[arg(long, conflicts_with_all = ["to", "passphrase_stdin"])]
        cancel: bool,
        #[arg(long)]
        passphrase_stdin: bool,
    },
    Take {
        file: PathBuf,
        #[arg(long)]
        passphrase_stdin: bool,
    },
}
