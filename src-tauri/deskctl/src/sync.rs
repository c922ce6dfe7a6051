//! `sync`: pull and push until nothing more can be done now.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::{Desk, SyncReport};
use hotelmate_core::error::ErrorCode;

use crate::exit::{Exit, Outcome};
use crate::output::{Output, with_way_out};
use crate::text::plain;

/// Syncs and reports the result.
pub async fn sync(desk: &Desk, out: &mut Output, accept_missing: bool) -> Outcome {
    if accept_missing {
        desk.accept_absences().await?;
    }
    let mut report = desk.sync_until_quiet().await?;
    let notices = desk.status().await.notices;
    let not_kept = notices.iter().find(|notice| notice.code == ErrorCode::KeyStore).cloned();
    let missing = notices.into_iter().find(|notice| notice.code == ErrorCode::MassAbsence);
    if let Some(missing) = &missing {
        report.message.clone_from(&missing.message);
    }
    // Without a key store the next command would need the password again.
    let not_kept = report.sign_in_needed.then_some(not_kept).flatten();
    let renewal = desk.sign_in_ended().way_out;
    out.answer(&report, || in_words(&report, missing.is_some(), &renewal))?;
    if let Some(not_kept) = not_kept {
        out.remark(&with_way_out(&not_kept));
    }
    Ok(match exit_of(&report) {
        Exit::Done | Exit::Waiting if missing.is_some() => Exit::Attention,
        exit => exit,
    })
}

/// Returns the exit code of a sync. The cases that need a person come first, because no further `sync` helps there.
fn exit_of(report: &SyncReport) -> Exit {
    if report.sign_in_needed {
        Exit::SignIn
    } else if report.attention > 0 {
        Exit::Attention
    } else if report.waiting > 0 {
        Exit::Waiting
    } else if !report.online || !report.complete {
        Exit::Unreachable
    } else if report.unreadable > 0 {
        Exit::Attention
    } else {
        Exit::Done
    }
}

fn in_words(report: &SyncReport, missing: bool, renewal: &str) -> String {
    let SyncReport { offers, waiting, attention, .. } = *report;
    let mut lines = vec![plain(&report.message)];
    match exit_of(report) {
        Exit::Done if !missing => {
            lines.push(say!("deskctl-everything-saved", offers = offers));
            lines.extend(report.absent.iter().map(|sentence| plain(sentence)));
        }
        _ => {
            let left = say!("deskctl-left", waiting = waiting, attention = attention, offers = offers);
            lines.push(left);
        }
    }
    if report.sign_in_needed {
        lines.push(say!("deskctl-sync-sign-in", renewal = renewal));
    }
    if missing {
        lines.push(say!("deskctl-sync-accept-missing"));
    }
    if attention > 0 {
        lines.push(say!("deskctl-sync-attention"));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(waiting: u32, attention: u32, online: bool, sign_in_needed: bool) -> SyncReport {
        let (complete, absent) = (online && !sign_in_needed, Vec::new());
        let message = String::new();
        SyncReport {
            waiting,
            attention,
            online,
            sign_in_needed,
            offers: 0,
            complete,
            unreadable: 0,
            absent,
            message,
        }
    }

    #[test]
    fn a_sync_that_could_not_read_everything_is_not_done() {
        let done = report(0, 0, true, false);
        assert_eq!(exit_of(&SyncReport { complete: false, ..done.clone() }), Exit::Unreachable);
        assert_eq!(exit_of(&SyncReport { unreadable: 3, ..done }), Exit::Attention);
    }

    #[test]
    fn the_exit_code_names_first_what_only_a_person_can_solve() {
        assert_eq!(exit_of(&report(0, 0, true, false)), Exit::Done);
        assert_eq!(exit_of(&report(0, 0, false, false)), Exit::Unreachable);
        assert_eq!(exit_of(&report(1, 0, false, false)), Exit::Waiting);
        assert_eq!(exit_of(&report(1, 1, true, false)), Exit::Attention);
        assert_eq!(exit_of(&report(1, 1, true, true)), Exit::SignIn);
    }
}
