//! Writes offers into a desk's outbox without end, and prints each one that was accepted. The kill test kills it; the
//! printed offers must be there afterwards.

use hotelmate_core::resources::Kind;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::settings::Settings;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("usage: scribe DATA-FOLDER");
        return ExitCode::from(2);
    };
    match write(folder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn write(folder: PathBuf) -> Result<(), Box<dyn std::error::Error>> {
    let desk = Desk::open(Settings::load(Some(folder))?, Mode::Manual).await?;
    let mut out = std::io::stdout();
    for number in 0.. {
        let offer = desk_tests::offer(&format!("Scribe {number}"));
        let content = offer.with("details_text", "words ".repeat(400));
        let id = desk.create(Kind::Offer, content, None).await?;
        writeln!(out, "{id}")?;
        out.flush()?;
    }
    Ok(())
}
