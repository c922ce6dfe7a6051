//! The pictures of a gallery, and the steps that a person can apply to them.
//!
//! A server stores a gallery either as a plain list of addresses, which each write replaces (contract.md 5.1), or as
//! rows with numbers (5.2). The desk represents both as a list of [`ServerImage`]s. Intents refer to pictures by the
//! desk's own keys.
//!
//! # The merge rule
//!
//! An intent is about one picture, never about the whole list: *put this one after that one*, *remove this one*. It is
//! applied to the list that the hotel has at that moment ([`ImageStep::apply`]):
//!
//! * A new picture is inserted after its predecessor. If the predecessor no longer exists, it goes to the end.
//! * A moved picture is inserted after its predecessor. If the predecessor no longer exists, it stays in its place.
//! * A picture that no longer exists cannot be moved, and a move does not restore it.
//! * No picture occurs twice.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ONLY_ONE;
use super::values::text;
use crate::ids::ServerId;

/// A picture of a gallery as the server showed it last.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerImage {
    /// The server's name of the picture in requests: its address in the flat gallery, otherwise its number.
    pub name: String,
    /// The address of the picture.
    pub url: String,
    /// The caption; empty if the server has none.
    #[serde(default)]
    pub caption: String,
}

crate::private::hides!(ServerImage {; name, url, caption });

/// A gallery as the server showed it last.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerGallery {
    /// The server's number of the gallery; [`ONLY_ONE`](super::ONLY_ONE) for the flat gallery.
    pub id: ServerId,
    /// The name; empty for the flat gallery.
    pub name: String,
    /// The pictures in their order.
    pub images: Vec<ServerImage>,
}

crate::private::hides!(ServerGallery { id, images; name });

impl ServerGallery {
    /// Returns the server's names of the pictures, in their order.
    pub fn order(&self) -> Vec<String> {
        self.images.iter().map(|image| image.name.clone()).collect()
    }

    /// Returns true if the gallery has exactly these pictures in this order.
    pub fn has_order(&self, order: &[String]) -> bool {
        self.images.iter().map(|image| &image.name).eq(order)
    }
}

/// One step on a list of pictures. `Name` is the type of the pictures' names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageStep<Name> {
    /// Inserts a picture that is not in the list yet.
    Add {
        /// The picture to insert.
        image: Name,
        /// The picture before it; `None` means that it becomes the first.
        after: Option<Name>,
    },
    /// Moves a picture to another position.
    Move {
        /// The picture to move.
        image: Name,
        /// The picture before it; `None` means that it becomes the first.
        after: Option<Name>,
    },
    /// Removes a picture.
    Remove {
        /// The picture to remove.
        image: Name,
    },
}

impl<Name> ImageStep<Name> {
    /// Returns the picture that the step is about.
    pub fn image(&self) -> &Name {
        match self {
            Self::Add { image, .. } | Self::Move { image, .. } | Self::Remove { image } => image,
        }
    }
}

impl<Name: PartialEq + Clone> ImageStep<Name> {
    /// Applies the step to a list.
    pub fn apply(&self, list: &mut Vec<Name>) {
        let place = |list: &[Name], name: &Name| list.iter().position(|other| other == name);
        match self {
            Self::Remove { image } => list.retain(|other| other != image),
            Self::Add { image, .. } if place(list, image).is_some() => {}
            Self::Add { image, after } => {
                let at = match after {
                    None => 0,
                    Some(after) => place(list, after).map_or(list.len(), |at| at + 1),
                };
                list.insert(at, image.clone());
            }
            Self::Move { image, after } => {
                let beside_itself_or_gone =
                    after.as_ref().is_some_and(|after| after == image || place(list, after).is_none());
                let Some(from) = place(list, image).filter(|_| !beside_itself_or_gone) else { return };
                list.remove(from);
                let at = after.as_ref().and_then(|after| place(list, after)).map_or(0, |at| at + 1);
                list.insert(at, image.clone());
            }
        }
    }
}

/// Reads the flat gallery from a `gallery` list of addresses. Entries that are not addresses cannot be shown and are
/// left out.
pub fn read_flat_gallery(object: &Value) -> Option<ServerGallery> {
    let entries = object["gallery"].as_array()?;
    let mut images: Vec<ServerImage> = Vec::new();
    for url in entries.iter().filter_map(text) {
        if images.iter().all(|known| known.name != url) {
            images.push(ServerImage { name: url.clone(), url, caption: String::new() });
        }
    }
    Some(ServerGallery { id: ONLY_ONE, name: String::new(), images })
}

/// Reads a gallery of rows (contract.md 5.2). The server sends the rows in their order.
pub fn read_gallery(value: &Value) -> Option<ServerGallery> {
    let images = value["images"].as_array()?;
    Some(ServerGallery {
        id: ServerId(value["id"].as_i64()?),
        name: text(&value["name"]).unwrap_or_default(),
        images: images.iter().filter_map(read_image).collect(),
    })
}

/// Reads a row of a gallery. Immediately after an upload a row has no address (contract.md 5.2).
pub fn read_image(value: &Value) -> Option<ServerImage> {
    Some(ServerImage {
        name: value["id"].as_i64()?.to_string(),
        url: text(&value["image_url"]).unwrap_or_default(),
        caption: text(&value["caption"]).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step() -> impl Strategy<Value = ImageStep<u8>> {
        let after = || proptest::option::of(0_u8..12);
        prop_oneof![
            (0_u8..12, after()).prop_map(|(image, after)| ImageStep::Add { image, after }),
            (0_u8..12, after()).prop_map(|(image, after)| ImageStep::Move { image, after }),
            (0_u8..12).prop_map(|image| ImageStep::Remove { image }),
        ]
    }

    fn applied(list: &[u8], steps: &[ImageStep<u8>]) -> Vec<u8> {
        let mut list = list.to_vec();
        steps.iter().for_each(|step| step.apply(&mut list));
        list
    }

    #[test]
    fn a_picture_comes_behind_the_one_it_was_put_behind() {
        let added = |after| applied(&[1, 2], &[ImageStep::Add { image: 3, after }]);
        assert_eq!(added(Some(1)), [1, 3, 2]);
        assert_eq!(added(None), [3, 1, 2]);
        assert_eq!(added(Some(9)), [1, 2, 3], "at the end when that one has gone");
        let moved = |after| applied(&[1, 2, 3], &[ImageStep::Move { image: 1, after }]);
        assert_eq!(moved(Some(3)), [2, 3, 1]);
        assert_eq!(moved(Some(1)), [1, 2, 3]);
        assert_eq!(moved(Some(9)), [1, 2, 3], "where it is when that one has gone");
    }

    proptest! {
        #[test]
        fn no_picture_is_ever_there_twice(steps in proptest::collection::vec(step(), 0..40)) {
            let list = applied(&[0, 1, 2, 3], &steps);
            let mut once = list.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), list.len());
        }

        #[test]
        fn a_step_that_is_repeated_changes_nothing(before in proptest::collection::vec(step(), 0..20), step in step()) {
            let once = applied(&applied(&[0, 1, 2, 3], &before), std::slice::from_ref(&step));
            let twice = applied(&once, std::slice::from_ref(&step));
            prop_assert_eq!(once, twice);
        }

        #[test]
        fn a_move_neither_brings_nor_takes_a_picture(list in proptest::collection::hash_set(0_u8..12, 0..8), image in 0_u8..12, after in proptest::option::of(0_u8..12)) {
            let before: Vec<u8> = list.into_iter().collect();
            let mut after_it = applied(&before, &[ImageStep::Move { image, after }]);
            let mut before = before;
            before.sort_unstable();
            after_it.sort_unstable();
            prop_assert_eq!(before, after_it);
        }
    }
}
