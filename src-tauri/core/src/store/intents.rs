//! The rows of the outbox.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use super::columns::{self, bytes, key, number, text};
use super::writer::one_row;
use super::{StoreError, Tx, entities, messages};
use crate::ids::{IntentId, LocalId};
use crate::model::{Intent, IntentState, Note, Operation, Queued, QueuedKind, SentRequest, Trouble};
use crate::resources::Kind;
use crate::views::Change;

const COLUMNS: &str = "seq, id, lane, operation, state, note, not_before, created_at,
    (SELECT request FROM own_request WHERE own_request.intent = intent.id AND confirmed_at IS NULL
      ORDER BY request DESC LIMIT 1),
    (SELECT left_at FROM own_request WHERE own_request.intent = intent.id AND confirmed_at IS NULL
      ORDER BY request DESC LIMIT 1),
    (SELECT kind FROM entity WHERE local_id = lane)";

fn state_name(state: IntentState) -> &'static str {
    match state {
        IntentState::Waiting => "waiting",
        IntentState::InFlight => "in_flight",
        IntentState::Unclear => "unclear",
        IntentState::Conflict => "conflict",
        IntentState::Attention => "attention",
    }
}

fn state_named(name: &str) -> Option<IntentState> {
    match name {
        "waiting" => Some(IntentState::Waiting),
        "in_flight" => Some(IntentState::InFlight),
        "unclear" => Some(IntentState::Unclear),
        "conflict" => Some(IntentState::Conflict),
        "attention" => Some(IntentState::Attention),
        _ => None,
    }
}

/// Returns the parts of a row that this version can read: operation, state and note. Returns `None` for a row of
/// another version, for a damaged one, and for a change that this version does not send. Such a row is shown as
/// needing a person, and kept unchanged.
fn readable(row: &Row<'_>) -> rusqlite::Result<Option<(Operation, IntentState, Note)>> {
    let send = kind_in(row, 10)?.map(|kind| kind.resource().send);
    let operation: Option<Operation> = serde_json::from_slice(bytes(row, 3)?).ok();
    let operation = operation.filter(|operation| send.is_some_and(|send| operation.is_sent_by(send)));
    let state = state_named(&text(row, 4)?);
    let note = read_note(bytes(row, 5)?);
    Ok(operation.zip(state).zip(note).map(|((operation, state), note)| (operation, state, note)))
}

/// Returns the kind of the entity, or `None` if there is no entity or if this version does not know its kind.
fn kind_in(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Kind>> {
    Ok(columns::optional_text(row, column)?.and_then(|name| Kind::named(&name)))
}

/// Reads a note. A note of a newer version is read without its unknown parts: if its attempts were lost, a create
/// could be sent twice.
fn read_note(stored: &[u8]) -> Option<Note> {
    if let Ok(note) = serde_json::from_slice(stored) {
        return Some(note);
    }
    let mut fields: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(stored).ok()?;
    for newer in ["trouble", "conflict"] {
        fields.remove(newer);
    }
    Some(serde_json::from_value(fields.into()).unwrap_or_default())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<Intent> {
    let (operation, state, note) =
        readable(row)?.unwrap_or((Operation::Unreadable, IntentState::Attention, Note::default()));
    Ok(Intent {
        seq: number(row, 0)?,
        id: IntentId(key(row, 1)?),
        lane: LocalId(key(row, 2)?),
        operation,
        state,
        note,
        not_before: number(row, 6)?,
        created_at: Timestamp::from_millisecond(number(row, 7)?).unwrap_or(Timestamp::UNIX_EPOCH),
        open: match (row.get_ref(8)?.as_i64(), row.get_ref(9)?.as_i64()) {
            (Ok(request), Ok(left_at)) => Some(SentRequest { request, left_at }),
            _ => None,
        },
    })
}

fn select(
    connection: &Connection,
    rest: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Intent>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM intent {rest}"))?;
    let rows = statement.query_map(params, read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns all intents, in the order of their creation.
pub fn all(connection: &Connection) -> Result<Vec<Intent>, StoreError> {
    select(connection, "ORDER BY seq", [])
}

/// Returns the queue in the order of creation, without the operations. It is read after every step of the sender,
/// however long the queue is.
pub fn queue(connection: &Connection) -> Result<Vec<Queued>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, id, lane, CASE WHEN json_valid(operation) THEN json_extract(operation, '$.operation') END, state,
                not_before,
                CASE WHEN not_before > 0 AND json_valid(note) THEN json_extract(note, '$.attempts') = 0 END,
                CASE WHEN state = 'attention' AND json_valid(note) THEN json_extract(note, '$.trouble.trouble')
                    IN ('undone_by_upload', 'changed_since', 'came_back', 'picture_not_kept', 'removed_late') END,
                CASE WHEN json_valid(operation) THEN json_extract(operation, '$.picture') IS NOT NULL
                                            AND json_extract(operation, '$.uploaded') IS NULL
                                            OR coalesce(json_extract(operation, '$.with_file'), 0) END,
                (SELECT kind FROM entity WHERE local_id = lane),
                CASE WHEN state = 'attention' AND json_valid(note)
                     THEN json_extract(note, '$.trouble.trouble') = 'deleted_there' END
           FROM intent ORDER BY seq",
    )?;
    let rows = statement.query_map([], |row| {
        let is_question = number(row, 7)? != 0;
        let is_gone = number(row, 10)? != 0;
        let kind = match text(row, 3)?.as_str() {
            _ if is_question => QueuedKind::Question,
            "create" => QueuedKind::Create,
            "delete" => QueuedKind::Delete,
            "add_image" | "move_image" | "remove_image" | "say" => QueuedKind::Step,
            "set_picture" if !is_gone => QueuedKind::Step,
            _ => QueuedKind::Change,
        };
        Ok(Queued {
            seq: number(row, 0)?,
            id: IntentId(key(row, 1)?),
            lane: LocalId(key(row, 2)?),
            kind,
            state: state_named(&text(row, 4)?).unwrap_or(IntentState::Attention),
            not_before: number(row, 5)?,
            held: number(row, 6)? != 0,
            uploads: number(row, 8)? != 0,
            about: kind_in(row, 9)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Marks unreadable rows as needing a person. The mark is in the row itself, so it counts everywhere, and it blocks
/// only the row's own lane. The operation is kept byte for byte. An invalid key is replaced by a hash of its bytes.
pub(super) fn quarantine(connection: &Connection) -> Result<(), StoreError> {
    let all = format!("SELECT {COLUMNS} FROM intent");
    let keys: Vec<(i64, uuid::Uuid, uuid::Uuid, bool)> = connection
        .prepare(&all)?
        .query_map([], |row| {
            let has_keys = columns::is_key(row, 1)? && columns::is_key(row, 2)?;
            Ok((number(row, 0)?, key(row, 1)?, key(row, 2)?, has_keys))
        })?
        .collect::<Result<_, _>>()?;
    for (seq, id, lane, _) in keys.into_iter().filter(|(.., has_keys)| !has_keys) {
        let keys = (seq, id.to_string(), lane.to_string());
        one_row(connection, "UPDATE intent SET id = ?2, lane = ?3 WHERE seq = ?1", keys)?;
    }
    // The keys are repaired first: only then does each intent find its entity, whose kind determines the allowed
    // operations.
    let unreadable: Vec<(i64, bool)> = connection
        .prepare(&all)?
        .query_map([], |row| Ok((number(row, 0)?, readable(row)?.is_none())))?
        .collect::<Result<_, _>>()?;
    for (seq, _) in unreadable.into_iter().filter(|(_, is_unreadable)| *is_unreadable) {
        one_row(connection, "UPDATE intent SET state = 'attention' WHERE seq = ?1", [seq])?;
    }
    Ok(())
}

/// Marks one unreadable row while the program runs: a newer version that runs at the same time wrote it.
pub fn needs_newer_program(tx: &mut Tx<'_>, id: IntentId) -> Result<(), StoreError> {
    tx.one_row("UPDATE intent SET state = 'attention' WHERE id = ?1", [id.to_string()])?;
    tx.changed(Change::Outbox);
    tx.changed(Change::Status);
    Ok(())
}

/// Returns the intents of one lane, in order.
pub fn of_lane(connection: &Connection, lane: LocalId) -> Result<Vec<Intent>, StoreError> {
    select(connection, "WHERE lane = ?1 ORDER BY seq", [lane.to_string()])
}

/// Returns one intent. Fails if it is missing.
pub fn get(connection: &Connection, id: IntentId) -> Result<Intent, StoreError> {
    find(connection, id)?.ok_or(StoreError::NotFound("change"))
}

/// Returns one intent, if it exists.
pub fn find(connection: &Connection, id: IntentId) -> Result<Option<Intent>, StoreError> {
    Ok(select(connection, "WHERE id = ?1", [id.to_string()])?.pop())
}

/// Returns an intent as stored, whether or not this version can read it. Invalid UTF-8 becomes `�`.
pub fn stored_intent(connection: &Connection, id: IntentId) -> Result<String, StoreError> {
    let mut statement = connection.prepare_cached("SELECT operation FROM intent WHERE id = ?1")?;
    let stored = statement.query_row([id.to_string()], |row| text(row, 0)).optional()?;
    stored.ok_or(StoreError::NotFound("change"))
}

/// Queues an intent at the end of its lane.
///
/// # Errors
/// [`StoreError::NotSent`] if such a change of this entity is not sent.
pub fn add(tx: &mut Tx<'_>, intent: &NewIntent) -> Result<(), StoreError> {
    let kind = entities::known_kind(tx, intent.lane)?;
    if !intent.operation.is_sent_by(kind.resource().send) {
        return Err(StoreError::NotSent(kind));
    }
    tx.execute(
        "INSERT INTO intent (id, lane, operation, state, note, not_before, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (
            intent.id.to_string(),
            intent.lane.to_string(),
            serde_json::to_string(&intent.operation)?,
            state_name(intent.state),
            serde_json::to_string(&intent.note)?,
            intent.not_before,
            intent.created_at.as_millisecond(),
        ),
    )?;
    announce(tx, intent.lane)
}

/// An intent to be queued.
#[derive(Debug, Clone)]
pub struct NewIntent {
    /// Its key.
    pub id: IntentId,
    /// Its lane.
    pub lane: LocalId,
    /// The operation.
    pub operation: Operation,
    /// The initial state.
    pub state: IntentState,
    /// The initial note.
    pub note: Note,
    /// The earliest time of the first attempt, in milliseconds since the epoch.
    pub not_before: i64,
    /// The time of its creation.
    pub created_at: Timestamp,
}

impl NewIntent {
    /// Returns an intent that may be sent at once.
    pub fn waiting(id: IntentId, lane: LocalId, operation: Operation, now: Timestamp) -> Self {
        Self {
            id,
            lane,
            operation,
            state: IntentState::Waiting,
            note: Note::default(),
            not_before: 0,
            created_at: now,
        }
    }
}

/// Stores the parts of an intent that may change: operation, state, note and time.
pub fn update(tx: &mut Tx<'_>, intent: &Intent) -> Result<(), StoreError> {
    if intent.operation == Operation::Unreadable {
        return Err(StoreError::TooLate);
    }
    tx.one_row(
        "UPDATE intent SET operation = ?2, state = ?3, note = ?4, not_before = ?5, lane = ?6 WHERE seq = ?1",
        (
            intent.seq,
            serde_json::to_string(&intent.operation)?,
            state_name(intent.state),
            serde_json::to_string(&intent.note)?,
            intent.not_before,
            intent.lane.to_string(),
        ),
    )?;
    announce(tx, intent.lane)
}

/// Deletes an intent that is done, merged into another one, or discarded by a person.
pub fn remove(tx: &mut Tx<'_>, intent: &Intent) -> Result<(), StoreError> {
    messages::forget_unsent(tx, intent.id)?;
    tx.one_row("DELETE FROM intent WHERE seq = ?1", [intent.seq])?;
    announce(tx, intent.lane)
}

/// Removes the row of an entity that has neither a copy of the hotel nor an intent.
pub fn drop_empty_row(tx: &mut Tx<'_>, lane: LocalId) -> Result<(), StoreError> {
    let Ok(row) = entities::get(tx, lane) else { return Ok(()) };
    let nowhere = row.latest().is_none() || row.tombstone == entities::Tombstone::Confirmed;
    if nowhere && of_lane(tx, lane)?.is_empty() {
        entities::remove(tx, lane)?;
    }
    Ok(())
}

/// Lets intents continue that needed a person only because a part of the hotel was absent.
pub fn part_is_back(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for mut intent in select(tx, "WHERE state = 'attention' ORDER BY seq", [])? {
        if matches!(intent.note.trouble, Some(Trouble::NoSuchPart { .. }))
            && intent.operation != Operation::Unreadable
        {
            intent.state = IntentState::Waiting;
            intent.note.trouble = None;
            update(tx, &intent)?;
        }
    }
    Ok(())
}

/// Marks the intents that an ended sender had in flight as unclear.
pub fn in_flight_becomes_unclear(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let changed = tx.any_rows("UPDATE intent SET state = 'unclear' WHERE state = 'in_flight'", [])?;
    if changed > 0 {
        tx.changed(Change::Outbox);
        tx.changed(Change::Status);
    }
    Ok(())
}

/// Ends the waits after failures. Intents that a person can still undo keep their time. An unclear intent waits until
/// `settled_ms` at most: the hotel may still be carrying it out, and an earlier look could repeat it.
pub fn cut_waits(tx: &mut Tx<'_>, settled_ms: i64) -> Result<(), StoreError> {
    tx.any_rows(
        "UPDATE intent SET not_before = CASE state WHEN 'unclear' THEN min(not_before, ?1) ELSE 0 END
          WHERE CASE WHEN json_valid(operation)
                     THEN json_extract(operation, '$.operation') NOT IN ('delete', 'delete_offer', 'remove_image') END
             OR CASE WHEN json_valid(note) THEN json_extract(note, '$.attempts') > 0 END",
        [settled_ms],
    )?;
    Ok(())
}

/// The counts for the status pill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// The number of intents in flight.
    pub in_flight: u32,
    /// The number of waiting or unclear intents.
    pub waiting: u32,
    /// The number of intents that need a person.
    pub attention: u32,
    /// The number of those that are in conflict with a colleague's change.
    pub conflicts: u32,
    /// The earliest planned attempt, in milliseconds since the epoch.
    pub next_try: Option<i64>,
}

/// Counts all intents by state.
pub fn counts(connection: &Connection) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    let mut statement =
        connection.prepare_cached("SELECT state, count(*), min(not_before) FROM intent GROUP BY state")?;
    let rows = statement.query_map([], |row| Ok((text(row, 0)?, row.get::<_, u32>(1)?, number(row, 2)?)))?;
    for row in rows {
        let (state, number, soonest) = row?;
        match state.as_str() {
            "in_flight" => counts.in_flight += number,
            "waiting" | "unclear" => {
                counts.waiting += number;
                let sooner = counts.next_try.map_or(soonest, |known| known.min(soonest));
                counts.next_try = Some(sooner);
            }
            other => {
                counts.attention += number;
                if other == "conflict" {
                    counts.conflicts += number;
                }
            }
        }
    }
    Ok(counts)
}

/// Returns the creation time of the oldest intent that waits only for the hotel. Intents behind one that needs a person
/// do not count.
pub fn oldest_waiting(connection: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let oldest: Option<i64> = connection.query_row(
        "SELECT min(created_at) FROM intent
          WHERE state IN ('waiting', 'unclear', 'in_flight')
            AND lane NOT IN (SELECT lane FROM intent WHERE state NOT IN ('waiting', 'unclear', 'in_flight'))",
        [],
        |row| row.get(0),
    )?;
    Ok(oldest.and_then(|at| Timestamp::from_millisecond(at).ok()))
}

/// Returns the creates of a kind that may have been carried out, including those that wait for a person's decision.
pub fn open_creates(connection: &Connection, kind: Kind) -> Result<Vec<Intent>, StoreError> {
    let creates = select(
        connection,
        "WHERE CASE WHEN json_valid(operation) THEN json_extract(operation, '$.operation') = 'create' END
           AND lane IN (SELECT local_id FROM entity WHERE kind = ?1) ORDER BY seq",
        [kind.resource().name],
    )?;
    let is_open = |intent: &Intent| {
        intent.may_be_made() || matches!(intent.state, IntentState::InFlight | IntentState::Unclear)
    };
    Ok(creates.into_iter().filter(is_open).collect())
}

/// Returns the create of a kind whose answer is open, if there is one. At most one exists at any time.
pub fn open_create(connection: &Connection, kind: Kind) -> Result<Option<Intent>, StoreError> {
    let open = open_creates(connection, kind)?;
    Ok(open.into_iter().find(|intent| matches!(intent.state, IntentState::InFlight | IntentState::Unclear)))
}

fn announce(tx: &mut Tx<'_>, lane: LocalId) -> Result<(), StoreError> {
    entities::announce(tx, lane)?;
    tx.changed(Change::Outbox);
    tx.changed(Change::Status);
    Ok(())
}
