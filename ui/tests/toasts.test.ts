import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { Fact } from '../src/generated/Fact';
import { openWindow, until } from './setup';

const fact = (id: number, part: Partial<Fact> = {}): Fact => ({
  id,
  kind: 'offer_updated',
  text: `Offer ${id} was changed.`,
  offer: `offer-${id}`,
  at: '2026-11-21T14:02:00Z',
  ...part,
});

describe('messages about colleagues', () => {
  it('come one by one while they are few, and together when they are many', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    for (let id = 1; id <= 9; id += 1) await desk.tell({ topic: 'fact', fact: fact(id) });
    await until(() => expect(screen.getAllByTestId('toast')).toHaveLength(4));
    expect(screen.getByText('6 more changes by colleagues')).toBeTruthy();
  });

  it('count up when the same offer changes again', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    await desk.tell({ topic: 'fact', fact: fact(1, { offer: 'a', text: 'Spa day was changed.' }) });
    await desk.tell({ topic: 'fact', fact: fact(2, { offer: 'a', text: 'Spa day was changed.' }) });
    await until(() => expect(screen.getByText('Spa day was changed. (2 times)')).toBeTruthy());
    expect(screen.getAllByTestId('toast')).toHaveLength(1);
  });

  it('open the offer that they are about', async () => {
    const { desk, user } = await openWindow();
    await screen.findByText('Spa day');
    await desk.tell({ topic: 'fact', fact: fact(1, { offer: 'a', text: 'Spa day was changed.' }) });
    await user.click(await screen.findByTestId('toast-open'));
    await until(() => expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa day'));
  });

  it('stand in a region that is read aloud politely', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    await desk.tell({ topic: 'fact', fact: fact(1) });
    const toast = await screen.findByTestId('toast');
    expect(toast.closest('[aria-live]')?.getAttribute('aria-live')).toBe('polite');
  });
});

describe('a deletion', () => {
  it('can be taken back from its message', async () => {
    const { desk, user } = await openWindow();
    await user.click(await screen.findByLabelText('Delete Spa day'));
    await user.click(await screen.findByTestId('undo-button'));
    await until(() => expect(desk.ran('undo_delete')).toEqual([{ id: 'a' }]));
    expect(await screen.findByText('Spa day')).toBeTruthy();
  });

  it('tells when it could not be done', async () => {
    const { desk, user } = await openWindow();
    desk.answers['delete_thing'] = () => {
      throw { code: 'disk_full', message: 'The disk is full.', way_out: 'Make room and try again.', fields: {} };
    };
    await user.click(await screen.findByLabelText('Delete Spa day'));
    const toast = await screen.findByTestId('toast');
    expect(toast.textContent).toContain('The disk is full. Make room and try again.');
  });
});
