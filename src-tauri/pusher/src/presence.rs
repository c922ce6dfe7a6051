//! Who is on a presence channel (checks 100, 101).

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::channel::ChannelName;
use crate::wire::{self, Data};

/// Somebody on a presence channel. `Debug` hides what the program tells about people.
#[derive(Clone, PartialEq)]
pub struct Member {
    /// The id; servers that write numbers and servers that write texts come out alike.
    pub id: String,
    /// What the program's server told about the member, or null.
    pub info: Value,
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member").finish_non_exhaustive()
    }
}

/// What has changed on a presence channel. The first one of a channel has everybody in `joined`; after a
/// reconnect there is one with the difference, even if there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct PresenceChange {
    /// The channel.
    pub channel: ChannelName,
    /// Who has come.
    pub joined: Vec<Member>,
    /// Who has gone, as last known.
    pub left: Vec<Member>,
    /// Of whom something else is told now.
    pub updated: Vec<Member>,
}

impl PresenceChange {
    /// Nothing has changed yet.
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

/// A change of a table, or `None` if there is nothing to tell.
pub(crate) enum Change {
    Joined(Member),
    Updated(Member),
    Left(Member),
    None,
}

impl Members {
    /// Everybody, ordered by id.
    pub fn iter(&self) -> impl Iterator<Item = Member> + '_ {
        self.table.iter().map(|(id, info)| Member { id: id.clone(), info: info.clone() })
    }

    /// How many there are. Somebody with several connections counts once.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether nobody is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// What is told about a member.
    #[must_use]
    pub fn info(&self, id: &str) -> Option<&Value> {
        self.table.get(id)
    }

    /// The own id, once the channel was authorized.
    #[must_use]
    pub fn me(&self) -> Option<&str> {
        self.me.as_deref()
    }

    /// Whether the table is from before a loss of the link, or cannot be trusted (checks 86, 101).
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

    /// Takes in the server's whole table. `None` if it is not one; then the old table stays, and is stale.
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

    /// `pusher_internal:member_added`; `None` if it names nobody.
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

    /// `pusher_internal:member_removed`; `None` if it names nobody.
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

/// `{"presence": {"ids": [...], "hash": {id: info}, "count": n}}`; some servers leave out the ids, some the
/// hash.
fn read_table(data: &Data) -> Option<BTreeMap<String, Value>> {
    let presence = data.json()?.get("presence")?;
    let hash = match presence.get("hash") {
        Some(Value::Object(hash)) => Some(hash),
        // An empty table of PHP.
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
