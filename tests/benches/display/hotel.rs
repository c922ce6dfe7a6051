//! A hotel whose gallery has photos of the size that the desk uploads.

use std::fs;
use std::path::{Path, PathBuf};

use demo_hotel::{DemoHotel, Options};
use desk_tests::{photo, test_desk};
use hotelmate_core::desk::{Desk, Mode};
use hotelmate_core::hotel::Api;
use hotelmate_core::views::NewImage;

/// The width of the photos, and the height of the first one. Each is a little higher than the one before, so that no two
/// files are equal.
const SIZE: (u32, u32) = (2560, 1700);

/// The display shows the gallery, and nothing else.
const PLAYLIST: &str = "[parts]\nwelcome = { on = false }\noffers = { on = false }\nrooms = { on = false }\n\
    amenities = { on = false }\n";

/// An open hotel, and the folder of a display's data.
pub(crate) struct Hotel {
    /// The hotel's server.
    pub(crate) server: DemoHotel,
    /// A manager, who changes offers.
    pub(crate) colleague: Api,
    /// The folder of the display's data.
    pub(crate) folder: PathBuf,
    /// The folder of the photos.
    pub(crate) photos: PathBuf,
    /// The settings that the display reads from its environment.
    pub(crate) settings: Vec<(&'static str, String)>,
}

impl Hotel {
    /// Opens a hotel whose gallery is these photos.
    pub(crate) async fn open(folder: &Path) -> Self {
        let server = DemoHotel::start(Options::default().seed(7)).await.expect("the hotel opens");
        let known = test_desk::settings(&server, 0, folder.join("desk")).await;
        let settings = test_desk::environment(&server, &known);
        let settings =
            settings.into_iter().filter(|(name, _)| !["DESK_TOKEN", "DESK_CHAT_KEY"].contains(name));
        let photos = folder.join("photos");
        fs::create_dir_all(&photos).expect("the folder of the photos");

        let desk = Desk::open(known, Mode::Manual).await.expect("the desk opens");
        desk.sync_until_quiet().await.expect("the desk reads the hotel");
        let gallery = desk.galleries().await.expect("the galleries").galleries.remove(0);
        for image in &gallery.images {
            desk.remove_image(gallery.local_id, image.local_id).await.expect("the demo's picture is removed");
        }
        for number in 0..crate::photos() {
            let file = photos.join(format!("{number}.jpg"));
            let height = SIZE.1 + u32::try_from(number).expect("a small number");
            photo::make(SIZE.0, height, &file).expect("the photo is written");
            let bytes = fs::read(&file).expect("the photo is there");
            let picture = desk.prepare_picture(bytes).await.expect("the photo is prepared").hash;
            let image = NewImage { picture, caption: String::new() };
            desk.add_images(gallery.local_id, vec![image], None).await.expect("the photo is queued");
        }
        desk.sync_until_quiet().await.expect("the photos are uploaded");
        desk.close().await;
        assert_eq!(server.gallery().len(), crate::photos(), "the gallery is these photos");

        let shown = folder.join("display");
        fs::create_dir_all(&shown).expect("the folder of the display");
        fs::write(shown.join("display.toml"), PLAYLIST).expect("the playlist is written");
        let colleague = test_desk::colleague(&server, 0).await;
        Self { server, colleague, folder: shown, photos, settings: settings.collect() }
    }
}
