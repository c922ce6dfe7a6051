//! `sign-in`, `sign-out` and `status`.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::views::{DeskStatus, LiveState, SessionView, SignOutChoice};
use jiff::SignedDuration;
use serde::Serialize;
use serde_json::{Value, json};

use crate::cli::{SignInArgs, SignOutArgs};
use crate::exit::{Exit, Outcome};
use crate::output::{Output, with_way_out};
use crate::text::{labelled, moment, plain};
use crate::{password, states};

/// The status of the desk and the signed-in person, in one object.
#[derive(Serialize)]
struct StatusAnswer {
    session: Option<SessionView>,
    #[serde(flatten)]
    status: DeskStatus,
}

/// Signs in and keeps the sign-in in the operating system's key store. In JSON, `remembered` is true if it was kept.
pub async fn sign_in(desk: &Desk, out: &mut Output, args: SignInArgs) -> Outcome {
    let server = args.server.unwrap_or_else(|| desk.sign_in_hints().server);
    if server.is_empty() {
        return Err(failure!(Configuration, "deskctl-no-server"));
    }
    let password = password::read(args.password_stdin)?;
    let session = desk.sign_in(&server, &args.username, &password).await?;
    out.answer(&session, || say!("deskctl-signed-in", who = who(&session)))?;
    // The most important notice is that there is no key store: then the sign-in ends with this command.
    desk.status().await.notices.iter().for_each(|notice| out.remark(&with_way_out(notice)));
    Ok(Exit::Done)
}

/// Signs out. Refuses if changes wait and the person has not said what to do with them.
pub async fn sign_out(desk: &Desk, out: &mut Output, args: &SignOutArgs) -> Outcome {
    let choice = match args {
        SignOutArgs { keep: true, .. } => SignOutChoice::Keep,
        SignOutArgs { discard: true, .. } => SignOutChoice::Discard,
        _ => SignOutChoice::IfNothingWaits,
    };
    desk.sign_out(choice).await?;
    out.answer(&json!({"session": null}), || say!("deskctl-signed-out"))?;
    // The data that could not be removed from this computer.
    desk.status().await.notices.iter().for_each(|notice| out.remark(&with_way_out(notice)));
    Ok(Exit::Done)
}

/// Prints the signed-in person and the number of waiting changes, from the data stored here. With `max_age` the answer is
/// one line of JSON for monitoring, and older data is a failed check.
pub async fn status(desk: &Desk, out: &mut Output, max_age: Option<SignedDuration>) -> Outcome {
    let answer = StatusAnswer { session: desk.session().await, status: desk.status().await };
    let ended = desk.sign_in_ended();
    let mut shown = serde_json::to_value(&answer)
        .map_err(|cause| failure!(Unexpected, "deskctl-answer-unwritable", cause = cause.to_string()))?;
    if !answer.status.counted {
        COUNTS.iter().for_each(|count| shown[count] = Value::Null);
    }
    let is_old = max_age.is_some_and(|max_age| {
        let now = desk.environment().now();
        answer.status.last_sync.is_none_or(|last| now.duration_since(last) > max_age)
    });
    if max_age.is_some() {
        shown["is_old"] = is_old.into();
        out.json_line(&shown)?;
    } else {
        out.answer(&shown, || in_words(&answer, &ended))?;
    }
    Ok(if !answer.status.counted {
        Exit::Failed
    } else if is_old {
        Exit::Unsound
    } else if answer.status.unreadable > 0 || (max_age.is_some() && answer.status.attention > 0) {
        Exit::Attention
    } else {
        Exit::Done
    })
}

/// The counts from the local database.
const COUNTS: [&str; 3] = ["saving", "waiting", "attention"];

fn in_words(answer: &StatusAnswer, ended: &DeskError) -> String {
    let StatusAnswer { session, status } = answer;
    let who = match session {
        Some(session) => who(session),
        None if status.counted => say!("deskctl-nobody"),
        None => say!("deskctl-not-known"),
    };
    let mut rows = vec![(say!("deskctl-label-signed-in"), who)];
    if let Some(session) = session {
        rows.push((say!("deskctl-label-server"), plain(&session.server)));
        rows.push((say!("deskctl-label-time-zone"), plain(&session.time_zone)));
    }
    let count = |number: u32| match status.counted {
        true => number.to_string(),
        false => say!("deskctl-not-known"),
    };
    let last_sync = status.last_sync.map_or_else(|| say!("deskctl-never"), moment);
    rows.extend([
        (say!("deskctl-label-where-it-stands"), states::desk(status.pill)),
        (say!("deskctl-label-saving"), count(status.saving)),
        (say!("deskctl-label-waiting"), count(status.waiting)),
        (say!("deskctl-label-attention"), count(status.attention)),
        (say!("deskctl-label-last-sync"), last_sync),
    ]);
    rows.extend(status.next_try.map(|next| (say!("deskctl-label-next-try"), moment(next))));
    if status.live != LiveState::Off {
        rows.push((say!("deskctl-label-live"), states::live(status.live)));
    }
    if session.as_ref().is_some_and(|session| session.sign_in_needed) {
        rows.push((say!("deskctl-label-notice"), plain(&with_way_out(ended))));
    }
    rows.extend(status.absent.iter().map(|sentence| (say!("deskctl-label-hotel"), plain(sentence))));
    let notices = status.notices.iter().map(with_way_out);
    rows.extend(notices.map(|notice| (say!("deskctl-label-notice"), plain(&notice))));
    labelled(&rows)
}

/// Returns `Aoife Byrne (aoife) at Hotel Killarney`.
fn who(session: &SessionView) -> String {
    let name =
        session.profile.as_ref().map(|profile| format!("{} {}", profile.first_name, profile.last_name));
    let person = match name.as_deref().map(str::trim) {
        Some(name) if !name.is_empty() => format!("{name} ({})", session.username),
        _ => session.username.clone(),
    };
    plain(&say!("deskctl-person-at-hotel", person = person, hotel = session.hotel_name.as_str()))
}
