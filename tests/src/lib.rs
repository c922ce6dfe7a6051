//! The shared support of whole-product tests: a hotel, and desks at it, over real sockets.

pub mod clock;
pub mod figures;
pub mod guest;
pub mod line;
pub mod listener;
pub mod photo;
pub mod test_desk;
#[cfg(target_os = "linux")]
pub mod window;

pub use test_desk::TestDesk;

use hotelmate_core::hotel::Api;
use hotelmate_core::ids::MediaHash;
use hotelmate_core::records::Fields;
use hotelmate_core::resources::Kind;

/// Returns a small offer with this title.
pub fn offer(title: &str) -> Fields {
    Kind::Offer.table().blank().with("title", title).with("short_description", format!("{title}, in short"))
}

/// Returns a small picture file, like a camera's PNG.
pub fn picture(red: u8) -> Vec<u8> {
    picture_of(red, 0)
}

/// Returns a small picture file, for tests that need more different ones than there are shades of red.
pub fn picture_of(red: u8, green: u8) -> Vec<u8> {
    png(image::RgbImage::from_fn(160, 120, |x, y| {
        let shade = |from: u8, at: u32| from.wrapping_add(u8::try_from(at).unwrap_or(0));
        image::Rgb([red, shade(green, x), shade(0, y)])
    }))
}

/// Returns the hash of the picture at an address, or that of an empty file if there is none.
pub async fn hash_at(api: &Api, address: &str) -> String {
    let bytes = api.fetch_picture(address).await.unwrap_or_default();
    MediaHash::of(&bytes).as_str().to_owned()
}

/// Returns a picture file of 24 megapixels, which takes a while to prepare.
pub fn large_picture() -> Vec<u8> {
    png(image::RgbImage::from_pixel(6000, 4000, image::Rgb([200, 120, 40])))
}

fn png(pixels: image::RgbImage) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    // Writing to memory in a format that is compiled in cannot fail. An empty file would fail its test.
    let _ = image::DynamicImage::ImageRgb8(pixels).write_to(&mut file, image::ImageFormat::Png);
    file.into_inner()
}
