//! Colours as a web page means them: sRGB, since the profile goes with the rest of the metadata.
//!
//! It is done on the small copy. A profile that cannot be used leaves the colours as they are, which is what a viewer
//! without colour management shows.

use moxcms::{CmsError, ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::rows::Pixels;
use super::scale::Small;

/// How many bytes are converted at a time.
const PIECE: usize = 48 << 10;
/// A larger profile is no profile. Those of printers have about 2 MB.
const LARGEST_PROFILE: usize = 8 << 20;

/// Brings a picture to RGB or RGBA in sRGB. `is_inverted`: its inks are stored as "how much light passes".
pub(super) fn to_srgb(mut small: Small, profile: Option<&[u8]>, is_inverted: bool) -> Small {
    let profile = profile
        .filter(|bytes| bytes.len() <= LARGEST_PROFILE)
        .and_then(|bytes| ColorProfile::new_from_slice(bytes).ok());
    if small.pixels == Pixels::Cmyk {
        if !is_inverted {
            // From here on always inverted, as nearly all files are.
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
    let target = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layout, &target, layout, TransformOptions::default())?;
    let mut before = Vec::with_capacity(PIECE);
    for piece in small.data.chunks_mut(PIECE) {
        before.clear();
        before.extend_from_slice(piece);
        transform.transform(&before, piece)?;
    }
    Ok(())
}

/// A grey picture has been spread over three equal channels; its profile speaks of one.
fn convert_grey(small: &mut Small, profile: &ColorProfile) -> Result<(), CmsError> {
    let target = ColorProfile::new_srgb();
    let how = TransformOptions::default();
    let transform = profile.create_transform_8bit(Layout::Gray, &target, Layout::Rgb, how)?;
    // A curve: 256 shades tell all of it.
    let shades: Vec<u8> = (0..=u8::MAX).collect();
    let mut curve = vec![0; 3 * shades.len()];
    transform.transform(&shades, &mut curve)?;
    for pixel in small.data.chunks_exact_mut(small.pixels.bytes()) {
        let shade = usize::from(pixel[0]) * 3;
        pixel[..3].copy_from_slice(&curve[shade..shade + 3]);
    }
    Ok(())
}

/// From inverted inks to colours: by the profile, or by what each ink takes away.
fn from_inks(small: Small, profile: Option<&ColorProfile>) -> Small {
    let Small { mut data, width, height, .. } = small;
    let by_profile =
        profile.filter(|profile| profile.color_space == DataColorSpace::Cmyk).is_some_and(|profile| {
            by_profile(&mut data, profile)
                .inspect_err(|error| tracing::debug!(%error, "a picture's ink profile cannot be used"))
                .is_ok()
        });
    if !by_profile {
        for at in 0..width * height {
            let [cyan, magenta, yellow, black] = [0, 1, 2, 3].map(|ink| u16::from(data[at * 4 + ink]));
            for (channel, light) in [cyan, magenta, yellow].into_iter().enumerate() {
                // At most 255, since both are.
                data[at * 3 + channel] = u8::try_from((light * black + 127) / 255).unwrap_or(u8::MAX);
            }
        }
    }
    data.truncate(width * height * 3);
    Small { data, pixels: Pixels::Rgb, width, height }
}

/// In place: three bytes go where four came from. Nothing is changed when it fails.
fn by_profile(data: &mut [u8], profile: &ColorProfile) -> Result<(), CmsError> {
    let target = ColorProfile::new_srgb();
    let how = TransformOptions::default();
    let transform = profile.create_transform_8bit(Layout::Rgba, &target, Layout::Rgb, how)?;
    let (mut inks, mut colours) = (Vec::with_capacity(PIECE), vec![0; PIECE / 4 * 3]);
    for start in (0..data.len()).step_by(PIECE) {
        let end = data.len().min(start + PIECE);
        inks.clear();
        inks.extend(data[start..end].iter().map(|light| !light));
        let into = &mut colours[..(end - start) / 4 * 3];
        transform.transform(&inks, into)?;
        data[start / 4 * 3..start / 4 * 3 + into.len()].copy_from_slice(into);
    }
    Ok(())
}

#[cfg(test)]
#[path = "colour_tests.rs"]
mod tests;
