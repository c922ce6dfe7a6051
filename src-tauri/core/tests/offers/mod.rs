//! The part of the interface that is about offers, in their own types.

use hotelmate_core::api::{Api, ApiError, Progress, ThingPage, Upload, UploadWay};
use hotelmate_core::model::{
    Content, FieldValue, Kind, OfferContent, ServerCopy, ServerId, ServerOffer, Slot,
};

/// One page of the offers.
pub async fn page(api: &Api, number: u32) -> Result<ThingPage, ApiError> {
    api.page(Kind::Offer, number).await
}

/// The offer in a copy.
pub fn offer_of(copy: ServerCopy) -> ServerOffer {
    match copy {
        ServerCopy::Offer(offer) => offer,
        other => panic!("{other:?} is no offer"),
    }
}

/// Makes an offer.
pub async fn create(api: &Api, content: &OfferContent) -> Result<ServerOffer, ApiError> {
    api.create(Kind::Offer, &Content::Offer(content.clone())).await.map(offer_of)
}

/// Changes some fields.
pub async fn edit(api: &Api, id: ServerId, changes: &[FieldValue]) -> Result<ServerOffer, ApiError> {
    api.edit(Kind::Offer, id, changes).await.map(offer_of)
}

/// Reads one.
pub async fn read(api: &Api, id: ServerId) -> Result<ServerOffer, ApiError> {
    api.thing(Kind::Offer, id).await.map(offer_of)
}

/// Puts a picture on one.
pub async fn upload(api: &Api, id: ServerId, picture: Upload, progress: Progress) -> Result<(), ApiError> {
    api.upload_picture(Kind::Offer, id, (Slot::Photo, UploadWay::Action), picture, progress).await
}

/// Nobody looks at the progress.
pub fn unseen() -> Progress {
    std::sync::Arc::new(|_, _| {})
}
