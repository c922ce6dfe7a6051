// Announces each activity of colleagues and guests once. It reads the list of activities and not the feed. So
// activities that the feed missed are announced too, and those announced before a reload of the window are not
// announced again.
import { untrack } from 'svelte';

import type { Activity, ActivityList } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { onChange } from '../../platform';
import { Activities } from './activities.svelte';
import { Announcements } from './announcements';
import { isOfGuest } from './groups';
import { Notifications } from './notifications.svelte';
import { play } from './sounds';

/** The longest pause within a burst of activities, in milliseconds. A burst makes one sound. */
const BURST = 10_000;

export class Notifier {
  /** The first activity after this window began to listen. */
  #first = Infinity;
  /** The time of the last activity, in milliseconds since 1970. */
  #last = 0;
  /** The time of the last sound for a guest. */
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
    // The person has seen these activities in the open history.
    this.#announcements.seen(list.seen);
    if (quiet) {
      // From now on the list is read back to this activity, so that the number of activities is known at the end.
      if (held === null) heldSince.value = announced;
      return;
    }
    heldSince.value = null;
    if (held !== null) {
      // Activities that were seen in the history meanwhile need no message.
      const from = Math.max(held, list.seen);
      this.#announcements.meanwhile(list.activities.filter((activity) => activity.id > from && !activity.own));
    } else if (fresh.length > 0) {
      this.#announcements.notify(fresh);
      this.#sound(fresh);
    }
  }

  /** Returns the newest activity announced before this list, and marks the whole list as announced. */
  #takeUp(list: ActivityList): number {
    const newest = list.activities[0]?.id ?? 0;
    const { announced } = this.#activities;
    const known = announced.value;
    announced.value = newest;
    // This is the first list since the program began, or the list of a new data folder.
    if (known === null || known > newest) return Math.min(newest, this.#first - 1);
    return known;
  }

  #sound(fresh: readonly Activity[]): void {
    const moment = Date.now();
    const guest = fresh.some(isOfGuest);
    // Further messages of a guest make a sound again after a pause, because each guest waits for an answer.
    const quiet = guest ? moment - this.#guests > BURST : moment - this.#last > BURST;
    this.#last = moment;
    if (!quiet) return;
    if (guest) this.#guests = moment;
    if (this.#notifications.sounds) void play(guest ? 'guest' : 'colleague');
  }
}
