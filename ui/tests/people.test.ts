import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { failure } from '../dev/commands';
import type { PretendDesk } from '../dev/desk';
import { colleagueOf, killarneyTeam, teamOf } from '../dev/team';
import type { HandoverView, PersonView } from '../src/generated';
import { openWindow, until } from './setup';

const CARD: HandoverView = {
  since: null, unread: 0, changes: 0, waiting: 0, failed: 0, conflicts: 0, others: [], pin: 'set',
};

/** Adds Mary to the people who are signed in. */
function besides(desk: PretendDesk, part: Partial<PersonView> = {}): void {
  const [aoife] = desk.people.people;
  if (!aoife) throw new Error('the desk has a person');
  const mary: PersonView = {
    ...aoife, person: 'm', initials: 'MK', name: 'Mary Kelly', username: 'mary', is_shown: false, pin: 'set', waiting: 2, ...part,
  };
  desk.people = { people: [{ ...aoife, pin: 'set' }, mary], locked: false };
}

/** Locks the desk as the core does it. */
async function lock(desk: PretendDesk): Promise<void> {
  desk.session = null;
  const hidden = { name: null, username: null, hotel_name: null, is_shown: false };
  desk.people = { people: desk.people.people.map((person) => ({ ...person, ...hidden })), locked: true };
  await desk.notify({ topic: 'session' });
}

const onCard = async (): Promise<string> => (await screen.findByTestId('handover-team')).textContent;

describe('the handover', () => {
  it('names the guests who wait for an answer, the longest wait first', async () => {
    await openWindow((prepared) => {
      prepared.handover = CARD;
      const since = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
      prepared.chat.add({ id: 'a', room: '101', guest: 'Emma Murphy', unanswered_since: since(2) });
      prepared.chat.add({ id: 'b', room: '102', unanswered_since: since(7) });
      prepared.chat.add({ id: 'c', room: '103' });
    });
    const lines = async (): Promise<string[]> =>
      (await screen.findAllByTestId('handover-guest')).map(({ textContent }) => textContent);
    expect(await lines()).toEqual([
      'Room 102: Waiting for 7 minutes',
      'Room 101 · Emma Murphy: Waiting for 2 minutes',
    ]);
  });

  it('names the colleagues who are on duty, and those on a break as such', async () => {
    const { desk } = await openWindow((prepared) => {
      prepared.handover = CARD;
      prepared.team = killarneyTeam();
    });
    expect(await onCard()).toBe('On duty now: Rory Brosnan, Padraig Lynch, Niamh Kelly (on a break).');
    desk.team = teamOf(colleagueOf({ id: 1, name: 'Aoife O’Sullivan', is_me: true, duty: 'on_duty' }));
    await desk.notify({ topic: 'entities', resource: 'staff', ids: null });
    await until(async () => expect(await onCard()).toBe('None of your colleagues is on duty.'));
  });

  it('counts the colleagues that do not fit into the line', async () => {
    await openWindow((desk) => {
      desk.handover = CARD;
      desk.team = teamOf(...Array.from({ length: 10 }, (_, id) => colleagueOf({ id, name: `P${id}`, duty: 'on_duty' })));
    });
    expect(await onCard()).toBe('On duty now: P0, P1, P2, P3, P4, P5, P6, P7, and 2 more people.');
  });

  it('does not say that none is on duty where that is not known', async () => {
    const { desk } = await openWindow((prepared) => {
      prepared.handover = CARD;
      prepared.team = { ...teamOf(), as_of: null };
    });
    await screen.findByTestId('handover');
    expect(screen.queryByTestId('handover-team')).toBeNull();
    desk.team = { ...teamOf(), as_of: null, limited: 'You are not allowed to see the team of this hotel.' };
    await desk.notify({ topic: 'capabilities' });
    expect(await onCard()).toBe('Which colleagues are on duty is not known here.');
  });

  it('leads to the new activities and to the own work that failed, conflicts or waits, and names nothing else', async () => {
    const { user } = await openWindow((prepared) => {
      prepared.handover = { ...CARD, unread: 3, changes: 2, failed: 1, conflicts: 2 };
    });
    const activities = await screen.findByTestId('handover-activities');
    expect(activities.textContent.trim()).toBe('3 things are new, 2 of them changes by colleagues.');
    expect(screen.queryByTestId('handover-waiting')).toBeNull();
    expect(screen.getByTestId('handover-failed').textContent.trim()).toBe('1 change of yours failed.');
    await user.click(screen.getByTestId('handover-conflicts'));
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'Attention' }));
    await user.click(activities);
    expect(await screen.findByRole('dialog')).toBeTruthy();
  });

  it('keeps a new PIN, and says why one is refused', async () => {
    const { desk, user } = await openWindow((prepared) => (prepared.handover = { ...CARD, pin: 'unset' }));
    await user.type(await screen.findByTestId('pin-new'), '4711');
    desk.answers['set_pin'] = () => {
      throw failure({ code: 'key_store', message: 'The key store is closed.' });
    };
    await user.click(screen.getByTestId('pin-save'));
    expect((await screen.findByRole('alert')).textContent).toContain('The key store is closed.');
    desk.answers['set_pin'] = async () => {
      desk.handover = CARD;
      await desk.notify({ topic: 'people' });
      return null;
    };
    await user.type(screen.getByTestId('pin-new'), '4711{Enter}');
    await until(() => expect(screen.queryByTestId('pin-new')).toBeNull());
    expect(desk.ran('set_pin')).toEqual([{ pin: '4711' }, { pin: '4711' }]);
  });

  it('says that a computer without a key store keeps no PIN', async () => {
    await openWindow((desk) => (desk.handover = { ...CARD, pin: 'unavailable' }));
    expect((await screen.findByTestId('handover')).textContent).toContain('This computer has no key store');
    expect(screen.queryByTestId('pin-new')).toBeNull();
  });
});

describe('the switch to a colleague', () => {
  it('takes one click and that person’s PIN', async () => {
    const { desk, user } = await openWindow(besides);
    await user.click(await screen.findByTestId('people'));
    const [here, mary] = await screen.findAllByTestId<HTMLButtonElement>('people-person');
    if (!here || !mary) throw new Error('two people are listed');
    expect(here.disabled).toBe(true);
    expect(mary.textContent).toContain('2 changes wait');
    await user.click(mary);
    const field = await screen.findByTestId<HTMLInputElement>('prove-secret');
    await until(() => expect(document.activeElement).toBe(field));
    desk.answers['switch_by_pin'] = ({ pin }) => {
      if (pin !== '4711') throw failure({ code: 'wrong_pin', message: 'The PIN is wrong. 4 tries are left.' });
      return null;
    };
    await user.type(field, '1111{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('4 tries are left');
    expect([field.value, document.activeElement]).toEqual(['', field]);
    await user.type(field, '4711{Enter}');
    await until(() => expect(desk.ran('switch_by_pin').at(-1)).toEqual({ person: 'm', pin: '4711' }));
  });

  it('asks for the password after too many wrong PINs', async () => {
    const { desk, user } = await openWindow(besides);
    desk.answers['switch_by_pin'] = () => {
      throw failure({ code: 'password_needed', message: 'The PIN was wrong five times.' });
    };
    await user.click(await screen.findByTestId('people'));
    const [, mary] = await screen.findAllByTestId('people-person');
    if (mary) await user.click(mary);
    await user.type(await screen.findByTestId('prove-secret'), '1111{Enter}');
    await screen.findByLabelText('Password');
    await user.type(screen.getByTestId('prove-secret'), 'garden gate{Enter}');
    await until(() => expect(desk.ran('switch_by_password')).toEqual([{ person: 'm', password: 'garden gate' }]));
  });
});

describe('the lock', () => {
  it('is closed by its shortcut, and shows initials and counts without names', async () => {
    const { desk, user } = await openWindow(besides);
    await screen.findByText('Spa day');
    desk.answers['lock'] = async () => {
      await lock(desk);
      return null;
    };
    await user.keyboard('{Control>}l{/Control}');
    const page = await screen.findByTestId('lock-screen');
    expect(desk.ran('lock')).toHaveLength(1);
    expect(page.textContent).toContain('MK');
    expect(page.textContent).toContain('2 changes wait');
    for (const hidden of ['Mary', 'Aoife', 'Killarney', 'Spa day']) expect(document.body.textContent).not.toContain(hidden);
  });

  it('is opened by the PIN of a chosen person', async () => {
    const { desk, user } = await openWindow(besides);
    const { session } = desk;
    await screen.findByText('Spa day');
    await lock(desk);
    const [, mary] = await screen.findAllByTestId('lock-person');
    if (mary) await user.click(mary);
    desk.answers['switch_by_pin'] = () => {
      desk.session = session;
      return null;
    };
    await user.type(await screen.findByTestId('prove-secret'), '4711{Enter}');
    expect(await screen.findByText('Spa day')).toBeTruthy();
    expect(desk.ran('switch_by_pin')).toEqual([{ person: 'm', pin: '4711' }]);
  });

  it('says why it asks a person without a PIN for the password', async () => {
    const { desk, user } = await openWindow((prepared) => besides(prepared, { pin: 'unavailable' }));
    await screen.findByText('Spa day');
    await lock(desk);
    const [, mary] = await screen.findAllByTestId('lock-person');
    if (mary) await user.click(mary);
    expect((await screen.findByTestId('lock-screen')).textContent).toContain('no key store that could keep a PIN');
    expect(screen.getByLabelText('Password')).toBeTruthy();
  });
});
