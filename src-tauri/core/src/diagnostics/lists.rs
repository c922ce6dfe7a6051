//! Checks whether the hotel can be read, from the results of the last readings. Cheap enough to be evaluated each
//! time.

use jiff::Timestamp;

use super::Subject;
use crate::catalogue::say;
use crate::engine::capabilities;
use crate::error::DeskError;
use crate::resources::{Location, Part, PartState};
use crate::store::meta::{self, Key};
use crate::store::{StoreError, parts};
use crate::views::{Check, Finding};

/// A list with its state and the time of its last reading.
type Read = (Part, PartState, Option<Timestamp>);

/// Returns the finding about the last readings. They count only while the server works.
pub(super) async fn finding(subject: &Subject, server_works: bool) -> Finding {
    let check = Check::Lists;
    let Some(engine) = &subject.engine else {
        return super::local::not_checked(check, subject);
    };
    let read = engine.store.read(|db| {
        let read = |part: Part| {
            let last = match part {
                Part::Of(kind) => meta::get(db, Key::AsOf(kind))?,
                _ => None,
            };
            Ok::<_, StoreError>((part, parts::get(db, part)?, last))
        };
        Part::all().filter(|part| part.is_read()).map(read).collect::<Result<Vec<Read>, _>>()
    });
    let failure = engine.connectivity.state().read_failure;
    match read.await {
        Ok(lists) if !server_works => {
            with_times(Finding::unknown(check, say!("doctor-server-needed")), &lists)
        }
        Ok(lists) => of(&lists, failure),
        Err(error) => Finding::error(check, error),
    }
}

/// Builds the finding. `failure` is the reason why the last complete reading failed.
fn of(lists: &[Read], failure: Option<DeskError>) -> Finding {
    let check = Check::Lists;
    let known: Vec<(Part, PartState)> = lists.iter().map(|(part, state, _)| (*part, *state)).collect();
    // Galleries with their own requests are not read if the settings contain one, or could not be read.
    let is_open =
        |(part, state, last): &Read| !has_own_requests(*part) && last.is_none() && state.absent().is_none();
    let finding = if let Some(out) = capabilities::outage(&known, true) {
        Finding::error(check, out)
    } else if let Some(failure) = failure {
        Finding::warning(check, failure.message, failure.way_out)
    } else if let Some(unreadable) = capabilities::unreadable(&known) {
        Finding::warning(check, unreadable.message, unreadable.way_out)
    } else if let Some(names) = capabilities::miscounted(&known) {
        Finding::warning(check, say!("doctor-miscounted", names = names), say!("doctor-ask-server"))
    } else if lists.iter().any(is_open) {
        Finding::unknown(check, say!("doctor-lists-unread"))
    } else {
        let mut sentences = capabilities::all_absent(&known);
        let all = sentences.is_empty();
        sentences.push(if all { say!("doctor-lists-read") } else { say!("doctor-lists-rest-read") });
        Finding::ok(check, sentences.join(" "))
    };
    with_times(finding, lists)
}

fn with_times(finding: Finding, lists: &[Read]) -> Finding {
    lists.iter().fold(finding, |finding, (part, _, last)| {
        finding.with_some(say!("doctor-figure-read", list = capitalised(&part.noun())), *last)
    })
}

fn has_own_requests(part: Part) -> bool {
    matches!(part, Part::Of(kind) if matches!(kind.resource().location, Location::Own { .. }))
}

fn capitalised(noun: &str) -> String {
    let mut letters = noun.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
