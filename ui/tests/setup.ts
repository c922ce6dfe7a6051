import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, expect, vi } from 'vitest';

import { install } from '../dev/answers';
import { PretendDesk } from '../dev/desk';
import { offerOf } from '../dev/offers';
import App from '../src/App.svelte';
import type { OutboxItem, PreparedPicture } from '../src/generated';
import { connectChanges } from '../src/platform';

afterEach(() => {
  cleanup();
  clearMocks();
  localStorage.clear();
  sessionStorage.clear();
  delete document.documentElement.dataset['ready'];
});

/** Returns an entry of the outbox that needs a person; `part` replaces values. */
export function itemOf(part: Partial<OutboxItem> & { id: string }): OutboxItem {
  return {
    kind: 'edit',
    about: 'offer',
    entity: 'a',
    title: 'Spa day',
    summary: 'Change the tag of “Spa day”.',
    state: 'attention',
    code: null,
    reason: '',
    fields: {},
    attempts: 1,
    next_try: null,
    created_at: '2026-11-21T13:00:00Z',
    can_retry: true,
    removed_there: false,
    like: [],
    is_doubtful: false,
    discard_loses: '',
    question: null,
    ...part,
  };
}

/** Opens the whole window on a fake desk with two offers. */
export async function openWindow(prepare: (desk: PretendDesk) => void = () => undefined) {
  const desk = new PretendDesk();
  desk.offers = [
    offerOf({ local_id: 'a', id: 1, title: 'Spa day', tag: 'Wellness', short_description: 'Thermal suite' }),
    offerOf({ local_id: 'b', id: 2, title: 'Golf and stay', valid_from: '2027-03-01' }),
  ];
  prepare(desk);
  install(desk);
  await connectChanges();
  render(App);
  return { desk, user: watchful(userEvent.setup()) };
}

/** Checks the focus after each of the person's presses: it must not be on the body, which takes no keys. */
function watchful(user: UserEvent): UserEvent {
  const held = () => until(() => expect(document.activeElement, 'the focus').not.toBe(document.body));
  return {
    ...user,
    click: (element) => user.click(element).then(held),
    keyboard: (text) => user.keyboard(text).then(held),
  };
}

/** Opens the window on a desk that has been read and receives events. */
export async function openReadWindow(prepare: (desk: PretendDesk) => void = () => undefined) {
  const opened = await openWindow(prepare);
  await screen.findByText('Spa day');
  await until(() => {
    expect(opened.desk.ran('activities').length).toBeGreaterThan(0);
    expect(opened.desk.ran('notification_settings').length).toBeGreaterThan(0);
  });
  return opened;
}

/** Opens the editor of an offer and waits until it accepts typing. */
export async function openEditor(user: ReturnType<typeof userEvent.setup>, title: string): Promise<HTMLInputElement> {
  await user.click(await screen.findByLabelText(`Edit ${title}`));
  return screen.findByTestId<HTMLInputElement>('editor-title');
}

/** Returns the room that the rail marks as the one on the screen. */
export function roomShown(): string | undefined {
  return document.querySelector<HTMLElement>('nav [aria-current="page"]')?.dataset['testid']?.replace('rail-', '');
}

/** Delays the preparation of a picture until the returned function is called. */
export function hold(desk: PretendDesk): () => void {
  let end = (): void => undefined;
  const held = new Promise<PreparedPicture>((resolve) => {
    end = () => resolve({ ...desk.picture, hash: 'e'.repeat(64) });
  });
  desk.answers['prepare_picture'] = () => held;
  return () => end();
}

/** Waits until an assertion holds. */
export const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 3000, interval: 10 });

/** Creates a desk where a colleague has also changed the title of the offer `a`. */
export function withTitleConflict(desk: PretendDesk): void {
  desk.conflicts.set('a', [
    {
      intent: 'i1',
      about: 'offer',
      field: 'title',
      slot: null,
      mine: { field: 'title', value: 'Spa day' },
      theirs: { field: 'title', value: 'Spa night' },
      my_picture: null,
      their_picture_url: null,
      their_picture: null,
      mine_at: '2026-11-21T13:00:00Z',
      theirs_at: '2026-11-21T13:30:00Z',
    },
  ]);
}
