// The pictures of the display: each is in memory only while its slide is on the screen.
import { render } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { install } from '../dev/answers';
import { PretendDesk } from '../dev/desk';
import { displayView, slideOf } from '../dev/display';
import Clock from '../src/components/display/Clock.svelte';
import { pictureAt } from '../src/components/display/shown';
import SlideView from '../src/components/display/SlideView.svelte';
import { Rotation } from '../src/features/display/rotation.svelte';

const LAKE = 'a'.repeat(64);
const FOREST = 'b'.repeat(64);

let decoded: string[] = [];

beforeEach(() => {
  decoded = [];
  HTMLImageElement.prototype.decode = function decode() {
    decoded.push(this.src);
    return Promise.resolve();
  };
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(HTMLImageElement.prototype, 'decode');
});

/** Starts a rotation over these slides. */
async function rotate(...pictures: string[]): Promise<Rotation> {
  const desk = new PretendDesk();
  const slides = pictures.map((picture, place) => slideOf({ key: `gallery-${place}`, part: 'gallery', picture }));
  desk.answers.display_view = () => ({ ...displayView, slides });
  install(desk);
  const rotation = new Rotation();
  await rotation.read();
  return rotation;
}

test('A slide shows the element that was decoded, which gives its picture up with the slide', () => {
  const picture = pictureAt(`media://localhost/${LAKE}`);
  const shown = { slide: slideOf({ part: 'gallery', picture: LAKE }), picture, turn: 1 };
  const { container, unmount } = render(SlideView, { shown });
  expect(container.querySelector('.picture img')).toBe(picture);
  unmount();
  expect(picture.hasAttribute('src')).toBe(false);
});

test('A slide with another picture gives the first one up', async () => {
  const first = pictureAt(`media://localhost/${LAKE}`);
  const second = pictureAt(`media://localhost/${FOREST}`);
  const slide = slideOf({ part: 'gallery', picture: LAKE });
  const { container, rerender } = render(SlideView, { shown: { slide, picture: first, turn: 1 } });
  await rerender({ shown: { slide: { ...slide, title: 'The lake' }, picture: first, turn: 1 } });
  expect(first.hasAttribute('src')).toBe(true);
  await rerender({ shown: { slide, picture: second, turn: 1 } });
  expect([...container.querySelectorAll('.picture img')]).toEqual([second]);
  expect(first.hasAttribute('src')).toBe(false);
});

test('Each slide gets a decoded element of its own', async () => {
  const rotation = await rotate(LAKE, FOREST);
  const lake = rotation.shown?.picture;
  await vi.advanceTimersByTimeAsync(12_000);
  expect(rotation.shown?.picture).not.toBe(lake);
  expect(decoded.map((address) => address.slice(-64))).toEqual([LAKE, FOREST]);
  rotation.stop();
});

test('The only slide of a display keeps its picture', async () => {
  const rotation = await rotate(LAKE);
  const lake = rotation.shown?.picture;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rotation.shown?.picture).toBe(lake);
  expect(decoded).toHaveLength(1);
  rotation.stop();
});

test('The clock is right within a second after the clock of the computer was set', () => {
  vi.setSystemTime('2026-11-28T09:00:30Z');
  const { getByTestId } = render(Clock, { zone: 'Europe/Dublin' });
  expect(getByTestId('display-clock').textContent).toContain('9:00');
  vi.setSystemTime('2026-11-28T17:45:10Z');
  vi.advanceTimersByTime(1000);
  flushSync();
  expect(getByTestId('display-clock').textContent).toMatch(/5:45|17:45/);
});
