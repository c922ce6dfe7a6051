//! The hotel's rows for tests, in the form and order of the staff's HTTP requests.

use serde_json::Value;

use crate::app::App;
use crate::hotel::DemoHotel;
use crate::options::Dialect;
use crate::seed::SLUG;
use crate::store::offers::Offer;
use crate::store::room_types::RoomType;
use crate::web::settings::{Reader, shown};
use crate::web::{flat_settings, gallery};

/// Returns the rows of the list to which a path belongs, in the order of the list.
pub(crate) fn rows_of(app: &App, path: &str) -> Vec<Value> {
    let base = &app.url;
    let rows = |hotel| {
        if path.contains("/offers/") {
            return Ok(app
                .store
                .list(hotel)?
                .iter()
                .map(|offer: &Offer| offer.to_staff_json(base))
                .collect());
        }
        if path.contains("/room-types/") {
            return Ok(app.store.list(hotel)?.iter().map(|room: &RoomType| room.to_json(base)).collect());
        }
        Ok(Vec::new())
    };
    seen(app, SLUG, "rows", rows)
}

/// Reads the rows of a hotel. If they cannot be read, logs it and returns nothing.
fn seen<T: Default>(app: &App, slug: &str, what: &str, look: impl FnOnce(i64) -> rusqlite::Result<T>) -> T {
    let hotel = app.store.hotel_id(slug);
    hotel.and_then(|hotel| hotel.map_or(Ok(T::default()), look)).unwrap_or_else(|error| {
        tracing::error!(%error, what, "could not be read");
        T::default()
    })
}

impl DemoHotel {
    /// Returns the hotel's offers, in the order of the list.
    pub fn offers(&self) -> Vec<Value> {
        rows_of(&self.app, "/offers/")
    }

    /// Returns the hotel's room types, in the order of the list.
    pub fn room_types(&self) -> Vec<Value> {
        rows_of(&self.app, "/room-types/")
    }

    /// Returns the hotel's settings.
    pub fn settings(&self) -> Value {
        self.seen(SLUG, "settings", |hotel| {
            let settings = self.app.store.settings(hotel)?;
            match self.app.dialect {
                Dialect::Current => Ok(flat_settings::shown(&settings, &self.app.url)),
                _ => shown(&self.app, &settings, &self.app.url, Reader::Http),
            }
        })
    }

    /// Returns the hotel's gallery: in [`Dialect::Documents`] the list of addresses, in [`Dialect::Galleries`] the
    /// galleries with their images; nothing in [`Dialect::Current`].
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

    /// Reads the rows of a hotel. If they cannot be read, logs it and returns nothing.
    pub(crate) fn seen<T: Default>(
        &self,
        slug: &str,
        what: &str,
        look: impl FnOnce(i64) -> rusqlite::Result<T>,
    ) -> T {
        seen(&self.app, slug, what, look)
    }
}
