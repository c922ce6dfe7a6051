//! The hotel's rows for tests, in the form and order of the staff's HTTP requests.

use serde_json::Value;

use crate::hotel::DemoHotel;
use crate::options::Dialect;
use crate::seed::SLUG;
use crate::web::settings::{Reader, shown};
use crate::web::{flat_settings, gallery};

impl DemoHotel {
    /// Returns the hotel's offers, in the order of the list.
    pub fn offers(&self) -> Vec<Value> {
        self.app.rows_of("/offers/")
    }

    /// Returns the hotel's room types, in the order of the list.
    pub fn room_types(&self) -> Vec<Value> {
        self.app.rows_of("/room-types/")
    }

    /// Returns the hotel's settings.
    pub fn settings(&self) -> Value {
        self.app.seen(SLUG, "settings", |hotel| {
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
        self.app.seen(SLUG, "gallery", |hotel| match self.app.dialect {
            Dialect::Documents => Ok(gallery::shown(base, &store.settings(hotel)?.gallery)),
            Dialect::Galleries => {
                Ok(store.galleries(hotel)?.iter().map(|gallery| gallery.to_json(base)).collect())
            }
            Dialect::Current => Ok(Vec::new()),
        })
    }
}
