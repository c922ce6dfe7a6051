//! `support-file`: one file with all that support needs.

use std::path::PathBuf;

use clap::Args;
use hotelmate_core::desk::Desk;

use crate::exit::{Exit, Outcome};
use crate::output::Output;

#[derive(Debug, Args)]
pub struct SupportFileArgs {
    /// Where to put it; without it the current folder
    #[arg(value_name = "FOLDER", default_value = ".", hide_default_value = true)]
    pub folder: PathBuf,
}

/// Writes the file, and tells its name.
pub async fn carry_out(desk: &Desk, out: &mut Output, args: SupportFileArgs) -> Outcome {
    let written = desk.support_file(args.folder).await?;
    out.answer(&written, || format!("{} ({} files)", written.file, written.entries))?;
    Ok(Exit::Done)
}
