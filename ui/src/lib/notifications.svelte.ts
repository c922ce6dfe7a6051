// The person's settings for messages about activities.
import { untrack } from 'svelte';

import type { Account } from './account.svelte';
import { LiveQuery } from './live.svelte';
import { command } from '../platform';

/** The interval of checks for the end, in milliseconds. A single timer would stop while the computer sleeps. */
const LOOK = 30_000;

export class Notifications {
  query = new LiveQuery(
    () => command('notification_settings'),
    (change) => change.topic === 'notifications' || change.topic === 'session',
  );
  /** The end of do-not-disturb; null if it is off. It ends by itself. */
  until = $state<string | null>(null);
  /** True once it is known whether do-not-disturb is on, or that this cannot be found out. */
  known = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(account: Account) {
    account.onEnd(this.query.start());
    account.onEnd(() => clearTimeout(this.#timer));
    $effect(() => {
      const { value, error } = this.query;
      if (value) untrack(() => this.#follow(value.quiet_until));
      if (value || error) this.known = true;
    });
  }

  get sounds(): boolean {
    return this.query.value?.sounds ?? false;
  }

  /** True if the sound of a guest's message is repeated until the message is read. */
  get repeats(): boolean {
    return this.query.value?.repeats ?? false;
  }

  #follow(until: string | null): void {
    clearTimeout(this.#timer);
    const left = until === null ? 0 : Date.parse(until) - Date.now();
    this.until = left > 0 ? until : null;
    if (left > 0) this.#timer = setTimeout(() => this.#lookAgain(until), Math.min(left, LOOK));
  }

  #lookAgain(until: string | null): void {
    this.#follow(until);
    // The core may end it early, after a clock was set back.
    void this.query.refresh();
  }
}
