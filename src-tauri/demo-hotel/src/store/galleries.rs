//! Galleries and their images (`contract.md 5.2`).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Store;
use super::pictures::photo_url;
use super::rows::Row;
use crate::clock::serialized;

/// A stored gallery, with its images in their order.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Gallery {
    pub(crate) id: i64,
    #[serde(rename = "hotel")]
    pub(crate) hotel_id: i64,
    pub(crate) hotel_slug: String,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) description: String,
    pub(crate) is_active: bool,
    pub(crate) display_order: i64,
    pub(crate) created_at: i64,
    /// Does not change with an image.
    pub(crate) updated_at: i64,
    /// Separate rows, which are not written with the gallery.
    #[serde(skip_serializing)]
    pub(crate) images: Vec<Image>,
}

/// An image of a gallery.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Image {
    pub(crate) id: i64,
    #[serde(skip)]
    pub(crate) gallery_id: i64,
    /// The stored path.
    pub(crate) image: String,
    pub(crate) caption: String,
    pub(crate) alt_text: String,
    pub(crate) display_order: i64,
    pub(crate) is_featured: bool,
    pub(crate) uploaded_at: i64,
}

impl Row for Gallery {
    const TABLE: &'static str = "galleries";
    const ORDER: &'static str = "display_order, name";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.hotel_id))
    }

    fn created(&mut self, now: i64) {
        self.created_at = now;
    }
}

impl Row for Image {
    const TABLE: &'static str = "gallery_images";
    const ORDER: &'static str = "display_order, uploaded_at, id";

    fn ids(&mut self) -> (&mut i64, Option<&mut i64>) {
        (&mut self.id, Some(&mut self.gallery_id))
    }

    fn created(&mut self, now: i64) {
        self.uploaded_at = now;
    }
}

impl Gallery {
    /// Returns the full form, as in reads.
    pub(crate) fn to_json(&self, base: &str) -> Value {
        let mut shown = json!(self);
        shown["image_count"] = json!(self.images.len());
        shown["images"] = self.images.iter().map(|image| image.to_json(base)).collect();
        shown["created_at"] = json!(serialized(self.created_at));
        shown["updated_at"] = json!(serialized(self.updated_at));
        shown
    }

    /// Returns the short form, as in answers to writes.
    pub(crate) fn to_short_json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "category": self.category,
            "description": self.description,
            "is_active": self.is_active,
            "display_order": self.display_order,
        })
    }
}

impl Image {
    pub(crate) fn to_json(&self, base: &str) -> Value {
        let mut shown = self.to_json_without_url();
        shown["image_url"] = json!(photo_url(base, Some(&self.image)));
        shown
    }

    /// Returns the answer to an upload: everything but the address.
    pub(crate) fn to_json_without_url(&self) -> Value {
        let mut shown = json!(self);
        shown["uploaded_at"] = json!(serialized(self.uploaded_at));
        shown
    }
}

impl Store {
    /// Returns all galleries of a hotel in the order of the list, with their images.
    pub(crate) fn galleries(&self, hotel_id: i64) -> rusqlite::Result<Vec<Gallery>> {
        self.list(hotel_id)?.into_iter().map(|gallery| self.with_images(gallery)).collect()
    }

    pub(crate) fn gallery(&self, hotel_id: i64, id: i64) -> rusqlite::Result<Option<Gallery>> {
        self.find(hotel_id, id)?.map(|gallery| self.with_images(gallery)).transpose()
    }

    fn with_images(&self, gallery: Gallery) -> rusqlite::Result<Gallery> {
        Ok(Gallery { images: self.list(gallery.id)?, ..gallery })
    }

    /// Returns an image of any gallery of this hotel.
    pub(crate) fn gallery_image(&self, hotel_id: i64, id: i64) -> rusqlite::Result<Option<Image>> {
        Ok(self
            .rows("id = ?2 AND owner IN (SELECT id FROM galleries WHERE owner = ?1)", [hotel_id, id])?
            .pop())
    }

    /// Sets the place of an image, if it is in this gallery.
    pub(crate) fn place_gallery_image(&self, gallery_id: i64, id: i64, place: i64) -> rusqlite::Result<()> {
        let update = "UPDATE gallery_images SET row = json_set(row, '$.display_order', ?3) \
                      WHERE id = ?2 AND owner = ?1";
        self.lock().execute(update, [gallery_id, id, place]).map(drop)
    }
}
