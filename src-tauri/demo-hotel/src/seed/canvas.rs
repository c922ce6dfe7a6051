//! A canvas with the few shapes our scenes are made of.

use std::ops::Range;

/// The width of every scene in pixels.
pub(super) const WIDTH: usize = 1200;
/// The height of every scene in pixels.
pub(super) const HEIGHT: usize = 800;

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// A colour between two, `part` of the way to the second.
pub(super) fn mix(first: Colour, second: Colour, part: f32) -> Colour {
    let part = part.clamp(0.0, 1.0);
    let channel = |at: usize| (f32::from(first[at]) * (1.0 - part) + f32::from(second[at]) * part) as u8;
    [channel(0), channel(1), channel(2)]
}

/// Pixels, row by row.
pub(super) struct Canvas(Vec<u8>);

impl Canvas {
    pub(super) fn new() -> Self {
        Self(vec![0; WIDTH * HEIGHT * 3])
    }

    pub(super) fn pixels(&self) -> &[u8] {
        &self.0
    }

    /// Whole rows, from the first colour at the top to the second at the bottom.
    pub(super) fn gradient(&mut self, rows: Range<usize>, top: Colour, bottom: Colour) {
        self.gradient_in(0..WIDTH, rows, top, bottom);
    }

    /// A rectangle, from the first colour at the top to the second at the bottom.
    pub(super) fn gradient_in(
        &mut self,
        columns: Range<usize>,
        rows: Range<usize>,
        top: Colour,
        bottom: Colour,
    ) {
        let (first, height) = (rows.start, rows.len().max(1));
        for y in rows {
            let colour = mix(top, bottom, (y - first) as f32 / height as f32);
            self.span(columns.clone(), y, colour);
        }
    }

    pub(super) fn rect(&mut self, columns: Range<usize>, rows: Range<usize>, colour: Colour) {
        for y in rows {
            self.span(columns.clone(), y, colour);
        }
    }

    /// Everything below a line, darker downwards, with a smooth edge.
    pub(super) fn below(&mut self, line: &dyn Fn(f32) -> f32, top: Colour, bottom: Colour) {
        let shades: Vec<Colour> =
            (0..HEIGHT).map(|y| mix(top, bottom, (y as f32 / HEIGHT as f32 - 0.4) * 1.7)).collect();
        for x in 0..WIDTH {
            let edge = line(x as f32).clamp(0.0, (HEIGHT - 1) as f32);
            let first = edge as usize;
            self.blend(x, first, shades[first], 1.0 - edge.fract());
            for (y, shade) in shades.iter().enumerate().skip(first + 1) {
                self.put(x, y, *shade);
            }
        }
    }

    pub(super) fn disc(&mut self, centre: (f32, f32), radius: f32, colour: Colour, strength: f32) {
        self.ellipse(centre, (radius, radius), colour, strength);
    }

    /// An ellipse with a smooth edge.
    pub(super) fn ellipse(&mut self, centre: (f32, f32), radii: (f32, f32), colour: Colour, strength: f32) {
        let softness = radii.0.min(radii.1).max(1.0);
        self.round(centre, radii, colour, |depth| strength * (depth * softness + 0.5).clamp(0.0, 1.0));
    }

    /// An ellipse of light, strongest in the middle and gone at the edge.
    pub(super) fn glow(&mut self, centre: (f32, f32), radii: (f32, f32), colour: Colour, strength: f32) {
        self.round(centre, radii, colour, |depth| strength * depth.max(0.0).powi(2));
    }

    /// An ellipse whose strength depends on the depth: 1 in the middle, 0 on the edge, less outside.
    fn round(
        &mut self,
        centre: (f32, f32),
        radii: (f32, f32),
        colour: Colour,
        strength: impl Fn(f32) -> f32,
    ) {
        let from = |middle: f32, reach: f32| (middle - reach - 1.0).max(0.0) as usize;
        let to = |middle: f32, reach: f32, end: usize| ((middle + reach + 2.0).max(0.0) as usize).min(end);
        for y in from(centre.1, radii.1)..to(centre.1, radii.1, HEIGHT) {
            for x in from(centre.0, radii.0)..to(centre.0, radii.0, WIDTH) {
                let (across, down) = ((x as f32 - centre.0) / radii.0, (y as f32 - centre.1) / radii.1);
                let strength = strength(1.0 - (across * across + down * down).sqrt());
                if strength > 0.0 {
                    self.blend(x, y, colour, strength);
                }
            }
        }
    }

    pub(super) fn triangle(&mut self, a: (f32, f32), b: (f32, f32), c: (f32, f32), colour: Colour) {
        let side =
            |p: (f32, f32), q: (f32, f32), x: f32, y: f32| (q.0 - p.0) * (y - p.1) - (q.1 - p.1) * (x - p.0);
        let least = |one: f32, two: f32, three: f32| one.min(two).min(three).max(0.0) as usize;
        let most = |one: f32, two: f32, three: f32| one.max(two).max(three).max(0.0) as usize;
        for y in least(a.1, b.1, c.1)..most(a.1, b.1, c.1).min(HEIGHT) {
            for x in least(a.0, b.0, c.0)..most(a.0, b.0, c.0).min(WIDTH) {
                let (at_x, at_y) = (x as f32 + 0.5, y as f32 + 0.5);
                let sides = [side(a, b, at_x, at_y), side(b, c, at_x, at_y), side(c, a, at_x, at_y)];
                if sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0) {
                    self.put(x, y, colour);
                }
            }
        }
    }

    fn span(&mut self, columns: Range<usize>, y: usize, colour: Colour) {
        let (first, last) = (columns.start.min(WIDTH), columns.end.min(WIDTH));
        if y < HEIGHT && first < last {
            for pixel in self.0[(y * WIDTH + first) * 3..(y * WIDTH + last) * 3].chunks_exact_mut(3) {
                pixel.copy_from_slice(&colour);
            }
        }
    }

    fn put(&mut self, x: usize, y: usize, colour: Colour) {
        let at = (y * WIDTH + x) * 3;
        self.0[at..at + 3].copy_from_slice(&colour);
    }

    fn blend(&mut self, x: usize, y: usize, colour: Colour, strength: f32) {
        let at = (y * WIDTH + x) * 3;
        let under = [self.0[at], self.0[at + 1], self.0[at + 2]];
        self.put(x, y, mix(under, colour, strength));
    }
}
