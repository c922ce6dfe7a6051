//! `outbox`: what has not reached the hotel yet, and what to do about it.

use hotelmate_core::desk::Desk;
use hotelmate_core::desk::views::OutboxItem;
use hotelmate_core::error::DeskError;
use hotelmate_core::model::IntentId;

use crate::cli::OutboxCommand;
use crate::exit::{Exit, Outcome};
use crate::export;
use crate::output::Output;
use crate::text::{facts, moment, plain, word};

/// Carries out one `outbox` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: OutboxCommand) -> Outcome {
    match command {
        OutboxCommand::List => list(desk, out).await,
        OutboxCommand::Export { file } => export::outbox(desk, out, file.as_deref()).await,
        OutboxCommand::Retry { id } => retry(desk, out, id).await,
        OutboxCommand::Discard { id } => discard(desk, out, id).await,
    }
}

async fn list(desk: &Desk, out: &mut Output) -> Outcome {
    let items = desk.outbox().await?.items;
    out.answer(&items, || match items.as_slice() {
        [] => "Nothing waits: the hotel has everything.".to_owned(),
        items => items.iter().map(in_words).collect::<Vec<_>>().join("\n\n"),
    })?;
    Ok(Exit::Done)
}

async fn retry(desk: &Desk, out: &mut Output, id: IntentId) -> Outcome {
    find(desk, id).await?;
    desk.retry_intent(id).await?;
    let item = find(desk, id).await?;
    out.answer(&item, || "It will be tried again with the next `deskctl sync`.".to_owned())?;
    Ok(Exit::Done)
}

/// Answers with the intent as it was, so that a script can keep what it throws away.
async fn discard(desk: &Desk, out: &mut Output, id: IntentId) -> Outcome {
    let item = find(desk, id).await?;
    desk.discard_intent(id).await?;
    out.answer(&item, || format!("Discarded. {}", plain(&item.discard_loses)).trim_end().to_owned())?;
    Ok(Exit::Done)
}

async fn find(desk: &Desk, id: IntentId) -> Result<OutboxItem, DeskError> {
    let items = desk.outbox().await?.items;
    items.into_iter().find(|item| item.id == id).ok_or_else(|| DeskError::not_found("This outbox entry"))
}

/// One intent for people; also used under an offer.
pub fn in_words(item: &OutboxItem) -> String {
    let mut rows = vec![
        ("Entry", item.id.to_string()),
        ("Wish", plain(&item.summary)),
        ("About", format!("{} {}", word(item.about), plain(&item.title)).trim_end().to_owned()),
        ("State", word(item.state)),
        ("Since", moment(item.created_at)),
    ];
    if !item.reason.is_empty() {
        rows.push(("Reason", plain(&item.reason)));
    }
    for (field, sentences) in &item.fields.0 {
        rows.push(("Field", format!("{}: {}", plain(field), plain(&sentences.join(" ")))));
    }
    if item.attempts > 0 {
        rows.push(("Tries", item.attempts.to_string()));
    }
    if let Some(next) = item.next_try {
        rows.push(("Next try", moment(next)));
    }
    facts(&rows)
}
