// Tells what colleagues do and guests write, once a fact. What is told comes from the list of facts and not from the feed: so what the
// feed missed is told too, and what this window told before it was loaded anew is not told again.
import { untrack } from 'svelte';

import type { Fact } from '../generated/Fact';
import type { FactList } from '../generated/FactList';
import { onChange } from '../platform';
import { isOfGuest } from './fact-groups';
import { facts } from './facts.svelte';
import { notifications } from './notifications.svelte';
import { play } from './sounds';
import { toasts } from './toasts.svelte';

/** Facts that follow each other within so many milliseconds are one burst, and sound once. */
const BURST = 10_000;

class Telling {
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
      if (change.topic === 'fact') this.#first = Math.min(this.#first, change.fact.id);
    });
    const stopTelling = $effect.root(() => {
      $effect(() => {
        const list = facts.query.value;
        const quiet = notifications.until !== null;
        if (list && notifications.known) untrack(() => this.#tell(list, quiet));
      });
    });
    return () => {
      stopHearing();
      stopTelling();
    };
  }

  #tell(list: FactList, quiet: boolean): void {
    const told = this.#takeUp(list);
    const news = list.facts.filter((fact) => fact.id > told).reverse();
    const heldSince = facts.heldSince.value;
    // Whoever has opened the history has seen it there.
    toasts.seen(list.seen);
    if (quiet) {
      // From now on the list is read back to here, so that the end can tell how much came.
      if (heldSince === null) facts.heldSince.value = told;
      return;
    }
    facts.heldSince.value = null;
    if (heldSince !== null) {
      // What was looked at in the history meanwhile needs no message any more.
      const from = Math.max(heldSince, list.seen);
      toasts.meanwhile(list.facts.filter((fact) => fact.id > from));
    } else if (news.length > 0) {
      toasts.tell(news);
      this.#sound(news);
    }
  }

  /** Up to which fact everything was told before this list; from now on the whole list is. */
  #takeUp(list: FactList): number {
    const newest = list.facts[0]?.id ?? 0;
    const known = facts.told.value;
    facts.told.value = newest;
    // The first list since the program began, or that of a data folder that was begun anew.
    if (known === null || known > newest) return Math.min(newest, this.#first - 1);
    return known;
  }

  #sound(news: readonly Fact[]): void {
    const moment = Date.now();
    const guest = news.some(isOfGuest);
    // Guests are heard again while they go on writing: each of them waits for an answer.
    const calm = guest ? moment - this.#guests > BURST : moment - this.#last > BURST;
    this.#last = moment;
    if (!calm) return;
    if (guest) this.#guests = moment;
    if (notifications.sounds) void play(guest ? 'guest' : 'colleague');
  }
}

export const telling = new Telling();
