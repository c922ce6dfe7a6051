// A manager’s morning: Ctrl+K, copies and notes, in the window on a fake desk.
import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { openReadWindow, roomShown, until } from './setup';

const names = (): string[] => screen.queryAllByTestId('palette-choice').map((one) => one.getAttribute('aria-label') ?? '');

describe('the palette', () => {
  it('goes to a room by its name and the keyboard alone', async () => {
    const { user } = await openReadWindow();
    await user.keyboard('{Control>}k{/Control}');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('palette-search')));
    await user.keyboard('diagn{Enter}');
    await until(() => expect(roomShown()).toBe('diagnostics'));
    expect(screen.queryByTestId('palette')).toBeNull();
  });

  it('opens an offer that has the typed words', async () => {
    const { user } = await openReadWindow();
    await user.keyboard('{Control>}k{/Control}');
    await user.keyboard('golf');
    await until(() => expect(names()).toEqual(['Golf and stay Offer']));
    await user.keyboard('{Enter}');
    await until(() => expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Golf and stay'));
  });

  it('goes to a setting', async () => {
    const { user } = await openReadWindow();
    await user.keyboard('{Control>}k{/Control}');
    await user.keyboard('text size{Enter}');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('setting-text_size')));
  });

  it('carries out a command', async () => {
    const { user } = await openReadWindow();
    await user.keyboard('{Control>}k{/Control}');
    await user.keyboard('new offer{Enter}');
    await screen.findByTestId('editor-title');
  });

  it('says that nothing matches, and closes with Escape', async () => {
    const { user } = await openReadWindow();
    await user.keyboard('{Control>}k{/Control}');
    await user.keyboard('no such thing');
    await screen.findByText('Nothing matches');
    await user.keyboard('{Escape}');
    await until(() => expect(screen.queryByTestId('palette')).toBeNull());
  });
});

describe('a copy', () => {
  it('begins as a new offer with the content and the picture of another one, and is created only by saving', async () => {
    const { desk, user } = await openReadWindow();
    desk.answers['copy_of'] = () => ({
      fields: { title: 'Spa day (copy)', tag: 'Wellness', short_description: 'Thermal suite' },
      picture: { ...desk.picture, hash: 'f'.repeat(64) },
      lacks_picture: false,
    });
    await user.click(screen.getByLabelText('Duplicate Spa day'));
    await until(() => expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa day (copy)'));
    expect(desk.ran('create')).toEqual([]);
    await user.click(screen.getByTestId('editor-save'));
    await until(() => expect(desk.ran('create')).toHaveLength(1));
    const [created] = desk.ran('create');
    expect(created).toMatchObject({ kind: 'offer', picture: 'f'.repeat(64), fields: { title: 'Spa day (copy)', tag: 'Wellness' } });
  });

  it('says that it begins without a picture that is not on this computer', async () => {
    const { desk, user } = await openReadWindow();
    desk.answers['copy_of'] = () => ({ fields: { title: 'Spa day (copy)' }, picture: null, lacks_picture: true });
    await user.click(screen.getByLabelText('Duplicate Spa day'));
    await screen.findByText(/begins without one/);
  });
});

describe('notes on offers', () => {
  it('are on the cards, and filter the list', async () => {
    const { desk, user } = await openReadWindow((desk) => {
      desk.offers = desk.offers.map((offer) =>
        offer.local_id === 'a' ? { ...offer, notes: [{ kind: 'ends_soon', days: 1 }] } : offer,
      );
    });
    await screen.findByText('Ends tomorrow');
    await user.click(screen.getByTestId('note-ends_soon'));
    await until(() => expect(screen.queryByText('Golf and stay')).toBeNull());
    expect(desk.ran('offers').at(-1)).toMatchObject({ query: { notes: ['ends_soon'] } });
    expect(screen.queryByTestId('note-changed')).toBeNull();
    await user.click(screen.getByTestId('filter-all'));
    await screen.findByText('Golf and stay');
  });
});
