//! The part of the interface that is about offers, in its own types.

use hotelmate_core::hotel::dialect::Generation;
use hotelmate_core::hotel::{Api, ApiError, EntityPage, Progress, Upload, UploadWay};
use hotelmate_core::ids::ServerId;
use hotelmate_core::records::{FieldValue, Fields, Slot};
use hotelmate_core::resources::{Kind, ServerCopy};
use jiff::Timestamp;

/// One page of the offers.
pub async fn page(api: &Api, number: u32) -> Result<EntityPage, ApiError> {
    api.page(Kind::Offer, Generation::First, number).await
}

/// An offer of the hotel with a name for each of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerOffer {
    pub id: ServerId,
    pub content: Fields,
    pub photo: Option<String>,
    pub photo_url: Option<String>,
    pub created_at: Option<Timestamp>,
}

/// Returns the offer in a copy.
pub fn offer_of(copy: ServerCopy) -> ServerOffer {
    let photo = copy.picture(Slot::Photo);
    let record = copy.record().expect("it is an offer");
    ServerOffer {
        id: record.id,
        content: record.fields.clone(),
        photo: photo.path,
        photo_url: photo.url,
        created_at: record.created_at,
    }
}

/// Makes an offer at the hotel.
pub async fn create(api: &Api, content: &Fields) -> Result<ServerOffer, ApiError> {
    api.create(Kind::Offer, content).await.map(offer_of)
}

/// Changes some fields of an offer.
pub async fn edit(api: &Api, id: ServerId, changes: &[FieldValue]) -> Result<ServerOffer, ApiError> {
    api.edit(Kind::Offer, id, changes).await.map(offer_of)
}

/// Reads an offer.
pub async fn read(api: &Api, id: ServerId) -> Result<ServerOffer, ApiError> {
    api.entity(Kind::Offer, id).await.map(offer_of)
}

/// Uploads a picture for an offer.
pub async fn upload(api: &Api, id: ServerId, picture: Upload, progress: Progress) -> Result<(), ApiError> {
    api.upload_picture(Kind::Offer, id, (Slot::Photo, UploadWay::Action), picture, progress).await
}

/// Returns a progress that is not shown.
pub fn unseen() -> Progress {
    std::sync::Arc::new(|_, _| {})
}
