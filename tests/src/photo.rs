//! For the benchmarks: an artificial photo with smooth areas, edges, fine texture and the grain of a camera.

use std::path::Path;
use std::{fs, io};

use mozjpeg::{ColorSpace, Compress};

/// Writes a photo as cameras do: JPEG, quality 90, 4:2:0. A few rows are in memory at a time.
///
/// # Errors
/// If the file cannot be written.
pub fn make(width: u32, height: u32, file: &Path) -> io::Result<()> {
    let mut jpeg = Compress::new(ColorSpace::JCS_RGB);
    jpeg.set_fastest_defaults();
    jpeg.set_size(width as usize, height as usize);
    jpeg.set_quality(90.0);
    jpeg.set_chroma_sampling_pixel_sizes((2, 2), (2, 2));
    let mut jpeg = jpeg.start_compress(Vec::new())?;
    let mut grain = Grain(1);
    for y in 0..height {
        let row: Vec<u8> = (0..width).flat_map(|x| pixel(x, y, width, height, &mut grain)).collect();
        jpeg.write_scanlines(&row)?;
    }
    fs::write(file, jpeg.finish()?)
}

fn pixel(x: u32, y: u32, width: u32, height: u32, grain: &mut Grain) -> [u8; 3] {
    let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
    let texture = ((u * 90.0).sin() * (v * 70.0).cos() + (u * 700.0 + v * 300.0).sin() * 0.3) * 40.0;
    let edge = if ((u * 60.0) as u32 + (v * 40.0) as u32).is_multiple_of(5) { 30.0 } else { 0.0 };
    let noise = grain.next() * 7.0;
    [
        u * 150.0 + 60.0 + texture + noise,
        v * 140.0 + 60.0 + texture * 0.7 + edge + noise,
        (1.0 - u) * 120.0 + 60.0 - texture * 0.5 + edge + noise,
    ]
    .map(|channel| channel as u8)
}

/// Noise that is the same in every run.
struct Grain(u32);

impl Grain {
    /// From -1 to 1.
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 >> 16) as f32 / 32768.0 - 1.0
    }
}
