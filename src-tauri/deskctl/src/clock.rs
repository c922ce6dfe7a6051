//! `clock`: shows and changes whether the person is on duty.
//!
//! A clock-in is never queued: it is carried out now, or not at all. The server's call is a toggle, and one that is
//! sent hours later would be wrong.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode, failure};
use hotelmate_core::views::DutyView;
use jiff::Timestamp;
use serde::Serialize;

use crate::cli::ClockCommand;
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::moment;

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
        ClockCommand::In => intent(desk, out, true).await,
        ClockCommand::Out => intent(desk, out, false).await,
    }
}

async fn status(desk: &Desk, out: &mut Output) -> Outcome {
    let duty = desk.refresh_duty().await?;
    answer(out, &duty)?;
    Ok(if duty.is_on_duty.is_some() { Exit::Done } else { Exit::Unreachable })
}

async fn intent(desk: &Desk, out: &mut Output, on_duty: bool) -> Outcome {
    let duty = desk.carry_out_duty(on_duty).await.map_err(not_kept)?;
    if let Some(reason) = &duty.unavailable {
        return Err(failure!(NotAllowed, "deskctl-clock-unavailable", reason = reason.as_str()));
    }
    answer(out, &duty)?;
    Ok(match &duty {
        DutyView { is_on_duty: Some(is), .. } if *is == on_duty => Exit::Done,
        DutyView { intent: Some(_), .. } => Exit::Waiting,
        _ => Exit::Attention,
    })
}

/// Changes a failure's way out, which promises that the intent is kept: this one is not kept without a network.
fn not_kept(error: DeskError) -> DeskError {
    match error.code {
        ErrorCode::Offline | ErrorCode::ServerTrouble => {
            DeskError { way_out: say!("deskctl-clock-try-later"), ..error }
        }
        _ => error,
    }
}

fn answer(out: &mut Output, duty: &DutyView) -> Result<(), DeskError> {
    let answer =
        ClockAnswer { is_on_duty: duty.is_on_duty, since: duty.since, confirmed_at: duty.confirmed_at };
    out.answer(&answer, || in_words(duty))?;
    duty.notice.iter().chain(&duty.unavailable).for_each(|notice| out.remark(notice));
    Ok(())
}

fn in_words(duty: &DutyView) -> String {
    let state = match (duty.is_on_duty, duty.since.map(moment)) {
        (Some(true), Some(since)) => say!("deskctl-on-duty-since", since = since),
        (Some(true), None) => say!("deskctl-on-duty"),
        (Some(false), Some(since)) => say!("deskctl-off-duty-since", since = since),
        (Some(false), None) => say!("deskctl-off-duty"),
        (None, _) => return say!("deskctl-duty-unknown"),
    };
    match duty.confirmed_at {
        Some(at) => say!("deskctl-duty-as-of", state = state, at = moment(at)),
        None => say!("deskctl-duty", state = state),
    }
}
