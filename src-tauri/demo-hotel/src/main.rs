//! `demo-hotel`: the demo hotel as a program.
//!
//! Prints one JSON object about itself as its first line and serves until Ctrl-C or SIGTERM. All other messages go to
//! standard error. `demo-hotel guest` is a client: a guest who writes to a running demo hotel.

mod guest;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use demo_hotel::{DemoHotel, Dialect, FaultPlan, Options};
use pusher::SystemClock;
use tracing_subscriber::EnvFilter;

/// A realistic hotel that speaks the HotelMate protocol, for one PC and for tests.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Port on 127.0.0.1; 0 picks a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Seed of tokens, keys, picture names and chance
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// The server to play
    #[arg(long, value_enum, default_value_t)]
    dialect: Dialect,
    /// File for the hotel's state; without it nothing is kept
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Faults: a fault plan as JSON text (starting with a brace) or in a file
    #[arg(long, value_name = "FILE|JSON")]
    faults: Option<String>,
    /// Ends when the standard input ends, and so with the program that started it
    #[arg(long)]
    until_input_ends: bool,
    /// Number of generated offers in addition to the usual 14
    #[arg(long, default_value_t = 0, value_name = "N")]
    offers: usize,
}

#[derive(Subcommand)]
enum Command {
    /// Writes to a running demo hotel as the guest of a room, and answers what the desk writes
    Guest(guest::Arguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("demo_hotel=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("demo-hotel: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    if let Some(Command::Guest(guest)) = arguments.command {
        return Ok(guest::run(guest, SystemClock::shared()).await?);
    }
    let faults = match &arguments.faults {
        None => FaultPlan::default(),
        Some(text) if text.trim_start().starts_with('{') => FaultPlan::from_json(text)?,
        Some(file) => {
            let text =
                std::fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
            FaultPlan::from_json(&text)?
        }
    };
    let options = Options {
        data: arguments.data,
        dialect: arguments.dialect,
        ..Options::default().port(arguments.port).seed(arguments.seed).faults(faults).offers(arguments.offers)
    };
    let (stop, ends_with_input) = (stop_signal()?, arguments.until_input_ends);
    let hotel = DemoHotel::start(options).await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", hotel.about())?;
    out.flush()?;
    tracing::info!(url = hotel.url(), "open; Ctrl-C closes it");
    tokio::select! {
        () = stop => {}
        () = input_end(), if ends_with_input => {}
    }
    hotel.stop().await;
    tracing::info!("closed");
    Ok(())
}

/// Resolves when the standard input ends. A thread of its own reads it, because a read cannot be cancelled.
async fn input_end() {
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        // A failure is the end of the input, too.
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        drop(end);
    });
    let _ = ended.await;
}

/// Resolves at Ctrl-C or, if it exists, SIGTERM. Both are listened to from the call on.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves at Ctrl-C or when the console is closed. Both are listened to from the call on.
#[cfg(windows)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::windows::{ctrl_c, ctrl_close};
    let mut interrupt = ctrl_c()?;
    let mut closed = ctrl_close()?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = closed.recv() => {}
        }
    })
}
