// The arithmetic of the picture editor, without a screen.
//
// All lengths are whole pixels of the picture as shown: upright and turned. So a square is exactly a square, and the
// core cuts exactly the shown part. Only `cropOf` converts a part to fractions for the core, because the core counts in
// the pixels of the file.
import type { Crop, Turn } from '../../generated';

export interface Size {
  width: number;
  height: number;
}

/** A rectangle inside a picture. It is never empty and never extends outside. */
export interface Part extends Size {
  left: number;
  top: number;
}

/** A side or a corner of a part, by compass directions. */
export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';

/** The direction of a handle: -1 is left or up, 1 is right or down. */
export const SIDES: Record<Handle, readonly [number, number]> = {
  nw: [-1, -1],
  n: [0, -1],
  ne: [1, -1],
  e: [1, 0],
  se: [1, 1],
  s: [0, 1],
  sw: [-1, 1],
  w: [-1, 0],
};

/** The shortest side. A smaller frame cannot be gripped. */
const LEAST = 16;
/** The core's longest side of a prepared picture (`media/prepare.rs`, `Limits`). */
const LONGEST = 2560;
/** The core's `DISPLAY_SIDE` (`media/edit.rs`): a smaller picture looks coarse on a reception display. */
const DISPLAY_SIDE = 1280;

const TURNS = ['none', 'right', 'half', 'left'] as const satisfies readonly Turn[];

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** Returns the number of clockwise quarter turns. */
export function quarters(turn: Turn): number {
  return TURNS.indexOf(turn);
}

/** Returns a turn plus one more quarter. */
export function turnedBy(turn: Turn, way: 'left' | 'right'): Turn {
  return TURNS[(quarters(turn) + (way === 'right' ? 1 : 3)) % 4] ?? 'none';
}

/** Returns the size of the turned picture. */
export function turnedSize({ width, height }: Size, turn: Turn): Size {
  return quarters(turn) % 2 === 1 ? { width: height, height: width } : { width, height };
}

export function whole({ width, height }: Size): Part {
  return { left: 0, top: 0, width, height };
}

/** Returns the part after the picture is turned by a quarter. `picture`: its size before. */
export function turnedPart(part: Part, picture: Size, way: 'left' | 'right'): Part {
  const { left, top, width, height } = part;
  return way === 'right'
    ? { left: picture.height - top - height, top: left, width: height, height: width }
    : { left: top, top: picture.width - left - width, width: height, height: width };
}

/** Returns the size nearest to `width` that has this aspect and fits into `room`. */
function fitted(width: number, aspect: number, room: Size): Size {
  const most = Math.min(room.width, room.height * aspect);
  const least = Math.min(most, Math.max(LEAST, LEAST * aspect));
  const wide = clamp(Math.round(clamp(width, least, most)), 1, room.width);
  return { width: wide, height: clamp(Math.round(wide / aspect), 1, room.height) };
}

/** Returns the length along one side after a handle moved by `by`. */
function stretched(length: number, by: number, room: number): number {
  return clamp(Math.round(length + by), Math.min(LEAST, room), room);
}

/** Returns a part of this aspect around the same middle, and about as large. */
export function shaped(part: Part, aspect: number, picture: Size): Part {
  const size = fitted(Math.sqrt(part.width * part.height * aspect), aspect, picture);
  return {
    left: centred(part.left, part.width, size.width, picture.width),
    top: centred(part.top, part.height, size.height, picture.height),
    ...size,
  };
}

/** Returns the start of an interval of another length around the same middle, within the room. */
function centred(start: number, was: number, now: number, room: number): number {
  return clamp(Math.round(start + (was - now) / 2), 0, room - now);
}

/** Returns the same part at another place, stopped by the picture's edge. */
export function moved(part: Part, dx: number, dy: number, picture: Size): Part {
  return {
    ...part,
    left: clamp(Math.round(part.left + dx), 0, picture.width - part.width),
    top: clamp(Math.round(part.top + dy), 0, picture.height - part.height),
  };
}

/**
 * Returns the part after a handle moved; the opposite side stays. With an aspect the longer of both distances counts,
 * and a handle in the middle of a side extends the part to both sides of it.
 */
export function resized(
  part: Part,
  handle: Handle,
  [dx, dy]: readonly [number, number],
  aspect: number | null,
  picture: Size,
): Part {
  const [sx, sy] = SIDES[handle];
  const [right, bottom] = [part.left + part.width, part.top + part.height];
  const room = {
    width: sx > 0 ? picture.width - part.left : sx < 0 ? right : picture.width,
    height: sy > 0 ? picture.height - part.top : sy < 0 ? bottom : picture.height,
  };
  let size: Size;
  if (aspect === null) {
    size = {
      width: sx === 0 ? part.width : stretched(part.width, sx * dx, room.width),
      height: sy === 0 ? part.height : stretched(part.height, sy * dy, room.height),
    };
  } else {
    const byWidth = sy === 0 || (sx !== 0 && Math.abs(dx) >= Math.abs(dy) * aspect);
    size = fitted(byWidth ? part.width + sx * dx : (part.height + sy * dy) * aspect, aspect, room);
  }
  return {
    left: placed(sx, part.left, part.width, size.width, picture.width),
    top: placed(sy, part.top, part.height, size.height, picture.height),
    ...size,
  };
}

function placed(side: number, start: number, was: number, now: number, room: number): number {
  if (side > 0) return start;
  return side < 0 ? start + was - now : centred(start, was, now, room);
}

/** Returns a part for the core, in fractions, or null for the whole picture. */
export function cropOf(part: Part, { width, height }: Size): Crop | null {
  if (part.width === width && part.height === height) return null;
  return { left: part.left / width, top: part.top / height, width: part.width / width, height: part.height / height };
}

/** Returns a part from the core's fractions. */
export function partOf(crop: Crop | null, picture: Size): Part {
  if (!crop) return whole(picture);
  const [left, width] = stretch(crop.left, crop.width, picture.width);
  const [top, height] = stretch(crop.top, crop.height, picture.height);
  return { left, top, width, height };
}

/** Rounds as the core does: both ends are rounded, and at least one pixel is left (`media/edit.rs`, `span`). */
function stretch(start: number, length: number, pixels: number): readonly [number, number] {
  const first = clamp(Math.round(start * pixels), 0, pixels - 1);
  return [first, clamp(Math.round((start + length) * pixels), first + 1, pixels) - first];
}

/** Returns the size of the uploaded part: the core scales a larger one down (`media/edit.rs`, `fitted`). */
export function resultSize({ width, height }: Size): Size {
  const longest = Math.max(width, height);
  if (longest <= LONGEST) return { width, height };
  const scaled = (length: number): number =>
    Math.max(1, Math.floor((length * LONGEST + Math.floor(longest / 2)) / longest));
  return { width: scaled(width), height: scaled(height) };
}

/** Returns true if a picture of this size looks coarse on a reception display. */
export function tooSmall({ width, height }: Size): boolean {
  return Math.max(width, height) < DISPLAY_SIDE;
}
