//! Colours as a web page shows them: sRGB. The profile is removed with the rest of the metadata.
//!
//! The conversion runs on the small copy. If a profile cannot be used, the colours stay as they are, as in a viewer
//! without colour management.

use moxcms::{CmsError, ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::rows::Pixels;
use super::scale::Small;

/// Largest colour profile that is used, in bytes. Printers' profiles have about 2 MB.
const LARGEST_PROFILE: usize = 8 << 20;

/// Converts a picture to RGB or RGBA in sRGB. `is_inverted`: its inks are stored as the light that passes.
pub(super) fn to_srgb(mut small: Small, profile: Option<&[u8]>, is_inverted: bool) -> Small {
    let profile = profile
        .filter(|bytes| bytes.len() <= LARGEST_PROFILE)
        .and_then(|bytes| ColorProfile::new_from_slice(bytes).ok());
    if small.pixels == Pixels::Cmyk {
        if !is_inverted {
            // From here on inks are always inverted, as in nearly all files.
            small.data.iter_mut().for_each(|ink| *ink = !*ink);
        }
        return from_inks(small, profile.as_ref());
    }
    let Some(profile) = profile else { return small };
    let changed = match profile.color_space {
        DataColorSpace::Rgb => convert_colours(&mut small, &profile),
        DataColorSpace::Gray => convert_grey(&mut small, &profile),
        _ => Ok(()),
    };
    if let Err(error) = changed {
        tracing::debug!(%error, "a picture's colour profile cannot be used");
    }
    small
}

fn convert_colours(small: &mut Small, profile: &ColorProfile) -> Result<(), CmsError> {
    let layout = if small.pixels == Pixels::Rgba { Layout::Rgba } else { Layout::Rgb };
    small.data = converted(&small.data, profile, layout, layout)?;
    Ok(())
}

/// Converts a grey picture, whose grey was copied to three equal channels. Its profile has one channel.
fn convert_grey(small: &mut Small, profile: &ColorProfile) -> Result<(), CmsError> {
    // A table of the 256 shades is the whole conversion.
    let shades: Vec<u8> = (0..=u8::MAX).collect();
    let curve = converted(&shades, profile, Layout::Gray, Layout::Rgb)?;
    for pixel in small.data.chunks_exact_mut(small.pixels.bytes()) {
        let shade = usize::from(pixel[0]) * 3;
        pixel[..3].copy_from_slice(&curve[shade..shade + 3]);
    }
    Ok(())
}

/// Converts inverted inks to colours: by the profile, or without one by the light that each ink absorbs.
fn from_inks(mut small: Small, profile: Option<&ColorProfile>) -> Small {
    let by_profile =
        profile.filter(|profile| profile.color_space == DataColorSpace::Cmyk).and_then(|profile| {
            let inks: Vec<u8> = small.data.iter().map(|light| !light).collect();
            converted(&inks, profile, Layout::Rgba, Layout::Rgb)
                .inspect_err(|error| tracing::debug!(%error, "a picture's ink profile cannot be used"))
                .ok()
        });
    small.data = by_profile.unwrap_or_else(|| small.data.chunks_exact(4).flat_map(without_ink).collect());
    Small { pixels: Pixels::Rgb, ..small }
}

/// Returns the light that cyan, magenta and yellow, and then black, let through.
fn without_ink(pixel: &[u8]) -> impl Iterator<Item = u8> {
    let black = u16::from(pixel[3]);
    let through = move |light: &u8| (u16::from(*light) * black + 127) / 255;
    // The result is at most 255, since both factors are.
    pixel[..3].iter().map(move |light| u8::try_from(through(light)).unwrap_or(u8::MAX))
}

/// Converts pixels with this profile to sRGB.
fn converted(pixels: &[u8], profile: &ColorProfile, from: Layout, to: Layout) -> Result<Vec<u8>, CmsError> {
    let how = TransformOptions::default();
    let transform = profile.create_transform_8bit(from, &ColorProfile::new_srgb(), to, how)?;
    let mut colours = vec![0; pixels.len() / from.channels() * to.channels()];
    transform.transform(pixels, &mut colours)?;
    Ok(colours)
}
