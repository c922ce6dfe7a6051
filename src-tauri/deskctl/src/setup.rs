//! `setup`: the connection of a new computer in one command. It checks the addresses before it saves them.

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::views::{Check, Finding, FindingState, LiveAddress, SettingsView};
use serde::Serialize;

use crate::cli::SetupArgs;
use crate::doctor::in_words;
use crate::exit::{Exit, Outcome};
use crate::output::Output;

#[derive(Serialize)]
struct SetupAnswer {
    /// True if the settings were saved.
    saved: bool,
    /// The findings of the checks.
    findings: Vec<Finding>,
}

/// Checks and saves the connection. A failed check saves nothing, unless it is left out.
pub async fn carry_out(desk: &Desk, out: &mut Output, args: SetupArgs) -> Outcome {
    let findings = if args.unchecked { Vec::new() } else { check(desk, &args).await? };
    let failed =
        findings.iter().find(|finding| finding.state == FindingState::Failed).map(|found| found.check);
    let saved = failed.is_none();
    if saved {
        save(desk, args).await?;
    }
    let answer = SetupAnswer { saved, findings };
    out.answer(&answer, || in_words(&answer.findings))?;
    Ok(match failed {
        None => Exit::Done,
        Some(Check::NameResolution | Check::Tls | Check::Server) => Exit::Unreachable,
        Some(_) => Exit::Unsound,
    })
}

async fn check(desk: &Desk, args: &SetupArgs) -> Result<Vec<Finding>, DeskError> {
    let mut findings = match &args.server {
        Some(server) => desk.try_server(server).await?.findings,
        None => Vec::new(),
    };
    if args.pusher_key.is_some() || args.pusher_cluster.is_some() || args.pusher_host.is_some() {
        findings.extend(desk.try_live(live(args, &desk.settings())).await?);
    }
    Ok(findings)
}

/// Returns the live events as they will be: the arguments, and the present settings in place of those that are not given.
fn live(args: &SetupArgs, present: &SettingsView) -> LiveAddress {
    let key = args.pusher_key.clone().unwrap_or_else(|| present.value("pusher_key").to_owned());
    let (cluster, host) = match (&args.pusher_cluster, &args.pusher_host) {
        (None, None) => (present.value("pusher_cluster").to_owned(), present.value("pusher_host").to_owned()),
        (cluster, host) => (cluster.clone().unwrap_or_default(), host.clone().unwrap_or_default()),
    };
    LiveAddress { key, cluster, host }
}

async fn save(desk: &Desk, args: SetupArgs) -> Result<(), DeskError> {
    let SetupArgs { server, hotel, time_zone, pusher_key, pusher_cluster, pusher_host, unchecked: _ } = args;
    // Of cluster and host one applies, and an earlier one of the other kind must not stay.
    let has_place = pusher_cluster.is_some() || pusher_host.is_some();
    let named = [("server", server), ("hotel", hotel), ("time_zone", time_zone), ("pusher_key", pusher_key)];
    let places = [("pusher_cluster", pusher_cluster), ("pusher_host", pusher_host)];
    let named = named.into_iter().filter(|(_, value)| value.is_some());
    let places = places.into_iter().filter(|_| has_place);
    let changes: Vec<_> = named.chain(places).map(|(name, value)| (name.to_owned(), value)).collect();
    if changes.is_empty() {
        return Err(failure!(Invalid, "deskctl-setup-nothing"));
    }
    desk.set_settings(changes).await
}
