//! What whole-product tests share: a hotel, and desks at it, over real sockets.

pub mod clock;
pub mod figures;
pub mod guest;
pub mod line;
pub mod seat;
#[cfg(target_os = "linux")]
pub mod window;

pub use seat::Seat;

use hotelmate_core::api::Api;
use hotelmate_core::model::{MediaHash, OfferContent};

/// A small offer with this title.
pub fn offer(title: &str) -> OfferContent {
    OfferContent {
        title: title.to_owned(),
        short_description: format!("{title}, in short"),
        ..OfferContent::default()
    }
}

/// A small picture file, as a camera's PNG would be.
pub fn picture(red: u8) -> Vec<u8> {
    png(image::RgbImage::from_fn(160, 120, |x, y| {
        image::Rgb([red, u8::try_from(x % 256).unwrap_or(0), u8::try_from(y % 256).unwrap_or(0)])
    }))
}

/// The hash of the picture that lies at an address; that of nothing where there is none.
pub async fn hash_at(api: &Api, address: &str) -> String {
    let bytes = api.fetch_picture(address).await.unwrap_or_default();
    MediaHash::of(&bytes).as_str().to_owned()
}

/// A picture file of 24 megapixels: preparing it takes a while.
pub fn large_picture() -> Vec<u8> {
    png(image::RgbImage::from_pixel(6000, 4000, image::Rgb([200, 120, 40])))
}

fn png(pixels: image::RgbImage) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    // Writing to memory in a format that is compiled in cannot fail; an empty file would fail its test.
    let _ = image::DynamicImage::ImageRgb8(pixels).write_to(&mut file, image::ImageFormat::Png);
    file.into_inner()
}
