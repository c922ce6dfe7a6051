//! `clock`: shows and changes whether the person is on duty.
//!
//! A clock-in is never queued: it is carried out now, or not at all. One that is sent hours later would be wrong.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode, failure};
use hotelmate_core::views::{DutyStatus, DutyView};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::cli::ClockCommand;
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::moment;

/// The answer of every `clock` command in JSON.
#[derive(Serialize)]
struct ClockAnswer {
    is_on_duty: Option<bool>,
    status: Option<DutyStatus>,
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
    answer(out, &duty, &desk.hotel_zone())?;
    Ok(if duty.status.is_some() { Exit::Done } else { Exit::Unreachable })
}

async fn intent(desk: &Desk, out: &mut Output, on_duty: bool) -> Outcome {
    let duty = desk.carry_out_duty(on_duty).await.map_err(not_kept)?;
    if let Some(reason) = &duty.unavailable {
        return Err(failure!(NotAllowed, "deskctl-clock-unavailable", reason = reason.as_str()));
    }
    answer(out, &duty, &desk.hotel_zone())?;
    Ok(match &duty {
        duty if duty.is_on_duty() == Some(on_duty) => Exit::Done,
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

fn answer(out: &mut Output, duty: &DutyView, zone: &TimeZone) -> Result<(), DeskError> {
    let answer = ClockAnswer {
        is_on_duty: duty.is_on_duty(),
        status: duty.status,
        since: duty.since,
        confirmed_at: duty.confirmed_at,
    };
    out.answer(&answer, || in_words(duty, zone))?;
    duty.notice.iter().chain(&duty.unavailable).for_each(|notice| out.remark(notice));
    Ok(())
}

fn in_words(duty: &DutyView, zone: &TimeZone) -> String {
    let since = duty.since.map(|at| hotels_moment(at, zone));
    let state = match (duty.status, since) {
        (Some(DutyStatus::OnDuty), Some(since)) => say!("deskctl-on-duty-since", since = since),
        (Some(DutyStatus::OnDuty), None) => say!("deskctl-on-duty"),
        (Some(DutyStatus::OnBreak), Some(since)) => say!("deskctl-on-break-since", since = since),
        (Some(DutyStatus::OnBreak), None) => say!("deskctl-on-break"),
        (Some(DutyStatus::OffDuty), Some(since)) => say!("deskctl-off-duty-since", since = since),
        (Some(DutyStatus::OffDuty), None) => say!("deskctl-off-duty"),
        (None, _) => return say!("deskctl-duty-unknown"),
    };
    match duty.confirmed_at {
        Some(at) => say!("deskctl-duty-as-of", state = state, at = moment(at)),
        None => say!("deskctl-duty", state = state),
    }
}

/// Returns a time in the hotel's zone, and in this machine's zone beside it where they differ.
fn hotels_moment(at: Timestamp, zone: &TimeZone) -> String {
    let hotels = at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let here = moment(at);
    if hotels == here { hotels } else { say!("deskctl-two-zones", hotels = hotels, here = here) }
}
