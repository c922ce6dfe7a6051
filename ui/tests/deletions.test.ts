// A deleted entity keeps its place until the deletion can no longer be undone.
import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { offerOf } from '../dev/offers';
import { roomOf } from '../dev/records';
import { openReadWindow, until } from './setup';

/** Returns the content of each place of the list. */
function places(): string[] {
  const list = screen.getByRole('list', { name: 'Offers' });
  return within(list)
    .getAllByRole('listitem')
    .map((item) => `${item.dataset['testid'] ?? ''} ${item.dataset['title'] ?? ''}`);
}

const three = () =>
  openReadWindow((desk) => desk.offers.push(offerOf({ local_id: 'c', id: 3, title: 'Dogs stay free' })));

describe('a deleted offer', () => {
  it('leaves its place, so that a second press on the spot deletes nothing else', async () => {
    const { desk, user } = await three();
    expect(places()).toEqual(['offer-card Spa day', 'offer-card Golf and stay', 'offer-card Dogs stay free']);
    const bin = screen.getByLabelText('Delete Spa day');
    await user.dblClick(bin);
    await until(() => expect(places()[0]).toBe('deleted Spa day'));
    await until(() => expect(screen.getByTestId('filter-all').textContent).toContain('2'));
    expect(places()).toEqual(['deleted Spa day', 'offer-card Golf and stay', 'offer-card Dogs stay free']);
    expect(desk.ran('delete_entity')).toEqual([{ id: 'a' }]);
    expect(await screen.findAllByTestId('undo-button')).toHaveLength(1);
  });

  it('keeps the place of each of two', async () => {
    const { user } = await three();
    await user.click(screen.getByLabelText('Delete Spa day'));
    await until(() => expect(places()[0]).toBe('deleted Spa day'));
    await user.click(screen.getByLabelText('Delete Golf and stay'));
    await until(() => expect(places()).toEqual(['deleted Spa day', 'deleted Golf and stay', 'offer-card Dogs stay free']));
  });

  it('comes back in its place, and the message goes', async () => {
    const { desk, user } = await three();
    await user.click(screen.getByLabelText('Delete Spa day'));
    await user.click(await screen.findByTestId('deleted-undo'));
    expect(desk.ran('undo_delete')).toEqual([{ id: 'a' }]);
    await until(() =>
      expect(places()).toEqual(['offer-card Spa day', 'offer-card Golf and stay', 'offer-card Dogs stay free']),
    );
    expect(screen.queryByTestId('undo-button')).toBeNull();
  });

  it('has the focus at its place, where the same key does nothing more', async () => {
    const { desk, user } = await three();
    screen.getByLabelText('Delete Spa day').focus();
    await user.keyboard('{Delete}');
    await until(() => expect((document.activeElement as HTMLElement).dataset['testid']).toBe('deleted'));
    await user.keyboard('{Delete}{Enter}');
    expect(desk.ran('delete_entity')).toEqual([{ id: 'a' }]);
    expect(desk.ran('undo_delete')).toEqual([]);
  });
});

it('a deleted room type leaves its place too', async () => {
  const { user } = await openReadWindow((desk) => {
    desk.rooms = ['Classic', 'Lake view', 'Attic'].map((name, place) =>
      roomOf({ local_id: name, fields: { name, sort_order: place } }),
    );
  });
  await user.click(screen.getByTestId('rail-rooms'));
  await user.click(await screen.findByLabelText('Delete Lake view'));
  const shown = () => [...document.querySelectorAll<HTMLElement>('main [data-id]')].map((row) => row.dataset['id']);
  await until(() => expect(screen.getByTestId('deleted').dataset['index']).toBe('1'));
  await until(() => expect(screen.getAllByTestId('record-row')).toHaveLength(2));
  expect(shown()).toEqual(['Classic', 'Lake view', 'Attic']);
});
