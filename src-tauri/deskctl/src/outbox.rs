//! `outbox`: the changes that have not reached the hotel yet, and the commands that settle them.

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode, failure};
use hotelmate_core::ids::{IntentId, ServerId};
use hotelmate_core::resources::Kind;
use hotelmate_core::views::IntentState;
use hotelmate_core::views::{OutboxItem, Question, Resolution};
use serde::Serialize;

use crate::cli::{OutboxCommand, ResolveArgs};
use crate::conflict::{self, Sides};
use crate::exit::{Exit, Outcome};
use crate::output::Output;
use crate::text::{labelled, moment, plain};
use crate::{export, states};

/// An entry, and both values of each field in conflict.
#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    item: OutboxItem,
    conflicts: Vec<Sides>,
}

/// The result of a retry of an entry.
#[derive(Serialize)]
struct Retried {
    /// The present entry, or the entry before it was replaced by others.
    #[serde(flatten)]
    item: OutboxItem,
    /// The entries that replaced it, if it was made anew.
    replaced_by: Vec<IntentId>,
    /// A sentence about what happens next.
    message: String,
}

/// The result of a choice in a conflict.
#[derive(Serialize)]
struct Resolved {
    entry: IntentId,
    /// The settled fields.
    settled: Vec<Sides>,
    /// The side whose values stay.
    stands: &'static str,
    /// The changes of the same entity that wait now.
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
        OutboxCommand::SendRestored => send_restored(desk, out).await,
        OutboxCommand::Adopt { id, number } => adopt(desk, out, id, number.map(ServerId)).await,
    }
}

async fn list(desk: &Desk, out: &mut Output) -> Outcome {
    let entries = entries(desk).await?;
    out.answer(&entries, || match entries.as_slice() {
        [] => say!("deskctl-outbox-empty"),
        entries => entries.iter().map(entry_in_words).collect::<Vec<_>>().join("\n\n"),
    })?;
    Ok(Exit::Done)
}

async fn entries(desk: &Desk) -> Result<Vec<Entry>, DeskError> {
    let conflicts = conflict::sides(&desk.conflicts().await?);
    let entry = |item: OutboxItem| {
        let conflicts = conflicts.iter().filter(|sides| sides.entry == item.id).cloned().collect();
        Entry { item, conflicts }
    };
    Ok(desk.outbox().await?.items.into_iter().map(entry).collect())
}

async fn retry(desk: &Desk, out: &mut Output, id: IntentId, anyway: bool) -> Outcome {
    let retried = if anyway {
        desk.send_again(id).await?;
        let message = say!("deskctl-sent-again-anyway");
        Retried { item: find(desk, id).await?.item, replaced_by: Vec::new(), message }
    } else {
        retried(desk, find(desk, id).await?.item).await?
    };
    out.answer(&retried, || retried_in_words(&retried))?;
    Ok(Exit::Done)
}

/// Retries all entries that were refused or failed. A conflict needs a choice, and a question an answer of its own.
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
            // The entry disappeared with another entry of the same entity, which was made anew.
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
        return Err(failure!(TooLate, "deskctl-retry-of-conflict", entry = before.id.to_string()));
    }
    let known: Vec<IntentId> = desk.outbox().await?.items.iter().map(|item| item.id).collect();
    desk.retry_intent(before.id).await?;
    let items = desk.outbox().await?.items;
    let replaced_by: Vec<IntentId> = items
        .iter()
        .filter(|item| item.entity == before.entity && !known.contains(&item.id))
        .map(|item| item.id)
        .collect();
    let now = items.into_iter().find(|item| item.id == before.id);
    let message = what_now(&before, now.as_ref(), &replaced_by);
    Ok(Retried { item: now.unwrap_or(before), replaced_by, message })
}

fn what_now(before: &OutboxItem, now: Option<&OutboxItem>, replaced_by: &[IntentId]) -> String {
    match (before.state, now) {
        (_, None) if !replaced_by.is_empty() => say!("deskctl-retry-made-anew"),
        (_, None) => say!("deskctl-retry-not-needed"),
        (IntentState::Unclear, _) => say!("deskctl-retry-unclear"),
        (IntentState::Attention, _) => say!("deskctl-retry-sent-again"),
        _ => say!("deskctl-retry-sent"),
    }
}

fn nothing_to_retry(items: &[OutboxItem]) -> String {
    let conflict = items.iter().any(|item| item.state == IntentState::Conflict);
    match items {
        [] => say!("deskctl-nothing-to-retry"),
        _ if conflict => say!("deskctl-nothing-to-retry-but-conflicts"),
        _ => say!("deskctl-nothing-to-retry-but-waiting"),
    }
}

fn retried_in_words(retried: &Retried) -> String {
    let Retried { item, replaced_by, message } = retried;
    let mut rows = vec![
        (say!("deskctl-label-entry"), item.id.to_string()),
        (say!("deskctl-label-change"), plain(&item.summary)),
        (say!("deskctl-label-now"), message.clone()),
    ];
    rows.extend(replaced_by.iter().map(|id| (say!("deskctl-label-in-its-place"), id.to_string())));
    labelled(&rows)
}

async fn resolve(desk: &Desk, out: &mut Output, args: &ResolveArgs) -> Outcome {
    let Entry { item, conflicts: open } = find(desk, args.id).await?;
    if open.is_empty() {
        return Err(failure!(NotFound, "deskctl-no-conflict"));
    }
    if let Some(unknown) = args.fields.iter().find(|name| !open.iter().any(|sides| sides.is_called(name))) {
        let names: Vec<&str> = open.iter().map(|sides| sides.field.as_str()).collect();
        let (field, fields) = (unknown.as_str(), names.join(", "));
        return Err(failure!(NotFound, "deskctl-no-conflict-about", field = field, fields = fields));
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
    let pending =
        desk.outbox().await?.items.into_iter().filter(|other| other.entity == item.entity).collect();
    let resolved = Resolved { entry: args.id, settled, stands, pending };
    out.answer(&resolved, || resolved_in_words(&resolved))?;
    Ok(Exit::Done)
}

fn resolved_in_words(resolved: &Resolved) -> String {
    let line = |sides: &Sides| {
        let field = plain(&sides.field);
        match resolved.stands {
            "mine" => say!("deskctl-mine-stands", field = field, value = conflict::value(&sides.mine)),
            _ => say!("deskctl-theirs-stands", field = field, value = conflict::value(&sides.theirs)),
        }
    };
    resolved.settled.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Discards an intent. Answers with it as it was, so that a script can keep it.
async fn discard(desk: &Desk, out: &mut Output, id: IntentId, anyway: bool) -> Outcome {
    let entry = find(desk, id).await?;
    match anyway {
        true => desk.discard_doubtful(id).await?,
        false => desk.discard_intent(id).await?,
    }
    let loses = plain(&entry.item.discard_loses);
    out.answer(&entry, || say!("deskctl-discarded", loses = loses).trim_end().to_owned())?;
    Ok(Exit::Done)
}

/// Allows the changes of a restored database to be sent. Answers with the waiting changes.
async fn send_restored(desk: &Desk, out: &mut Output) -> Outcome {
    desk.send_restored().await?;
    let entries = entries(desk).await?;
    out.answer(&entries, || say!("deskctl-sent-restored", count = entries.len()))?;
    Ok(Exit::Done)
}

/// Links a create to an entity of the hotel. Answers with the intent as it was.
async fn adopt(desk: &Desk, out: &mut Output, id: IntentId, number: Option<ServerId>) -> Outcome {
    let entry = find(desk, id).await?;
    let likeliest = || entry.item.like.first().map(|like| like.number);
    let number = number.or_else(likeliest).ok_or_else(|| failure!(NotFound, "deskctl-nothing-like-it"))?;
    desk.adopt_intent(id, number).await?;
    out.answer(&entry, || say!("deskctl-adopted", number = number.to_string()))?;
    Ok(Exit::Done)
}

async fn find(desk: &Desk, id: IntentId) -> Result<Entry, DeskError> {
    let found = entries(desk).await?.into_iter().find(|entry| entry.item.id == id);
    found.ok_or_else(|| failure!(NotFound, "deskctl-entry-gone"))
}

fn entry_in_words(entry: &Entry) -> String {
    let mut parts = vec![in_words(&entry.item)];
    parts.extend(entry.conflicts.iter().map(conflict::in_words));
    parts.join("\n")
}

/// Returns the commands that answer the question of an entry, or none if it asks none. A conflict names its own.
fn ways_out(item: &OutboxItem) -> Option<String> {
    let id = item.id.to_string();
    if item.is_doubtful {
        return Some(say!("deskctl-doubtful-ways-out"));
    }
    if item.state != IntentState::Attention {
        return None;
    }
    Some(match item.question {
        Some(Question::MakeAgain) => say!("deskctl-way-out-make_again", id = id),
        Some(Question::RemoveChanged) => say!("deskctl-way-out-remove_changed", id = id),
        Some(Question::RemoveAgain) => say!("deskctl-way-out-remove_again", id = id),
        Some(Question::ChoosePicture) => {
            let list = match item.about? {
                Kind::Offer => "offers".to_owned(),
                other => format!("records {}", other.resource().name),
            };
            let photo = format!("deskctl {list} photo {} FILE", item.entity);
            say!("deskctl-way-out-choose_picture", id = id, photo = photo)
        }
        None if !item.like.is_empty() => say!("deskctl-way-out-whose", id = id),
        None if item.removed_there && item.can_retry => say!("deskctl-way-out-removed", id = id),
        None if item.can_retry => say!("deskctl-way-out-refused", id = id),
        None => return None,
    })
}

/// Returns one intent for people; the page of its entity contains it too.
pub fn in_words(item: &OutboxItem) -> String {
    let kind = item.about.map(Kind::one).unwrap_or_default();
    let about = format!("{kind} {}", plain(&item.title)).trim().to_owned();
    let mut rows = vec![
        (say!("deskctl-label-entry"), item.id.to_string()),
        (say!("deskctl-label-change"), plain(&item.summary)),
        (say!("deskctl-label-about"), about),
        (say!("deskctl-label-where-it-stands"), states::entry(item.state)),
        (say!("deskctl-label-since"), moment(item.created_at)),
        (say!("deskctl-label-reason"), plain(&item.reason)),
    ];
    for (field, sentences) in &item.fields.0 {
        rows.push((say!("deskctl-label-field"), plain(&format!("{field}: {}", sentences.join(" ")))));
    }
    for like in &item.like {
        let like = plain(&format!("{} {}", like.number, like.title)).trim_end().to_owned();
        rows.push((say!("deskctl-label-like"), like));
    }
    rows.push((say!("deskctl-label-ways-out"), ways_out(item).unwrap_or_default()));
    if item.attempts > 0 {
        rows.push((say!("deskctl-label-tries"), item.attempts.to_string()));
    }
    rows.extend(item.next_try.map(|next| (say!("deskctl-label-next-try"), moment(next))));
    rows.retain(|(_, value)| !value.is_empty());
    labelled(&rows)
}
