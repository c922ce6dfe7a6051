import { screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { activityOf, guestWrote } from '../dev/activities';
import type { PretendDesk } from '../dev/desk';
import { minutesUntil, nextMorning } from '../src/components/notifications/morning';
import * as sounds from '../src/lib/sounds';
import { openReadWindow, until } from './setup';

const said = (): string[] => screen.queryAllByTestId('toast').map((toast) => toast.querySelector('.text')?.textContent ?? '');
const soon = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const quietFor = (minutes: number) => (desk: PretendDesk) =>
  (desk.notifications = { quiet_until: soon(minutes), sounds: true, repeats: false });

describe('do not disturb', () => {
  it('is switched on for half an hour, an hour, or until the morning, and off again', async () => {
    const { desk, user } = await openReadWindow();
    await user.click(screen.getByTestId('bell'));
    await user.click(await screen.findByTestId('quiet-30'));
    expect((await screen.findByTestId('quiet-until')).getAttribute('datetime')).toBe(desk.notifications.quiet_until);
    await user.click(screen.getByTestId('quiet-60'));
    const tillMorning = (): number => minutesUntil(nextMorning(new Date()), new Date());
    const possible = [tillMorning()];
    await user.click(screen.getByTestId('quiet-morning'));
    possible.push(tillMorning());
    await user.click(screen.getByTestId('quiet-end'));
    await until(() => expect(screen.queryByTestId('quiet-until')).toBeNull());
    const [half, hour, morning, end] = desk.ran('set_quiet').map(({ minutes }) => minutes as number | null);
    expect([half, hour, end]).toEqual([30, 60, null]);
    expect(possible).toContain(morning);
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('quiet-30')));
  });

  it('shows on the bell with its end', async () => {
    await openReadWindow(quietFor(30));
    const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(new Date(soon(30)));
    const bell = screen.getByTestId('bell');
    await until(() => expect(bell.title).toMatch(/^Do not disturb until/));
    expect(bell.title).toContain(time.slice(0, 3));
    expect(bell.getAttribute('aria-label')).toContain(bell.title);
  });

  it('holds messages about colleagues back, and the count goes on', async () => {
    const { desk } = await openReadWindow(quietFor(30));
    await desk.did({ id: 1 }, { id: 2 });
    await until(() => expect(screen.getByTestId('bell').textContent).toContain('2'));
    expect(said()).toEqual([]);
  });

  it('holds no sound either', async () => {
    const play = vi.spyOn(sounds, 'play').mockResolvedValue(true);
    const { desk } = await openReadWindow(quietFor(30));
    await desk.did({ id: 1 });
    await until(() => expect(screen.getByTestId('bell').textContent).toContain('1'));
    expect(play).not.toHaveBeenCalled();
  });

  it('lets answers to one’s own actions through', async () => {
    const { user } = await openReadWindow(quietFor(30));
    await user.click(screen.getByLabelText('Delete Spa day'));
    await until(() => expect(said()).toEqual(['“Spa day” is deleted.']));
  });

  it('holds back also what was told before the settings were read', async () => {
    let answer = (): void => undefined;
    const { desk } = await openReadWindow((prepared) => {
      const view = { quiet_until: soon(30), sounds: false, repeats: false };
      prepared.answers['notification_settings'] = () => new Promise((done) => (answer = () => done(view)));
    });
    await desk.did({ id: 1 });
    await until(() => expect(screen.getByTestId('bell').textContent).toContain('1'));
    answer();
    await until(() => expect(screen.getByTestId('bell').title).toMatch(/^Do not disturb/));
    expect(said()).toEqual([]);
  });
});

describe('the end of do not disturb', () => {
  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('comes by itself, and one message tells what came meanwhile', async () => {
    const { desk } = await openReadWindow((prepared) => {
      prepared.activities = [activityOf({ id: 1 })];
      quietFor(5)(prepared);
    });
    await desk.did(...[2, 3].map((id) => ({ id })), { id: 4, kind: 'gallery_changed', entity: 'g' });
    await until(() => expect(screen.getByTestId('bell').textContent).toContain('4'));
    await vi.advanceTimersByTimeAsync(5 * 60_000 + 1000);
    await until(() =>
      expect(said()).toEqual(['Do not disturb has ended. Meanwhile 3 changes by colleagues: 2 offers, 1 picture change']),
    );
    expect(screen.getByTestId('bell').title).not.toMatch(/^Do not disturb/);
  });

  it('tells of guests first, and stays for them until somebody has seen it', async () => {
    const { desk, user } = await openReadWindow(quietFor(5));
    await desk.did({ id: 1 }, guestWrote(2), guestWrote(3));
    await until(() => expect(screen.getByTestId('bell').textContent).toContain('3'));
    expect(said()).toEqual([]);
    await vi.advanceTimersByTimeAsync(5 * 60_000 + 1000);
    const sentence = 'Do not disturb has ended. Meanwhile 2 guest messages, and 1 change by colleagues: 1 offer';
    await until(() => expect(said()).toEqual([sentence]));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said()).toEqual([sentence]);
    await user.click(screen.getByTestId('bell'));
    await until(() => expect(said()).toEqual([]));
  });

  it('counts also more than one page', async () => {
    const { desk } = await openReadWindow(quietFor(5));
    await desk.did(...Array.from({ length: 120 }, (_, place) => ({ id: place + 1 })));
    await until(() => expect(screen.getByTestId('bell').textContent).toContain('99+'));
    await vi.advanceTimersByTimeAsync(5 * 60_000 + 1000);
    await until(() => expect(said()[0]).toContain('120 changes by colleagues: 120 offers'));
  });

  it('says nothing when nothing came', async () => {
    await openReadWindow(quietFor(5));
    await until(() => expect(screen.getByTestId('bell').title).toMatch(/^Do not disturb/));
    await vi.advanceTimersByTimeAsync(5 * 60_000 + 1000);
    await until(() => expect(screen.getByTestId('bell').title).not.toMatch(/^Do not disturb/));
    expect(said()).toEqual([]);
  });

  it('says nothing of what was looked at meanwhile', async () => {
    const { desk, user } = await openReadWindow(quietFor(5));
    await desk.did({ id: 1 });
    await until(() => expect(screen.getByTestId('bell').textContent).toContain('1'));
    await user.click(screen.getByTestId('bell'));
    await until(() => expect(desk.ran('mark_activities_seen')).toEqual([{ upto: 1 }]));
    await vi.advanceTimersByTimeAsync(5 * 60_000 + 1000);
    await until(() => expect(screen.queryByTestId('quiet-until')).toBeNull());
    expect(said()).toEqual([]);
  });

  it('is noticed after the computer slept, when no timer ran', async () => {
    await openReadWindow(quietFor(60));
    await until(() => expect(screen.getByTestId('bell').title).toMatch(/^Do not disturb/));
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    await vi.advanceTimersByTimeAsync(31_000);
    await until(() => expect(screen.getByTestId('bell').title).not.toMatch(/^Do not disturb/));
  });
});

describe('the next morning', () => {
  it('is at seven of the next day', () => {
    const now = new Date(2026, 10, 22, 22, 0, 30);
    expect(nextMorning(now)).toEqual(new Date(2026, 10, 23, 7, 0));
    expect(minutesUntil(nextMorning(now), now)).toBe(540);
  });

  it('is at seven of the same day for somebody who works at night', () => {
    expect(nextMorning(new Date(2026, 10, 22, 1, 30))).toEqual(new Date(2026, 10, 22, 7, 0));
  });
});
