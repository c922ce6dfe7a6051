import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { colleagueOf, killarneyTeam, teamOf } from '../dev/team';
import { openWindow, until } from './setup';

type View = ReturnType<typeof killarneyTeam>;

async function openTeam(view: View = killarneyTeam()) {
  const opened = await openWindow((desk) => {
    desk.team = view;
  });
  await opened.user.click(await screen.findByTestId('rail-team'));
  await screen.findByTestId('team');
  return opened;
}

const names = (): (string | undefined)[] => screen.queryAllByTestId('team-person').map((row) => within(row).getByRole('heading').getAttribute('title') ?? undefined);

describe('the team', () => {
  it('is shown by department, with initials, duty, and since when', async () => {
    await openTeam();
    const rows = await screen.findAllByTestId('team-person');
    expect(rows.map(({ dataset }) => dataset['duty'])).toEqual(['off_duty', 'on_duty', 'on_break', 'on_duty', 'unknown']);
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent.trim())).toEqual([
      'Front Office 2', 'Housekeeping 1', 'Kitchen 1', 'Without a department 1',
    ]);
    const rory = rows[1];
    expect(rory?.textContent).toContain('RB');
    expect(rory?.textContent).toContain('Was the clock-out forgotten?');
    expect(rows[0]?.textContent).toContain('You');
  });

  it('is searched by name, department and role, and filtered by duty', async () => {
    const { user } = await openTeam();
    await user.type(screen.getByTestId('team-search'), 'chef kitchen');
    await until(() => expect(names()).toEqual(['Padraig Lynch']));
    await user.click(screen.getByTestId('team-off_duty'));
    await until(() => expect(screen.getByTestId('team-nothing')).toBeTruthy());
    await user.click(screen.getByText('Show all'));
    await until(() => expect(names()).toHaveLength(5));
    await user.click(screen.getByTestId('team-on_duty'));
    await until(() => expect(names()).toEqual(['Rory Brosnan', 'Padraig Lynch']));
  });

  it('follows the hotel, and gives the phone number with a click', async () => {
    const { desk, user } = await openTeam(teamOf(colleagueOf({ id: 2, name: 'Rory Brosnan', phone: '+353 64 555 0102' })));
    desk.team = teamOf(colleagueOf({ id: 2, name: 'Rory Brosnan', phone: '+353 64 555 0102', duty: 'on_duty' }));
    await desk.notify({ topic: 'entities', resource: 'staff', ids: null });
    await until(() => expect(screen.getByTestId('team-person').dataset['duty']).toBe('on_duty'));
    await user.click(screen.getByTestId('team-phone'));
    expect(await navigator.clipboard.readText()).toBe('+353 64 555 0102');
  });

  it('says what is shown where the list may not be read', async () => {
    const limited = 'You are not allowed to see the team of this hotel.';
    await openTeam({ ...teamOf(colleagueOf({ id: 1, name: 'Mary Kelly', is_me: true })), as_of: null, limited });
    expect((await screen.findByTestId('team-limited')).textContent).toContain(limited);
    expect(names()).toEqual(['Mary Kelly']);
  });

  it('that was never read is not called empty', async () => {
    await openTeam({ ...teamOf(), as_of: null });
    expect(screen.queryByTestId('team-nothing')).toBeNull();
    expect(screen.queryAllByTestId('team-person')).toEqual([]);
  });
});
