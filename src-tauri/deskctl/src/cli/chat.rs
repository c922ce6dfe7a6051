//! Commands about the guest chat.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use hotelmate_core::ids::ServerId;

use super::WatchArgs;

#[derive(Debug, Subcommand)]
pub enum ChatCommand {
    List {
        #[arg(long)]
        unread: bool,
    },
    Show(ShowArgs),
    Send(SendArgs),
    File(FileArgs),
    Mute {
        room: String,
        #[arg(long)]
        off: bool,
    },
    Watch(WatchArgs),
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    pub room: String,
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u32,
}

#[derive(Debug, Args)]
pub struct FileArgs {
    pub room: String,
    pub message: i64,
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub number: u32,
    #[arg(long, value_name = "FOLDER", default_value = ".", hide_default_value = true)]
    pub to: PathBuf,
}

#[derive(Debug, Args)]
pub struct SendArgs {
    pub room: String,
    #[arg(required_unless_present = "file")]
    pub text: Option<String>,
    #[arg(long, value_name = "ID")]
    pub reply_to: Option<i64>,
    #[arg(long, value_name = "FILE")]
    pub file: Vec<PathBuf>,
}

impl SendArgs {
    /// Returns the number of the message that this one answers.
    pub fn reply_to(&self) -> Option<ServerId> {
        self.reply_to.map(ServerId)
    }
}
