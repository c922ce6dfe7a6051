// Set-up and settings in the window, on a fake desk.
import { screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';

import type { PretendDesk } from '../dev/desk';
import { findingOf } from '../dev/diagnostics';
import { withValues } from '../dev/settings';
import type { SettingView } from '../src/generated';
import { speak } from '../src/messages';
import { dayNumeric, firstWeekday, moneyText, timeText } from '../src/messages/format';
import { openReadWindow, openWindow, until } from './setup';

afterEach(() => {
  speak('en', 'en-IE');
  document.documentElement.removeAttribute('style');
  document.documentElement.removeAttribute('data-density');
});

/** A computer without a server. */
function unset(desk: PretendDesk): void {
  desk.settings = withValues(desk.settings, [['server', '']]);
  desk.session = null;
  desk.answers['sign_in_hints'] = () => ({ server: desk.settings.settings[0]?.value ?? '', username: '' });
}

/** Changes one setting, as the people who look after the computer do. */
function lock(desk: PretendDesk, name: string, part: Partial<SettingView>): void {
  const settings = desk.settings.settings.map((setting) =>
    setting.name === name ? { ...setting, ...part, source: 'machine' as const, locked: true } : setting,
  );
  desk.settings = { ...desk.settings, settings };
}

async function openSettings(prepare: (desk: PretendDesk) => void = () => undefined) {
  const opened = await openReadWindow(prepare);
  await opened.user.click(screen.getByTestId('rail-settings'));
  await screen.findByTestId('settings');
  return opened;
}

const choice = (name: string): HTMLSelectElement => screen.getByTestId<HTMLSelectElement>(`setting-${name}`);

describe('a computer without a server', () => {
  it('opens on the set-up, and on the sign-in after it', async () => {
    const { desk, user } = await openWindow(unset);
    const server = await screen.findByTestId('connection-server');
    await until(() => expect(document.activeElement).toBe(server));
    await user.keyboard('hotel.example');
    await screen.findByText(/is a HotelMate server/);
    expect(desk.ran('try_server')).toEqual([{ address: 'hotel.example' }]);
    await user.click(screen.getByTestId('setup-continue'));
    expect(desk.ran('set_settings')).toEqual([{ changes: [['server', 'hotel.example']] }]);
    await screen.findByTestId('signin-username');
  });

  it('says what is missing', async () => {
    const { desk, user } = await openWindow(unset);
    await user.click(await screen.findByTestId('setup-continue'));
    await screen.findByTestId('setup-missing');
    expect(desk.ran('set_settings')).toEqual([]);
  });

  it('becomes a reception display without a sign-in, once its hotel is named', async () => {
    const { desk, user } = await openWindow(unset);
    await user.click(await screen.findByTestId('connection-server'));
    await user.keyboard('hotel.example');
    await user.click(screen.getByTestId('setup-display'));
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('connection-hotel')));
    expect(screen.getByTestId('setup-missing').textContent).toContain('short name');
    expect(desk.ran('open_display')).toEqual([]);
    await user.keyboard('killarney');
    await user.click(screen.getByTestId('setup-display'));
    await screen.findByTestId('signin-username');
    expect(desk.ran('set_settings')).toEqual([{ changes: [['server', 'hotel.example'], ['hotel', 'killarney']] }]);
    expect(desk.ran('open_display')).toHaveLength(1);
  });

  it('becomes the display of the only hotel of its server', async () => {
    const { desk, user } = await openWindow(unset);
    desk.answers['try_server'] = () => ({ findings: [], hotels: [{ name: 'Hotel Killarney', slug: 'killarney' }] });
    await user.click(await screen.findByTestId('connection-server'));
    await user.keyboard('hotel.example');
    await until(() => expect(desk.ran('try_server')).toHaveLength(1));
    await user.click(screen.getByTestId('setup-display'));
    await screen.findByTestId('signin-username');
    expect(desk.ran('set_settings')).toEqual([{ changes: [['server', 'hotel.example'], ['hotel', 'killarney']] }]);
  });

  it('shows why a display does not open', async () => {
    const { desk, user } = await openWindow(unset);
    desk.answers['open_display'] = () => {
      throw { code: 'unexpected', message: 'The display cannot be started.', way_out: '', fields: {} };
    };
    await user.click(await screen.findByTestId('connection-server'));
    await user.keyboard('hotel.example');
    await user.click(screen.getByText(/^Hotel and time zone/));
    await user.click(screen.getByTestId('connection-hotel'));
    await user.keyboard('killarney');
    await user.click(screen.getByTestId('setup-display'));
    await screen.findByText('The display cannot be started.');
    expect(screen.queryByTestId('signin-username')).toBeNull();
  });

  it('shows its connection from the sign-in, and the sign-in again', async () => {
    const { user } = await openWindow((desk) => {
      unset(desk);
      desk.settings = withValues(desk.settings, [['server', 'https://hotel.example']]);
    });
    await user.click(await screen.findByTestId('signin-connection'));
    expect((await screen.findByTestId<HTMLInputElement>('connection-server')).value).toBe('https://hotel.example');
    await user.click(screen.getByTestId('setup-back'));
    await screen.findByTestId('signin-username');
  });

  it('shows why live updates do not work', async () => {
    const { desk, user } = await openWindow(unset);
    desk.answers['try_live'] = () => [
      findingOf({ check: 'socket', state: 'failed', text: 'The key is unknown.', way_out: 'Correct the key.' }),
    ];
    await user.click(await screen.findByTestId('connection-pusher_key'));
    await user.keyboard('wrong');
    await user.click(screen.getByTestId('test-live'));
    const findings = await screen.findByTestId('live-findings');
    within(findings).getByText('Correct the key.');
  });
});

describe('the settings', () => {
  it('change the look at once, and back', async () => {
    const { desk, user } = await openSettings();
    await user.selectOptions(choice('text_size'), '150');
    await until(() => expect(document.documentElement.style.getPropertyValue('--text-scale')).toBe('1.5'));
    await user.selectOptions(choice('density'), 'compact');
    await until(() => expect(document.documentElement.dataset['density']).toBe('compact'));
    await user.selectOptions(choice('text_size'), '100');
    await until(() => expect(document.documentElement.style.getPropertyValue('--text-scale')).toBe('1'));
    expect(desk.ran('set_settings')).toHaveLength(3);
  });

  it('change the language without a restart', async () => {
    const { user } = await openSettings();
    await user.selectOptions(choice('language'), 'de');
    await screen.findByRole('heading', { name: 'Einstellungen' });
    expect(document.documentElement.lang).toBe('de');
    await user.selectOptions(choice('language'), 'en');
    await screen.findByRole('heading', { name: 'Settings' });
  });

  it('change the form of dates and amounts', async () => {
    const { user } = await openSettings();
    await user.selectOptions(choice('region'), 'US');
    await until(() => expect(screen.getByTestId('below-region').textContent).toContain('5:30'));
    await user.selectOptions(choice('region'), 'GB');
    await until(() => expect(screen.getByTestId('below-region').textContent).toContain('17:30'));
  });

  it('that are set for the computer cannot be changed', async () => {
    await openSettings((desk) => {
      lock(desk, 'theme', { value: 'dark' });
      lock(desk, 'pusher_key', { value: 'abc' });
    });
    expect(choice('theme').disabled).toBe(true);
    expect(screen.getByTestId<HTMLInputElement>('connection-pusher_key').readOnly).toBe(true);
    expect(screen.getAllByText(/people who look after it/)).toHaveLength(2);
  });

  it('stay as they were if a change is refused', async () => {
    const { desk, user } = await openSettings();
    desk.answers['set_settings'] = () => {
      throw { code: 'not_allowed', message: 'It is locked.', way_out: '', fields: {} };
    };
    await user.selectOptions(choice('theme'), 'dark');
    await screen.findByText('It is locked.');
    await until(() => expect(choice('theme').value).toBe('system'));
  });

  it('save the connection only after a change', async () => {
    const { desk, user } = await openSettings();
    const save = screen.getByTestId<HTMLButtonElement>('connection-save');
    expect(save.disabled).toBe(true);
    await user.click(screen.getByTestId('connection-pusher_key'));
    await user.keyboard('k');
    await user.click(save);
    await until(() => expect(desk.ran('set_settings')).toEqual([{ changes: [['pusher_key', 'k']] }]));
    await screen.findByText('The connection is saved.');
  });

  it('clear the picture cache and say what was removed', async () => {
    const { user } = await openSettings();
    await user.click(screen.getByTestId('clear-pictures'));
    await until(() => expect(screen.getByTestId('cleared').textContent).toMatch(/63.MB removed/));
  });

  it('report a value of the own file that cannot be used', async () => {
    const problem = { code: 'configuration' as const, message: '“pink” is no value of theme.', way_out: '', fields: {} };
    await openSettings((desk) => (desk.settings = { ...desk.settings, problems: [problem] }));
    screen.getByText(problem.message);
  });
});

describe('a training', () => {
  const training = { username: 'mary', password: 'demo' };

  it('is marked on the sign-in and on every screen, and is left with one press', async () => {
    const { desk, user } = await openReadWindow((desk) => (desk.settings = { ...desk.settings, training }));
    const mark = screen.getByTestId('training');
    within(mark).getByText(/User name mary, password demo/);
    await user.click(screen.getByTestId('rail-settings'));
    await screen.findByTestId('settings');
    expect(screen.queryByTestId('start-training')).toBeNull();
    await user.click(screen.getByTestId('leave-training'));
    expect(desk.ran('end_program')).toHaveLength(1);
  });

  it('fills in its own sign-in', async () => {
    await openWindow((desk) => {
      desk.session = null;
      desk.settings = { ...desk.settings, training };
    });
    await until(() => expect(screen.getByTestId<HTMLInputElement>('signin-password').value).toBe('demo'));
    screen.getByTestId('training');
  });

  it('that cannot start says why', async () => {
    const { desk, user } = await openWindow(unset);
    desk.answers['start_training'] = () => {
      throw { code: 'not_found', message: 'This installation has no demo hotel.', way_out: '', fields: {} };
    };
    await user.click(await screen.findByTestId('start-training'));
    await screen.findByText('This installation has no demo hotel.');
  });
});

describe('dates, times and amounts', () => {
  it.each([
    ['en-IE', '30/11/2026', '17:30', '€1,249.50', 1],
    ['de-DE', '30.11.2026', '17:30', '1.249,50 €', 1],
    ['en-US', '11/30/2026', '5:30 PM', '€1,249.50', 7],
    ['de-CH', '30.11.2026', '17:30', "EUR 1'249.50", 1],
  ])('follow %s', (locale, day, time, amount, weekday) => {
    speak(locale.slice(0, 2), locale);
    expect(dayNumeric('2026-11-30')).toBe(day);
    expect(timeText('2026-11-30T17:30:00').replace('\u202f', ' ')).toBe(time);
    expect(moneyText('1249.50', 'EUR').replace('\u00a0', ' ')).toBe(amount);
    expect(firstWeekday()).toBe(weekday);
  });
});

describe('the licences', () => {
  it('are listed with every part of the program, and searched', async () => {
    const { user } = await openReadWindow();
    await user.click(screen.getByTestId('rail-settings'));
    await user.click(await screen.findByTestId('to-licences'));
    await screen.findByText('svelte');
    await user.type(screen.getByTestId('licences-search'), 'keyring');
    await until(() => expect(screen.queryByText('svelte')).toBeNull());
    await screen.findByText('keyring');
    await user.click(screen.getByTestId('licences-close'));
    await until(() => expect(screen.queryByTestId('licences')).toBeNull());
  });
});
