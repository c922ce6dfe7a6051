// The clashes that were settled while something is edited. Both sides stay at hand: choosing loses nothing.
import { SvelteMap } from 'svelte/reactivity';

import type { FieldValue } from '../generated/FieldValue';
import type { LocalId } from '../generated/LocalId';
import type { Door } from './doors';
import { type Settled, type Side, valueOf } from './settled';

/** What is edited, as far as its clashes go. */
interface Edited {
  readonly id: LocalId | null;
  readonly door: Pick<Door, 'edit' | 'setPicture'>;
  liveValue(name: string): FieldValue;
}

export class Settling {
  /** By the key of what clashed. */
  #done = new SvelteMap<string, Settled>();
  #edited: Edited;

  constructor(edited: Edited) {
    this.#edited = edited;
  }

  at(key: string): Settled | undefined {
    return this.#done.get(key);
  }

  put(key: string, settled: Settled): void {
    this.#done.set(key, settled);
  }

  /** Another side of a settled clash shall stand after all. */
  async useOther(key: string, side: Side): Promise<void> {
    const done = this.#done.get(key);
    const { id, door } = this.#edited;
    if (!id || !done) return;
    const { field, slot, my_picture, their_picture } = done.clash;
    const now = valueOf(done, side);
    if (field === null) await door.setPicture(id, slot ?? 'photo', side === 'mine' ? my_picture : their_picture);
    else if (now) await door.edit(id, [{ was: this.#edited.liveValue(field), now }]);
    this.#done.set(key, { ...done, choice: side });
  }
}
