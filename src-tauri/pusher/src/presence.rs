//! The members of a presence channel (checks 100, 101).

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::channel::ChannelName;
use crate::wire::{self, Data};

/// A member of a presence channel. `Debug` hides the program's data about people.
#[derive(Clone, PartialEq)]
pub struct Member {
    /// The member's id, in the same form from servers that write numbers and servers that write texts.
    pub id: String,
    /// The data about the member from the program's server, or null.
    pub info: Value,
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member").finish_non_exhaustive()
    }
}

/// A change of a presence channel. The first one of a channel has all members in `joined`; after a reconnect there is
/// one with the difference, even if it is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct PresenceChange {
    /// The channel.
    pub channel: ChannelName,
    /// The members that joined.
    pub joined: Vec<Member>,
    /// The members that left, with their last known data.
    pub left: Vec<Member>,
    /// The members whose data changed.
    pub updated: Vec<Member>,
}

impl PresenceChange {
    /// Makes a change without members.
    pub(crate) fn of(channel: &ChannelName) -> Self {
        Self { channel: channel.clone(), joined: Vec::new(), left: Vec::new(), updated: Vec::new() }
    }
}

/// The members of a presence channel.
#[derive(Clone, PartialEq, Default)]
pub struct Members {
    table: BTreeMap<String, Value>,
    me: Option<String>,
    stale: bool,
}

/// A change of a table, or `None` if nothing changed.
pub(crate) enum Change {
    Joined(Member),
    Updated(Member),
    Left(Member),
    None,
}

impl Members {
    /// All members, ordered by id.
    pub fn iter(&self) -> impl Iterator<Item = Member> + '_ {
        self.table.iter().map(|(id, info)| Member { id: id.clone(), info: info.clone() })
    }

    /// The number of members. A member with several connections counts once.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Returns true if there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Returns the data about a member.
    #[must_use]
    pub fn info(&self, id: &str) -> Option<&Value> {
        self.table.get(id)
    }

    /// Returns the own id, after the channel was authorized.
    #[must_use]
    pub fn me(&self) -> Option<&str> {
        self.me.as_deref()
    }

    /// Returns true if the table is from before a loss of the link, or may be wrong (checks 86, 101).
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    pub(crate) fn mark_stale(&mut self) {
        self.stale = true;
    }

    pub(crate) fn is_me(&mut self, channel_data: &str) {
        let data: Option<Value> = serde_json::from_str(channel_data).ok();
        self.me = data.and_then(|data| wire::id(data.get("user_id")?));
    }

    /// Takes the server's whole table. Returns `None` if it is not one; then the old table stays, and is stale.
    pub(crate) fn replace(&mut self, channel: &ChannelName, data: &Data) -> Option<PresenceChange> {
        let Some(table) = read_table(data) else {
            self.stale = true;
            return None;
        };
        let mut change = PresenceChange::of(channel);
        let old = std::mem::replace(&mut self.table, table);
        for (id, info) in &self.table {
            let member = || Member { id: id.clone(), info: info.clone() };
            match old.get(id) {
                None => change.joined.push(member()),
                Some(before) if before != info => change.updated.push(member()),
                Some(_) => {}
            }
        }
        let gone = old.into_iter().filter(|(id, _)| !self.table.contains_key(id));
        change.left = gone.map(|(id, info)| Member { id, info }).collect();
        self.stale = false;
        Some(change)
    }

    /// Handles `pusher_internal:member_added`. Returns `None` if it names no member.
    pub(crate) fn add(&mut self, data: &Data) -> Option<Change> {
        let data = data.json()?;
        let id = wire::id(data.get("user_id")?)?;
        let info = data.get("user_info").cloned().unwrap_or_default();
        let before = self.table.insert(id.clone(), info.clone());
        let member = Member { id, info };
        Some(match before {
            None => Change::Joined(member),
            Some(before) if before != member.info => Change::Updated(member),
            Some(_) => Change::None,
        })
    }

    /// Handles `pusher_internal:member_removed`. Returns `None` if it names no member.
    pub(crate) fn remove(&mut self, data: &Data) -> Option<Change> {
        let id = wire::id(data.json()?.get("user_id")?)?;
        Some(match self.table.remove(&id) {
            Some(info) => Change::Left(Member { id, info }),
            None => Change::None,
        })
    }
}

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Members").field("count", &self.len()).field("stale", &self.stale).finish()
    }
}

/// Reads `{"presence": {"ids": [...], "hash": {id: info}, "count": n}}`. Some servers leave out the ids, some the hash.
fn read_table(data: &Data) -> Option<BTreeMap<String, Value>> {
    let presence = data.json()?.get("presence")?;
    let hash = match presence.get("hash") {
        Some(Value::Object(hash)) => Some(hash),
        // An empty table from a PHP server.
        Some(Value::Array(none)) if none.is_empty() => None,
        None | Some(Value::Null) => None,
        Some(_) => return None,
    };
    let ids = match presence.get("ids") {
        Some(Value::Array(ids)) => Some(ids.iter().map(wire::id).collect::<Option<Vec<_>>>()?),
        None | Some(Value::Null) => None,
        Some(_) => return None,
    };
    if hash.is_none() && ids.is_none() {
        return None;
    }
    let mut table: BTreeMap<String, Value> = ids.into_iter().flatten().map(|id| (id, Value::Null)).collect();
    table.extend(hash.into_iter().flatten().map(|(id, info)| (id.clone(), info.clone())));
    Some(table)
}
