// Reports to the core when an event is on the screen, so that the core can measure the latency.
//
// An event is on the screen after its queries are answered and the next frame is drawn. Events in the meantime wait for
// one more round, so a burst costs a few frames. Each entry is reported, because only the screen knows the drawn
// entries. A hidden window draws no frames, so its events are not reported.
import { tick } from 'svelte';

import type { Account } from '../../lib/account.svelte';
import { allSettled } from '../../lib/live.svelte';
import { command, onChange } from '../../platform';

/** The number of entries that the core stores. Figures of older ones are not shown. */
const KEPT = 500;

export class Shown {
  #listeners = new Set<() => void>();
  #pending: number[] = [];
  #busy = false;
  #ended = false;

  constructor(account: Account) {
    const deaf = onChange((change) => {
      if (change.topic !== 'live') return;
      this.#pending.push(change.seq);
      void this.#report();
    });
    account.onEnd(() => {
      this.#ended = true;
      deaf();
    });
  }

  /** Calls `listener` each time the core has taken figures, until the returned function is called. */
  onReported(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #report(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#pending.length > 0 && !this.#ended) {
      const round = this.#pending.slice(-KEPT);
      this.#pending = [];
      await allSettled();
      await tick();
      if (!(await drawn()) || this.#ended) continue;
      // A lost figure has no effect on the hotel's data.
      await command('note_shown', { seqs: round }).catch(() => undefined);
      for (const listener of this.#listeners) listener();
    }
    this.#busy = false;
  }
}

/** Resolves after the next frame, or with false if the window is hidden before it. */
function drawn(): Promise<boolean> {
  if (document.hidden) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (seen: boolean): void => {
      document.removeEventListener('visibilitychange', onhide);
      resolve(seen);
    };
    const onhide = (): void => {
      if (document.hidden) end(false);
    };
    document.addEventListener('visibilitychange', onhide);
    // The callback runs before the frame is painted, and the task after it.
    requestAnimationFrame(() => setTimeout(() => end(true)));
  });
}
