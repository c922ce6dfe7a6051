//! `clock`: on duty or not.
//!
//! A clock-in is never queued: it is carried out now, or not at all (the server's call is a toggle, and a
//! toggle that fires hours later would be wrong).

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::views::DutyView;
use jiff::Timestamp;
use serde::Serialize;

use crate::cli::ClockCommand;
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{moment, plain};

/// The answer of every `clock` command in JSON.
#[derive(Serialize)]
struct ClockAnswer {
    is_on_duty: Option<bool>,
    since: Option<Timestamp>,
    confirmed_at: Option<Timestamp>,
}

/// Carries out one `clock` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: ClockCommand) -> Outcome {
    match command {
        ClockCommand::Status => status(desk, out).await,
        ClockCommand::In => wish(desk, out, true).await,
        ClockCommand::Out => wish(desk, out, false).await,
    }
}

async fn status(desk: &Desk, out: &mut Output) -> Outcome {
    let duty = desk.refresh_duty().await?;
    tell(out, &duty)?;
    Ok(if duty.is_on_duty.is_some() { Exit::Done } else { Exit::Unreachable })
}

async fn wish(desk: &Desk, out: &mut Output, on_duty: bool) -> Outcome {
    let duty = desk.carry_out_duty(on_duty).await.map_err(not_kept)?;
    if let Some(reason) = &duty.unavailable {
        return Err(DeskError::new(
            ErrorCode::NotAllowed,
            reason.clone(),
            "Clock in or out where the hotel records it; `deskctl clock status` still shows the state.",
        ));
    }
    tell(out, &duty)?;
    Ok(match &duty {
        DutyView { is_on_duty: Some(is), .. } if *is == on_duty => Exit::Done,
        DutyView { wish: Some(_), .. } => Exit::Waiting,
        _ => Exit::Attention,
    })
}

/// Other wishes are kept without a network; this one is not, and the way out must not promise it.
fn not_kept(error: DeskError) -> DeskError {
    match error.code {
        ErrorCode::Offline | ErrorCode::ServerTrouble => DeskError {
            way_out: "Look with `deskctl clock status` when the network is back, and then try again."
                .to_owned(),
            ..error
        },
        _ => error,
    }
}

fn tell(out: &mut Output, duty: &DutyView) -> Result<(), DeskError> {
    let answer =
        ClockAnswer { is_on_duty: duty.is_on_duty, since: duty.since, confirmed_at: duty.confirmed_at };
    out.answer(&answer, || in_words(duty))?;
    duty.notice.iter().chain(&duty.unavailable).for_each(|notice| out.remark(notice));
    Ok(())
}

fn in_words(duty: &DutyView) -> String {
    let state = match (duty.is_on_duty, duty.since) {
        (Some(true), Some(since)) => format!("On duty since {}", moment(since)),
        (Some(true), None) => "On duty".to_owned(),
        (Some(false), Some(since)) => format!("Off duty since {}", moment(since)),
        (Some(false), None) => "Off duty".to_owned(),
        (None, _) => return "The hotel has not told yet whether you are on duty.".to_owned(),
    };
    match duty.confirmed_at {
        Some(at) => plain(&format!("{state} (as the hotel said at {}).", moment(at))),
        None => format!("{state}."),
    }
}
