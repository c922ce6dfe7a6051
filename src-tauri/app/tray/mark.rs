//! The tray icon's mark: a small sign in the corner of the window's icon that shows the state. The signs differ in
//! shape as well as in colour.

use hotelmate_core::views::Pill;
use tauri::image::Image;

/// The state on the icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// No change waits: the plain icon.
    Ok,
    /// Some changes still have to be sent: a blue disc.
    Waiting,
    /// A person is needed: a red disc with a bar in it.
    Attention,
    /// The hotel cannot be reached: a grey ring.
    Offline,
}

impl Mark {
    pub(super) fn of(pill: Pill) -> Self {
        match pill {
            Pill::Saved | Pill::Unknown | Pill::Locked => Self::Ok,
            Pill::Saving | Pill::Waiting => Self::Waiting,
            Pill::Attention | Pill::SignInNeeded => Self::Attention,
            Pill::Offline => Self::Offline,
        }
    }
}

/// Red, green, blue, opaque.
type Colour = [u8; 4];

const WHITE: Colour = [255, 255, 255, 255];
const BLUE: Colour = [37, 99, 235, 255];
const RED: Colour = [200, 30, 30, 255];
const GREY: Colour = [107, 114, 128, 255];

/// The diameter of the sign, in hundredths of the icon's side. A tray shows it at 16 to 24 pixels.
const SIZE: f32 = 0.56;

/// Draws the mark into the icon's lower right corner.
pub(super) fn marked(icon: &Image<'_>, mark: Mark) -> Image<'static> {
    let (width, height) = (icon.width(), icon.height());
    let mut pixels = icon.rgba().to_vec();
    if mark != Mark::Ok {
        let radius = width.min(height) as f32 * SIZE / 2.0;
        let (middle_x, middle_y) = (width as f32 - radius, height as f32 - radius);
        for (pixel, n) in pixels.chunks_exact_mut(4).zip(0_u32..) {
            let (x, y) = ((n % width) as f32 + 0.5 - middle_x, (n / width) as f32 + 0.5 - middle_y);
            if let Some(colour) = colour_at(mark, x / radius, y / radius) {
                pixel.copy_from_slice(&colour);
            }
        }
    }
    Image::new_owned(pixels, width, height)
}

/// Returns the sign's colour at a place, with the middle at zero and the edge at one; none outside. A white rim keeps
/// it apart from the icon.
fn colour_at(mark: Mark, x: f32, y: f32) -> Option<Colour> {
    let away = x.hypot(y);
    if away > 1.0 {
        return None;
    }
    if away > 0.84 {
        return Some(WHITE);
    }
    Some(match mark {
        Mark::Waiting => BLUE,
        Mark::Attention if x.abs() < 0.16 && (-0.55..0.15).contains(&y) => WHITE,
        Mark::Attention if x.abs() < 0.16 && (0.32..0.6).contains(&y) => WHITE,
        Mark::Attention => RED,
        Mark::Offline if away < 0.42 => WHITE,
        Mark::Offline | Mark::Ok => GREY,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: u32 = 32;

    fn icon() -> Image<'static> {
        Image::new_owned([9, 9, 9, 255].repeat((SIDE * SIDE) as usize), SIDE, SIDE)
    }

    fn pixel(image: &Image<'_>, x: u32, y: u32) -> Colour {
        let at = ((y * SIDE + x) * 4) as usize;
        image.rgba()[at..at + 4].try_into().unwrap()
    }

    #[test]
    fn an_icon_without_a_mark_is_the_windows_own() {
        assert_eq!(marked(&icon(), Mark::Ok).rgba(), icon().rgba());
    }

    #[test]
    fn each_mark_is_drawn_in_the_lower_right_corner_and_leaves_the_rest_as_it_is() {
        for mark in [Mark::Waiting, Mark::Attention, Mark::Offline] {
            let image = marked(&icon(), mark);
            assert_eq!((image.width(), image.height()), (SIDE, SIDE));
            assert_eq!(pixel(&image, 2, 2), [9, 9, 9, 255], "{mark:?}");
            assert_eq!(pixel(&image, 12, 30), [9, 9, 9, 255], "{mark:?}");
            assert_ne!(pixel(&image, 23, 17), [9, 9, 9, 255], "{mark:?}");
        }
    }

    #[test]
    fn no_two_states_look_alike_even_without_colours() {
        let marks = [Mark::Ok, Mark::Waiting, Mark::Attention, Mark::Offline];
        let shapes: Vec<Vec<bool>> = marks
            .iter()
            .map(|mark| marked(&icon(), *mark).rgba().chunks(4).map(|pixel| pixel == WHITE).collect())
            .collect();
        for (n, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..n].contains(shape), "{:?}", marks[n]);
        }
    }

    #[test]
    fn every_state_of_the_pill_has_its_mark() {
        assert_eq!(Mark::of(Pill::Saved), Mark::Ok);
        assert_eq!(Mark::of(Pill::Saving), Mark::Waiting);
        assert_eq!(Mark::of(Pill::SignInNeeded), Mark::Attention);
        assert_eq!(Mark::of(Pill::Offline), Mark::Offline);
    }
}
