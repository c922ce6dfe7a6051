// What colleagues did and guests wrote, newest first, and how much of it nobody has looked at. The core counts and
// remembers that; here is only remembered up to which fact this window has told.
import type { Activity, ActivityKind, ActivityList, Change } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { LiveQuery } from '../../lib/live.svelte';
import { command } from '../../platform';

/** So many activities are asked for at once. */
export const PAGE = 50;

export interface ActivityFilter {
  kinds: ActivityKind[];
  text: string | null;
}

/** Reads activities page by page, newest first, until it is `enough` or there are no older ones. */
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

/** True when the list reaches back to this activity. */
export function reaches(activities: readonly Activity[], id: number): boolean {
  const last = activities.at(-1);
  return last === undefined || last.id <= id;
}

/**
 * True for changes after which activities are read again. Where the window was too slow for the feed, activities were missed
 * without a word; `session` is then among what the shell repeats.
 */
export function touchesActivities(change: Change): boolean {
  return change.topic === 'activity' || change.topic === 'notifications' || change.topic === 'session';
}

/** A number that outlives a reload of the window, but not the program. */
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
  /** The newest fact that was told, or that was there before this window. Null before the first answer. */
  readonly announced = new Remembered('facts.told');
  /** Messages are held back since this activity; null while they are not. */
  readonly heldSince = new Remembered('facts.held-since');

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
