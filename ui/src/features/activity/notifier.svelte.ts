// Announces each activity of colleagues and guests once. It reads the list of activities and not the feed. So
// activities that the feed missed are announced too, and those announced before a reload of the window are not
// announced again.
import { untrack } from 'svelte';

import type { ActivityList } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { Status } from '../../lib/desk.svelte';
import { onChange } from '../../platform';
import { Activities } from './activities.svelte';
import { Announcements } from './announcements';
import { Notifications } from '../../lib/notifications.svelte';
import { Sounding } from './sounding';
import { play } from '../../lib/sounds';

/** The interval of looks whether a sound is to be repeated, in milliseconds. */
const LOOK = 5_000;

export class Notifier {
  /** The first activity after this window began to listen. */
  #first = Infinity;
  #sounding = new Sounding();

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
    const status = account.part(Status);
    const repeating = $derived.by(() => {
      const { sounds, repeats, until } = this.#notifications;
      return sounds && repeats && until === null && (status.value?.unread_messages ?? 0) > 0;
    });
    $effect(() => {
      if (!repeating) return undefined;
      const timer = setInterval(() => {
        if (this.#sounding.repeats(Date.now())) void play('guest');
      }, LOOK);
      return () => clearInterval(timer);
    });
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
      const sound = this.#sounding.of(fresh, Date.now());
      if (sound !== null && this.#notifications.sounds) void play(sound);
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
}
