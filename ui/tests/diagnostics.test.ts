import { screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';

import { arrive } from '../dev/changes';
import type { PretendDesk } from '../dev/desk';
import { diagnosisOf, entryOf, findingOf } from '../dev/diagnostics';
import { verdictOf } from '../src/features/diagnostics/diagnostics.svelte';
import type { Finding } from '../src/generated';
import { openWindow, until } from './setup';

async function openScreen(prepare: (desk: PretendDesk) => void = () => undefined) {
  const opened = await openWindow(prepare);
  await screen.findByText('Spa day');
  await opened.user.click(screen.getByTestId('rail-diagnostics'));
  await screen.findAllByTestId('finding');
  return opened;
}

async function openEvents(...entries: Parameters<typeof entryOf>[0][]) {
  const opened = await openScreen((desk) => (desk.events = entries.map(entryOf)));
  await opened.user.click(screen.getByTestId('tab-events'));
  if (entries.length) await screen.findAllByTestId('event');
  return opened;
}

const names = (): (string | null)[] => screen.queryAllByTestId('event').map((line) => within(line).getByRole('button').textContent);

const failed: Finding = findingOf({ check: 'socket', state: 'failed', text: 'It is down.', way_out: 'Ask for port 443.' });
const warned: Finding = findingOf({ check: 'latency', state: 'warning' });

describe('the verdict', () => {
  const verdict = (...findings: Finding[]): string => verdictOf(diagnosisOf({ findings }), false).text;

  it('says that everything works only when every check does', () => {
    expect(verdict(findingOf({ check: 'server' }))).toBe('Everything works.');
    expect(verdict(findingOf({ check: 'server' }), findingOf({ check: 'tls', state: 'unknown' }))).toBe(
      'What could be checked works.',
    );
  });

  it('says that everything works before the first event, and that none has come', () => {
    const silent = findingOf({ check: 'latency', state: 'unknown', text: 'No event has come since the program started.' });
    expect(verdictOf(diagnosisOf({ findings: [findingOf({ check: 'server' }), silent] }), false)).toEqual({
      state: 'ok',
      text: 'Everything works. No event has come since the program started.',
    });
    expect(verdict(findingOf({ check: 'server', state: 'unknown' }), silent)).toBe('Nothing has been checked yet.');
  });

  it('counts what needs a look', () => {
    expect(verdict(warned, findingOf({ check: 'cache', state: 'warning' }))).toBe('2 things need a look.');
  });

  it('says what the first failure means, and how much more there is', () => {
    expect(verdict(warned, failed)).toBe(
      'The live connection is down: changes of colleagues come with the next reading. 1 more thing needs a look.',
    );
  });

  it('does not call well what nobody has looked at', () => {
    expect(verdictOf(null, false).text).toBe('Nothing has been checked yet.');
  });
});

describe('the checklist', () => {
  it('says in words how each check went, what was found and what to do', async () => {
    await openScreen((desk) => (desk.diagnosis = diagnosisOf({ findings: [failed] })));
    const line = screen.getByTestId('finding');
    for (const words of ['Failed', 'Live connection', 'It is down.', 'Ask for port 443.']) {
      expect(line.textContent).toContain(words);
    }
  });

  it('keeps details open while the checks are read again', async () => {
    const findings = [{ ...failed, details: [{ name: 'Ping', value: '24 ms' }] }];
    const { desk, user } = await openScreen((prepared) => (prepared.diagnosis = diagnosisOf({ findings })));
    expect(screen.queryByText('24 ms')).toBeNull();
    await user.click(screen.getByTestId('finding-details'));
    expect(screen.getByText('24 ms')).toBeTruthy();
    await desk.diagnose({ findings: [{ ...failed, details: [{ name: 'Ping', value: '31 ms' }] }] });
    expect(await screen.findByText('31 ms')).toBeTruthy();
  });

  it('is gone through when the screen opens, and again when it is asked for', async () => {
    const { desk, user } = await openScreen();
    await until(() => expect(desk.ran('run_checks')).toHaveLength(1));
    await until(() => expect(screen.getByTestId('check-again').textContent).toContain('Check again'));
    await user.click(screen.getByTestId('check-again'));
    await until(() => expect(desk.ran('run_checks')).toHaveLength(2));
  });

  it('is not gone through twice at a time, and the button keeps the focus', async () => {
    const { desk, user } = await openScreen((prepared) => (prepared.diagnosis = diagnosisOf({ running: true })));
    const again = screen.getByTestId('check-again');
    await user.click(again);
    expect(desk.ran('run_checks')).toHaveLength(0);
    expect(again.textContent).toContain('Checking…');
    expect(document.activeElement).toBe(again);
  });

  it('is read aloud by its verdict, politely, when a run has ended', async () => {
    const { desk } = await openScreen((prepared) => (prepared.diagnosis = diagnosisOf({ running: true })));
    const aloud = (): (string | null)[] => within(screen.getByTestId('diagnostics')).getAllByRole('status').map((one) => one.textContent);
    expect(aloud()).toContain('Checking…');
    await desk.diagnose({ running: false });
    await until(() => expect(aloud()).toContain('Everything works.'));
  });

  it('marks its place in the rail when something failed', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    expect(screen.queryByTestId('rail-count-diagnostics')).toBeNull();
    await desk.diagnose({ findings: [failed, warned] });
    expect((await screen.findByTestId('rail-count-diagnostics')).textContent).toBe('1');
    expect(screen.getByRole('button', { name: /Diagnostics 1 check failed/ })).toBeTruthy();
  });
});

describe('the status pill', () => {
  it('leads to the reason when the live connection is down', async () => {
    const { user } = await openWindow((desk) => (desk.status = { ...desk.status, live: 'connecting' }));
    await screen.findByText('Spa day');
    await user.click(screen.getByTestId('status-pill'));
    await user.click(await screen.findByTestId('pill-why'));
    await until(() => expect(document.activeElement?.id).toBe('diagnostics-title'));
  });

  it('asks no such question when all is well', async () => {
    const { user } = await openWindow();
    await screen.findByText('Spa day');
    await user.click(screen.getByTestId('status-pill'));
    await screen.findByText('Try now');
    expect(screen.queryByTestId('pill-why')).toBeNull();
  });
});

describe('the live connection', () => {
  it('counts down to the next attempt', async () => {
    const socket = diagnosisOf().socket;
    const next_try = new Date(Date.now() + 20_500).toISOString();
    const { user } = await openScreen((desk) => {
      if (socket) desk.diagnosis = diagnosisOf({ socket: { ...socket, state: 'connecting', attempt: 4, next_try } });
    });
    await user.click(screen.getByTestId('tab-connection'));
    const seconds = (): number => Number(/\d+/.exec(screen.getByTestId('connection-next').textContent)?.[0]);
    const before = seconds();
    expect(before).toBeGreaterThan(15);
    await until(() => expect(seconds()).toBeLessThan(before));
  });

  it('says why a channel is refused', async () => {
    const channel = { name: 'killarney-chat', state: 'failed', cause: 'No chat here.', last_event: null, last_event_at: null, events: 0 } as const;
    const { user } = await openScreen((desk) => (desk.diagnosis = diagnosisOf({ channels: [channel] })));
    await user.click(screen.getByTestId('tab-connection'));
    const line = screen.getByTestId('channel').textContent;
    expect(line).toContain('Refused');
    expect(line).toContain('No chat here.');
  });

  it('says so where none is set up', async () => {
    const { user } = await openScreen((desk) => (desk.diagnosis = diagnosisOf({ socket: null })));
    await user.click(screen.getByTestId('tab-connection'));
    expect(screen.getByTestId('no-socket').textContent).toContain('There is no live connection');
  });

  it('is come to by the arrow keys', async () => {
    const { user } = await openScreen();
    screen.getByTestId('tab-checks').focus();
    await user.keyboard('{ArrowRight}');
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('tab-connection')));
    expect(screen.getByTestId('socket')).toBeTruthy();
  });
});

describe('the live events', () => {
  it('show what comes, newest at the bottom', async () => {
    const { desk } = await openEvents({ seq: 1, event: 'first' });
    await arrive(desk, { event: 'second' });
    await until(() => expect(names()).toEqual(['first', 'second']));
  });

  it('are found by words in them, by channel and by outcome', async () => {
    const { user } = await openEvents(
      { seq: 1, event: 'offer-updated', data: '{"title": "Spa day"}' },
      { seq: 2, event: 'odd', channel: 'killarney-chat', outcome: 'unknown' },
      { seq: 3, event: 'Connected', channel: null, outcome: 'connection' },
    );
    await user.type(screen.getByTestId('events-search'), 'spa offer');
    await until(() => expect(names()).toEqual(['offer-updated']));
    await user.clear(screen.getByTestId('events-search'));
    await user.selectOptions(screen.getByTestId('events-channel'), 'Connection');
    await until(() => expect(names()).toEqual(['Connected']));
    await user.selectOptions(screen.getByTestId('events-outcome'), 'Unknown event');
    expect(await screen.findByText('Nothing matches')).toBeTruthy();
    await user.click(screen.getByText('Show all events'));
    await until(() => expect(names()).toHaveLength(3));
  });

  it('stand still while they are paused, and say how many are new', async () => {
    const { desk, user } = await openEvents({ seq: 1, event: 'first' });
    await user.click(screen.getByTestId('events-pause'));
    await arrive(desk, { event: 'second' });
    await arrive(desk, { event: 'third' });
    await until(() => expect(screen.getByTestId('events-fresh').textContent).toContain('2 new'));
    expect(names()).toEqual(['first']);
    await user.click(screen.getByTestId('events-pause'));
    await until(() => expect(names()).toEqual(['first', 'second', 'third']));
  });

  it('stand still while one of them is read', async () => {
    const { desk, user } = await openEvents({ seq: 1, event: 'first' });
    await user.click(screen.getByText('first'));
    await arrive(desk, { event: 'second' });
    await until(() => expect(screen.getByTestId('events-fresh').textContent).toContain('1 new'));
    expect(names()).toEqual(['first']);
    await user.click(screen.getByTestId('events-fresh'));
    await until(() => expect(names()).toEqual(['first', 'second']));
    expect(screen.queryByTestId('event-data')).toBeNull();
  });

  it('hide personal data until it is asked for, and again when the screen is left', async () => {
    const { desk, user } = await openEvents({ seq: 1, event: 'message', masked: true, data: '{"message": "•••"}' });
    desk.secrets.set(1, '{"message": "The taxi is here"}');
    await user.click(screen.getByText('message'));
    expect(screen.getByTestId('event-data').textContent).not.toContain('taxi');
    expect(desk.ran('reveal_event')).toEqual([]);
    await user.click(screen.getByTestId('event-reveal'));
    await until(() => expect(screen.getByTestId('event-data').textContent).toContain('The taxi is here'));
    await user.click(screen.getByTestId('rail-offers'));
    await user.click(screen.getByTestId('rail-diagnostics'));
    await user.click(await screen.findByTestId('tab-events'));
    await user.click(await screen.findByText('message'));
    expect(screen.getByTestId('event-data').textContent).toContain('•••');
    expect(desk.ran('reveal_event')).toHaveLength(1);
  });

  it('are copied together with personal data hidden, and one by one as it is shown', async () => {
    const { desk, user } = await openEvents(
      { seq: 1, event: 'message', masked: true, data: '{"message": "•••"}' },
      { seq: 2, event: 'other' },
    );
    desk.secrets.set(1, '{"message": "The taxi is here"}');
    await user.click(screen.getByText('message'));
    await user.click(screen.getByTestId('event-reveal'));
    await screen.findByTestId('event-mask');
    await user.click(screen.getByTestId('events-copy'));
    const all = await navigator.clipboard.readText();
    expect(all).toContain('•••');
    expect(all).toContain('other');
    expect(all).not.toContain('taxi');
    await user.click(screen.getByTestId('event-copy'));
    await until(async () => expect(await navigator.clipboard.readText()).toContain('The taxi is here'));
  });

  it('draw few elements, however many there are, and are gone through by keyboard', async () => {
    const all = Array.from({ length: 500 }, (_, place) => ({ seq: place + 1, event: `event-${place + 1}` }));
    const { user } = await openEvents(...all);
    expect(names().length).toBeLessThan(60);
    expect(names().at(-1)).toBe('event-500');
    screen.getByText('event-500').focus();
    await user.keyboard('{Home}');
    await until(() => expect(document.activeElement?.textContent).toBe('event-1'));
    await user.keyboard('{ArrowDown}{Enter}');
    await until(() => expect(document.activeElement?.textContent).toBe('event-2'));
    expect(screen.getByTestId('event-data')).toBeTruthy();
  });

  it('get their figures as soon as they are on the screen', async () => {
    const { desk } = await openEvents();
    await arrive(desk, { at: new Date().toISOString(), shown_ms: null });
    await until(() => expect(desk.ran('note_shown')).toEqual([{ seqs: [1] }]));
    await until(() => expect(screen.getByTestId('event').lastElementChild?.textContent).toMatch(/\d/));
  });

  it('say when there are none', async () => {
    await openEvents();
    expect(await screen.findByText('Nothing has come yet')).toBeTruthy();
  });
});

describe('what came over the live connection', () => {
  it('is told of as shown only when the lists have their answers', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const status = desk.status;
    desk.answers['status'] = async () => {
      await held;
      return status;
    };
    await desk.notify({ topic: 'status' });
    await arrive(desk);
    await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
    expect(desk.ran('note_shown')).toEqual([]);
    answer();
    await until(() => expect(desk.ran('note_shown')).toEqual([{ seqs: [1] }]));
  });

  it('is told of entry by entry, whatever comes at once', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    await Promise.all(Array.from({ length: 40 }, () => arrive(desk)));
    const entries = (): unknown[] => desk.ran('note_shown').flatMap(({ seqs }) => seqs);
    await until(() => expect(new Set(entries()).size).toBe(40));
    expect(entries()).toHaveLength(40);
  });

  it('is not told of as shown while the window is hidden', async () => {
    const { desk } = await openWindow();
    await screen.findByText('Spa day');
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    await arrive(desk);
    await new Promise((later) => setTimeout(later));
    hidden.mockReturnValue(false);
    await arrive(desk);
    await until(() => expect(desk.ran('note_shown')).toEqual([{ seqs: [2] }]));
  });
});

describe('help from elsewhere', () => {
  it('gets a file, and its place is named', async () => {
    const { user } = await openScreen();
    await user.click(screen.getByTestId('support-save'));
    const file = await screen.findByTestId('exported');
    expect(file.textContent).toContain('6 files packed into');
    expect(file.dataset['file']).toMatch(/support.*\.zip$/);
  });

  it('may have more written to the log, with a word on what that costs', async () => {
    const { desk, user } = await openScreen();
    await user.selectOptions(screen.getByTestId('log-level'), 'Trace');
    await until(() => expect(desk.ran('set_log_level')).toEqual([{ level: 'trace' }]));
    expect(await screen.findByText(/the log of the day is soon full/)).toBeTruthy();
  });
});
