import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { openWindow, until } from './setup';

describe('an upload', () => {
  it('shows how far it is, and stays until the hotel has stored the picture', async () => {
    const { desk } = await openWindow((prepared) => prepared.change('a', { sync: 'waiting' }));
    await screen.findByText('Spa day');
    expect(screen.queryByTestId('upload-bar')).toBeNull();
    for (const [sent, share] of [
      [250, '25'],
      [750, '75'],
      [1000, '100'],
    ] as const) {
      await desk.notify({ topic: 'upload', entity: 'a', sent, total: 1000 });
      await until(() => expect(screen.getByTestId('upload-bar').getAttribute('aria-valuenow')).toBe(share));
    }
    expect(screen.getByTestId('upload-bar').getAttribute('aria-label')).toBe('The hotel is storing the picture');
    await desk.colleague('a', { sync: 'saved' });
    await until(() => expect(screen.queryByTestId('upload-bar')).toBeNull());
  });

  it('can be stopped until its last bytes have left', async () => {
    const { desk, user } = await openWindow((prepared) => prepared.change('a', { sync: 'waiting' }));
    await screen.findByText('Spa day');
    await desk.notify({ topic: 'upload', entity: 'a', sent: 250, total: 1000 });
    await user.click(await screen.findByTestId('upload-stop'));
    await until(() => expect(desk.ran('cancel_upload')).toEqual([{ entity: 'a' }]));
    await desk.notify({ topic: 'upload', entity: 'a', sent: 1000, total: 1000 });
    await until(() => expect(screen.queryByTestId('upload-stop')).toBeNull());
  });
});
