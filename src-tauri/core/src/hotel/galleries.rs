//! Galleries (contract.md 5): one flat list in the settings, or objects with rows. What they are called is
//! [data](super::dialect).

use reqwest::Method;
use serde_json::json;
use url::Url;

use super::client::{Api, Effect, UPLOAD, WRITE};
use super::dialect::GalleryDialect;
use super::error::ApiError;
use super::pictures::{Progress, Upload};
use crate::ids::ServerId;
use crate::resources::{Kind, Place, ServerCopy, ServerGallery, ServerImage, read_image};

impl Api {
    /// One gallery. The flat one is read with the settings.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], and everything of the transport.
    pub async fn gallery(&self, dialect: GalleryDialect, id: ServerId) -> Result<ServerGallery, ApiError> {
        let copies = match (dialect.is_flat(), Kind::Gallery.resource().place) {
            (true, Place::Own { comes_with, .. }) => self.the_one(comes_with).await?,
            _ => vec![self.entity(Kind::Gallery, id).await?],
        };
        let gallery = copies.into_iter().find_map(|copy| match copy {
            ServerCopy::Gallery(gallery) => Some(gallery),
            ServerCopy::Record(_) => None,
        });
        gallery.ok_or(ApiError::NotHere)
    }

    /// Uploads a picture for a gallery and says what the server calls it. In the flat gallery it is not in the list
    /// then; a row is, somewhere.
    ///
    /// # Errors
    /// [`ApiError::TooLarge`]; [`ApiError::ServerTrouble`] also where the image host refuses the picture for good (trap
    /// 4); and everything of the transport.
    pub async fn upload_image(
        &self,
        dialect: GalleryDialect,
        gallery: ServerId,
        picture: Upload,
        caption: &str,
        progress: Progress,
    ) -> Result<ServerImage, ApiError> {
        let url = self.gallery_action(dialect, gallery, ("upload", "upload_image"))?;
        let make = || {
            let mut form = picture.form("image", &progress);
            if dialect.has_captions() && !caption.is_empty() {
                form = form.text("caption", caption.to_owned());
            }
            self.http.request(Method::POST, url.clone(), UPLOAD).multipart(form)
        };
        let answer = self.send(Effect::Writes, make).await.map_err(ApiError::of_upload)?;
        let object = answer.json()?;
        if dialect.is_flat() {
            let url = object["url"].as_str().filter(|url| !url.is_empty());
            let url = url.ok_or_else(|| answer.odd("it has no address"))?;
            return Ok(ServerImage { name: url.to_owned(), url: url.to_owned(), caption: String::new() });
        }
        // The answer has no address (contract.md 5.2); the gallery tells it when it is read.
        read_image(&object).ok_or_else(|| answer.odd("it is no picture"))
    }

    /// Writes the order of a gallery. A flat one is replaced by this list; of rows, those that are not named keep
    /// their numbers.
    ///
    /// # Errors
    /// Everything of the transport.
    pub async fn order_images(
        &self,
        dialect: GalleryDialect,
        gallery: ServerId,
        names: &[String],
    ) -> Result<(), ApiError> {
        let path = self.gallery_action(dialect, gallery, ("reorder", "reorder_images"))?;
        let body = if dialect.is_flat() {
            json!({ "gallery": names })
        } else {
            let numbers: Vec<i64> = names.iter().filter_map(|name| name.parse().ok()).collect();
            json!({ "image_ids": numbers })
        };
        let make = || self.http.request(Method::POST, path.clone(), WRITE).json(&body);
        self.send(Effect::Writes, make).await.map(drop)
    }

    /// Takes a picture out of the flat gallery.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], which means done; [`ApiError::NotHere`] for rows; and everything of the transport.
    pub async fn remove_image(&self, dialect: GalleryDialect, name: &str) -> Result<(), ApiError> {
        let folder = dialect.folder().ok_or(ApiError::NotHere)?;
        let path = self.hotel(&[folder, &["remove"]].concat())?;
        let body = json!({ "url": name });
        let make = || self.http.request(Method::DELETE, path.clone(), WRITE).json(&body);
        self.send(Effect::Writes, make).await.map(drop)
    }

    /// The address at which something is done with a gallery: its last part in the flat one, and of rows.
    fn gallery_action(
        &self,
        dialect: GalleryDialect,
        gallery: ServerId,
        (in_list, of_rows): (&str, &str),
    ) -> Result<Url, ApiError> {
        match dialect.folder() {
            Some(folder) => self.hotel(&[folder, &[in_list]].concat()),
            None => self.action_of(Kind::Gallery, gallery, of_rows),
        }
    }
}
