//! `team`: who is on duty, and since when.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::views::{Colleague, DutyStatus, TeamView};
use jiff::tz::TimeZone;

use crate::cli::TeamArgs;
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{listed, moment_in, plain};

/// Prints the team, or a part of it. JSON is the list of the people.
pub async fn carry_out(desk: &Desk, out: &mut Output, args: TeamArgs) -> Outcome {
    let mut team = desk.team().await?;
    let (on_duty, department) = (args.on_duty, args.department.map(|name| name.to_lowercase()));
    team.people.retain(|one| {
        let is_wanted = !on_duty || one.duty.is_some_and(DutyStatus::is_on_duty);
        is_wanted && department.as_ref().is_none_or(|name| one.department.to_lowercase() == *name)
    });
    let zone = desk.session().await.and_then(|session| TimeZone::get(&session.time_zone).ok());
    out.answer(&team.people, || in_words(&team, &zone.unwrap_or(TimeZone::UTC)))?;
    match &team.limited {
        Some(reason) => out.remark(&say!("deskctl-team-limited", reason = reason)),
        None if team.as_of.is_none() => out.remark(&say!("deskctl-not-read")),
        None => {}
    }
    Ok(Exit::Done)
}

fn in_words(team: &TeamView, zone: &TimeZone) -> String {
    let row = |one: &Colleague| {
        [
            one.id.to_string(),
            duty(one),
            one.since.map(|since| moment_in(since, zone)).unwrap_or_default(),
            plain(&one.name),
            plain(&one.department),
            plain(&one.role),
            plain(&one.phone),
        ]
    };
    let rows: Vec<_> = team.people.iter().map(row).collect();
    let total = say!("deskctl-team-total", count = rows.len());
    listed(&say!("deskctl-columns-team"), &rows, &total, team.as_of)
}

fn duty(one: &Colleague) -> String {
    match one.duty {
        Some(_) if one.is_long => say!("deskctl-team-long"),
        Some(DutyStatus::OnDuty) => say!("deskctl-team-on-duty"),
        Some(DutyStatus::OnBreak) => say!("deskctl-team-on-break"),
        Some(DutyStatus::OffDuty) => say!("deskctl-team-off-duty"),
        None => say!("deskctl-team-unknown"),
    }
}
