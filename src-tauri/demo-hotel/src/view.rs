//! The hotel's rows from outside, in the shape and order staff see them over HTTP.

use serde_json::Value;

use crate::hotel::DemoHotel;
use crate::options::Dialect;
use crate::seed::SLUG;
use crate::store::offers::Offer;
use crate::store::room_types::RoomType;
use crate::web::settings::{Reader, shown};
use crate::web::{flat_settings, gallery};

impl DemoHotel {
    /// The hotel's offers, in the order of the list.
    pub fn offers(&self) -> Vec<Value> {
        let base = &self.app.url;
        self.seen(SLUG, "offers", |hotel| {
            Ok(self.app.store.list(hotel)?.iter().map(|offer: &Offer| offer.to_staff_json(base)).collect())
        })
    }

    /// The hotel's room types, in the order of the list.
    pub fn room_types(&self) -> Vec<Value> {
        let base = &self.app.url;
        self.seen(SLUG, "room types", |hotel| {
            Ok(self.app.store.list(hotel)?.iter().map(|room: &RoomType| room.to_json(base)).collect())
        })
    }

    /// The hotel's settings.
    pub fn settings(&self) -> Value {
        self.seen(SLUG, "settings", |hotel| {
            let settings = self.app.store.settings(hotel)?;
            match self.app.dialect {
                Dialect::Current => Ok(flat_settings::shown(&settings, &self.app.url)),
                _ => shown(&self.app, &settings, &self.app.url, Reader::Http),
            }
        })
    }

    /// The hotel's gallery: in [`Dialect::Documents`] the list of addresses, in [`Dialect::Galleries`] the
    /// galleries with their images; none in [`Dialect::Current`].
    pub fn gallery(&self) -> Vec<Value> {
        let (store, base) = (&self.app.store, &self.app.url);
        self.seen(SLUG, "gallery", |hotel| match self.app.dialect {
            Dialect::Documents => Ok(gallery::shown(base, &store.settings(hotel)?.gallery)),
            Dialect::Galleries => {
                Ok(store.galleries(hotel)?.iter().map(|gallery| gallery.to_json(base)).collect())
            }
            Dialect::Current => Ok(Vec::new()),
        })
    }

    /// Looks at the rows of a hotel; nothing, and a line in the log, when they cannot be read.
    pub(crate) fn seen<T: Default>(
        &self,
        slug: &str,
        what: &str,
        look: impl FnOnce(i64) -> rusqlite::Result<T>,
    ) -> T {
        let hotel = self.app.store.hotel_id(slug);
        hotel.and_then(|hotel| hotel.map_or(Ok(T::default()), look)).unwrap_or_else(|error| {
            tracing::error!(%error, what, "could not be read");
            T::default()
        })
    }
}
