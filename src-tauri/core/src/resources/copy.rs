//! The hotel's copy of an entity, as the server showed it last.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Kind;
use super::galleries::ServerGallery;
use crate::ids::ServerId;
use crate::records::{FieldValue, Fields, Odd, Slot};

/// The one entity of its kind has no number at the server; here it has this one.
pub const ONLY_ONE: ServerId = ServerId(0);

/// A picture as the server showed it last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ServerPicture {
    /// Its stored path: it tells whether the picture changed, and is never sent back (contract.md 4.4).
    pub path: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

impl ServerPicture {
    /// What tells one picture from the next. A logo has no stored path, only an address.
    pub fn mark(&self) -> Option<&str> {
        self.path.as_deref().or(self.url.as_deref())
    }

    /// It is the picture of this mark, which may be its address where its path was not known yet.
    pub fn has_mark(&self, mark: Option<&str>) -> bool {
        self.mark() == mark || (mark.is_some() && self.url.as_deref() == mark)
    }
}

/// A record as the server showed it last.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerRecord {
    /// What it is.
    pub kind: Kind,
    /// The server's number; [`ONLY_ONE`] for the branding.
    pub id: ServerId,
    /// The fields that staff write.
    pub fields: Fields,
    /// Its pictures.
    pub pictures: BTreeMap<Slot, ServerPicture>,
    /// What guests see where staff wrote nothing over it: `name_display` as `name`.
    #[serde(default)]
    pub shown: BTreeMap<String, String>,
    /// When the server stored it, where it tells. What is resurrected by an upload gets a new one (trap 14).
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
    /// A copy of what was sent, for an entity that was made although its maker's answer could not be read.
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

    /// What it is a copy of.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Record(record) => record.kind,
            Self::Gallery(_) => Kind::Gallery,
        }
    }

    /// The server's number.
    pub fn id(&self) -> ServerId {
        match self {
            Self::Record(record) => record.id,
            Self::Gallery(gallery) => gallery.id,
        }
    }

    /// The record, where it is one.
    pub fn record(&self) -> Option<&ServerRecord> {
        match self {
            Self::Record(record) => Some(record),
            Self::Gallery(_) => None,
        }
    }

    /// What staff write in it.
    pub fn fields(&self) -> Fields {
        self.record().map(|record| record.fields.clone()).unwrap_or_default()
    }

    /// The picture in a place.
    pub fn picture(&self, slot: Slot) -> ServerPicture {
        self.record().and_then(|record| record.pictures.get(&slot).cloned()).unwrap_or_default()
    }

    /// The server has such a place for a picture.
    pub fn has_place(&self, slot: Slot) -> bool {
        self.record().is_some_and(|record| record.pictures.contains_key(&slot))
    }

    /// The places for pictures that it has.
    pub fn places(&self) -> impl Iterator<Item = Slot> {
        self.record().into_iter().flat_map(|record| record.pictures.keys().copied())
    }

    /// Puts a picture in its place.
    pub fn set_picture(&mut self, slot: Slot, picture: ServerPicture) {
        if let Self::Record(record) = self {
            record.pictures.insert(slot, picture);
        }
    }

    /// Puts a value in its place.
    pub fn set_value(&mut self, value: FieldValue) {
        if let Self::Record(record) = self {
            record.fields.put(value);
        }
    }

    /// Every address at which it shows a picture.
    pub fn picture_urls(&self) -> Vec<String> {
        match self {
            Self::Record(record) => {
                record.pictures.values().filter_map(|picture| picture.url.clone()).collect()
            }
            Self::Gallery(gallery) => gallery.images.iter().map(|image| image.url.clone()).collect(),
        }
    }

    /// What a person calls it.
    pub fn title(&self) -> String {
        match self {
            Self::Record(record) => record.kind.table().title(&record.fields),
            Self::Gallery(gallery) => gallery.name.clone(),
        }
    }
}

/// Reads an offer or a room type. Only offers tell when they were made, and all of them do.
pub(super) fn read_record(kind: Kind, value: &Value) -> Result<ServerRecord, serde_json::Error> {
    let wrong = serde_json::Error::custom::<&str>;
    let table = kind.table();
    let id = value["id"].as_i64().ok_or_else(|| wrong("it has no id"))?;
    let fields = table.read(value).ok_or_else(|| wrong("a field is missing or of another kind"))?;
    if table.odd == Odd::Empty && table.title(&fields).is_empty() {
        return Err(wrong("it has no name"));
    }
    let created_at = value["created_at"].as_str().and_then(|text| text.parse().ok());
    if table.odd == Odd::Unreadable && created_at.is_none() {
        return Err(wrong("it does not tell when it was made"));
    }
    let picture = ServerPicture { path: text(&value["photo"]), url: text(&value["photo_url"]) };
    let pictures = BTreeMap::from([(Slot::Photo, picture)]);
    Ok(ServerRecord { kind, id: ServerId(id), fields, pictures, shown: BTreeMap::new(), created_at })
}

/// A text that is not empty. A key that is null counts as absent: some servers write the one where the documents show
/// the other (contract.md 1.7).
pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}
