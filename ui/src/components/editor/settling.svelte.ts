// The conflicts that were settled in an open editor. All sides stay available until the editor is closed, so a choice
// loses nothing.
import { SvelteMap } from 'svelte/reactivity';

import type { ConflictView, FieldValue, Resolution } from '../../generated';
import { command } from '../../platform';
import type { Draft } from './draft.svelte';

export type Side = Resolution['choice'];

export interface Settled {
  choice: Side;
  conflict: ConflictView;
  /** The third text, if the person typed one. */
  third: FieldValue | null;
}

/** Returns the sides that were not chosen. */
export function otherSides(settled: Settled): Side[] {
  const all: Side[] = settled.third ? ['mine', 'theirs', 'edit'] : ['mine', 'theirs'];
  return all.filter((side) => side !== settled.choice);
}

/** Returns the value of a side; null for a picture. */
export function valueOf(settled: Settled, side: Side): FieldValue | null {
  return side === 'edit' ? settled.third : settled.conflict[side];
}

export class Settling {
  /** The settled conflicts, by key. */
  #done = new SvelteMap<string, Settled>();
  #draft: Draft;

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  at(key: string): Settled | undefined {
    return this.#done.get(key);
  }

  put(key: string, settled: Settled): void {
    this.#done.set(key, settled);
  }

  /** Chooses another side of a settled conflict. */
  async useOther(key: string, side: Side): Promise<void> {
    const done = this.#done.get(key);
    const { id } = this.#draft;
    if (!id || !done) return;
    const { field, slot, my_picture, their_picture } = done.conflict;
    const now = valueOf(done, side);
    if (field === null) {
      await command('set_picture', { id, slot: slot ?? 'photo', picture: side === 'mine' ? my_picture : their_picture });
    } else if (now) await command('edit', { id, edits: [{ was: this.#draft.liveValue(field), now }] });
    this.#done.set(key, { ...done, choice: side });
  }
}
