//! Galleries and their images, row by row (`CONTRACT.md 5.2`).

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::Store;
use crate::clock::{from_micros, serialized};
use crate::web::pictures::photo_url;

/// A gallery as it is stored, with its images in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gallery {
    pub(crate) id: i64,
    pub(crate) hotel_id: i64,
    pub(crate) hotel_slug: String,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) description: String,
    pub(crate) is_active: bool,
    pub(crate) display_order: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) images: Vec<Image>,
}

/// An image of a gallery.
#[derive(Clone, Debug, Default)]
pub(crate) struct Image {
    pub(crate) id: i64,
    pub(crate) gallery_id: i64,
    /// The stored path.
    pub(crate) image: String,
    pub(crate) caption: String,
    pub(crate) alt_text: String,
    pub(crate) display_order: i64,
    pub(crate) is_featured: bool,
    pub(crate) uploaded_at: i64,
}

const GALLERY: &str = "SELECT galleries.id, hotel_id, hotels.slug, galleries.name, category, description, is_active, \
                       display_order, created_at, updated_at \
                       FROM galleries JOIN hotels ON hotels.id = galleries.hotel_id";
const IMAGE: &str = "SELECT gallery_images.id, gallery_id, image, caption, alt_text, gallery_images.display_order, \
                     is_featured, uploaded_at FROM gallery_images";

impl Gallery {
    /// The row without its images.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            hotel_id: row.get(1)?,
            hotel_slug: row.get(2)?,
            name: row.get(3)?,
            category: row.get(4)?,
            description: row.get(5)?,
            is_active: row.get(6)?,
            display_order: row.get(7)?,
            created_at: row.get(8)?,
            updated_at: row.get(9)?,
            images: Vec::new(),
        })
    }

    fn with_images(mut self, connection: &Connection) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare_cached(&format!(
            "{IMAGE} WHERE gallery_id = ?1 ORDER BY display_order, uploaded_at, gallery_images.id"
        ))?;
        self.images = statement.query_map([self.id], Image::from_row)?.collect::<rusqlite::Result<_>>()?;
        Ok(self)
    }

    /// The full form: what reading gives.
    pub(crate) fn to_json(&self, base: &str) -> Value {
        json!({
            "id": self.id,
            "hotel": self.hotel_id,
            "hotel_slug": self.hotel_slug,
            "name": self.name,
            "category": self.category,
            "description": self.description,
            "is_active": self.is_active,
            "display_order": self.display_order,
            "image_count": self.images.len(),
            "images": self.images.iter().map(|image| image.to_json(base)).collect::<Vec<_>>(),
            "created_at": serialized(from_micros(self.created_at)),
            "updated_at": serialized(from_micros(self.updated_at)),
        })
    }

    /// The short form: what writing answers.
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
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            gallery_id: row.get(1)?,
            image: row.get(2)?,
            caption: row.get(3)?,
            alt_text: row.get(4)?,
            display_order: row.get(5)?,
            is_featured: row.get(6)?,
            uploaded_at: row.get(7)?,
        })
    }

    pub(crate) fn to_json(&self, base: &str) -> Value {
        let mut object = self.to_json_without_url();
        object["image_url"] = json!(photo_url(base, Some(&self.image)));
        object
    }

    /// What an upload answers: everything but the address.
    pub(crate) fn to_json_without_url(&self) -> Value {
        json!({
            "id": self.id,
            "image": self.image,
            "caption": self.caption,
            "alt_text": self.alt_text,
            "display_order": self.display_order,
            "is_featured": self.is_featured,
            "uploaded_at": serialized(from_micros(self.uploaded_at)),
        })
    }
}

impl Store {
    /// All galleries of a hotel in the order of the list: `display_order`, then name.
    pub(crate) fn galleries(&self, hotel_id: i64) -> rusqlite::Result<Vec<Gallery>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!(
            "{GALLERY} WHERE hotel_id = ?1 ORDER BY display_order, galleries.name"
        ))?;
        let rows: Vec<_> = statement.query_map([hotel_id], Gallery::from_row)?.collect::<Result<_, _>>()?;
        rows.into_iter().map(|gallery| gallery.with_images(&connection)).collect()
    }

    pub(crate) fn gallery(&self, hotel_id: i64, id: i64) -> rusqlite::Result<Option<Gallery>> {
        let connection = self.lock();
        connection
            .query_row(
                &format!("{GALLERY} WHERE hotel_id = ?1 AND galleries.id = ?2"),
                [hotel_id, id],
                Gallery::from_row,
            )
            .optional()?
            .map(|gallery| gallery.with_images(&connection))
            .transpose()
    }

    /// Writes the whole row, not its images, and moves `updated_at` to `now`. A new gallery (id 0) gets an id; one
    /// that was deleted since it was read comes back under its id, without images; both are created `now`.
    ///
    /// # Errors
    /// A violated constraint when the hotel has another gallery of this name.
    pub(crate) fn save_gallery(&self, gallery: &mut Gallery, now: i64) -> rusqlite::Result<()> {
        let id = (gallery.id != 0).then_some(gallery.id);
        gallery.updated_at = now;
        let g = &*gallery;
        (gallery.id, gallery.created_at) = self.lock().query_row(
            "INSERT INTO galleries (id, hotel_id, name, category, description, is_active, display_order, created_at, \
             updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8) \
             ON CONFLICT (id) DO UPDATE SET name = ?3, category = ?4, description = ?5, is_active = ?6, \
             display_order = ?7, updated_at = ?8 RETURNING id, created_at",
            params![id, g.hotel_id, g.name, g.category, g.description, g.is_active, g.display_order, now],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(())
    }

    /// Deletes a gallery and its images.
    pub(crate) fn delete_gallery(&self, id: i64) -> rusqlite::Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction.execute("DELETE FROM gallery_images WHERE gallery_id = ?1", [id])?;
        transaction.execute("DELETE FROM galleries WHERE id = ?1", [id])?;
        transaction.commit()
    }

    /// An image of any gallery of this hotel.
    pub(crate) fn gallery_image(&self, hotel_id: i64, id: i64) -> rusqlite::Result<Option<Image>> {
        self.lock()
            .query_row(
                &format!(
                    "{IMAGE} JOIN galleries ON galleries.id = gallery_id \
                     WHERE hotel_id = ?1 AND gallery_images.id = ?2"
                ),
                [hotel_id, id],
                Image::from_row,
            )
            .optional()
    }

    /// Adds an image, which gets its id.
    ///
    /// # Errors
    /// A violated constraint when the gallery is gone.
    pub(crate) fn add_gallery_image(&self, image: &mut Image) -> rusqlite::Result<()> {
        let connection = self.lock();
        let i = &*image;
        connection.execute(
            "INSERT INTO gallery_images (gallery_id, image, caption, alt_text, display_order, is_featured, \
             uploaded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                i.gallery_id,
                i.image,
                i.caption,
                i.alt_text,
                i.display_order,
                i.is_featured,
                i.uploaded_at
            ],
        )?;
        image.id = connection.last_insert_rowid();
        Ok(())
    }

    /// Gives an image its place, if it is in this gallery.
    pub(crate) fn place_gallery_image(&self, gallery_id: i64, id: i64, place: i64) -> rusqlite::Result<()> {
        self.lock()
            .execute(
                "UPDATE gallery_images SET display_order = ?3 WHERE id = ?2 AND gallery_id = ?1",
                [gallery_id, id, place],
            )
            .map(drop)
    }
}
