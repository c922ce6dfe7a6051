// Moving things by hand in the hotel's order.
import type { LocalId, Place } from '../generated';
import type { Toasts } from './toasts.svelte';

export type Direction = 'up' | 'down' | 'first' | 'last';

/** A list in which things are moved. */
export interface Movables {
  count(): number;
  /** The entity in this place; undefined while it is not held. */
  at(index: number): LocalId | undefined;
  /** The place of an entity; -1 while it is not held. */
  placeOf(id: LocalId): number;
  /** Hands a move over to the core. */
  move(id: LocalId, to: Place): Promise<unknown>;
  /** Reads the list anew, with the move in it. */
  fresh(): Promise<void>;
}

/** Where a step leads, seen from a place in the list; null when it leads nowhere. */
export function placeAfter(direction: Direction, index: number, at: (index: number) => LocalId | undefined): Place | null {
  if (direction === 'first' || direction === 'last') return { at: direction };
  const other = at(direction === 'up' ? index - 1 : index + 1);
  if (other === undefined) return null;
  return { at: direction === 'up' ? 'before' : 'after', other };
}

/** The place before the entity with this number, seen from those around it; null where nothing would change. */
export function placeInGap(moved: LocalId, gap: number, at: (index: number) => LocalId | undefined): Place | null {
  const [before, behind] = [at(gap - 1), at(gap)];
  if (before === moved || behind === moved) return null;
  if (behind !== undefined) return { at: 'before', other: behind };
  return before === undefined ? null : { at: 'after', other: before };
}

/**
 * Carries out the moves of one list, one after the other, each from the list as the one before has left it: who presses
 * a key three times means three places.
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
   * Moves an entity to where `to` says when its turn has come. Gives its new place in the list once the list shows it;
   * null when it was not moved.
   */
  move(id: LocalId, to: (index: number) => Place | null): Promise<number | null> {
    const moving = this.#turn.then(() => this.#carryOut(id, to));
    this.#turn = moving;
    return moving;
  }

  /** Moves an entity one place, or to an end. */
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
