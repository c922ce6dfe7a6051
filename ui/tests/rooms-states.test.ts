// The state of a room before its first read.
import { screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';

import { openWindow, until } from './setup';

const failure = { code: 'server_trouble', message: 'The hotel’s server failed.', way_out: '', fields: {} } as const;

it('a list whose first reading fails says why, and tries again when asked', async () => {
  const { desk, user } = await openWindow((desk) => {
    desk.offers = [];
    desk.asOf = null;
    desk.status = { ...desk.status, last_sync: null, read_failure: failure };
  });
  expect((await screen.findByTestId('offers-failed')).textContent).toContain('The hotel’s server failed.');
  expect(screen.getByTestId('filter-all').textContent.trim()).toBe('All');
  await user.click(screen.getByText('Try again'));
  await until(() => expect(desk.ran('try_now')).toHaveLength(1));
});

it('an offer that the hotel does not have yet is not called live', async () => {
  await openWindow((desk) => {
    desk.offers = desk.offers.map((offer) => ({ ...offer, id: null, sync: 'waiting', state: 'live' }));
  });
  await screen.findByText('Spa day');
  expect(screen.getAllByText('Live once sent')).toHaveLength(2);
});
