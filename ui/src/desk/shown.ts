// Tells the core when what came over the live connection is on the screen, so that it can say how long that took.
//
// An event is on the screen when the questions that it raised are answered and the next frame is drawn. What comes in
// the meantime waits for one more round: a burst costs a few frames. Each entry is told of by itself, since only the
// screen knows which ones it has drawn: what comes while the window is hidden is drawn by no frame and not told.
import { tick } from 'svelte';

import { command, onChange } from '../platform';
import { allSettled } from './live.svelte';

/** So many entries does the core keep; figures of older ones are shown nowhere. */
const KEPT = 500;

type Listener = () => void;

const listeners = new Set<Listener>();

/** Calls `listener` each time when the core has taken figures, until the returned function is called. */
export function onReported(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reports until the returned function is called. */
export function reportShown(): () => void {
  let pending: number[] = [];
  let busy = false;
  let stopped = false;

  async function report(): Promise<void> {
    if (busy) return;
    busy = true;
    while (pending.length > 0 && !stopped) {
      const round = pending.slice(-KEPT);
      pending = [];
      await allSettled();
      await tick();
      if (!(await drawn()) || stopped) continue;
      // A figure that is lost is no harm: nothing of the hotel's hangs on it.
      await Promise.all(round.map((seq) => command('note_shown', { seq }).catch(() => undefined)));
      for (const listener of listeners) listener();
    }
    busy = false;
  }

  const deaf = onChange((change) => {
    if (change.topic !== 'live') return;
    pending.push(change.seq);
    void report();
  });
  return () => {
    stopped = true;
    deaf();
  };
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
