import { SvelteMap } from 'svelte/reactivity';

import type { Change, LocalId } from '../generated';
import { onChange } from '../platform';
import type { Account } from './account.svelte';

/** The time without progress after which an upload's bar is removed, in milliseconds. Its waiting mark stays. */
const SILENT = 5000;

/** The longest time that the hotel may take to store a completely sent picture, in milliseconds. */
const STORING = 60_000;

/** The running uploads of pictures. */
export class Uploads {
  #going = new SvelteMap<LocalId, { share: number; timer: ReturnType<typeof setTimeout> }>();

  constructor(account: Account) {
    account.onEnd(onChange((change) => this.#take(change)));
  }

  /**
   * Returns the sent part of the picture of this entity or of this place in a gallery, from 0 to 1, or null without an
   * upload.
   */
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
