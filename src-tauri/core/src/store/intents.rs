//! The rows of the outbox.

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};

use super::{StoreError, Tx};
use crate::desk::views::Change;
use crate::model::{Intent, IntentId, IntentState, LocalId, Note, Wish};

const COLUMNS: &str = "seq, id, lane, wish, state, note, not_before, created_at";

fn state_name(state: IntentState) -> &'static str {
    match state {
        IntentState::Waiting => "waiting",
        IntentState::InFlight => "in_flight",
        IntentState::Unclear => "unclear",
        IntentState::Conflict => "conflict",
        IntentState::Attention => "attention",
    }
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<Intent> {
    let text = |index: usize| row.get::<_, String>(index);
    let key = |index: usize, text: String| {
        text.parse::<uuid::Uuid>()
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(index, Type::Text, Box::new(error)))
    };
    let wish = serde_json::from_str::<Wish>(&text(3)?);
    let state = match text(4)?.as_str() {
        "waiting" => Some(IntentState::Waiting),
        "in_flight" => Some(IntentState::InFlight),
        "unclear" => Some(IntentState::Unclear),
        "conflict" => Some(IntentState::Conflict),
        "attention" => Some(IntentState::Attention),
        _ => None,
    };
    // A row of another version, or a damaged one: it is shown as needing a person, and kept as it is.
    let (wish, state) = match (wish, state) {
        (Ok(wish), Some(state)) => (wish, state),
        _ => (Wish::Unreadable, IntentState::Attention),
    };
    Ok(Intent {
        seq: row.get(0)?,
        id: IntentId(key(1, text(1)?)?),
        lane: LocalId(key(2, text(2)?)?),
        wish,
        state,
        note: serde_json::from_str(&text(5)?).unwrap_or_default(),
        not_before: row.get(6)?,
        created_at: Timestamp::from_millisecond(row.get(7)?).unwrap_or(Timestamp::UNIX_EPOCH),
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

/// All intents, in the order in which they were wished.
pub fn all(connection: &Connection) -> Result<Vec<Intent>, StoreError> {
    select(connection, "ORDER BY seq", [])
}

/// The intents of one lane, in order.
pub fn of_lane(connection: &Connection, lane: LocalId) -> Result<Vec<Intent>, StoreError> {
    select(connection, "WHERE lane = ?1 ORDER BY seq", [lane.to_string()])
}

/// One intent.
pub fn get(connection: &Connection, id: IntentId) -> Result<Intent, StoreError> {
    select(connection, "WHERE id = ?1", [id.to_string()])?.pop().ok_or(StoreError::NotFound("This change"))
}

/// A wish as it is stored, whether this version can read it or not.
pub fn stored_wish(connection: &Connection, id: IntentId) -> Result<String, StoreError> {
    let mut statement = connection.prepare_cached("SELECT wish FROM intent WHERE id = ?1")?;
    let stored = statement.query_row([id.to_string()], |row| row.get(0)).optional()?;
    stored.ok_or(StoreError::NotFound("This change"))
}

/// Queues a wish at the end of its lane.
pub fn add(tx: &mut Tx<'_>, intent: &NewIntent) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO intent (id, lane, wish, state, note, not_before, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (
            intent.id.to_string(),
            intent.lane.to_string(),
            serde_json::to_string(&intent.wish)?,
            state_name(intent.state),
            serde_json::to_string(&intent.note)?,
            intent.not_before,
            intent.created_at.as_millisecond(),
        ),
    )?;
    announce(tx, intent.lane);
    Ok(())
}

/// A wish that is about to be queued.
#[derive(Debug, Clone)]
pub struct NewIntent {
    /// Its key.
    pub id: IntentId,
    /// Its lane.
    pub lane: LocalId,
    /// The wish.
    pub wish: Wish,
    /// Its first state.
    pub state: IntentState,
    /// What is known already.
    pub note: Note,
    /// Not to be tried before.
    pub not_before: i64,
    /// When it was wished.
    pub created_at: Timestamp,
}

impl NewIntent {
    /// A wish that may be sent at once.
    pub fn waiting(id: IntentId, lane: LocalId, wish: Wish, now: Timestamp) -> Self {
        Self {
            id,
            lane,
            wish,
            state: IntentState::Waiting,
            note: Note::default(),
            not_before: 0,
            created_at: now,
        }
    }
}

/// Writes back what may change of an intent: wish, state, note and time.
pub fn update(tx: &mut Tx<'_>, intent: &Intent) -> Result<(), StoreError> {
    if intent.wish == Wish::Unreadable {
        return Err(StoreError::TooLate);
    }
    tx.execute(
        "UPDATE intent SET wish = ?2, state = ?3, note = ?4, not_before = ?5, lane = ?6 WHERE id = ?1",
        (
            intent.id.to_string(),
            serde_json::to_string(&intent.wish)?,
            state_name(intent.state),
            serde_json::to_string(&intent.note)?,
            intent.not_before,
            intent.lane.to_string(),
        ),
    )?;
    announce(tx, intent.lane);
    Ok(())
}

/// Takes an intent out: done, folded, or discarded by a person.
pub fn remove(tx: &mut Tx<'_>, intent: &Intent) -> Result<(), StoreError> {
    tx.execute("DELETE FROM intent WHERE id = ?1", [intent.id.to_string()])?;
    announce(tx, intent.lane);
    Ok(())
}

/// What a dead sender had on its way becomes unclear.
pub fn in_flight_becomes_unclear(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let changed = tx.execute("UPDATE intent SET state = 'unclear' WHERE state = 'in_flight'", [])?;
    if changed > 0 {
        tx.changed(Change::Outbox);
        tx.changed(Change::Status);
    }
    Ok(())
}

/// Cuts the waits that failures caused. Holds that a person can still undo keep their time.
pub fn cut_waits(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE intent SET not_before = 0 WHERE json_valid(wish) AND json_extract(wish, '$.want') <> 'delete_offer'
            OR json_extract(note, '$.attempts') > 0",
        [],
    )?;
    Ok(())
}

/// Counts for the pill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// On their way.
    pub in_flight: u32,
    /// Waiting or unclear.
    pub waiting: u32,
    /// In need of a person.
    pub attention: u32,
    /// The earliest planned try, in milliseconds since the epoch.
    pub next_try: Option<i64>,
}

/// Counts all intents by state.
pub fn counts(connection: &Connection) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    let mut statement =
        connection.prepare_cached("SELECT state, count(*), min(not_before) FROM intent GROUP BY state")?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?, row.get::<_, i64>(2)?)))?;
    for row in rows {
        let (state, number, soonest) = row?;
        match state.as_str() {
            "in_flight" => counts.in_flight += number,
            "waiting" | "unclear" => {
                counts.waiting += number;
                let sooner = counts.next_try.map_or(soonest, |known| known.min(soonest));
                counts.next_try = Some(sooner);
            }
            _ => counts.attention += number,
        }
    }
    Ok(counts)
}

/// The create whose answer is open, if there is one: at most one is at any time.
pub fn open_create(connection: &Connection) -> Result<Option<Intent>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM intent
          WHERE state IN ('in_flight', 'unclear') AND json_extract(wish, '$.want') = 'create_offer'
          ORDER BY seq LIMIT 1"
    ))?;
    Ok(statement.query_row([], read_row).optional()?)
}

fn announce(tx: &mut Tx<'_>, lane: LocalId) {
    tx.changed(Change::Offers { ids: Some(vec![lane]) });
    tx.changed(Change::Outbox);
    tx.changed(Change::Status);
}
