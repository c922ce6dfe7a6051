// The focus stays in the window when the focused element is removed, moved or disabled.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { keepFocus } from '../src/lib/focus';
import { until } from './setup';

let stop = (): void => undefined;

beforeEach(() => {
  stop = keepFocus();
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function show(html: string): void {
  document.body.innerHTML = `<main tabindex="-1" id="main">${html}</main>`;
}

function at(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

const focusOn = (id: string) => until(() => expect(document.activeElement?.id).toBe(id));

describe('the focus of a button that goes', () => {
  it('goes to the next stop behind it', async () => {
    show('<p><button id="a"></button></p><div id="b"><button id="gone"></button></div><p><input id="c"></p>');
    at('gone').focus();
    at('b').remove();
    await focusOn('c');
  });

  it('goes to the stop before it where none is behind it', async () => {
    show('<div><button id="a"></button><button id="gone"></button></div>');
    at('gone').focus();
    at('gone').remove();
    await focusOn('a');
  });

  it('goes to the dialog around it where that has no other stop', async () => {
    show('<button id="a"></button><div role="dialog" id="box" tabindex="-1"><button id="gone"></button></div>');
    at('gone').focus();
    at('gone').remove();
    await focusOn('box');
  });

  it('goes to the dialog beneath where a whole dialog goes', async () => {
    show('<button id="a"></button>');
    for (const id of ['beneath', 'above']) {
      const dialog = `<div role="dialog" aria-modal="true" id="${id}" tabindex="-1"><button id="in-${id}"></button></div>`;
      document.body.insertAdjacentHTML('beforeend', dialog);
    }
    at('in-above').focus();
    at('above').remove();
    await focusOn('beneath');
  });

  it('goes to the screen where what is around the screen goes', async () => {
    show('<button id="a"></button>');
    document.body.insertAdjacentHTML('afterbegin', '<nav><button id="gone"></button><button></button></nav>');
    at('gone').focus();
    at('gone').remove();
    await focusOn('main');
  });

  it('stays where the code that removed it has put it', async () => {
    show('<button id="a"></button><button id="gone"></button><button id="b"></button>');
    at('gone').focus();
    at('gone').remove();
    void Promise.resolve().then(() => at('a').focus());
    await new Promise((done) => setTimeout(done, 20));
    expect(document.activeElement?.id).toBe('a');
  });
});

it('the focus of a button that is disabled for a while comes back to it', async () => {
  show('<div role="dialog" id="box" tabindex="-1"><button id="a"></button><button id="b"></button></div>');
  at('a').focus();
  at('a').toggleAttribute('disabled', true);
  await focusOn('box');
  at('a').toggleAttribute('disabled', false);
  await focusOn('a');
});

it('the focus of a disabled button that then goes is put nearby', async () => {
  show('<div role="dialog" id="box" tabindex="-1"><button id="a"></button><button id="b"></button></div>');
  at('a').focus();
  at('a').toggleAttribute('disabled', true);
  await focusOn('box');
  at('a').remove();
  await focusOn('b');
});

it('an element that is moved keeps the focus', async () => {
  show('<ul><li id="one"><button id="a"></button></li><li id="two"></li></ul>');
  at('a').focus();
  at('two').after(at('one'));
  await focusOn('a');
});

it('a person who has left everything is left alone', async () => {
  show('<input id="field"><button id="a"></button>');
  at('a').focus();
  at('a').blur();
  await new Promise((done) => setTimeout(done, 5));
  at('a').remove();
  await new Promise((done) => setTimeout(done, 20));
  expect(document.activeElement).toBe(document.body);
});
