//! The desk's copy of an entity, as the server showed it last.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Kind;
use super::images::ServerGallery;
use super::values::text;
use crate::ids::ServerId;
use crate::records::{FieldValue, Fields, Odd, Slot};

/// A picture as the server showed it last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ServerPicture {
    /// The stored path. It shows whether the picture changed, and is never sent back (contract.md 4.4).
    pub path: Option<String>,
    /// The address of the picture.
    pub url: Option<String>,
}

impl ServerPicture {
    /// Returns the mark that distinguishes one picture from the next. A logo has no stored path, only an address.
    pub fn mark(&self) -> Option<&str> {
        self.path.as_deref().or(self.url.as_deref())
    }

    /// Returns true if the picture has this mark. The mark may be the picture's address if its path was not known
    /// earlier.
    pub fn has_mark(&self, mark: Option<&str>) -> bool {
        self.mark() == mark || (mark.is_some() && self.url.as_deref() == mark)
    }
}

/// A record as the server showed it last.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerRecord {
    /// The kind of the record.
    pub kind: Kind,
    /// The server's number of the record; [`ONLY_ONE`](super::ONLY_ONE) for the branding.
    pub id: ServerId,
    /// The fields that staff write.
    pub fields: Fields,
    /// The pictures of the record.
    pub pictures: BTreeMap<Slot, ServerPicture>,
    /// The values that guests see where staff have not set a value: `name_display` as `name`.
    #[serde(default)]
    pub shown: BTreeMap<String, String>,
    /// The time at which the server stored the record, if the server sends it. An upload that restores a removed
    /// record gives it a new time (trap 14).
    #[serde(default)]
    pub created_at: Option<Timestamp>,
}

crate::private::hides!(ServerRecord { kind, id, fields, pictures, created_at; shown });

/// An entity as the server showed it last: the base of every merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ServerCopy {
    /// An offer, a room type or the branding.
    Record(ServerRecord),
    /// A gallery.
    Gallery(ServerGallery),
}

impl ServerCopy {
    /// Builds a copy from the sent fields, for an entity that was created although the answer could not be read.
    pub fn as_sent(kind: Kind, id: ServerId, sent: &Fields, now: Timestamp) -> Self {
        Self::Record(ServerRecord {
            kind,
            id,
            fields: sent.as_stored(),
            pictures: kind.table().slots.iter().map(|slot| (*slot, ServerPicture::default())).collect(),
            shown: BTreeMap::new(),
            created_at: Some(now),
        })
    }

    /// Returns the kind of the entity.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Record(record) => record.kind,
            Self::Gallery(_) => Kind::Gallery,
        }
    }

    /// Returns the server's number of the entity.
    pub fn id(&self) -> ServerId {
        match self {
            Self::Record(record) => record.id,
            Self::Gallery(gallery) => gallery.id,
        }
    }

    /// Returns the record, or `None` if the entity is a gallery.
    pub fn record(&self) -> Option<&ServerRecord> {
        match self {
            Self::Record(record) => Some(record),
            Self::Gallery(_) => None,
        }
    }

    /// Returns the fields that staff write.
    pub fn fields(&self) -> Fields {
        self.record().map(|record| record.fields.clone()).unwrap_or_default()
    }

    /// Returns the picture in a slot.
    pub fn picture(&self, slot: Slot) -> ServerPicture {
        self.record().and_then(|record| record.pictures.get(&slot).cloned()).unwrap_or_default()
    }

    /// Returns true if the server has this picture slot.
    pub fn has_place(&self, slot: Slot) -> bool {
        self.record().is_some_and(|record| record.pictures.contains_key(&slot))
    }

    /// Returns the picture slots of the entity.
    pub fn places(&self) -> impl Iterator<Item = Slot> {
        self.record().into_iter().flat_map(|record| record.pictures.keys().copied())
    }

    /// Stores a picture in its slot.
    pub fn set_picture(&mut self, slot: Slot, picture: ServerPicture) {
        if let Self::Record(record) = self {
            record.pictures.insert(slot, picture);
        }
    }

    /// Stores a value in its field.
    pub fn set_value(&mut self, value: FieldValue) {
        if let Self::Record(record) = self {
            record.fields.put(value);
        }
    }

    /// Returns the addresses of all pictures of the entity.
    pub fn picture_urls(&self) -> Vec<String> {
        match self {
            Self::Record(record) => {
                record.pictures.values().filter_map(|picture| picture.url.clone()).collect()
            }
            Self::Gallery(gallery) => gallery.images.iter().map(|image| image.url.clone()).collect(),
        }
    }

    /// Returns the title under which a person knows the entity.
    pub fn title(&self) -> String {
        match self {
            Self::Record(record) => record.kind.table().title(&record.fields),
            Self::Gallery(gallery) => gallery.name.clone(),
        }
    }
}

/// Reads an offer or a room type. Only offers have a creation time, and all of them have one.
pub(super) fn read_record(kind: Kind, value: &Value) -> Result<ServerRecord, serde_json::Error> {
    let wrong = serde_json::Error::custom::<&str>;
    let id = value["id"].as_i64().ok_or_else(|| wrong("it has no id"))?;
    let record = read_shown_record(kind, ServerId(id), value)?;
    let created_at = value["created_at"].as_str().and_then(|text| text.parse().ok());
    if kind.table().odd == Odd::Unreadable && created_at.is_none() {
        return Err(wrong("it does not tell when it was made"));
    }
    Ok(ServerRecord { created_at, ..record })
}

/// Reads an offer or a room type as guests see it: some pages give them neither a number nor a creation time.
pub(super) fn read_shown_record(
    kind: Kind,
    id: ServerId,
    value: &Value,
) -> Result<ServerRecord, serde_json::Error> {
    let wrong = serde_json::Error::custom::<&str>;
    let table = kind.table();
    let fields = table.read(value).ok_or_else(|| wrong("a field is missing or of another kind"))?;
    if table.odd == Odd::Empty && table.title(&fields).is_empty() {
        return Err(wrong("it has no name"));
    }
    let picture = ServerPicture { path: text(&value["photo"]), url: text(&value["photo_url"]) };
    let pictures = BTreeMap::from([(Slot::Photo, picture)]);
    Ok(ServerRecord { kind, id, fields, pictures, shown: BTreeMap::new(), created_at: None })
}
