//! What this hotel's server can do: asked at the sign-in and once a day, remembered, and told to screens in plain words.

use jiff::{SignedDuration, Timestamp};

use super::session::Session;
use crate::api::dialect::GalleryDialect;
use crate::api::{Allowed, Known};
use crate::desk::views::{Abilities, Ability, Change};
use crate::store::StoreError;
use crate::store::meta::{self, Key};

/// A server is changed now and then, and a right is granted: so long is what it said believed.
pub(super) const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

impl Session {
    /// What the server knows, as it said when it was asked; none before it was.
    pub async fn known(&self) -> Result<Option<Known>, StoreError> {
        Ok(self.remembered().await?.map(|(known, _)| known))
    }

    async fn remembered(&self) -> Result<Option<(Known, Timestamp)>, StoreError> {
        self.store.read(|db| meta::get(db, Key::Known)).await
    }

    /// Asks the server what it knows, unless it has told within a day. To be asked only after it has said who one is:
    /// a login page of the network knows nothing of hotels.
    pub async fn learn_abilities(&self) {
        let now = self.now();
        let learned = async {
            let told = self.remembered().await?;
            if told.is_some_and(|(_, at)| now.duration_since(at).abs() < REMEMBERED) {
                return Ok(());
            }
            match self.api().probe().await {
                Ok(known) => {
                    self.store
                        .write(move |tx| {
                            meta::set(tx, Key::Known, &(known, now))?;
                            tx.changed(Change::Abilities);
                            Ok(())
                        })
                        .await
                }
                Err(error) => {
                    self.failed(&error);
                    tracing::info!(%error, "what the server knows could not be asked");
                    Ok(())
                }
            }
        };
        let learned: Result<(), StoreError> = learned.await;
        if let Err(error) = learned {
            tracing::warn!(%error, "what the server knows could not be stored");
        }
    }

    /// How this server keeps its galleries.
    pub(super) async fn gallery_dialect(&self) -> Result<Option<GalleryDialect>, StoreError> {
        Ok(self.known().await?.and_then(|known| known.gallery))
    }
}

/// What screens show of what the server knows.
pub fn abilities(known: Option<Known>) -> Abilities {
    let Some(known) = known else {
        // Until it is known, everything can be tried: what is refused then says so itself.
        let open = Ability { read: true, write: true, reason: None };
        return Abilities {
            known: false,
            offers: open.clone(),
            gallery: open.clone(),
            gallery_removal: open.clone(),
            captions: Ability::default(),
            branding: open.clone(),
            room_types: open,
        };
    };
    let gallery = match (known.gallery, known.gallery_forbidden) {
        (Some(_), _) => Ability { read: true, write: true, reason: None },
        (None, true) => refused("You are not allowed to change the gallery of this hotel."),
        (None, false) => Ability {
            read: known.settings.read,
            write: false,
            reason: Some(
                "This hotel's server keeps its gallery in a way that this program does not know, so it can \
                          only be looked at."
                    .to_owned(),
            ),
        },
    };
    let can = |able: bool, reason: &str| Ability {
        read: able,
        write: able,
        reason: (!able).then(|| reason.to_owned()),
    };
    Abilities {
        known: true,
        offers: ability(known.offers, "offers"),
        gallery_removal: can(
            known.gallery.is_some_and(GalleryDialect::can_remove),
            "This hotel's server does not let anybody take a single picture out of a gallery.",
        ),
        captions: can(
            known.gallery.is_some_and(GalleryDialect::has_captions),
            "This hotel's server has no captions.",
        ),
        gallery,
        branding: ability(known.settings, "settings"),
        room_types: ability(known.room_types, "room types"),
    }
}

fn refused(reason: &str) -> Ability {
    Ability { read: false, write: false, reason: Some(reason.to_owned()) }
}

fn ability(allowed: Allowed, what: &str) -> Ability {
    match allowed {
        Allowed { forbidden: true, .. } => {
            refused(&format!("You are not allowed to see the {what} of this hotel."))
        }
        Allowed { read: false, .. } => refused(&format!("This hotel's server has no {what}.")),
        Allowed { write: false, .. } => Ability {
            read: true,
            write: false,
            reason: Some(format!("This hotel's server lets you look at the {what}, but not change them.")),
        },
        _ => Ability { read: true, write: true, reason: None },
    }
}
