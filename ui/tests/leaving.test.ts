import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { PretendDesk } from '../dev/desk';
import { withValues } from '../dev/settings';
import { itemOf, openWindow, until } from './setup';

/** Opens the question of a sign-out with two changes and an intent about the clock. */
async function askToSignOut(prepare: (desk: PretendDesk) => void = () => undefined) {
  const opened = await openWindow((desk) => {
    desk.status = { ...desk.status, waiting: 2 };
    desk.items = [
      itemOf({ id: 'i1', state: 'waiting', title: 'Spa day', discard_loses: 'What you wrote in the tag is lost.' }),
      itemOf({ id: 'i2', state: 'waiting', title: 'Golf and stay', discard_loses: 'Your picture is lost.' }),
    ];
    prepare(desk);
  });
  await screen.findByText('Spa day');
  await opened.user.click(screen.getByTestId('person'));
  await opened.user.click(await screen.findByTestId('sign-out'));
  return opened;
}

describe('signing out', () => {
  it('goes at once when nothing waits', async () => {
    const { desk, user } = await openWindow();
    await user.click(await screen.findByTestId('person'));
    await user.click(await screen.findByTestId('sign-out'));
    expect(await screen.findByTestId('signin-submit')).toBeTruthy();
    expect(desk.ran('sign_out')).toEqual([{ choice: 'if_nothing_waits' }]);
  });

  it('says what it had to leave behind, and why one was signed out elsewhere', async () => {
    const { desk, user } = await openWindow((prepared) => {
      const notice = { code: 'database' as const, message: 'Data is still on this computer.', way_out: '', fields: {} };
      prepared.status = { ...prepared.status, notices: [notice] };
    });
    await user.click(await screen.findByTestId('person'));
    await user.click(await screen.findByTestId('sign-out'));
    expect(await screen.findByTestId('signin-submit')).toBeTruthy();
    expect(await screen.findByText('Data is still on this computer.')).toBeTruthy();
    expect(desk.ran('sign_out')).toHaveLength(1);
  });

  it('asks when only a wish about the clock waits', async () => {
    const { desk } = await askToSignOut((prepared) => {
      prepared.status = { ...prepared.status, waiting: 0 };
      prepared.items = [];
      prepared.duty = { ...prepared.duty, intent: { on_duty: true, until: '2026-11-21T14:12:00Z', running: false } };
    });
    expect((await screen.findByTestId('sign-out-list')).textContent).toContain('Clock In, waits for the network');
    expect(desk.ran('sign_out')).toEqual([]);
  });

  it('asks when the core knows of something that the screen does not show yet', async () => {
    const { desk, user } = await openWindow();
    desk.answers['sign_out'] = () => {
      throw { code: 'still_waiting', message: '1 change is not at the hotel yet.', way_out: '', fields: {} };
    };
    await user.click(await screen.findByTestId('person'));
    await user.click(await screen.findByTestId('sign-out'));
    expect(await screen.findByTestId('sign-out-dialog')).toBeTruthy();
  });

  it('discards only after it has shown what is lost', async () => {
    const { desk, user } = await askToSignOut();
    await user.click(await screen.findByTestId('sign-out-discard'));
    const list = (await screen.findByTestId('sign-out-list')).textContent;
    expect(list).toContain('What you wrote in the tag is lost.');
    expect(list).toContain('Your picture is lost.');
    expect(desk.ran('sign_out')).toEqual([]);
    await user.click(screen.getByTestId('sign-out-discard-sure'));
    await until(() => expect(desk.ran('sign_out')).toEqual([{ choice: 'discard' }]));
  });

  it('waits for what is being sent, tells how far it is, and then goes', async () => {
    const { desk, user } = await askToSignOut();
    let finish = (): void => undefined;
    desk.answers['send_now'] = () => new Promise((done) => (finish = () => done({ left: 0, reason: '' })));
    await user.click(await screen.findByTestId('sign-out-send'));
    await desk.setStatus({ waiting: 1 });
    await until(() => expect(screen.getByTestId('sign-out-sending').textContent).toBe('Sending: 1 of 2 at the hotel'));
    expect(desk.ran('sign_out')).toEqual([]);
    finish();
    await until(() => expect(desk.ran('sign_out')).toEqual([{ choice: 'if_nothing_waits' }]));
  });

  it('stays signed in and says why when something could not be sent', async () => {
    const { desk, user } = await askToSignOut();
    desk.answers['send_now'] = () => ({ left: 2, reason: 'The hotel cannot be reached.' });
    await user.click(await screen.findByTestId('sign-out-send'));
    const stayed = await screen.findByTestId('sign-out-stayed');
    expect(stayed.textContent).toBe(
      '2 changes could not be sent. You are still signed in. The hotel cannot be reached.',
    );
    expect(desk.ran('sign_out')).toEqual([]);
    expect(screen.getByTestId('sign-out-keep')).toBeTruthy();
  });

  it('does not sign out behind the back of somebody who has closed the question', async () => {
    const { desk, user } = await askToSignOut();
    let finish = (): void => undefined;
    desk.answers['send_now'] = () => new Promise((done) => (finish = () => done({ left: 0, reason: '' })));
    await user.click(await screen.findByTestId('sign-out-send'));
    await user.click(screen.getByTestId('sign-out-cancel'));
    finish();
    await until(() => expect(screen.queryByTestId('sign-out-dialog')).toBeNull());
    await desk.notify({ topic: 'outbox' });
    expect(desk.ran('sign_out')).toEqual([]);
  });

  it('warns that messages to guests are not kept, and only then', async () => {
    await askToSignOut(({ items }) => items.push(itemOf({ id: 'i3', state: 'waiting', title: 'Room 101', about: 'conversation' })));
    expect((await screen.findByTestId('sign-out-messages')).textContent).toContain('A message to a guest is not kept');
  });

  it('exports to a file whose name is told, and then still asks', async () => {
    const { desk, user } = await askToSignOut();
    await user.click(await screen.findByTestId('sign-out-export'));
    expect((await screen.findByTestId('exported')).textContent).toContain('hotelmate-changes.json');
    expect(desk.ran('export_outbox')).toEqual([{ id: null }]);
    expect(screen.getByTestId('sign-out-keep')).toBeTruthy();
    expect(desk.ran('sign_out')).toEqual([]);
  });
});

describe('another server', () => {
  const refused = { code: 'not_allowed' as const, message: 'aoife is signed in at hotel.example.', way_out: '', fields: {} };

  async function setServer(prepare: (desk: PretendDesk) => void) {
    const opened = await openWindow(prepare);
    const { desk, user } = opened;
    await user.click(await screen.findByTestId('rail-settings'));
    desk.answers['set_settings'] = async ({ changes }) => {
      if (desk.session) throw refused;
      desk.settings = withValues(desk.settings, changes);
      await desk.notify({ topic: 'settings' });
      return null;
    };
    desk.answers['sign_in_hints'] = () => ({ server: desk.settings.settings[0]?.value ?? '', username: '' });
    const server = await screen.findByTestId('connection-server');
    await user.clear(server);
    await user.type(server, 'https://other.example');
    await user.click(screen.getByTestId('connection-save'));
    return opened;
  }

  const alone = (desk: PretendDesk): void => {
    desk.people = { ...desk.people, people: desk.people.people.slice(0, 1) };
  };

  it('is set after the sign-out that it needs, and the next sign-in begins there', async () => {
    const { desk, user } = await setServer(alone);
    await user.click(await screen.findByTestId('other-server-sure'));
    await screen.findByTestId('signin-submit');
    expect(desk.ran('sign_out')).toEqual([{ choice: 'if_nothing_waits' }]);
    expect(desk.ran('set_settings').at(-1)).toEqual({ changes: [['server', 'https://other.example']] });
    await until(() => expect(screen.getByTestId<HTMLInputElement>('signin-server').value).toBe('https://other.example'));
  });

  it('is set after the question about what waits', async () => {
    const { desk, user } = await setServer((desk) => {
      alone(desk);
      desk.status = { ...desk.status, waiting: 1 };
      desk.items = [itemOf({ id: 'i1', state: 'waiting', title: 'Spa day' })];
    });
    await user.click(await screen.findByTestId('other-server-sure'));
    await user.click(await screen.findByTestId('sign-out-keep'));
    await screen.findByTestId('signin-submit');
    expect(desk.ran('sign_out')).toEqual([{ choice: 'keep' }]);
    expect(desk.ran('set_settings')).toHaveLength(2);
  });

  it('is refused in words if it cannot be set after the sign-out', async () => {
    const { desk, user } = await setServer(alone);
    desk.answers['set_settings'] = () => {
      throw { ...refused, message: 'The file cannot be written.' };
    };
    await user.click(await screen.findByTestId('other-server-sure'));
    await screen.findByTestId('signin-submit');
    await screen.findByText('The file cannot be written.');
  });

  it('is not offered while other people are signed in, and says who they are', async () => {
    const { desk } = await setServer((desk) => {
      const [first] = desk.people.people;
      if (first) desk.people = { ...desk.people, people: [first, { ...first, person: 'second' }] };
    });
    await screen.findByText('aoife is signed in at hotel.example.');
    expect(screen.queryByTestId('other-server')).toBeNull();
    expect(desk.ran('sign_out')).toEqual([]);
  });
});
