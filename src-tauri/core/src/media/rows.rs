//! Decoders that deliver a picture row by row, from top to bottom.

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use super::error::PictureError;
use super::job::{Job, Watched};

/// The layout of a row's pixels in memory, 8 bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pixels {
    Rgb,
    Rgba,
    /// Inks as in the file. [`super::colour`] decides whether they are inverted.
    Cmyk,
}

impl Pixels {
    /// Returns the bytes of a pixel.
    pub(super) fn bytes(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

/// A source of rows.
pub(super) trait Rows {
    /// Fills `rows` with the next whole rows.
    fn read(&mut self, rows: &mut [u8]) -> Result<(), PictureError>;
}

/// PNG without interlacing: only one row is in memory at a time, whatever size the picture claims.
pub(super) struct PngRows<'a>(png::Reader<Watched<'a>>);

/// Limit of the memory of a PNG decoder besides its rows, in bytes: profiles and similar data can be bombs as well.
const PNG_MEMORY: usize = 16 << 20;

impl<'a> PngRows<'a> {
    /// Reads the head.
    pub(super) fn open(bytes: &'a [u8], job: &'a Job) -> Result<Self, PictureError> {
        let limits = png::Limits { bytes: PNG_MEMORY };
        let mut decoder = png::Decoder::new_with_limits(Watched::new(bytes, job), limits);
        decoder.set_ignore_text_chunk(true);
        // Reduces 16 bits to 8, and expands palettes and grey of few bits.
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        decoder.read_info().map(Self).map_err(PictureError::damaged)
    }

    /// Returns the head of the file.
    pub(super) fn info(&self) -> &png::Info<'static> {
        self.0.info()
    }

    /// Returns the format of the decoded rows. Grey becomes RGB or RGBA.
    pub(super) fn pixels(&self) -> Pixels {
        match self.0.output_color_type().0 {
            png::ColorType::Rgba | png::ColorType::GrayscaleAlpha => Pixels::Rgba,
            _ => Pixels::Rgb,
        }
    }
}

impl Rows for PngRows<'_> {
    fn read(&mut self, rows: &mut [u8]) -> Result<(), PictureError> {
        let channels = self.0.output_color_type().0.samples();
        let width = self.0.info().width as usize;
        let out = self.pixels().bytes();
        for into in rows.chunks_exact_mut(width * out) {
            let row = self.0.next_row().map_err(PictureError::damaged)?;
            let row = row.ok_or_else(|| PictureError::damaged("it ends in the middle"))?;
            let from = row.data();
            match channels {
                1 | 2 => spread_grey(from, channels, into, out),
                _ => into.copy_from_slice(from),
            }
        }
        Ok(())
    }
}

/// Copies grey, with or without alpha, into colour channels.
fn spread_grey(grey: &[u8], channels: usize, into: &mut [u8], out: usize) {
    for (from, to) in grey.chunks_exact(channels).zip(into.chunks_exact_mut(out)) {
        to[..3].fill(from[0]);
        if let (Some(alpha), Some(to)) = (from.get(1), to.get_mut(3)) {
            *to = *alpha;
        }
    }
}

/// Any other picture: decoded as a whole, and converted a few rows at a time.
pub(super) struct WholeRows {
    picture: DynamicImage,
    pixels: Pixels,
    next: u32,
}

/// Makes the decoder of such a picture, which has read its head.
pub(super) fn decoder_of<'a>(
    bytes: &'a [u8],
    format: ImageFormat,
    memory: u64,
    job: &'a Job,
) -> Result<impl ImageDecoder + use<'a>, PictureError> {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(memory);
    let mut reader = ImageReader::with_format(Watched::new(bytes, job), format);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| refusal(format, error))
}

impl WholeRows {
    /// Decodes the first picture of the file.
    pub(super) fn open(
        bytes: &[u8],
        format: ImageFormat,
        pixels: Pixels,
        memory: u64,
        job: &Job,
    ) -> Result<Self, PictureError> {
        let decoder = decoder_of(bytes, format, memory, job)?;
        let picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal(format, error))?;
        Ok(Self { picture, pixels, next: 0 })
    }
}

impl Rows for WholeRows {
    fn read(&mut self, rows: &mut [u8]) -> Result<(), PictureError> {
        let width = self.picture.width();
        let bytes_of_row = width as usize * self.pixels.bytes();
        let height = u32::try_from(rows.len() / bytes_of_row).map_err(PictureError::damaged)?;
        let part = self.picture.crop_imm(0, self.next, width, height);
        self.next += height;
        let part = match self.pixels {
            Pixels::Rgba => part.into_rgba8().into_raw(),
            Pixels::Rgb | Pixels::Cmyk => part.into_rgb8().into_raw(),
        };
        if part.len() != rows.len() {
            return Err(PictureError::damaged("it ends in the middle"));
        }
        rows.copy_from_slice(&part);
        Ok(())
    }
}

fn refusal(format: ImageFormat, error: ImageError) -> PictureError {
    match error {
        ImageError::Unsupported(_) => PictureError::Variety(name(format)),
        other => PictureError::damaged(other),
    }
}

fn name(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "PNG",
        ImageFormat::WebP => "WebP",
        ImageFormat::Gif => "GIF",
        ImageFormat::Bmp => "BMP",
        ImageFormat::Tiff => "TIFF",
        _ => "JPEG",
    }
}
