// A scrolling list or form has a position. Otherwise an absolutely positioned element in it (`.unseen`) belongs to the
// document and makes it higher than the view, and `scrollIntoView` scrolls the whole window.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = join(import.meta.dirname, '../src');

/** Returns each innermost block of the style sheets that makes an element scroll. */
function scrollers(): { rule: string; style: string }[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(css|svelte)$/.test(path));
  return files.flatMap((path) => {
    const text = readFileSync(join(SOURCE, path), 'utf8');
    const css = path.endsWith('.css') ? text : text.slice(Math.max(0, text.lastIndexOf('<style>')));
    return [...css.matchAll(/([^{};]*)\{([^{}]*)\}/g)]
      .map(([, selector = '', style = '']) => ({ rule: `${path}: ${selector.trim()}`, style }))
      .filter(({ style }) => /overflow(-[xy])?:[^;]*\b(auto|scroll)\b/.test(style));
  });
}

test('what scrolls has a position', () => {
  const all = scrollers();
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter(({ style }) => !/position:/.test(style)).map(({ rule }) => rule)).toEqual([]);
});
