//! `outbox`: what has not reached the hotel yet, and what to do about it.

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::ids::{IntentId, ServerId};
use hotelmate_core::model::IntentState;
use hotelmate_core::views::{OutboxItem, Resolution};
use serde::Serialize;

use crate::clash::{self, Sides};
use crate::cli::{OutboxCommand, ResolveArgs};
use crate::exit::{Exit, Outcome};
use crate::export;
use crate::output::Output;
use crate::text::{facts, moment, plain, word};

/// An entry, and both values of each field that clashes.
#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    item: OutboxItem,
    conflicts: Vec<Sides>,
}

/// What a retry did with an entry.
#[derive(Serialize)]
struct Retried {
    /// As it stands now, or as it stood before it gave way to another.
    #[serde(flatten)]
    item: OutboxItem,
    /// The entries that took its place, where it was made anew.
    replaced_by: Vec<IntentId>,
    /// What happens to it now, in a sentence.
    told: String,
}

/// What a choice settled.
#[derive(Serialize)]
struct Resolved {
    entry: IntentId,
    /// The fields.
    settled: Vec<Sides>,
    /// Whose values stand.
    stands: &'static str,
    /// What of the same thing waits now.
    pending: Vec<OutboxItem>,
}

/// Carries out one `outbox` command.
pub async fn carry_out(desk: &Desk, out: &mut Output, command: OutboxCommand) -> Outcome {
    match command {
        OutboxCommand::List => list(desk, out).await,
        OutboxCommand::Export { file } => export::outbox(desk, out, file.as_deref()).await,
        OutboxCommand::Retry { id: Some(id), anyway } => retry(desk, out, id, anyway).await,
        OutboxCommand::Retry { id: None, .. } => retry_all(desk, out).await,
        OutboxCommand::Resolve(args) => resolve(desk, out, &args).await,
        OutboxCommand::Discard { id, anyway } => discard(desk, out, id, anyway).await,
        OutboxCommand::Adopt { id, number } => adopt(desk, out, id, number.map(ServerId)).await,
    }
}

async fn list(desk: &Desk, out: &mut Output) -> Outcome {
    let entries = entries(desk).await?;
    out.answer(&entries, || match entries.as_slice() {
        [] => "Nothing waits: the hotel has everything.".to_owned(),
        entries => entries.iter().map(entry_in_words).collect::<Vec<_>>().join("\n\n"),
    })?;
    Ok(Exit::Done)
}

async fn entries(desk: &Desk) -> Result<Vec<Entry>, DeskError> {
    let clashes = clash::sides(&desk.conflicts().await?);
    let entry = |item: OutboxItem| {
        let conflicts = clashes.iter().filter(|sides| sides.entry == item.id).cloned().collect();
        Entry { item, conflicts }
    };
    Ok(desk.outbox().await?.items.into_iter().map(entry).collect())
}

async fn retry(desk: &Desk, out: &mut Output, id: IntentId, anyway: bool) -> Outcome {
    let before = find(desk, id).await?.item;
    if anyway {
        desk.send_again(id).await?;
        let told = "It is sent again with the next `deskctl sync`; it may come twice.".to_owned();
        let sent = Retried { item: find(desk, id).await?.item, replaced_by: Vec::new(), told };
        out.answer(&sent, || retried_in_words(&sent))?;
        return Ok(Exit::Done);
    }
    let retried = retried(desk, before).await?;
    out.answer(&retried, || retried_in_words(&retried))?;
    Ok(Exit::Done)
}

/// Everything that was refused or failed. A conflict needs a choice, and a question an answer of its own.
async fn retry_all(desk: &Desk, out: &mut Output) -> Outcome {
    let items = desk.outbox().await?.items;
    let refused = |item: &&OutboxItem| {
        item.can_retry
            && item.state == IntentState::Attention
            && item.question.is_none()
            && item.like.is_empty()
    };
    let mut all = Vec::new();
    for item in items.iter().filter(refused) {
        match retried(desk, item.clone()).await {
            Ok(retried) => all.push(retried),
            // It was of the same thing as one that was just made anew, and went with it.
            Err(error) if error.code == ErrorCode::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    out.answer(&all, || match all.as_slice() {
        [] => nothing_to_retry(&items),
        all => all.iter().map(retried_in_words).collect::<Vec<_>>().join("\n\n"),
    })?;
    Ok(Exit::Done)
}

async fn retried(desk: &Desk, before: OutboxItem) -> Result<Retried, DeskError> {
    if before.state == IntentState::Conflict {
        return Err(DeskError::new(
            ErrorCode::TooLate,
            "A colleague changed the same thing: to repeat it does not help.",
            format!("Choose with `deskctl outbox resolve {} --mine` or `--theirs`.", before.id),
        ));
    }
    let known: Vec<IntentId> = desk.outbox().await?.items.iter().map(|item| item.id).collect();
    desk.retry_intent(before.id).await?;
    let items = desk.outbox().await?.items;
    let replaced_by: Vec<IntentId> = items
        .iter()
        .filter(|item| item.thing == before.thing && !known.contains(&item.id))
        .map(|item| item.id)
        .collect();
    let now = items.into_iter().find(|item| item.id == before.id);
    let told = what_now(&before, now.as_ref(), &replaced_by);
    Ok(Retried { item: now.unwrap_or(before), replaced_by, told })
}

fn what_now(before: &OutboxItem, now: Option<&OutboxItem>, replaced_by: &[IntentId]) -> String {
    let sync = "with the next `deskctl sync`";
    match (before.state, now) {
        (_, None) if !replaced_by.is_empty() => {
            format!("It was removed at the hotel; it is made anew {sync}.")
        }
        (_, None) => "It is not needed any more.".to_owned(),
        (IntentState::Unclear, _) => {
            format!("The hotel is read {sync}; it is sent again only if it is not there.")
        }
        (IntentState::Attention, _) => format!("It is sent again {sync}."),
        _ => format!("It does not wait any longer: it is sent {sync}."),
    }
}

fn nothing_to_retry(items: &[OutboxItem]) -> String {
    let nothing = "Nothing was refused: there is nothing to retry.";
    let clash = items.iter().any(|item| item.state == IntentState::Conflict);
    match items {
        [] => nothing.to_owned(),
        _ if clash => format!("{nothing} What a colleague changed too waits for `deskctl outbox resolve`."),
        _ => format!("{nothing} What waits is sent with `deskctl sync`."),
    }
}

fn retried_in_words(retried: &Retried) -> String {
    let Retried { item, replaced_by, told } = retried;
    let mut rows =
        vec![("Entry", item.id.to_string()), ("Wish", plain(&item.summary)), ("Now", told.clone())];
    rows.extend(replaced_by.iter().map(|id| ("In its place", id.to_string())));
    facts(&rows)
}

async fn resolve(desk: &Desk, out: &mut Output, args: &ResolveArgs) -> Outcome {
    let Entry { item, conflicts: open } = find(desk, args.id).await?;
    if open.is_empty() {
        return Err(DeskError::new(
            ErrorCode::NotFound,
            "This entry has no conflict.",
            "`deskctl outbox list` shows what waits for a choice.",
        ));
    }
    if let Some(unknown) = args.fields.iter().find(|name| !open.iter().any(|sides| sides.is_called(name))) {
        let names: Vec<&str> = open.iter().map(|sides| sides.field.as_str()).collect();
        return Err(DeskError::new(
            ErrorCode::NotFound,
            format!("There is no conflict about {unknown}."),
            format!("The conflict is about {}.", names.join(", ")),
        ));
    }
    let wanted =
        |sides: &Sides| args.fields.is_empty() || args.fields.iter().any(|name| sides.is_called(name));
    let mut choices: Vec<_> =
        open.iter().filter(|sides| wanted(sides)).map(|sides| sides.choice.clone()).collect();
    choices.dedup();
    let (resolution, stands) =
        if args.mine { (Resolution::Mine, "mine") } else { (Resolution::Theirs, "theirs") };
    for choice in &choices {
        desk.resolve_conflict(args.id, choice.clone(), resolution.clone()).await?;
    }
    // Both dates are settled by one choice.
    let settled: Vec<Sides> = open.into_iter().filter(|sides| choices.contains(&sides.choice)).collect();
    let pending = desk.outbox().await?.items.into_iter().filter(|other| other.thing == item.thing).collect();
    let resolved = Resolved { entry: args.id, settled, stands, pending };
    out.answer(&resolved, || resolved_in_words(&resolved))?;
    Ok(Exit::Done)
}

fn resolved_in_words(resolved: &Resolved) -> String {
    let line = |sides: &Sides| {
        let field = plain(&sides.field);
        match resolved.stands {
            "mine" => format!(
                "{field}: yours shall stand, {}. It is sent with the next `deskctl sync`.",
                clash::value(&sides.mine)
            ),
            _ => format!("{field}: the hotel's stands, {}.", clash::value(&sides.theirs)),
        }
    };
    resolved.settled.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Answers with the intent as it was, so that a script can keep what it throws away.
async fn discard(desk: &Desk, out: &mut Output, id: IntentId, anyway: bool) -> Outcome {
    let entry = find(desk, id).await?;
    match anyway {
        true => desk.discard_doubtful(id).await?,
        false => desk.discard_intent(id).await?,
    }
    out.answer(&entry, || format!("Discarded. {}", plain(&entry.item.discard_loses)).trim_end().to_owned())?;
    Ok(Exit::Done)
}

/// Answers with the intent as it was.
async fn adopt(desk: &Desk, out: &mut Output, id: IntentId, number: Option<ServerId>) -> Outcome {
    let entry = find(desk, id).await?;
    let likeliest = || entry.item.like.first().map(|like| like.number);
    let number = number
        .or_else(likeliest)
        .ok_or_else(|| DeskError::not_found("Something of the hotel that is like this entry"))?;
    desk.adopt_intent(id, number).await?;
    out.answer(&entry, || format!("Number {number} of the hotel is the one you made."))?;
    Ok(Exit::Done)
}

async fn find(desk: &Desk, id: IntentId) -> Result<Entry, DeskError> {
    let found = entries(desk).await?.into_iter().find(|entry| entry.item.id == id);
    found.ok_or_else(|| DeskError::not_found("This outbox entry"))
}

fn entry_in_words(entry: &Entry) -> String {
    let mut parts = vec![in_words(&entry.item)];
    parts.extend(entry.conflicts.iter().map(clash::in_words));
    parts.join("\n")
}

/// One intent for people; also used under what it is about.
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
    for like in &item.like {
        rows.push(("Like it", format!("{} {}", like.number, plain(&like.title)).trim_end().to_owned()));
    }
    if item.is_doubtful {
        let ways = "`outbox retry ID --anyway` (it may come twice) or `outbox discard ID --anyway` (it may be there)";
        rows.push(("Ways out", ways.to_owned()));
    }
    if item.attempts > 0 {
        rows.push(("Tries", item.attempts.to_string()));
    }
    if let Some(next) = item.next_try {
        rows.push(("Next try", moment(next)));
    }
    facts(&rows)
}
