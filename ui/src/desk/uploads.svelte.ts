import { SvelteMap } from 'svelte/reactivity';

import type { LocalId } from '../generated/LocalId';
import { onChange } from '../platform';

const going = new SvelteMap<LocalId, number>();

/** Follows pictures on their way to the hotel. */
export function followUploads(): () => void {
  return onChange((change) => {
    if (change.topic !== 'upload') return;
    if (change.total === 0 || change.sent >= change.total) going.delete(change.offer);
    else going.set(change.offer, change.sent / change.total);
  });
}

/** How much of this offer's picture has been sent, from 0 to 1; null when none is on its way. */
export function uploadShare(offer: LocalId): number | null {
  return going.get(offer) ?? null;
}
