import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { activityOf, guestWrote } from '../dev/activities';
import { galleryOf } from '../dev/galleries';
import { roomOf } from '../dev/records';
import App from '../src/App.svelte';
import { openReadWindow, roomShown, until } from './setup';

/** Returns the texts of all messages on the screen, without their buttons. */
const said = (): string[] => screen.queryAllByTestId('toast').map((toast) => toast.querySelector('.text')?.textContent ?? '');

/** Waits until all announced changes are shown. */
const settled = () => new Promise((done) => setTimeout(done, 60));

describe('messages about colleagues', () => {
  it('come one by one while they are few', async () => {
    const { desk } = await openReadWindow();
    await desk.did({ id: 1 }, { id: 2 }, { id: 3 });
    await until(() => expect(said()).toEqual(['Offer 1 was changed.', 'Offer 2 was changed.', 'Offer 3 was changed.']));
  });

  it('come as one with numbers by kind when they are many', async () => {
    const { desk } = await openReadWindow();
    for (let id = 1; id <= 9; id += 1) await desk.did({ id });
    await desk.did(
      { id: 10, kind: 'offer_picture_updated', entity: 'a' },
      { id: 11, kind: 'gallery_changed', entity: 'g' },
      { id: 12, kind: 'gallery_changed', entity: 'g' },
    );
    await until(() => expect(said()).toEqual(['12 changes by colleagues: 9 offers, 3 picture changes']));
  });

  it('do not change under the pointer when many more come', async () => {
    const { desk } = await openReadWindow();
    await desk.did({ id: 1 });
    const region = (await screen.findByTestId('toast')).closest('section') as HTMLElement;
    await fireEvent.pointerEnter(region);
    await desk.did(...[2, 3, 4, 5].map((id) => ({ id })));
    await until(() =>
      expect(said()).toEqual(['Offer 1 was changed.', '4 changes by colleagues: 4 offers']),
    );
  });

  it('count up when the same offer changes again', async () => {
    const { desk } = await openReadWindow();
    await desk.did({ id: 1, entity: 'a', text: 'Spa day was changed.' });
    await desk.did({ id: 2, entity: 'a', text: 'Spa day was changed.' });
    await until(() => expect(said()).toEqual(['Spa day was changed. (2 times)']));
  });

  it('do not come for what happened before the window was opened', async () => {
    const { desk } = await openReadWindow((prepared) => (prepared.activities = [activityOf({ id: 4, text: 'Long ago.' })]));
    await desk.did({ id: 5, text: 'Just now.' });
    await until(() => expect(said()).toEqual(['Just now.']));
  });

  it('come for what was told before the first list was read', async () => {
    let answer = (): void => undefined;
    const all = [activityOf({ id: 2, text: 'Just now.' }), activityOf({ id: 1, text: 'Long ago.' })];
    const list = { activities: all, more: false, seen: 0, unseen: 2 };
    const { desk } = await openReadWindow((prepared) => {
      prepared.answers['activities'] = () => new Promise((done) => (answer = () => done(list)));
    });
    await desk.notify({ topic: 'activity', activity: activityOf({ id: 2, text: 'Just now.' }) });
    desk.answers['activities'] = () => list;
    answer();
    await until(() => expect(said()).toEqual(['Just now.']));
  });

  it('come once, also when the feed says it twice', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did({ id: 1 });
    await user.click(await screen.findByTestId('toast-dismiss'));
    await desk.notify({ topic: 'activity', activity: activityOf({ id: 1 }) });
    await settled();
    expect(said()).toEqual([]);
  });

  it('come once, also when the window is loaded anew', async () => {
    const { desk } = await openReadWindow();
    await desk.did({ id: 1 });
    await screen.findByTestId('toast');
    const announced = sessionStorage.getItem('activities.announced');
    cleanup();
    // A reload keeps the page's storage, and loses its memory.
    sessionStorage.setItem('activities.announced', announced ?? '');
    desk.activities = [...desk.activities, activityOf({ id: 2, text: 'While it was loading.' })];
    render(App);
    await until(() => expect(said()).toEqual(['While it was loading.']));
  });

  it('come for what the feed missed, however much it was', async () => {
    const { desk } = await openReadWindow((prepared) => (prepared.activities = [activityOf({ id: 1 })]));
    desk.activities = [...desk.activities, ...Array.from({ length: 130 }, (_, place) => activityOf({ id: place + 2 }))];
    await desk.notify({ topic: 'session' });
    await until(() => expect(said()).toEqual(['130 changes by colleagues: 130 offers']));
  });

  it('start over with a data folder that was begun anew', async () => {
    const { desk } = await openReadWindow((prepared) => {
      prepared.activities = [activityOf({ id: 1 })];
      sessionStorage.setItem('activities.announced', '40');
    });
    await desk.did({ id: 2, text: 'The second one.' });
    await until(() => expect(said()).toEqual(['The second one.']));
  });

  it('are forgotten when the person signs out', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did({ id: 1 });
    await screen.findByTestId('toast');
    await user.click(screen.getByTestId('person'));
    await user.click(await screen.findByTestId('sign-out'));
    await screen.findByTestId('signin-submit');
    expect(sessionStorage.length).toBe(0);
  });
});

const towels = (id: number): string => `Guest in room 101: “Towels ${id}, please”`;

describe('messages of guests', () => {
  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('stand by themselves however much colleagues do, and stay', async () => {
    const { desk } = await openReadWindow();
    await desk.did(...[1, 2, 3, 4].map((id) => ({ id })), guestWrote(5), ...[6, 7].map((id) => ({ id })));
    await until(() => expect(said()).toEqual(['6 changes by colleagues: 6 offers', towels(5)]));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said()).toEqual([towels(5)]);
  });

  it('come as one with the newest when they are many', async () => {
    const { desk } = await openReadWindow();
    await desk.did(guestWrote(1), guestWrote(2), guestWrote(3));
    await until(() => expect(said()).toEqual([towels(1), towels(2), towels(3)]));
    await desk.did(guestWrote(4));
    await until(() => expect(said()).toEqual([`4 guest messages, the newest: ${towels(4)}`]));
    await desk.did(guestWrote(5));
    await until(() => expect(said()).toEqual([`5 guest messages, the newest: ${towels(5)}`]));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said()).toHaveLength(1);
  });

  it('go when somebody has looked at the history', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did(guestWrote(1));
    await until(() => expect(said()).toEqual([towels(1)]));
    await user.click(screen.getByTestId('bell'));
    await until(() => expect(said()).toEqual([]));
  });

  it('show nothing but text, whatever a guest writes', async () => {
    const { desk } = await openReadWindow();
    await desk.did({ ...guestWrote(1), text: 'Guest in room 101: “<b>Hi</b><img src=x>”' });
    await until(() => expect(said()).toEqual(['Guest in room 101: “<b>Hi</b><img src=x>”']));
    expect(screen.getByTestId('toast').querySelector('b, img')).toBeNull();
  });

  it('lead to their entry in the history', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did({ id: 1 }, guestWrote(2));
    await until(() => expect(said()).toHaveLength(2));
    await user.click(screen.getAllByTestId('toast-open').at(-1) as HTMLElement);
    await until(() => expect(document.activeElement?.getAttribute('data-activity')).toBe('2'));
  });
});

describe('a press on a message', () => {
  it('opens the offer that it is about', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did({ id: 1, entity: 'a', text: 'Spa day was changed.' });
    await user.click(await screen.findByTestId('toast-open'));
    await until(() => expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa day'));
  });

  it('opens the room type, in its room', async () => {
    const { desk, user } = await openReadWindow((prepared) => (prepared.rooms = [roomOf({ local_id: 'r', fields: { name: 'Twin' } })]));
    await desk.did({ id: 1, kind: 'room_type_changed', entity: 'r' });
    await user.click(await screen.findByTestId('toast-open'));
    expect(await screen.findByTestId('editor')).toBeTruthy();
    expect(roomShown()).toBe('rooms');
  });

  it('opens the branding', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did({ id: 1, kind: 'branding_changed', entity: 'branding' });
    await user.click(await screen.findByTestId('toast-open'));
    await until(() => expect(roomShown()).toBe('branding'));
  });

  it('opens the gallery that it is about', async () => {
    const { desk, user } = await openReadWindow((prepared) => {
      prepared.galleries = [galleryOf({ local_id: 'g1', name: 'House' }), galleryOf({ local_id: 'g2', name: 'Rooms' })];
    });
    await desk.did({ id: 1, kind: 'gallery_changed', entity: 'g2' });
    await user.click(await screen.findByTestId('toast-open'));
    await until(() => expect(roomShown()).toBe('gallery'));
    await until(() => expect(screen.getByRole('button', { name: /Rooms 0/, pressed: true })).toBeTruthy());
  });

  it('puts a picture back that a colleague removed', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did({ id: 1, kind: 'gallery_changed', entity: 'g', text: 'A picture was removed.', put_back: true });
    await user.click(await screen.findByTestId('toast-put-back'));
    await until(() => expect(desk.ran('put_back')).toEqual([{ activity: 1 }]));
    await until(() => expect(said()).toEqual(['The picture goes back into the gallery.']));
  });

  it('shows who came on duty in the history', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did({ id: 1, kind: 'colleague_on_duty', entity: null, text: 'Niamh came on duty.' });
    await user.click(await screen.findByTestId('toast-open'));
    const entry = await screen.findByTestId('history-entry');
    await until(() => expect(document.activeElement).toBe(entry));
  });

  it('opens the history for many', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did(...[1, 2, 3, 4].map((id) => ({ id })));
    await user.click(await screen.findByTestId('toast-history'));
    expect(await screen.findAllByTestId('history-entry')).toHaveLength(4);
  });

  it.each([
    ['offer_updated', 'This offer is no longer there.'],
    ['room_type_changed', 'This room type is no longer there.'],
    ['gallery_changed', 'This gallery is no longer there.'],
  ] as const)('says so when what it is about has gone: %s', async (kind, sentence) => {
    const { desk, user } = await openReadWindow();
    await desk.did({ id: 1, kind, entity: 'gone' });
    await user.click(await screen.findByTestId('toast-open'));
    await until(() => expect(said()).toEqual([sentence]));
    expect(screen.queryByTestId('editor')).toBeNull();
    expect(roomShown()).toBe('offers');
  });
});

describe('messages and the keyboard', () => {
  it('take the focus from a panel that is open, which closes, as it does by a second press of its button', async () => {
    const { desk, user } = await openReadWindow();
    await desk.did({ id: 1 });
    await screen.findByTestId('toast');
    await user.click(screen.getByTestId('person'));
    await screen.findByTestId('sign-out');
    await user.keyboard('{F8}');
    await until(() => expect(screen.getByTestId('toast').contains(document.activeElement)).toBe(true));
    await until(() => expect(screen.queryByTestId('sign-out')).toBeNull());
    await user.click(screen.getByTestId('person'));
    await screen.findByTestId('sign-out');
    await user.click(screen.getByTestId('person'));
    await until(() => expect(screen.queryByTestId('sign-out')).toBeNull());
  });

  it('are reached with F8, dismissed with Escape, and give the focus back', async () => {
    const { desk, user } = await openReadWindow();
    const search = screen.getByTestId('offers-search');
    search.focus();
    await desk.did({ id: 1 }, { id: 2 });
    await until(() => expect(said()).toHaveLength(2));
    await user.keyboard('{F8}');
    expect(screen.getAllByTestId('toast')[1]?.contains(document.activeElement)).toBe(true);
    await user.keyboard('{Escape}');
    await until(() => expect(said()).toEqual(['Offer 1 was changed.']));
    await until(() => expect(screen.getByTestId('toast').contains(document.activeElement)).toBe(true));
    await user.keyboard('{Escape}');
    await until(() => expect(said()).toEqual([]));
    await until(() => expect(document.activeElement).toBe(search));
  });

  it('close nothing else with that Escape', async () => {
    const { desk, user } = await openReadWindow();
    await user.click(screen.getByLabelText('Edit Spa day'));
    await screen.findByTestId('editor-title');
    await desk.did({ id: 1 });
    await screen.findByTestId('toast');
    await user.keyboard('{F8}{Escape}');
    await until(() => expect(said()).toEqual([]));
    expect(screen.getByTestId('editor')).toBeTruthy();
  });

  it('stand in a region that is read aloud politely', async () => {
    const { desk } = await openReadWindow();
    await desk.did({ id: 1 });
    const toast = await screen.findByTestId('toast');
    expect(toast.closest('[aria-live]')?.getAttribute('aria-live')).toBe('polite');
  });

  it('stay while the pointer rests on them, and go a while after', async () => {
    const { desk } = await openReadWindow();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      await desk.did({ id: 1 });
      await vi.waitFor(() => expect(said()).toHaveLength(1));
      const region = screen.getByTestId('toast').closest('section') as HTMLElement;
      await fireEvent.pointerEnter(region);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(said()).toHaveLength(1);
      await fireEvent.pointerLeave(region);
      await vi.advanceTimersByTimeAsync(4000);
      expect(said()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a press on a native notification', () => {
  it('opens what it is about', async () => {
    const { desk } = await openReadWindow();
    await desk.clickNotification(activityOf({ id: 1, entity: 'a' }));
    await until(() => expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa day'));
  });

  it('asks before it leaves an editor with something typed', async () => {
    const { desk, user } = await openReadWindow();
    await user.click(screen.getByLabelText('Edit Spa day'));
    await user.type(await screen.findByTestId('editor-title'), ' for two');
    await desk.clickNotification(activityOf({ id: 1, kind: 'branding_changed', entity: 'branding' }));
    await screen.findByTestId('leave-dialog');
    expect(roomShown()).toBe('offers');
    await user.click(screen.getByTestId('leave-dialog-stay'));
    expect(screen.getByTestId<HTMLInputElement>('editor-title').value).toBe('Spa day for two');
    await desk.clickNotification(activityOf({ id: 1, kind: 'branding_changed', entity: 'branding' }));
    await user.click(await screen.findByTestId('leave-dialog-sure'));
    await until(() => expect(roomShown()).toBe('branding'));
    expect(screen.queryByTestId('editor')).toBeNull();
  });
});

describe('a deletion', () => {
  it('can be taken back from its message', async () => {
    const { desk, user } = await openReadWindow();
    await user.click(await screen.findByLabelText('Delete Spa day'));
    await user.click(await screen.findByTestId('undo-button'));
    await until(() => expect(desk.ran('undo_delete')).toEqual([{ id: 'a' }]));
    expect(await screen.findByText('Spa day')).toBeTruthy();
  });

  it('tells when it could not be done', async () => {
    const { desk, user } = await openReadWindow();
    desk.answers['delete_entity'] = () => {
      throw { code: 'disk_full', message: 'The disk is full.', way_out: 'Make room and try again.', fields: {} };
    };
    await user.click(await screen.findByLabelText('Delete Spa day'));
    const toast = await screen.findByTestId('toast');
    expect(toast.textContent).toContain('The disk is full. Make room and try again.');
  });
});
