//! `sign-in`, `sign-out` and `status`.

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::views::{DeskStatus, LiveState, SessionView, SignOutChoice};
use serde::Serialize;

use crate::cli::{SignInArgs, SignOutArgs};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::password;
use crate::text::{facts, moment, plain, word};

/// The status of the desk and who sits at it, in one object.
#[derive(Serialize)]
struct StatusAnswer {
    session: Option<SessionView>,
    #[serde(flatten)]
    status: DeskStatus,
}

#[derive(Serialize)]
struct SignedOut {
    session: Option<SessionView>,
}

/// Signs in and keeps the sign-in in the operating system's key store. In JSON, `remembered` tells whether
/// it was kept.
pub async fn sign_in(desk: &Desk, out: &mut Output, args: SignInArgs) -> Outcome {
    let server = args.server.unwrap_or_else(|| desk.sign_in_hints().server);
    if server.is_empty() {
        return Err(DeskError::new(
            ErrorCode::Configuration,
            "It is not known which server to sign in to.",
            "Name it with --server URL, in DESK_SERVER, or in desk.toml.",
        ));
    }
    let password = password::read(args.password_stdin)?;
    let session = desk.sign_in(&server, &args.username, &password).await?;
    out.answer(&session, || format!("Signed in. {}", who(&session)))?;
    // Above all that there is no key store: then the sign-in ends with this command.
    for notice in desk.status().await.notices {
        out.remark(&format!("{} {}", notice.message, notice.way_out));
    }
    Ok(Exit::Done)
}

/// Signs out; refuses when something waits and nobody said what shall become of it.
pub async fn sign_out(desk: &Desk, out: &mut Output, args: &SignOutArgs) -> Outcome {
    let choice = match args {
        SignOutArgs { keep: true, .. } => SignOutChoice::Keep,
        SignOutArgs { discard: true, .. } => SignOutChoice::Discard,
        _ => SignOutChoice::IfNothingWaits,
    };
    desk.sign_out(choice).await?;
    out.answer(&SignedOut { session: None }, || "Signed out.".to_owned())?;
    // What could not be removed from this computer.
    for notice in desk.status().await.notices {
        out.remark(&format!("{} {}", notice.message, notice.way_out));
    }
    Ok(Exit::Done)
}

/// Tells who is signed in and what waits, from what is stored here.
pub async fn status(desk: &Desk, out: &mut Output) -> Outcome {
    let answer = StatusAnswer { session: desk.session().await, status: desk.status().await };
    out.answer(&answer, || in_words(&answer))?;
    Ok(if answer.status.unreadable > 0 { Exit::Attention } else { Exit::Done })
}

fn in_words(answer: &StatusAnswer) -> String {
    let StatusAnswer { session, status } = answer;
    let mut rows = vec![("Signed in", session.as_ref().map_or_else(|| "nobody".to_owned(), who))];
    if let Some(session) = session {
        rows.push(("Server", plain(&session.server)));
        rows.push(("Time zone", plain(&session.time_zone)));
    }
    rows.push(("State", word(status.pill)));
    rows.push(("Saving", status.saving.to_string()));
    rows.push(("Waiting", status.waiting.to_string()));
    rows.push(("Attention", status.attention.to_string()));
    rows.push(("Last sync", status.last_sync.map_or_else(|| "never".to_owned(), moment)));
    if let Some(next) = status.next_try {
        rows.push(("Next try", moment(next)));
    }
    if status.live != LiveState::Off {
        rows.push(("Live events", word(status.live)));
    }
    if session.as_ref().is_some_and(|session| session.sign_in_needed) {
        rows.push(("Notice", "The sign-in has ended: run `deskctl sign-in`.".to_owned()));
    }
    for sentence in &status.absent {
        rows.push(("Hotel", plain(sentence)));
    }
    for notice in &status.notices {
        rows.push(("Notice", plain(&format!("{} {}", notice.message, notice.way_out))));
    }
    facts(&rows)
}

/// `Aoife Byrne (aoife) at Hotel Killarney`.
fn who(session: &SessionView) -> String {
    let name =
        session.profile.as_ref().map(|profile| format!("{} {}", profile.first_name, profile.last_name));
    let person = match name.as_deref().map(str::trim) {
        Some(name) if !name.is_empty() => format!("{name} ({})", session.username),
        _ => session.username.clone(),
    };
    plain(&format!("{person} at {}", session.hotel_name))
}
