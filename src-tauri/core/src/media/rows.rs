//! Decoders that hand a picture out row by row, from top to bottom.

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use super::error::PictureError;
use super::job::{Job, Watched};

/// How the pixels of a row lie in memory, 8 bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pixels {
    Rgb,
    Rgba,
    /// Inks, as the file has them: how they are meant is told by [`super::colour`].
    Cmyk,
}

impl Pixels {
    /// Bytes of a pixel.
    pub(super) fn bytes(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

/// Something that gives rows.
pub(super) trait Rows {
    /// Fills `rows` with the next whole rows.
    fn read(&mut self, rows: &mut [u8]) -> Result<(), PictureError>;
}

/// PNG without interlacing: only a row is in memory at a time, whatever the picture claims to be.
pub(super) struct PngRows<'a>(png::Reader<Watched<'a>>);

/// What a PNG may allocate besides its rows: profiles and the like can be bombs as well.
const PNG_MEMORY: usize = 16 << 20;

impl<'a> PngRows<'a> {
    /// Reads the head.
    pub(super) fn open(bytes: &'a [u8], job: &'a Job) -> Result<Self, PictureError> {
        let limits = png::Limits { bytes: PNG_MEMORY };
        let mut decoder = png::Decoder::new_with_limits(Watched::new(bytes, job), limits);
        decoder.set_ignore_text_chunk(true);
        // 16 bits become 8, palettes and grey of few bits too.
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        decoder.read_info().map(Self).map_err(PictureError::damaged)
    }

    /// What the head of the file says.
    pub(super) fn info(&self) -> &png::Info<'static> {
        self.0.info()
    }

    /// What its rows are decoded to: grey is spread.
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

/// Grey, with or without alpha, as colours.
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

/// The decoder of such a picture, which has read its head.
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
