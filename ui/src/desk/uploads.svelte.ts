import { SvelteMap } from 'svelte/reactivity';

import type { LocalId } from '../generated/LocalId';
import { onChange } from '../platform';

/** An upload that says nothing for so long has stopped: its bar goes, its waiting mark stays. */
const SILENT = 5000;

/** All bytes are handed over, and the hotel stores them: so long its answer may take. */
const STORING = 60_000;

interface Upload {
  share: number;
  timer: ReturnType<typeof setTimeout>;
}

const going = new SvelteMap<LocalId, Upload>();

function end(entity: LocalId): void {
  clearTimeout(going.get(entity)?.timer);
  going.delete(entity);
}

/** Follows pictures on their way to the hotel. */
export function followUploads(): () => void {
  const stop = onChange((change) => {
    if (change.topic !== 'upload') return;
    const { entity, sent, total } = change;
    end(entity);
    if (total === 0) return;
    const share = Math.min(1, sent / total);
    going.set(entity, { share, timer: setTimeout(() => end(entity), share < 1 ? SILENT : STORING) });
  });
  return () => {
    stop();
    for (const entity of [...going.keys()]) end(entity);
  };
}

/** How much of the picture of this offer, record or place in a gallery has been sent, from 0 to 1; null when none is on its way. */
export function uploadShare(entity: LocalId): number | null {
  return going.get(entity)?.share ?? null;
}
