//! What offers, room types, the branding and galleries have in common: they are *things* of the hotel, with a copy at
//! its server, and wishes on top of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::gallery::ServerGallery;
use super::ids::ServerId;
use super::offer::{FieldEdit, FieldValue, OfferContent, OfferField, ServerOffer};
use super::record::{Fields, RecordKind, RecordValue, Slot};
use super::validate::{FieldErrors, validate_offer};

/// The kinds of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An offer (CONTRACT.md 4).
    Offer,
    /// A room type (CONTRACT.md 7).
    RoomType,
    /// The hotel's settings; there is one of them (CONTRACT.md 6).
    Branding,
    /// A gallery (CONTRACT.md 5).
    Gallery,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Offer, Self::RoomType, Self::Branding, Self::Gallery];

    /// Its fields stand in a table.
    pub fn record(self) -> Option<RecordKind> {
        match self {
            Self::RoomType => Some(RecordKind::RoomType),
            Self::Branding => Some(RecordKind::Branding),
            Self::Offer | Self::Gallery => None,
        }
    }
}

/// The one thing of its kind has no number at the server; here it has this one.
pub const ONLY_ONE: ServerId = ServerId(0);

/// One field of a thing: the unit of merging.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Of a record, by the server's name.
    Record(String),
    /// Of an offer.
    #[serde(untagged)]
    Offer(OfferField),
}

/// What staff write in a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Content {
    /// Of an offer. First, since every offer has a title and no record has one.
    Offer(OfferContent),
    /// Of a record.
    Record(Fields),
}

impl Content {
    /// The empty content of a kind; none for what has no fields.
    pub fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Offer => Self::Offer(OfferContent::default()),
            Kind::RoomType | Kind::Branding | Kind::Gallery => Self::Record(Fields::default()),
        }
    }

    /// The value of a field; none for a field of another kind.
    pub fn get(&self, field: &Field) -> Option<FieldValue> {
        match (self, field) {
            (Self::Offer(content), Field::Offer(field)) => Some(content.get(*field)),
            (Self::Record(fields), Field::Record(name)) => {
                Some(FieldValue::Record(RecordValue { name: name.clone(), value: fields.get(name) }))
            }
            _ => None,
        }
    }

    /// Puts a value in its place. A value of another kind has none.
    pub fn set(&mut self, value: FieldValue) {
        match (self, value) {
            (Self::Record(fields), FieldValue::Record(RecordValue { name, value })) => {
                fields.set(&name, value)
            }
            (Self::Offer(_), FieldValue::Record(_)) | (Self::Record(_), _) => {}
            (Self::Offer(content), value) => content.set(value),
        }
    }

    /// The fields in which `other` differs, as edits from `self` to `other`.
    pub fn edits_to(&self, other: &Self) -> Vec<FieldEdit> {
        match (self, other) {
            (Self::Offer(before), Self::Offer(after)) => before.edits_to(after),
            (Self::Record(before), Self::Record(after)) => {
                let names: BTreeSet<&String> = before.0.keys().chain(after.0.keys()).collect();
                let value = |fields: &Fields, name: &String| {
                    FieldValue::Record(RecordValue { name: name.clone(), value: fields.get(name) })
                };
                names
                    .into_iter()
                    .map(|name| FieldEdit { was: value(before, name), now: value(after, name) })
                    .filter(|edit| edit.was != edit.now)
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The thing has this field. What is absent has no value, not an empty one.
    pub fn has(&self, field: &Field) -> bool {
        match (self, field) {
            (Self::Offer(_), Field::Offer(_)) => true,
            (Self::Record(fields), Field::Record(name)) => fields.0.contains_key(name),
            _ => false,
        }
    }

    /// The fields that both have and in which they differ, as edits from `self` to `other`.
    pub fn differences(&self, other: &Self) -> Vec<FieldEdit> {
        let mut edits = self.edits_to(other);
        edits.retain(|edit| self.has(&edit.now.field()) && other.has(&edit.now.field()));
        edits
    }

    /// In how many fields the two are equal as the server would store them; a field that is empty in both counts too,
    /// so that of two likenesses the one with nothing else in it is the closer one.
    pub fn common_with(&self, theirs: &Self) -> usize {
        let fields: BTreeSet<Field> = match (self, theirs) {
            (Self::Record(mine), Self::Record(theirs)) => {
                mine.0.keys().chain(theirs.0.keys()).map(|name| Field::Record(name.clone())).collect()
            }
            _ => OfferField::ALL.into_iter().map(Field::Offer).collect(),
        };
        fields.iter().filter(|field| self.get(field).is_some_and(|mine| theirs.holds(&mine))).count()
    }

    /// The value stands here as the server would store it.
    pub fn holds(&self, value: &FieldValue) -> bool {
        self.get(&value.field()).is_some_and(|held| held.as_stored() == value.as_stored())
    }

    /// As the server will hold it after its own trimming.
    pub fn as_stored(&self) -> Self {
        match self {
            Self::Offer(content) => Self::Offer(content.as_stored()),
            Self::Record(fields) => Self::Record(Fields(
                fields.0.iter().map(|(name, value)| (name.clone(), value.as_stored())).collect(),
            )),
        }
    }

    /// The fields by which a person would recognise the thing.
    pub fn marks(&self) -> [FieldValue; 2] {
        match self {
            Self::Offer(content) => {
                [content.get(OfferField::Title), content.get(OfferField::ShortDescription)]
            }
            Self::Record(fields) => ["name", "code"].map(|name| {
                FieldValue::Record(RecordValue { name: name.to_owned(), value: fields.get(name) })
            }),
        }
    }

    /// What a person calls it; empty for what has no name of its own.
    pub fn title(&self) -> String {
        match self {
            Self::Offer(content) => content.title.clone(),
            Self::Record(fields) => fields.text("name"),
        }
    }

    /// What is wrong with it, by field.
    pub fn check(&self, kind: Kind) -> FieldErrors {
        match (self, kind.record()) {
            (Self::Offer(content), _) => validate_offer(content),
            (Self::Record(fields), Some(kind)) => fields.check(kind),
            (Self::Record(_), None) => FieldErrors::default(),
        }
    }
}

/// A picture as the server showed it last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ServerPicture {
    /// Its stored path: it tells whether the picture changed, and is never sent back (CONTRACT.md 4.4).
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
    pub kind: RecordKind,
    /// The server's number; [`ONLY_ONE`] for the branding.
    pub id: ServerId,
    /// The fields that staff write.
    pub fields: Fields,
    /// Its pictures.
    pub pictures: BTreeMap<Slot, ServerPicture>,
    /// What guests see where staff wrote nothing over it: `name_display` as `name`.
    #[serde(default)]
    pub shown: BTreeMap<String, String>,
}

crate::private::hides!(ServerRecord { kind, id, fields, pictures; shown });

/// A thing as the server showed it last: the base of every merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ServerCopy {
    /// An offer.
    Offer(ServerOffer),
    /// A room type or the branding.
    Record(ServerRecord),
    /// A gallery.
    Gallery(ServerGallery),
}

impl ServerCopy {
    /// A copy of what was sent, for a thing that was made although its maker's answer could not be read. None for a
    /// kind that is not made here.
    pub fn as_sent(kind: Kind, id: ServerId, sent: &Content, now: Timestamp) -> Option<Self> {
        match (sent.as_stored(), kind) {
            (Content::Offer(content), Kind::Offer) => {
                Some(Self::Offer(ServerOffer { id, content, photo: None, photo_url: None, created_at: now }))
            }
            (Content::Record(fields), Kind::RoomType) => Some(Self::Record(ServerRecord {
                kind: RecordKind::RoomType,
                id,
                fields,
                pictures: BTreeMap::new(),
                shown: BTreeMap::new(),
            })),
            _ => None,
        }
    }

    /// What it is a copy of.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Offer(_) => Kind::Offer,
            Self::Record(record) => match record.kind {
                RecordKind::RoomType => Kind::RoomType,
                RecordKind::Branding => Kind::Branding,
            },
            Self::Gallery(_) => Kind::Gallery,
        }
    }

    /// The server's number.
    pub fn id(&self) -> ServerId {
        match self {
            Self::Offer(offer) => offer.id,
            Self::Record(record) => record.id,
            Self::Gallery(gallery) => gallery.id,
        }
    }

    /// What staff write in it.
    pub fn content(&self) -> Content {
        match self {
            Self::Offer(offer) => Content::Offer(offer.content.clone()),
            Self::Record(record) => Content::Record(record.fields.clone()),
            Self::Gallery(_) => Content::Record(Fields::default()),
        }
    }

    /// The picture in a place.
    pub fn picture(&self, slot: Slot) -> ServerPicture {
        match self {
            Self::Offer(offer) => ServerPicture { path: offer.photo.clone(), url: offer.photo_url.clone() },
            Self::Record(record) => record.pictures.get(&slot).cloned().unwrap_or_default(),
            Self::Gallery(_) => ServerPicture::default(),
        }
    }

    /// The server has such a place for a picture.
    pub fn has_place(&self, slot: Slot) -> bool {
        match self {
            Self::Offer(_) => slot == Slot::Photo,
            Self::Record(record) => record.pictures.contains_key(&slot),
            Self::Gallery(_) => false,
        }
    }

    /// Puts a picture in its place.
    pub fn set_picture(&mut self, slot: Slot, picture: ServerPicture) {
        match self {
            Self::Offer(offer) => (offer.photo, offer.photo_url) = (picture.path, picture.url),
            Self::Record(record) => drop(record.pictures.insert(slot, picture)),
            Self::Gallery(_) => {}
        }
    }

    /// Puts a value in its place. A value of another kind has none.
    pub fn set_value(&mut self, value: FieldValue) {
        match (self, value) {
            (Self::Record(record), FieldValue::Record(RecordValue { name, value })) => {
                record.fields.set(&name, value);
            }
            (Self::Offer(_) | Self::Gallery(_), FieldValue::Record(_))
            | (Self::Record(_) | Self::Gallery(_), _) => {}
            (Self::Offer(offer), value) => offer.content.set(value),
        }
    }

    /// Every address at which it shows a picture.
    pub fn picture_urls(&self) -> Vec<String> {
        match self {
            Self::Offer(offer) => offer.photo_url.iter().cloned().collect(),
            Self::Record(record) => {
                record.pictures.values().filter_map(|picture| picture.url.clone()).collect()
            }
            Self::Gallery(gallery) => gallery.images.iter().map(|image| image.url.clone()).collect(),
        }
    }

    /// What a person calls it.
    pub fn title(&self) -> String {
        match self {
            Self::Gallery(gallery) => gallery.name.clone(),
            other => other.content().title(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(tag: &str) -> Content {
        Content::Offer(OfferContent { title: "Spa".into(), tag: tag.into(), ..OfferContent::default() })
    }

    #[test]
    fn of_two_likenesses_the_one_with_nothing_else_in_it_is_the_closer_one() {
        let mine = tagged("");
        assert!(mine.common_with(&tagged("")) > mine.common_with(&tagged("Changed by a colleague")));
    }
}
