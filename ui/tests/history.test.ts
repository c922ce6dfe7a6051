import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { activityOf, guestWrote } from '../dev/activities';
import { failure } from '../dev/commands';
import type { Activity } from '../src/generated';
import { openReadWindow, until } from './setup';

const entries = (): string[] =>
  screen.queryAllByTestId('history-entry').map((entry) => entry.querySelector('.words')?.textContent ?? '');

const many = (count: number): Activity[] => Array.from({ length: count }, (_, place) => activityOf({ id: place + 1 }));

async function openHistory(activities: Activity[], seen = 0) {
  const opened = await openReadWindow((desk) => {
    desk.activities = activities;
    desk.seen = seen;
  });
  await opened.user.click(screen.getByTestId('bell'));
  await screen.findByTestId('history');
  return opened;
}

const DAY = 86_400_000;
const mixed = [
  activityOf({ id: 1, text: 'Spa day was changed.', at: new Date(Date.now() - 40 * DAY).toISOString() }),
  activityOf({ id: 2, kind: 'gallery_changed', text: 'The gallery was changed.', at: new Date(Date.now() - DAY).toISOString() }),
  activityOf({ id: 3, kind: 'colleague_on_duty', entity: null, text: 'Niamh came on duty.' }),
  activityOf({ id: 4, kind: 'room_type_changed', text: 'The twin room was changed.' }),
  activityOf({ id: 5, kind: 'branding_changed', text: 'The branding was changed.' }),
];

describe('the count on the bell', () => {
  it('comes from the desk, which remembers it over restarts', async () => {
    await openReadWindow((desk) => {
      desk.activities = many(7);
      desk.seen = 4;
    });
    await until(() => expect(screen.getByTestId('bell').getAttribute('aria-label')).toBe('What happened, 3 new'));
  });

  it('ends when the list is opened', async () => {
    const { desk } = await openHistory(many(3), 1);
    await until(() => expect(desk.ran('mark_activities_seen')).toEqual([{ upto: 3 }]));
    await until(() => expect(screen.getByTestId('bell').textContent?.trim()).toBe(''));
  });

  it('counts what comes while the list is open', async () => {
    const { desk } = await openHistory(many(1), 1);
    await desk.did({ id: 2, text: 'Another one.' });
    await until(() => expect(entries()[0]).toBe('Another one.'));
    await until(() => expect(screen.getByTestId('bell').textContent?.trim()).toBe('1'));
    expect(desk.ran('mark_activities_seen')).toEqual([]);
  });
});

describe('the list of what colleagues did', () => {
  it('stands by day, newest first, and marks what is new', async () => {
    await openHistory(mixed, 3);
    await until(() => expect(entries()).toHaveLength(5));
    expect(entries()[0]).toBe('The branding was changed.');
    const days = screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent?.trim());
    expect(days).toEqual(expect.arrayContaining(['Today', 'Yesterday']));
    await until(() => expect(screen.getAllByText('New')).toHaveLength(2));
  });

  it('is narrowed to kinds', async () => {
    const { user } = await openHistory(mixed);
    await user.click(screen.getByTestId('history-pictures'));
    await until(() => expect(entries()).toEqual(['The gallery was changed.']));
    await user.click(screen.getByTestId('history-team'));
    await until(() => expect(entries()).toEqual(['Niamh came on duty.', 'The gallery was changed.']));
    await user.click(screen.getByTestId('history-all'));
    await until(() => expect(entries()).toHaveLength(5));
  });

  it('is narrowed to guests, whose entries open nothing yet', async () => {
    const { user } = await openHistory([...mixed, guestWrote(6)]);
    await user.click(screen.getByTestId('history-guests'));
    await until(() => expect(entries()).toEqual(['Guest in room 101: “Towels 6, please”']));
    expect(screen.getByTestId('history-entry').querySelector('button')).toBeNull();
  });

  it('is searched, and says when nothing fits, with a way back', async () => {
    const { user } = await openHistory(mixed);
    await user.type(screen.getByTestId('history-search'), 'twin');
    await until(() => expect(entries()).toEqual(['The twin room was changed.']));
    await user.type(screen.getByTestId('history-search'), ' bed');
    await screen.findByTestId('history-nothing');
    await user.click(screen.getByTestId('history-show-all'));
    await until(() => expect(entries()).toHaveLength(5));
  });

  it('says when there is nothing yet', async () => {
    await openHistory([]);
    expect((await screen.findByTestId('history-empty')).textContent).toContain('What colleagues change and guests write shows here.');
  });

  it('loads older ones, and keeps them when something new comes', async () => {
    const { desk, user } = await openHistory(many(120));
    await until(() => expect(entries()).toHaveLength(50));
    await user.click(screen.getByTestId('history-older'));
    await until(() => expect(entries()).toHaveLength(100));
    await user.click(screen.getByTestId('history-older'));
    await until(() => expect(entries()).toHaveLength(120));
    expect(screen.queryByTestId('history-older')).toBeNull();
    await desk.did({ id: 121, text: 'A new one.' });
    await until(() => expect(entries()[0]).toBe('A new one.'));
    await until(() => expect(entries().length).toBeGreaterThan(99));
  });

  it('reaches back to the entry that it is opened for', async () => {
    const { desk } = await openReadWindow((prepared) => {
      prepared.activities = many(120).map((activity) => ({ ...activity, kind: 'colleague_on_duty', entity: null }));
    });
    await desk.clickNotification(activityOf({ id: 30, kind: 'colleague_on_duty', entity: null }));
    await until(() => expect(document.activeElement?.getAttribute('data-activity')).toBe('30'));
  });

  it('goes to the entry that it is opened for only once, and leaves the keyboard where the person is', async () => {
    const { desk, user } = await openReadWindow((prepared) => {
      prepared.activities = many(40).map((activity) => ({ ...activity, kind: 'colleague_on_duty', entity: null }));
    });
    await desk.clickNotification(activityOf({ id: 30, kind: 'colleague_on_duty', entity: null }));
    await until(() => expect(document.activeElement?.getAttribute('data-activity')).toBe('30'));
    const search = screen.getByTestId<HTMLInputElement>('history-search');
    await user.click(search);
    await desk.did({ id: 41, text: 'Another one.' });
    await until(() => expect(entries()[0]).toBe('Another one.'));
    expect(document.activeElement).toBe(search);
    await user.type(search, 'offer 30');
    await until(() => expect(entries()).toEqual(['Offer 30 was changed.']));
    expect(document.activeElement).toBe(search);
    expect(search.value).toBe('offer 30');
  });

  it('keeps the keyboard on an entry when something new comes', async () => {
    const { desk } = await openHistory(many(3));
    const link = await screen.findByText('Offer 3 was changed.');
    link.focus();
    await desk.did({ id: 4, text: 'Another one.' });
    await until(() => expect(entries()[0]).toBe('Another one.'));
    expect(document.activeElement).toBe(link);
  });

  it('takes nothing for looked at that a filter has hidden', async () => {
    const { desk, user } = await openReadWindow((prepared) => (prepared.activities = mixed));
    desk.answers['activities'] = () => {
      throw failure({ message: 'The database is locked.' });
    };
    await user.click(screen.getByTestId('bell'));
    await screen.findByTestId('history-failed');
    delete desk.answers['activities'];
    await user.click(screen.getByTestId('history-pictures'));
    await until(() => expect(entries()).toEqual(['The gallery was changed.']));
    expect(desk.ran('mark_activities_seen')).toEqual([]);
    await user.click(screen.getByTestId('history-all'));
    await until(() => expect(desk.ran('mark_activities_seen')).toEqual([{ upto: 5 }]));
  });

  it('opens what an entry is about, and gives way to it', async () => {
    const { user } = await openHistory([activityOf({ id: 1, entity: 'a', text: 'Spa day was changed.' })]);
    await user.click(await screen.findByText('Spa day was changed.'));
    await until(() => expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa day'));
    expect(screen.queryByTestId('history')).toBeNull();
  });

  it('stays when what an entry is about has gone, and says so', async () => {
    const { user } = await openHistory([activityOf({ id: 1, entity: 'gone', text: 'Easter was changed.' })]);
    await user.click(await screen.findByText('Easter was changed.'));
    expect(await screen.findByText('This offer is no longer there.')).toBeTruthy();
    expect(screen.getByTestId('history')).toBeTruthy();
  });

  it('says why it cannot be shown, and tries again', async () => {
    const { desk, user } = await openReadWindow((prepared) => (prepared.activities = many(1)));
    desk.answers['activities'] = () => {
      throw failure({ message: 'The database is locked.' });
    };
    await user.click(screen.getByTestId('bell'));
    expect((await screen.findByTestId('history-failed')).textContent).toContain('The database is locked.');
    delete desk.answers['activities'];
    await user.click(screen.getByText('Try again'));
    await until(() => expect(entries()).toHaveLength(1));
  });

  it('closes with Escape and gives the focus back to the bell', async () => {
    const { user } = await openHistory(many(1));
    await user.keyboard('{Escape}');
    await until(() => expect(screen.queryByTestId('history')).toBeNull());
    await until(() => expect(document.activeElement).toBe(screen.getByTestId('bell')));
  });
});
