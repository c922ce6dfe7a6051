import { beforeAll, describe, expect, it } from 'vitest';

import { preventReload } from '../src/platform/reload';

beforeAll(() => preventReload());

/** Returns true if the web view would still act on the key. */
function acts(init: KeyboardEventInit): boolean {
  return window.dispatchEvent(new KeyboardEvent('keydown', { ...init, cancelable: true }));
}

/** Returns true if the web view would show its menu there. */
function menuAt(element: Element): boolean {
  document.body.replaceChildren(element);
  return element.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
}

describe('reloading', () => {
  it('does not happen on a key', () => {
    expect(acts({ key: 'F5' })).toBe(false);
    expect(acts({ key: 'F5', ctrlKey: true })).toBe(false);
    expect(acts({ key: 'r', ctrlKey: true })).toBe(false);
    expect(acts({ key: 'R', ctrlKey: true, shiftKey: true })).toBe(false);
    expect(acts({ key: 'r', metaKey: true })).toBe(false);
  });

  it('costs no other key', () => {
    expect(acts({ key: 'r' })).toBe(true);
    expect(acts({ key: 'c', ctrlKey: true })).toBe(true);
    // AltGr on Windows is Ctrl and Alt.
    expect(acts({ key: 'r', ctrlKey: true, altKey: true })).toBe(true);
  });

  it('is not offered by a menu, which is there where something can be typed', () => {
    expect(menuAt(document.createElement('p'))).toBe(false);
    expect(menuAt(document.createElement('textarea'))).toBe(true);
    expect(menuAt(document.createElement('input'))).toBe(true);
  });
});
