import { screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { guestWrote } from '../dev/activities';
import type { PretendDesk } from '../dev/desk';
import { play } from '../src/lib/sounds';
import { openReadWindow, until } from './setup';

/** The sounds that the device received: the pitches of each. */
let heard: number[][] = [];
let devices: PretendContext[] = [];
/** The behaviour of the system. */
let system: 'allows' | 'keeps-waiting' | 'has-no-device' = 'allows';

class PretendContext {
  state = 'suspended';
  currentTime = 0;
  destination = {};
  pitches: number[] = [];
  open = true;

  constructor() {
    if (system === 'has-no-device') throw new DOMException('no device', 'NotSupportedError');
    heard.push(this.pitches);
    devices.push(this);
  }

  resume(): Promise<void> {
    if (system === 'keeps-waiting') return new Promise(() => undefined);
    this.state = 'running';
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.open = false;
    return Promise.resolve();
  }
}

class PretendNode extends EventTarget {
  gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };

  constructor(context: PretendContext, { frequency }: { frequency?: number }) {
    super();
    if (frequency !== undefined) context.pitches.push(frequency);
  }

  connect<Next>(next: Next): Next {
    return next;
  }

  start(): void {}

  stop(): void {
    setTimeout(() => this.dispatchEvent(new Event('ended')));
  }
}

beforeEach(() => {
  heard = [];
  devices = [];
  system = 'allows';
  vi.stubGlobal('AudioContext', PretendContext);
  vi.stubGlobal('OscillatorNode', PretendNode);
  vi.stubGlobal('GainNode', PretendNode);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const on = (desk: PretendDesk) => (desk.notifications = { quiet_until: null, sounds: true, repeats: false });

describe('a sound', () => {
  it('is another one for guests than for colleagues', async () => {
    expect(await play('colleague')).toBe(true);
    expect(await play('guest')).toBe(true);
    const [colleague, guest] = heard;
    expect(colleague?.length).toBeGreaterThan(0);
    expect(guest).not.toEqual(colleague);
  });

  it('lets the sound device go when it has ended', async () => {
    await play('guest');
    expect(devices[0]?.open).toBe(true);
    await until(() => expect(devices[0]?.open).toBe(false));
  });

  it('is none, and no error, where there is no device', async () => {
    system = 'has-no-device';
    expect(await play('colleague')).toBe(false);
  });

  it('is none where the web view keeps it waiting, and does not come late', async () => {
    system = 'keeps-waiting';
    expect(await play('colleague')).toBe(false);
    expect(heard).toEqual([[]]);
    expect(devices[0]?.open).toBe(false);
  });
});

describe('sounds of messages', () => {
  it('are off until somebody wants them', async () => {
    const { desk } = await openReadWindow();
    await desk.did({ id: 1 });
    await screen.findByTestId('toast');
    expect(heard).toEqual([]);
  });

  it('are switched on in the bell’s list', async () => {
    const { desk, user } = await openReadWindow();
    await user.click(screen.getByTestId('bell'));
    await user.click(await screen.findByTestId('sounds-switch'));
    await until(() => expect(screen.getByTestId<HTMLInputElement>('sounds-switch').checked).toBe(true));
    expect(desk.ran('set_sounds')).toEqual([{ on: true }]);
  });

  it('show what is so when the switch is refused', async () => {
    const { desk, user } = await openReadWindow();
    desk.answers['set_sounds'] = () => {
      throw { code: 'disk_full', message: 'The disk is full.', way_out: '', fields: {} };
    };
    await user.click(screen.getByTestId('bell'));
    await user.click(await screen.findByTestId('sounds-switch'));
    await screen.findByText('The disk is full.');
    await until(() => expect(screen.getByTestId<HTMLInputElement>('sounds-switch').checked).toBe(false));
  });

  it('come once for a burst', async () => {
    const { desk } = await openReadWindow(on);
    for (let id = 1; id <= 8; id += 1) await desk.did({ id });
    await until(() => expect(screen.getByTestId('toast').textContent).toContain('8 changes'));
    expect(heard).toHaveLength(1);
  });

  it('come again after a while of silence', async () => {
    const { desk } = await openReadWindow(on);
    await desk.did({ id: 1 });
    await until(() => expect(heard).toHaveLength(1));
    const later = Date.now() + 60_000;
    vi.spyOn(Date, 'now').mockReturnValue(later);
    await desk.did({ id: 2 });
    await until(() => expect(heard).toHaveLength(2));
  });

  it('are the guests’ own when a guest writes, also in the middle of colleagues’ doings', async () => {
    const { desk } = await openReadWindow(on);
    await play('guest');
    const [guest] = heard;
    await desk.did({ id: 1 });
    await until(() => expect(heard).toHaveLength(2));
    expect(heard[1]).not.toEqual(guest);
    await desk.did({ id: 2 }, guestWrote(3), { id: 4 });
    await until(() => expect(heard).toHaveLength(3));
    expect(heard[2]).toEqual(guest);
    await desk.did(guestWrote(5));
    await until(() => expect(screen.getAllByTestId('toast').at(-1)?.textContent).toContain('Towels 5'));
    expect(heard).toHaveLength(3);
  });

  it('of a guest’s message are repeated until it is read, if a person wants that', async () => {
    const { desk, user } = await openReadWindow(on);
    await user.click(screen.getByTestId('bell'));
    await user.click(await screen.findByTestId('repeats-switch'));
    expect(desk.ran('set_repeats')).toEqual([{ on: true }]);
    vi.useFakeTimers({ now: Date.now(), toFake: ['setInterval', 'clearInterval', 'Date'] });
    try {
      desk.status = { ...desk.status, unread_messages: 1 };
      await desk.notify({ topic: 'status' });
      await desk.did(guestWrote(1));
      await vi.waitFor(() => expect(heard).toHaveLength(1));
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
      await vi.advanceTimersByTimeAsync(36_000);
      expect(heard).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are off for guests too until somebody wants them', async () => {
    const { desk } = await openReadWindow();
    await desk.did(guestWrote(1));
    await screen.findByTestId('toast');
    expect(heard).toEqual([]);
  });

  it('do not come for what one does oneself', async () => {
    const { user } = await openReadWindow(on);
    await user.click(screen.getByLabelText('Delete Spa day'));
    await screen.findByTestId('undo-button');
    expect(heard).toEqual([]);
  });

  it('can be tried, also while they are off', async () => {
    const { user } = await openReadWindow();
    await user.click(screen.getByTestId('bell'));
    await user.click(await screen.findByTestId('sound-colleague'));
    await user.click(await screen.findByTestId('sound-guest'));
    await until(() => expect(heard).toHaveLength(2));
    expect(screen.getByTestId('sounds-silent').textContent).toBe('');
  });

  it('say so when a try cannot be heard', async () => {
    system = 'has-no-device';
    const { user } = await openReadWindow();
    await user.click(screen.getByTestId('bell'));
    await user.click(await screen.findByTestId('sound-colleague'));
    await until(() => expect(screen.getByTestId('sounds-silent').textContent).toMatch(/let no sound be heard/));
  });
});
