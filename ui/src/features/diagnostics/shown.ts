// Tells the core when what came over the live connection is on the screen, so that it can say how long that took.
//
// An event is on the screen when the questions that it raised are answered and the next frame is drawn. What comes in
// the meantime waits for one more round: a burst costs a few frames. Each entry is told of by itself, since only the
// screen knows which ones it has drawn: what comes while the window is hidden is drawn by no frame and not told.
import { tick } from 'svelte';

import type { Account } from '../../lib/account.svelte';
import { allSettled } from '../../lib/live.svelte';
import { command, onChange } from '../../platform';

/** So many entries does the core keep; figures of older ones are shown nowhere. */
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

  /** Calls `listener` each time when the core has taken figures, until the returned function is called. */
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
      // A figure that is lost is no harm: nothing of the hotel's hangs on it.
      await Promise.all(round.map((seq) => command('note_shown', { seq }).catch(() => undefined)));
      for (const listener of this.#listeners) listener();
    }
    this.#busy = false;
  }
}

/** Resolves after the next frame; with false when the window is hidden before it. */
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
    // The callback comes before the frame is painted, the task after it.
    requestAnimationFrame(() => setTimeout(() => end(true)));
  });
}
