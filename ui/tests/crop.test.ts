import { describe, expect, it } from 'vitest';

import {
  cropOf,
  type Handle,
  moved,
  type Part,
  partOf,
  resized,
  resultSize,
  shaped,
  SIDES,
  tooSmall,
  turnedBy,
  turnedPart,
  turnedSize,
  whole,
} from '../src/components/picture/crop';

const PHOTO = { width: 3000, height: 2000 };
const HANDLES = Object.keys(SIDES) as Handle[];

const isInside = (part: Part, picture = PHOTO): boolean =>
  part.left >= 0 &&
  part.top >= 0 &&
  part.width >= 1 &&
  part.height >= 1 &&
  part.left + part.width <= picture.width &&
  part.top + part.height <= picture.height &&
  Object.values(part).every(Number.isInteger);

describe('a turn', () => {
  it('comes back to its beginning after four quarters, either way', () => {
    for (const way of ['left', 'right'] as const) {
      let turn = turnedBy('none', way);
      expect(turn).toBe(way);
      for (let quarter = 1; quarter < 4; quarter++) turn = turnedBy(turn, way);
      expect(turn).toBe('none');
    }
  });

  it('lays width and height across with every odd quarter', () => {
    const sizes = (['none', 'right', 'half', 'left'] as const).map((turn) => turnedSize(PHOTO, turn).width);
    expect(sizes).toEqual([3000, 2000, 3000, 2000]);
  });

  it('keeps the part around what it showed', () => {
    const part = { left: 100, top: 200, width: 300, height: 400 };
    expect(turnedPart(part, PHOTO, 'right')).toEqual({ left: 1400, top: 100, width: 400, height: 300 });
    expect(turnedPart(turnedPart(part, PHOTO, 'right'), { width: 2000, height: 3000 }, 'left')).toEqual(part);
  });
});

describe('a shape', () => {
  it('begins as the largest part of the picture that has it', () => {
    expect(shaped(whole(PHOTO), 1, PHOTO)).toEqual({ left: 500, top: 0, width: 2000, height: 2000 });
    expect(shaped(whole(PHOTO), 16 / 9, PHOTO)).toEqual({ left: 0, top: 156, width: 3000, height: 1688 });
    expect(shaped(whole(PHOTO), 4 / 3, PHOTO)).toEqual({ left: 167, top: 0, width: 2667, height: 2000 });
  });

  it('keeps the middle and about the size of a smaller part', () => {
    expect(shaped({ left: 1000, top: 800, width: 400, height: 100 }, 1, PHOTO)).toEqual({
      left: 1100,
      top: 750,
      width: 200,
      height: 200,
    });
  });

  it('fits into a picture that is thinner than a handle', () => {
    expect(shaped({ left: 0, top: 0, width: 500, height: 3 }, 1, { width: 500, height: 3 })).toMatchObject({
      width: 3,
      height: 3,
    });
  });
});

describe('a frame', () => {
  it('is stopped by the edge of the picture when it is moved', () => {
    const part = { left: 100, top: 100, width: 500, height: 500 };
    expect(moved(part, -200, 50, PHOTO)).toEqual({ ...part, left: 0, top: 150 });
    expect(moved(part, 1e6, 1e6, PHOTO)).toEqual({ ...part, left: 2500, top: 1500 });
  });

  it('keeps what lies opposite the handle where it is', () => {
    const part = { left: 1000, top: 800, width: 400, height: 300 };
    expect(resized(part, 'se', [50, -20], null, PHOTO)).toEqual({ ...part, width: 450, height: 280 });
    expect(resized(part, 'nw', [50, -20], null, PHOTO)).toEqual({ left: 1050, top: 780, width: 350, height: 320 });
    expect(resized(part, 'e', [50, 999], null, PHOTO)).toEqual({ ...part, width: 450 });
    expect(resized(part, 'n', [999, 100], null, PHOTO)).toEqual({ ...part, top: 900, height: 200 });
  });

  it('follows the longer way when it has a shape', () => {
    const square = { left: 1000, top: 500, width: 400, height: 400 };
    expect(resized(square, 'se', [100, 20], 1, PHOTO)).toEqual({ ...square, width: 500, height: 500 });
    expect(resized(square, 'se', [10, -100], 1, PHOTO)).toEqual({ ...square, width: 300, height: 300 });
    expect(resized(square, 'nw', [-100, 0], 1, PHOTO)).toEqual({ left: 900, top: 400, width: 500, height: 500 });
  });

  it('grows to both sides of a handle in the middle when it has a shape', () => {
    const square = { left: 1000, top: 500, width: 400, height: 400 };
    expect(resized(square, 'e', [100, 0], 1, PHOTO)).toEqual({ left: 1000, top: 450, width: 500, height: 500 });
    expect(resized(square, 's', [0, -100], 1, PHOTO)).toEqual({ left: 1050, top: 500, width: 300, height: 300 });
  });

  it('is never turned inside out, never outside, and always of whole pixels', () => {
    const pictures = [PHOTO, { width: 33, height: 1777 }, { width: 5, height: 4 }, { width: 1, height: 1 }];
    for (const picture of pictures) {
      for (const aspect of [null, 1, 4 / 3, 16 / 9]) {
        for (const handle of HANDLES) {
          for (const way of [-1e6, -37.4, -0.2, 0.5, 37.4, 1e6]) {
            const start = aspect === null ? whole(picture) : shaped(whole(picture), aspect, picture);
            const once = resized(start, handle, [way, -way / 3], aspect, picture);
            const twice = resized(once, handle, [-way / 2, way], aspect, picture);
            const where = JSON.stringify({ picture, aspect, handle, way, once, twice });
            expect([once, twice].every((part) => isInside(part, picture)), where).toBe(true);
          }
        }
      }
    }
  });

  it('of a square stays exactly square', () => {
    for (const handle of HANDLES) {
      for (const way of [-777, -31.3, 0.5, 13.7, 400]) {
        const part = resized({ left: 700, top: 400, width: 999, height: 999 }, handle, [way, way / 7], 1, PHOTO);
        expect(part.width, `${handle}, ${way}`).toBe(part.height);
      }
    }
  });
});

describe('a part for the core', () => {
  it('is nothing when it is the whole picture', () => {
    expect(cropOf(whole(PHOTO), PHOTO)).toBeNull();
    expect(partOf(null, PHOTO)).toEqual(whole(PHOTO));
  });

  it('comes back from its fractions to the pixel, whatever the size', () => {
    const picture = { width: 4001, height: 2999 };
    for (let at = 37; at < 2000; at += 37) {
      const part = { left: at, top: at / 37, width: 4001 - 2 * at, height: 2999 - at };
      if (part.width < 1) break;
      const crop = cropOf(part, picture);
      expect(crop && crop.left + crop.width <= 1 + 1e-9).toBeTruthy();
      expect(partOf(crop, picture)).toEqual(part);
    }
  });
});

describe('the size of the result', () => {
  it('is that of the part, or what the core scales it to', () => {
    expect(resultSize({ width: 2560, height: 100 })).toEqual({ width: 2560, height: 100 });
    expect(resultSize({ width: 6000, height: 4000 })).toEqual({ width: 2560, height: 1707 });
    expect(resultSize({ width: 3000, height: 3000 })).toEqual({ width: 2560, height: 2560 });
    expect(resultSize({ width: 100_000, height: 1 })).toEqual({ width: 2560, height: 1 });
  });

  it('is too small when its longer side is below 1280 pixels', () => {
    expect(tooSmall({ width: 1279, height: 1279 })).toBe(true);
    expect(tooSmall({ width: 300, height: 1280 })).toBe(false);
  });
});
