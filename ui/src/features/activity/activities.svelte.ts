// The activities of colleagues and guests, newest first, and the number of unseen ones. The core counts and stores
// that. This module only stores the last activity that this window has announced.
import type { Activity, ActivityKind, ActivityList, Change } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { LiveQuery } from '../../lib/live.svelte';
import { command } from '../../platform';

/** The number of activities in one request. */
export const PAGE = 50;

export interface ActivityFilter {
  kinds: ActivityKind[];
  text: string | null;
}

/** Reads activities page by page, newest first, until `enough` returns true or there are no older ones. */
export async function readActivities(filter: ActivityFilter, enough: (activities: readonly Activity[]) => boolean): Promise<ActivityList> {
  const first = await command('activities', { query: { ...filter, before: null, limit: PAGE } });
  let { activities, more } = first;
  for (let last = activities.at(-1); more && last && !enough(activities); last = activities.at(-1)) {
    const page = await command('activities', { query: { ...filter, before: last.id, limit: PAGE } });
    activities = [...activities, ...page.activities];
    more = page.more && page.activities.length > 0;
  }
  return { ...first, activities, more };
}

/** Returns true if the list reaches back to this activity. */
export function reaches(activities: readonly Activity[], id: number): boolean {
  const last = activities.at(-1);
  return last === undefined || last.id <= id;
}

/**
 * Returns true for changes after which activities are read again. If the window is too slow for the feed, it misses
 * changes without a notice; the shell then sends all topics that matter again, `session` among them.
 */
export function touchesActivities(change: Change): boolean {
  return change.topic === 'activity' || change.topic === 'history' || change.topic === 'session';
}

/** A number that survives a reload of the window, but not the end of the program. */
class Remembered {
  #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  get value(): number | null {
    const held = sessionStorage.getItem(this.#key);
    return held === null ? null : Number(held);
  }

  set value(id: number | null) {
    if (id === null) sessionStorage.removeItem(this.#key);
    else sessionStorage.setItem(this.#key, String(id));
  }
}

export class Activities {
  /** The newest activity that was announced, or that existed before this window. Null before the first answer. */
  readonly announced = new Remembered('activities.announced');
  /** The activity since which messages are held back; null if they are not held back. */
  readonly heldSince = new Remembered('activities.held-since');

  query = new LiveQuery<ActivityList>(() => {
    const from = this.heldSince.value ?? this.announced.value;
    return readActivities({ kinds: [], text: null }, (activities) => from === null || reaches(activities, from + 1));
  }, touchesActivities);

  constructor(account: Account) {
    account.onEnd(this.query.start());
    account.onEnd(() => {
      this.announced.value = null;
      this.heldSince.value = null;
    });
  }

  get unseen(): number {
    return this.query.value?.unseen ?? 0;
  }

}
