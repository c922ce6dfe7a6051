//! `chat`: the conversations with guests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, ErrorCode, failure};
use hotelmate_core::ids::{LocalId, ServerId};
use hotelmate_core::resources::{NewFile, Sender};
use hotelmate_core::views::{
    Change, ConversationList, ConversationView, MessageState, MessageView, OutboxItem,
};
use jiff::tz::TimeZone;
use serde_json::json;

use crate::cli::{ChatCommand, FileArgs, SendArgs, ShowArgs, WatchArgs};
use crate::exit::{Exit, Outcome};
use crate::file;
use crate::output::Output;
use crate::text::{listed, moment_in, paragraph, plain};

/// The number of messages of a conversation that a watch looks through for new ones.
const WATCHED: u32 = 50;

pub async fn carry_out(desk: &Desk, out: &mut Output, command: ChatCommand) -> Outcome {
    match command {
        ChatCommand::List { unread } => list(desk, out, unread).await,
        ChatCommand::Show(args) => show(desk, out, args).await,
        ChatCommand::Send(args) => send(desk, out, args).await,
        ChatCommand::File(args) => save(desk, out, args).await,
        ChatCommand::Mute { room, off } => mute(desk, out, &room, !off).await,
        ChatCommand::Watch(args) => watch(desk, out, &args).await,
    }
}

/// Prints the conversations. JSON is the list of them.
async fn list(desk: &Desk, out: &mut Output, unread: bool) -> Outcome {
    let mut list = current(desk, out).await?;
    list.conversations.retain(|one| !unread || one.unread > 0);
    let zone = zone(desk).await;
    out.answer(&list.conversations, || in_words(&list, &zone))?;
    match (&list.unavailable, list.as_of) {
        (Some(reason), _) => out.remark(reason),
        (None, None) => out.remark(&say!("deskctl-not-read")),
        (None, Some(_)) => {}
    }
    Ok(Exit::Done)
}

/// Reads the list from the hotel if it can be reached, and returns it.
async fn current(desk: &Desk, out: &Output) -> Result<ConversationList, DeskError> {
    remarked(out, desk.refresh_conversations().await)?;
    desk.conversations().await
}

/// Shows a failure of the hotel as a remark: the data on this computer is the answer then.
fn remarked(out: &Output, read: Result<(), DeskError>) -> Result<(), DeskError> {
    match read {
        Err(error) if error.code == ErrorCode::SignedOut => Err(error),
        Err(error) => {
            out.remark(&error.message);
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

fn in_words(list: &ConversationList, zone: &TimeZone) -> String {
    let row = |one: &ConversationView| {
        [
            plain(&one.room),
            one.unread.to_string(),
            one.last_at.map(|at| moment_in(at, zone)).unwrap_or_default(),
            plain(&one.guest),
            plain(&one.last_text),
        ]
    };
    let rows: Vec<_> = list.conversations.iter().map(row).collect();
    let total = say!("deskctl-chat-total", count = rows.len());
    listed(&say!("deskctl-columns-chat"), &rows, &total, list.as_of)
}

/// Prints the messages of a conversation, oldest first. JSON is the list of them.
async fn show(desk: &Desk, out: &mut Output, args: ShowArgs) -> Outcome {
    let conversation = of_room(desk, out, &args.room).await?;
    remarked(out, desk.refresh_messages(conversation).await)?;
    while desk.messages(conversation, args.limit).await?.messages.len() < args.limit as usize {
        let before = desk.messages(conversation, args.limit).await?;
        if !before.has_older || desk.read_older_messages(conversation).await.is_err() {
            break;
        }
        if desk.messages(conversation, args.limit).await? == before {
            break;
        }
    }
    let list = desk.messages(conversation, args.limit).await?;
    let zone = zone(desk).await;
    let words = || list.messages.iter().map(|one| said(one, &zone)).collect::<Vec<_>>().join("\n");
    out.answer(&list.messages, words)?;
    Ok(Exit::Done)
}

fn said(message: &MessageView, zone: &TimeZone) -> String {
    let state = match message.state {
        MessageState::Waiting => say!("deskctl-chat-waiting"),
        MessageState::Sending => say!("deskctl-chat-sending"),
        MessageState::Attention => plain(&message.reason),
        MessageState::Read => say!("deskctl-chat-read"),
        MessageState::AtHotel if message.sender == Sender::Guest => say!("deskctl-chat-unread"),
        MessageState::AtHotel => say!("deskctl-chat-at-hotel"),
    };
    let number = message.id.map(|id| id.to_string()).unwrap_or_default();
    let name = plain(&message.name);
    let head = say!(
        "deskctl-chat-message",
        number = number,
        at = moment_in(message.at, zone),
        name = name,
        state = state
    );
    let files = message.attachments.iter().map(|file| plain(&file.name));
    let body = std::iter::once(message.text.clone()).filter(|text| !text.is_empty()).chain(files);
    format!("{head}\n{}", body.map(|text| paragraph(&text)).collect::<Vec<_>>().join("\n"))
}

/// Queues a message, and sends it now if the hotel can be reached. The first file goes with the text, and each further
/// one is a message of its own, as the hotel's server takes them.
async fn send(desk: &Desk, out: &mut Output, args: SendArgs) -> Outcome {
    let conversation = of_room(desk, out, &args.room).await?;
    let reply_to = args.reply_to();
    let mut files = read_files(desk, &args.file)?.into_iter();
    let text = args.text.unwrap_or_default();
    let mut intents = vec![match files.next() {
        Some(file) => desk.say_with_file(conversation, text, reply_to, file).await?,
        None => desk.say(conversation, text, reply_to).await?,
    }];
    for file in files {
        intents.push(desk.say_with_file(conversation, String::new(), None, file).await?);
    }
    let report = desk.sync_until_quiet().await?;
    let mut waiting = desk.outbox().await?.items;
    waiting.retain(|item| intents.contains(&item.id));
    let Some(first) = waiting.first() else {
        out.answer(&json!({"sent": true}), || say!("deskctl-chat-sent"))?;
        return Ok(Exit::Done);
    };
    let reason = if first.reason.is_empty() { report.message } else { first.reason.clone() };
    // Without a key store the texts end with this program.
    if desk.conversations().await?.kept_until_exit.is_some() && are_discarded(desk, &waiting).await {
        out.remark(&say!("deskctl-chat-not-sent", reason = reason, count = waiting.len()));
        return Ok(Exit::Failed);
    }
    let entries: Vec<_> = waiting.iter().map(|item| item.id).collect();
    out.answer(&json!({"sent": false, "entries": entries, "reason": reason}), || {
        say!("deskctl-chat-queued", reason = reason.as_str(), count = waiting.len())
    })?;
    Ok(Exit::Waiting)
}

/// Discards messages, the last one first. Returns false if one of them is on its way.
async fn are_discarded(desk: &Desk, messages: &[OutboxItem]) -> bool {
    for message in messages.iter().rev() {
        if desk.discard_intent(message.id).await.is_err() {
            return false;
        }
    }
    true
}

/// Reads the files of a message before anything is queued, so that one that cannot be read leaves none of them waiting.
/// The sizes and types are checked first: a file that the hotel does not take is not read.
fn read_files(desk: &Desk, paths: &[PathBuf]) -> Result<Vec<NewFile>, DeskError> {
    let unread = |path: &Path, cause: std::io::Error| file::unread(path, ErrorCode::Unexpected, &cause);
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for path in paths {
        desk.check_file(&name(path), std::fs::metadata(path).map_err(|cause| unread(path, cause))?.len())?;
    }
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).map_err(|cause| unread(path, cause))?;
        Ok(NewFile { name: name(path), bytes })
    };
    paths.iter().map(read).collect()
}

/// Fetches a file of a message into a folder.
async fn save(desk: &Desk, out: &mut Output, args: FileArgs) -> Outcome {
    let conversation = of_room(desk, out, &args.room).await?;
    remarked(out, desk.refresh_messages(conversation).await)?;
    let written = desk.save_chat_file(ServerId(args.message), args.number - 1, args.to).await?;
    out.answer(&written, || say!("deskctl-chat-file", file = written.file.as_str()))?;
    Ok(Exit::Done)
}

/// Mutes the conversation with a room on this computer, or ends that.
async fn mute(desk: &Desk, out: &mut Output, room: &str, mute: bool) -> Outcome {
    let list = current(desk, out).await?;
    let known = list.conversations.iter().find(|one| one.room == room);
    let known = known.ok_or_else(|| failure!(NotFound, "deskctl-chat-no-conversation", room = room))?;
    desk.mute_conversation(known.id, mute).await?;
    let is_muted = if mute { "yes" } else { "no" };
    out.answer(&json!({ "room": room, "is_muted": mute }), || {
        say!("deskctl-chat-muted", room = room, muted = is_muted)
    })?;
    Ok(Exit::Done)
}

/// Returns the conversation with a room. The hotel makes one if there is none.
async fn of_room(desk: &Desk, out: &Output, room: &str) -> Result<LocalId, DeskError> {
    let list = current(desk, out).await?;
    match list.conversations.iter().find(|one| one.room == room) {
        Some(known) => Ok(known.id),
        None => desk.open_room_chat(room).await,
    }
}

/// Prints each new message of all conversations, until the program is asked to end.
async fn watch(desk: &Desk, out: &mut Output, args: &WatchArgs) -> Outcome {
    let mut changes = desk.changes();
    let watching = async {
        let mut known = BTreeSet::new();
        new_messages(desk, &mut known).await?;
        let mut left = args.count;
        loop {
            let is_about_chat = match changes.recv().await {
                Ok(Change::Entities { resource, .. }) => {
                    resource == hotelmate_core::resources::Kind::Conversation
                }
                Ok(_) => false,
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => true,
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return Ok(Exit::Done),
            };
            if !is_about_chat {
                continue;
            }
            for (room, message) in new_messages(desk, &mut known).await? {
                out.json_line(&json!({"room": room, "message": message}))?;
                left = left.map(|left| left.saturating_sub(1));
                if left == Some(0) || out.is_closed() {
                    return Ok(Exit::Done);
                }
            }
        }
    };
    match args.seconds {
        Some(seconds) => {
            tokio::time::timeout(Duration::from_secs(seconds), watching).await.unwrap_or(Ok(Exit::Done))
        }
        None => watching.await,
    }
}

/// Returns the messages at the hotel that are not `known` yet, oldest first.
async fn new_messages(
    desk: &Desk,
    known: &mut BTreeSet<u32>,
) -> Result<Vec<(String, MessageView)>, DeskError> {
    let mut new = Vec::new();
    for conversation in desk.conversations().await?.conversations {
        for message in desk.messages(conversation.id, WATCHED).await?.messages {
            if message.id.is_some() && known.insert(message.key) {
                new.push((conversation.room.clone(), message));
            }
        }
    }
    new.sort_by_key(|(_, message)| message.at);
    Ok(new)
}

async fn zone(desk: &Desk) -> TimeZone {
    let zone = desk.session().await.and_then(|session| TimeZone::get(&session.time_zone).ok());
    zone.unwrap_or(TimeZone::UTC)
}
