//! Pictures drawn by us: lakes, mountains, the house, rooms and tables.
//!
//! A scene depends on its number only. It is drawn when somebody first looks at it and kept for the rest of the
//! process, so that starting a hotel costs no drawing at all.

use std::ops::Range;
use std::sync::OnceLock;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::canvas::{Canvas, Colour, HEIGHT, WIDTH, mix};

/// The scenes of the offers.
pub(super) const OFFERS: Range<u32> = 0..14;
/// The scenes of the room types.
pub(super) const ROOMS: Range<u32> = 14..20;
/// The scenes of the gallery.
pub(super) const GALLERY: Range<u32> = 20..28;
/// The large picture of the settings.
pub(super) const HERO: u32 = 28;
/// The picture of the landing page.
pub(super) const LANDING: u32 = 29;
const COUNT: usize = 30;

const QUALITY: u8 = 82;

static DRAWN: [OnceLock<Bytes>; COUNT] = [const { OnceLock::new() }; COUNT];

/// The scene as a JPEG of 1200 by 800. A number beyond the last scene gives the last one.
pub(crate) fn jpeg(scene: u32) -> Bytes {
    let scene = (scene as usize).min(COUNT - 1);
    DRAWN[scene].get_or_init(|| encode(&draw(scene as u32))).clone()
}

#[expect(clippy::expect_used, reason = "the canvas has the size it says, and memory takes every write")]
fn encode(canvas: &Canvas) -> Bytes {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .write_image(canvas.pixels(), WIDTH as u32, HEIGHT as u32, ExtendedColorType::Rgb8)
        .expect("a picture of our own encodes");
    Bytes::from(out)
}

/// The colours of a time of day.
struct Light {
    sky: (Colour, Colour),
    sun: Colour,
    far: Colour,
    near: Colour,
    water: (Colour, Colour),
    window: Colour,
}

const LIGHTS: [Light; 5] = [
    // Morning
    Light {
        sky: ([120, 176, 222], [244, 226, 200]),
        sun: [255, 244, 214],
        far: [128, 152, 176],
        near: [64, 104, 82],
        water: ([176, 206, 222], [84, 128, 154]),
        window: [252, 232, 180],
    },
    // Noon
    Light {
        sky: ([64, 142, 214], [190, 224, 244]),
        sun: [255, 255, 240],
        far: [104, 140, 152],
        near: [58, 122, 66],
        water: ([130, 186, 214], [38, 98, 146]),
        window: [214, 234, 244],
    },
    // Evening
    Light {
        sky: ([74, 66, 128], [250, 156, 92]),
        sun: [255, 214, 140],
        far: [112, 84, 122],
        near: [52, 54, 68],
        water: ([232, 150, 110], [62, 58, 104]),
        window: [255, 206, 112],
    },
    // Mist
    Light {
        sky: ([176, 190, 196], [226, 228, 222]),
        sun: [250, 248, 236],
        far: [168, 182, 186],
        near: [88, 112, 100],
        water: ([206, 214, 214], [126, 148, 152]),
        window: [250, 226, 168],
    },
    // Night
    Light {
        sky: ([14, 20, 52], [58, 70, 116]),
        sun: [240, 240, 220],
        far: [40, 50, 88],
        near: [16, 26, 38],
        water: ([52, 64, 108], [14, 20, 46]),
        window: [255, 202, 104],
    },
];

fn draw(scene: u32) -> Canvas {
    let mut dice = StdRng::seed_from_u64(0x6b69_6c6c + u64::from(scene));
    let mut canvas = Canvas::new();
    let light = &LIGHTS[scene as usize * 2 % LIGHTS.len()];
    if ROOMS.contains(&scene) {
        room(&mut canvas, &mut dice, light);
        return canvas;
    }
    match scene {
        3 | 10 | 22 | 26 => table(&mut canvas, &mut dice, light),
        2 | 5 | 8 | 23 => woods(&mut canvas, &mut dice, light),
        0 | 4 | 7 | 12 | 20 | 25 | HERO => {
            lake(&mut canvas, &mut dice, light);
            house(&mut canvas, &mut dice, light);
        }
        _ => {
            lake(&mut canvas, &mut dice, light);
            boat(&mut canvas, &mut dice);
        }
    }
    canvas
}

/// A mountain line: a few waves of random height laid over each other.
fn ridge(dice: &mut StdRng, level: f32, swing: f32) -> impl Fn(f32) -> f32 + use<> {
    let waves: Vec<(f32, f32, f32)> = (0..6)
        .map(|turn| {
            let step = 1.9_f32.powi(turn);
            (step * dice.random_range(0.0035..0.006), dice.random_range(0.0..6.3), swing / step.powf(0.85))
        })
        .collect();
    move |x| level - waves.iter().map(|(pace, start, height)| (x * pace + start).sin() * height).sum::<f32>()
}

fn lake(canvas: &mut Canvas, dice: &mut StdRng, light: &Light) {
    const SHORE: f32 = 520.0;
    canvas.gradient(0..HEIGHT, light.sky.0, light.sky.1);
    let sun = (dice.random_range(180.0..1020.0), dice.random_range(110.0..260.0));
    canvas.glow(sun, (260.0, 260.0), light.sun, 0.6);
    canvas.disc(sun, 46.0, light.sun, 0.95);
    for _ in 0..7 {
        let at = (dice.random_range(0.0..1200.0), dice.random_range(60.0..260.0));
        canvas.ellipse(
            at,
            (dice.random_range(70.0..190.0), dice.random_range(8.0..20.0)),
            [255, 255, 255],
            0.28,
        );
    }
    for (depth, level, swing) in [(0.0, 360.0, 62.0), (0.45, 420.0, 44.0), (0.85, 482.0, 24.0)] {
        let colour = mix(light.far, light.near, depth);
        let line = ridge(dice, level, swing);
        canvas.below(&line, colour, mix(colour, light.sky.1, 0.25));
    }
    canvas.gradient(SHORE as usize..HEIGHT, light.water.0, light.water.1);
    canvas.glow((sun.0, SHORE + 120.0), (70.0, 170.0), light.sun, 0.7);
    for _ in 0..90 {
        let y = dice.random_range(SHORE + 4.0..HEIGHT as f32);
        let reach = 12.0 + (y - SHORE) * 0.35;
        canvas.ellipse((dice.random_range(0.0..1200.0), y), (reach, 1.6), light.sky.1, 0.35);
    }
}

fn house(canvas: &mut Canvas, dice: &mut StdRng, light: &Light) {
    let lawn = ridge(dice, 640.0, 9.0);
    let left = dice.random_range(180..420_usize);
    canvas.below(&lawn, light.near, mix(light.near, [0, 0, 0], 0.45));
    let wall = mix([236, 226, 204], light.near, 0.25);
    let roof = mix([74, 82, 96], light.near, 0.3);
    canvas.triangle(
        (left as f32 - 24.0, 430.0),
        (left as f32 + 270.0, 330.0),
        (left as f32 + 564.0, 430.0),
        roof,
    );
    canvas.rect(left..left + 540, 430..640, wall);
    canvas.triangle(
        (left as f32 + 180.0, 410.0),
        (left as f32 + 270.0, 320.0),
        (left as f32 + 360.0, 410.0),
        wall,
    );
    canvas.rect(left + 200..left + 340, 400..640, mix(wall, [255, 255, 255], 0.2));
    for (row, column) in (0..3).flat_map(|row| (0..8).map(move |column| (row, column))) {
        let (x, y) = (left + 28 + column * 63, 452 + row * 62);
        let pane = if dice.random_bool(0.7) { light.window } else { mix(light.window, [40, 50, 60], 0.7) };
        canvas.rect(x..x + 36, y..y + 42, mix(wall, [40, 40, 40], 0.4));
        canvas.rect(x + 3..x + 33, y + 3..y + 39, pane);
        canvas.rect(x + 17..x + 19, y + 3..y + 39, wall);
    }
    canvas.rect(left + 246..left + 294, 570..640, mix([96, 40, 30], light.near, 0.2));
    for _ in 0..9 {
        tree(canvas, dice, light, 660.0);
    }
}

fn tree(canvas: &mut Canvas, dice: &mut StdRng, light: &Light, ground: f32) {
    let side = if dice.random_bool(0.5) { 0.0..170.0 } else { 980.0..1200.0 };
    let (x, size) = (dice.random_range(side), dice.random_range(34.0..74.0_f32));
    let y = ground + dice.random_range(-16.0..30.0_f32);
    let leaves = mix(light.near, [30, 60, 34], dice.random_range(0.2..0.7));
    canvas.rect(
        (x as usize).saturating_sub(4)..x as usize + 5,
        (y - size) as usize..y as usize + 10,
        [66, 50, 40],
    );
    for (across, up, part) in [(-0.45, 0.9, 0.62), (0.45, 0.95, 0.6), (0.0, 1.4, 0.75), (0.0, 0.8, 0.7)] {
        let shade = mix(leaves, light.sky.1, (up - 0.8) * 0.25);
        canvas.disc((x + across * size, y - up * size), part * size, shade, 1.0);
    }
}

fn boat(canvas: &mut Canvas, dice: &mut StdRng) {
    let (x, y) = (dice.random_range(240.0..960.0_f32), dice.random_range(600.0..700.0_f32));
    canvas.ellipse((x, y + 26.0), (120.0, 7.0), [20, 30, 40], 0.35);
    canvas.triangle((x - 110.0, y - 14.0), (x + 110.0, y - 14.0), (x - 70.0, y + 24.0), [122, 58, 40]);
    canvas.triangle((x + 110.0, y - 14.0), (x + 70.0, y + 24.0), (x - 70.0, y + 24.0), [122, 58, 40]);
    canvas.rect(x as usize - 3..x as usize + 3, y as usize - 150..y as usize - 12, [70, 54, 44]);
    canvas.triangle((x + 6.0, y - 146.0), (x + 6.0, y - 26.0), (x + 92.0, y - 30.0), [240, 232, 214]);
}

fn woods(canvas: &mut Canvas, dice: &mut StdRng, light: &Light) {
    let glow = mix(light.sky.1, [220, 234, 160], 0.4);
    canvas.gradient(0..HEIGHT, mix(light.near, [30, 70, 40], 0.4), glow);
    canvas.glow((dice.random_range(400.0..800.0), 330.0), (420.0, 420.0), light.sun, 0.8);
    for depth in [0.15, 0.4, 0.7, 1.0_f32] {
        let bark = mix(glow, [44, 36, 30], depth);
        for _ in 0..9 {
            let width = (10.0 + 40.0 * depth * dice.random_range(0.6..1.2_f32)) as usize;
            let x = dice.random_range(0..WIDTH);
            canvas.rect(x..x + width, 0..(480.0 + 200.0 * depth) as usize, bark);
        }
        for _ in 0..26 {
            let at = (dice.random_range(0.0..1200.0), dice.random_range(-20.0..170.0 + 30.0 * depth));
            let leaf = mix(glow, mix(light.near, [40, 96, 44], 0.5), depth);
            canvas.disc(at, dice.random_range(40.0..90.0), leaf, 0.75);
        }
        let floor = ridge(dice, 480.0 + 170.0 * depth, 12.0);
        let moss = mix(glow, mix(light.near, [44, 78, 36], 0.6), 0.25 + 0.75 * depth);
        canvas.below(&floor, moss, mix(moss, [0, 0, 0], 0.25));
    }
    canvas.triangle((560.0, 800.0), (860.0, 800.0), (640.0, 560.0), mix([196, 176, 140], light.near, 0.25));
}

fn room(canvas: &mut Canvas, dice: &mut StdRng, light: &Light) {
    lake(canvas, dice, light);
    let wall: Colour =
        [[232, 224, 208], [206, 216, 208], [222, 210, 200], [212, 216, 226]][dice.random_range(0..4)];
    let accent: Colour =
        [[122, 44, 48], [34, 86, 74], [46, 66, 112], [176, 122, 46]][dice.random_range(0..4)];
    let shaded = mix(wall, [90, 80, 70], 0.25);
    let pane = dice.random_range(90..160_usize);
    // The lake stays visible where the window is.
    canvas.rect(0..pane, 0..HEIGHT, wall);
    canvas.rect(pane + 440..WIDTH, 0..HEIGHT, wall);
    canvas.rect(pane..pane + 440, 0..100, wall);
    canvas.rect(pane..pane + 440, 540..HEIGHT, wall);
    for x in [pane, pane + 216, pane + 430] {
        canvas.rect(x..x + 12, 96..546, [250, 248, 242]);
    }
    canvas.rect(pane..pane + 442, 300..310, [250, 248, 242]);
    canvas.rect(pane - 16..pane + 458, 536..556, [250, 248, 242]);
    canvas.rect(pane - 60..pane + 10, 70..600, accent);
    canvas.rect(pane + 432..pane + 502, 70..600, accent);
    canvas.rect(0..WIDTH, 640..HEIGHT, [146, 108, 76]);
    canvas.rect(0..WIDTH, 632..642, shaded);
    canvas.rect(700..1160, 380..660, mix(accent, [60, 40, 30], 0.5));
    canvas.rect(690..1170, 540..730, [246, 244, 238]);
    canvas.rect(690..1170, 610..740, accent);
    for x in [730.0, 950.0] {
        canvas.ellipse((x + 90.0, 530.0), (96.0, 38.0), [255, 254, 250], 1.0);
    }
    canvas.glow((640.0, 430.0), (210.0, 210.0), light.window, 0.7);
    canvas.rect(634..646, 450..640, [84, 66, 52]);
    canvas.triangle((590.0, 460.0), (690.0, 460.0), (640.0, 370.0), mix(light.window, [255, 255, 255], 0.4));
    canvas.rect(860..1060, 150..290, [92, 72, 54]);
    canvas.gradient_in(872..1048, 162..278, light.sky.0, light.near);
}

fn table(canvas: &mut Canvas, dice: &mut StdRng, light: &Light) {
    canvas.gradient(0..HEIGHT, [58, 36, 30], mix([120, 76, 52], light.near, 0.2));
    for _ in 0..34 {
        let at = (dice.random_range(0.0..1200.0), dice.random_range(0.0..360.0));
        canvas.disc(at, dice.random_range(16.0..58.0), [255, 208, 130], dice.random_range(0.08..0.3));
    }
    canvas.rect(0..WIDTH, 430..HEIGHT, mix([236, 228, 212], light.near, 0.1));
    canvas.rect(0..WIDTH, 430..440, [206, 192, 170]);
    let x = dice.random_range(420.0..760.0_f32);
    canvas.ellipse((x, 640.0), (270.0, 106.0), [190, 178, 158], 0.6);
    canvas.ellipse((x, 628.0), (264.0, 100.0), [250, 250, 246], 1.0);
    canvas.ellipse((x, 624.0), (186.0, 66.0), [228, 228, 222], 1.0);
    for _ in 0..12 {
        let at = (x + dice.random_range(-110.0..110.0_f32), 616.0 + dice.random_range(-30.0..30.0_f32));
        let food: Colour =
            [[186, 104, 52], [220, 164, 78], [92, 132, 60], [164, 48, 46]][dice.random_range(0..4)];
        canvas.ellipse(at, (dice.random_range(22.0..50.0), dice.random_range(12.0..26.0)), food, 1.0);
    }
    for glass in [x - 360.0, x + 340.0] {
        let centre = glass.clamp(80.0, 1120.0);
        canvas.ellipse((centre, 640.0), (54.0, 16.0), [240, 240, 236], 0.8);
        canvas.rect(centre as usize - 4..centre as usize + 4, 480..640, [240, 240, 236]);
        canvas.ellipse((centre, 400.0), (60.0, 96.0), [240, 244, 246], 0.35);
        canvas.ellipse((centre, 430.0), (52.0, 60.0), [140, 26, 46], 0.85);
    }
    canvas.rect(596..612, 330..470, [244, 236, 216]);
    canvas.ellipse((604.0, 308.0), (9.0, 22.0), [255, 230, 150], 1.0);
    canvas.glow((604.0, 308.0), (150.0, 150.0), [255, 214, 130], 0.7);
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_scene_is_a_jpeg_of_its_own() {
        let different: HashSet<Bytes> = [0, 3, 5, 14, 21].map(jpeg).into_iter().collect();
        assert_eq!(different.len(), 5);
        let picture = image::load_from_memory(&jpeg(3)).unwrap();
        assert_eq!((picture.width(), picture.height()), (1200, 800));
    }

    #[test]
    fn a_scene_is_drawn_the_same_every_time() {
        assert_eq!(encode(&draw(5)), encode(&draw(5)));
    }
}
