import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { offerOf } from '../dev/offers';
import { placeAfter, placeInGap } from '../src/lib/moving';
import { openWindow, until } from './setup';

const IDS = ['a', 'b', 'c', 'd'];
const at = (index: number) => IDS[index];
const shown = () => screen.getAllByTestId('offer-card').map((card) => card.dataset['id']);

async function openList() {
  const opened = await openWindow((desk) => {
    desk.offers = IDS.map((id, place) => offerOf({ local_id: id, id: place, title: `Offer ${id}` }));
  });
  await screen.findByText('Offer a');
  await opened.user.click(screen.getByTestId('view-list'));
  return opened;
}

describe('a step', () => {
  it('leads past the neighbour that is seen, and nowhere at the ends', () => {
    expect(placeAfter('up', 2, at)).toEqual({ at: 'before', other: 'b' });
    expect(placeAfter('down', 2, at)).toEqual({ at: 'after', other: 'd' });
    expect(placeAfter('up', 0, at)).toBeNull();
    expect(placeAfter('down', 3, at)).toBeNull();
    expect(placeAfter('last', 3, at)).toEqual({ at: 'last' });
  });
});

describe('a gap', () => {
  it('is a place beside a neighbour, and none beside the offer itself', () => {
    expect(placeInGap('d', 1, at)).toEqual({ at: 'before', other: 'b' });
    expect(placeInGap('a', 4, at)).toEqual({ at: 'after', other: 'd' });
    expect(placeInGap('b', 1, at)).toBeNull();
    expect(placeInGap('b', 2, at)).toBeNull();
  });
});

describe('moving an offer', () => {
  it('goes one place for each press of a key, and the focus follows', async () => {
    const { desk, user } = await openList();
    screen.getByLabelText('Edit Offer a').focus();
    await user.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}');
    await until(() => expect(shown()).toEqual(['b', 'c', 'a', 'd']));
    expect(desk.ran('move_to')).toEqual([
      { id: 'a', to: { at: 'after', other: 'b' } },
      { id: 'a', to: { at: 'after', other: 'c' } },
    ]);
    await until(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Edit Offer a'));
    expect(screen.getByTestId('offer-moved').textContent).toBe('“Offer a” is now number 3 of 4.');
  });

  it('is a menu for the mouse and the keyboard', async () => {
    const { user } = await openList();
    await user.click(screen.getByLabelText('Move Offer c'));
    expect(await screen.findByTestId('move-menu')).toBeTruthy();
    await user.keyboard('{Escape}');
    await until(() => expect(document.activeElement).toBe(screen.getByLabelText('Move Offer c')));
    await user.keyboard('{Enter}');
    await screen.findByTestId('move-menu');
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await until(() => expect(shown()).toEqual(['c', 'a', 'b', 'd']));
  });

  it('is a menu that a second press of its button closes', async () => {
    const { user } = await openList();
    const grip = screen.getByLabelText('Move Offer c');
    await user.click(grip);
    await screen.findByTestId('move-menu');
    await user.click(grip);
    await until(() => expect(screen.queryByTestId('move-menu')).toBeNull());
  });

  it('cannot go beyond the ends', async () => {
    const { user } = await openList();
    await user.click(screen.getByLabelText('Move Offer a'));
    expect((await screen.findByTestId('move-up')).getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByTestId('move-down').getAttribute('aria-disabled')).not.toBe('true');
  });

  it('is not offered in an order that is not the hotel’s', async () => {
    const { desk, user } = await openList();
    await user.selectOptions(screen.getByTestId('offers-order'), 'title');
    await until(() => expect(screen.queryByLabelText('Move Offer a')).toBeNull());
    screen.getByLabelText('Edit Offer a').focus();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect((await screen.findByTestId('toast')).textContent).toContain('As guests see it');
    expect(desk.ran('move_to')).toEqual([]);
  });

  it('takes nothing that was dragged in from elsewhere', async () => {
    const { desk } = await openList();
    const row = screen.getByLabelText('Edit Offer b').closest('li');
    if (!row) throw new Error('no row');
    await fireEvent.dragOver(row);
    await fireEvent.drop(row);
    expect(desk.ran('move_to')).toEqual([]);
  });
});
