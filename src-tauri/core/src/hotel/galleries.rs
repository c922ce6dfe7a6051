//! Galleries (contract.md 5): one flat list in the settings, or objects with rows. [`dialect`](super::dialect) has
//! their names as data.

use reqwest::Method;
use serde_json::json;
use url::Url;

use super::client::{Api, Effect, UPLOAD, WRITE};
use super::dialect::GalleryDialect;
use super::error::ApiError;
use super::pictures::{Progress, Upload};
use crate::ids::ServerId;
use crate::resources::{Kind, Location, ServerCopy, ServerGallery, ServerImage, read_image};

impl Api {
    /// Reads one gallery. The flat one is read with the settings.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], and every transport error.
    pub async fn gallery(&self, dialect: GalleryDialect, id: ServerId) -> Result<ServerGallery, ApiError> {
        let copies = match (dialect.is_flat(), Kind::Gallery.resource().location) {
            (true, Location::Own { comes_with, .. }) => self.the_one(comes_with).await?,
            _ => vec![self.entity(Kind::Gallery, id).await?],
        };
        let gallery = copies.into_iter().find_map(|copy| match copy {
            ServerCopy::Gallery(gallery) => Some(gallery),
            ServerCopy::Record(_) => None,
        });
        gallery.ok_or(ApiError::NotHere)
    }

    /// Uploads a picture for a gallery and returns the server's copy of it. After the upload, the picture is not in the
    /// flat gallery's list yet; among rows it already has a place.
    ///
    /// # Errors
    /// [`ApiError::TooLarge`]; [`ApiError::ServerTrouble`], also if the image host refuses the picture for good (trap
    /// 4); and every transport error.
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
        // The answer has no address (contract.md 5.2). The next read of the gallery brings it.
        read_image(&object).ok_or_else(|| answer.odd("it is no picture"))
    }

    /// Writes the order of a gallery. In a flat gallery this list replaces the old one; rows that are not named keep
    /// their numbers.
    ///
    /// # Errors
    /// Every transport error.
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

    /// Removes a picture from the flat gallery.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], which means that it is already removed; [`ApiError::NotHere`] for rows; and every
    /// transport error.
    pub async fn remove_image(&self, dialect: GalleryDialect, name: &str) -> Result<(), ApiError> {
        let folder = dialect.folder().ok_or(ApiError::NotHere)?;
        let path = self.hotel(&[folder, &["remove"]].concat())?;
        let body = json!({ "url": name });
        let make = || self.http.request(Method::DELETE, path.clone(), WRITE).json(&body);
        self.send(Effect::Writes, make).await.map(drop)
    }

    /// Returns the address of an action on a gallery, from the action's names in the flat gallery and in rows.
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
