import { SvelteMap } from 'svelte/reactivity';

import type { Change, LocalId } from '../generated';
import { onChange } from '../platform';
import type { Account } from './account.svelte';

/** An upload that says nothing for so long has stopped: its bar goes, its waiting mark stays. */
const SILENT = 5000;

/** All bytes are handed over, and the hotel stores them: so long its answer may take. */
const STORING = 60_000;

/** Pictures on their way to the hotel. */
export class Uploads {
  #going = new SvelteMap<LocalId, { share: number; timer: ReturnType<typeof setTimeout> }>();

  constructor(account: Account) {
    account.onEnd(onChange((change) => this.#take(change)));
  }

  /** How much of the picture of this offer, record or place in a gallery has been sent, from 0 to 1; null when none is on its way. */
  share(entity: LocalId): number | null {
    return this.#going.get(entity)?.share ?? null;
  }

  #take(change: Change): void {
    if (change.topic !== 'upload') return;
    const { entity, sent, total } = change;
    this.#end(entity);
    if (total === 0) return;
    const share = Math.min(1, sent / total);
    const timer = setTimeout(() => this.#end(entity), share < 1 ? SILENT : STORING);
    this.#going.set(entity, { share, timer });
  }

  #end(entity: LocalId): void {
    clearTimeout(this.#going.get(entity)?.timer);
    this.#going.delete(entity);
  }
}
