// Moves entities by hand in the hotel's order.
import type { LocalId, Place } from '../generated';
import type { Toasts } from './toasts.svelte';

export type Direction = 'up' | 'down' | 'first' | 'last';

/** A list whose entities can be moved. */
export interface Movables {
  count(): number;
  /** Returns the entity at this place, or undefined if it is not loaded. */
  at(index: number): LocalId | undefined;
  /** Returns the place of an entity, or -1 if it is not loaded. */
  placeOf(id: LocalId): number;
  /** Sends a move to the core. */
  move(id: LocalId, to: Place): Promise<unknown>;
  /** Reads the list again, with the move in it. */
  fresh(): Promise<void>;
}

/** Returns the place that a step leads to, seen from a place in the list, or null if the step changes nothing. */
export function placeAfter(direction: Direction, index: number, at: (index: number) => LocalId | undefined): Place | null {
  if (direction === 'first' || direction === 'last') return { at: direction };
  const other = at(direction === 'up' ? index - 1 : index + 1);
  if (other === undefined) return null;
  return { at: direction === 'up' ? 'before' : 'after', other };
}

/**
 * Returns the place before the entity with this number, seen from its neighbours, or null if the move changes nothing.
 */
export function placeInGap(moved: LocalId, gap: number, at: (index: number) => LocalId | undefined): Place | null {
  const [before, behind] = [at(gap - 1), at(gap)];
  if (before === moved || behind === moved) return null;
  if (behind !== undefined) return { at: 'before', other: behind };
  return before === undefined ? null : { at: 'after', other: before };
}

/**
 * Carries out the moves of one list one after the other, each from the list that the one before left. Three key presses
 * therefore move an entity by three places.
 */
export class Mover {
  readonly list: Movables;
  #toasts: Toasts;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(list: Movables, toasts: Toasts) {
    this.list = list;
    this.#toasts = toasts;
  }

  /**
   * Moves an entity to the place that `to` returns when its turn comes. Resolves to its new place once the list shows
   * it, or to null if it was not moved.
   */
  move(id: LocalId, to: (index: number) => Place | null): Promise<number | null> {
    const moving = this.#turn.then(() => this.#carryOut(id, to));
    this.#turn = moving;
    return moving;
  }

  /** Moves an entity by one place, or to an end. */
  step(id: LocalId, direction: Direction): Promise<number | null> {
    const at = (index: number) => this.list.at(index);
    return this.move(id, (index) => (index < 0 ? null : placeAfter(direction, index, at)));
  }

  async #carryOut(id: LocalId, to: (index: number) => Place | null): Promise<number | null> {
    const list = this.list;
    const place = to(list.placeOf(id));
    if (!place || !(await this.#toasts.attempt(() => list.move(id, place)))) return null;
    await list.fresh();
    if (place.at === 'first') return 0;
    if (place.at === 'last') return list.count() - 1;
    const index = list.placeOf(id);
    return index < 0 ? null : index;
  }
}
