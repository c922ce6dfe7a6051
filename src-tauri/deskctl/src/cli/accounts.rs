//! Commands about whole accounts.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum AccountsCommand {
    List,
    Remove {
        person: String,
        #[arg(long)]
        discard: bool,
    },
}
