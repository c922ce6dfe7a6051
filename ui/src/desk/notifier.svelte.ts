// Tells what colleagues do and guests write, once an activity. What is told comes from the list of activities and not
// from the feed: so what the feed missed is told too, and what this window told before it was loaded anew is not told
// again.
import { untrack } from 'svelte';

import type { Activity } from '../generated/Activity';
import type { ActivityList } from '../generated/ActivityList';
import { onChange } from '../platform';
import { isOfGuest } from './activity-groups';
import { activities } from './activities.svelte';
import { notifications } from './notifications.svelte';
import { play } from './sounds';
import { toasts } from './toasts.svelte';

/** Activities that follow each other within so many milliseconds are one burst, and sound once. */
const BURST = 10_000;

class Notifier {
  /** The first fact that came since this window listens. */
  #first = Infinity;
  /** When a colleague's fact came last, in milliseconds since 1970. */
  #last = 0;
  /** When the guests' sound came last. */
  #guests = 0;

  /** Tells until the returned function is called. */
  follow(): () => void {
    this.#first = Infinity;
    this.#last = 0;
    this.#guests = 0;
    const stopHearing = onChange((change) => {
      if (change.topic === 'activity') this.#first = Math.min(this.#first, change.activity.id);
    });
    const stopNotifying = $effect.root(() => {
      $effect(() => {
        const list = activities.query.value;
        const quiet = notifications.until !== null;
        if (list && notifications.known) untrack(() => this.#notify(list, quiet));
      });
    });
    return () => {
      stopHearing();
      stopNotifying();
    };
  }

  #notify(list: ActivityList, quiet: boolean): void {
    const announced = this.#takeUp(list);
    const fresh = list.activities.filter((activity) => activity.id > announced).reverse();
    const heldSince = activities.heldSince.value;
    // Whoever has opened the history has seen it there.
    toasts.seen(list.seen);
    if (quiet) {
      // From now on the list is read back to here, so that the end can tell how much came.
      if (heldSince === null) activities.heldSince.value = announced;
      return;
    }
    activities.heldSince.value = null;
    if (heldSince !== null) {
      // What was looked at in the history meanwhile needs no message any more.
      const from = Math.max(heldSince, list.seen);
      toasts.meanwhile(list.activities.filter((activity) => activity.id > from));
    } else if (fresh.length > 0) {
      toasts.notify(fresh);
      this.#sound(fresh);
    }
  }

  /** Up to which fact everything was told before this list; from now on the whole list is. */
  #takeUp(list: ActivityList): number {
    const newest = list.activities[0]?.id ?? 0;
    const known = activities.announced.value;
    activities.announced.value = newest;
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
    if (notifications.sounds) void play(guest ? 'guest' : 'colleague');
  }
}

export const notifier = new Notifier();
