import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { PretendDesk } from '../dev/desk';
import type { DutyView } from '../src/generated';
import { openWindow, until } from './setup';

const button = (): Promise<HTMLButtonElement> => screen.findByTestId<HTMLButtonElement>('clock-button');

async function report(desk: PretendDesk, part: Partial<DutyView>): Promise<void> {
  desk.duty = { ...desk.duty, ...part };
  await desk.notify({ topic: 'duty' });
}

describe('the clock button', () => {
  it('states what is wanted, once, and shows the start that the server recorded', async () => {
    const { desk, user } = await openWindow();
    await until(async () => expect((await button()).textContent).toContain('Clock In'));
    await user.click(await button());
    await until(async () => expect((await button()).textContent).toContain('Clock Out'));
    expect(desk.ran('intend_duty')).toEqual([{ on: true }]);
    expect(screen.getByTestId('clock').textContent).toContain('On duty since');
  });

  it('shows a press that waits, until when, and a way to cancel it', async () => {
    const { desk, user } = await openWindow();
    await button();
    await report(desk, { intent: { on_duty: true, until: '2026-11-21T14:12:00Z', running: false } });
    await until(async () => expect((await button()).disabled).toBe(true));
    expect(screen.getByTestId('clock').textContent).toMatch(/for the network, until .*12/);
    await user.click(screen.getByTestId('clock-cancel'));
    await until(async () => expect((await button()).disabled).toBe(false));
    expect(desk.ran('cancel_duty_intent')).toHaveLength(1);
  });

  it('says that a press has lapsed until the person has read it', async () => {
    const { desk, user } = await openWindow();
    await button();
    await report(desk, { intent: { on_duty: true, until: '2026-11-21T14:12:00Z', running: false } });
    const notice = 'You were not clocked in: the hotel could not be reached for 10 minutes.';
    await report(desk, { intent: null, notice });
    expect((await screen.findByTestId('clock-notice')).textContent).toContain(notice);
    expect(screen.queryByTestId('clock-cancel')).toBeNull();
    expect((await button()).textContent).toContain('Clock In');
    await user.click(screen.getByLabelText('Dismiss'));
    await until(() => expect(screen.queryByTestId('clock-notice')).toBeNull());
  });

  it('gives the reason where the hotel has no clock', async () => {
    await openWindow((desk) => {
      desk.duty = { ...desk.duty, status: null, unavailable: 'This hotel has no clock that this program can press.' };
    });
    expect(await screen.findByText(/has no clock that this program can press/)).toBeTruthy();
    expect(screen.queryByTestId('clock-button')).toBeNull();
  });
});
