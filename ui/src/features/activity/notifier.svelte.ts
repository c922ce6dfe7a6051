// Tells what colleagues do and guests write, once an activity. What is told comes from the list of activities and not
// from the feed: so what the feed missed is told too, and what this window told before it was loaded anew is not told
// again.
import { untrack } from 'svelte';

import type { Activity, ActivityList } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { onChange } from '../../platform';
import { Activities } from './activities.svelte';
import { Announcements } from './announcements';
import { isOfGuest } from './groups';
import { Notifications } from './notifications.svelte';
import { play } from './sounds';

/** Activities that follow each other within so many milliseconds are one burst, and sound once. */
const BURST = 10_000;

export class Notifier {
  /** The first fact that came since this window listens. */
  #first = Infinity;
  /** When a colleague's fact came last, in milliseconds since 1970. */
  #last = 0;
  /** When the guests' sound came last. */
  #guests = 0;

  #activities: Activities;
  #notifications: Notifications;
  #announcements: Announcements;

  constructor(account: Account) {
    this.#activities = account.part(Activities);
    this.#notifications = account.part(Notifications);
    this.#announcements = account.part(Announcements);
    const stop = onChange((change) => {
      if (change.topic === 'activity') this.#first = Math.min(this.#first, change.activity.id);
    });
    account.onEnd(stop);
    $effect(() => {
      const list = this.#activities.query.value;
      const quiet = this.#notifications.until !== null;
      if (list && this.#notifications.known) untrack(() => this.#notify(list, quiet));
    });
  }

  #notify(list: ActivityList, quiet: boolean): void {
    const announced = this.#takeUp(list);
    const fresh = list.activities.filter((activity) => activity.id > announced && !activity.own).reverse();
    const { heldSince } = this.#activities;
    const held = heldSince.value;
    // Whoever has opened the history has seen it there.
    this.#announcements.seen(list.seen);
    if (quiet) {
      // From now on the list is read back to here, so that the end can tell how much came.
      if (held === null) heldSince.value = announced;
      return;
    }
    heldSince.value = null;
    if (held !== null) {
      // What was looked at in the history meanwhile needs no message any more.
      const from = Math.max(held, list.seen);
      this.#announcements.meanwhile(list.activities.filter((activity) => activity.id > from && !activity.own));
    } else if (fresh.length > 0) {
      this.#announcements.notify(fresh);
      this.#sound(fresh);
    }
  }

  /** Up to which fact everything was told before this list; from now on the whole list is. */
  #takeUp(list: ActivityList): number {
    const newest = list.activities[0]?.id ?? 0;
    const { announced } = this.#activities;
    const known = announced.value;
    announced.value = newest;
    // The first list since the program began, or that of a data folder that was begun anew.
    if (known === null || known > newest) return Math.min(newest, this.#first - 1);
    return known;
  }

  #sound(fresh: readonly Activity[]): void {
    const moment = Date.now();
    const guest = fresh.some(isOfGuest);
    // Guests are heard again while they go on writing: each of them waits for an answer.
    const quiet = guest ? moment - this.#guests > BURST : moment - this.#last > BURST;
    this.#last = moment;
    if (!quiet) return;
    if (guest) this.#guests = moment;
    if (this.#notifications.sounds) void play(guest ? 'guest' : 'colleague');
  }
}
