// Moving offers by hand in the hotel's order. Moves are carried out one after the other, each from the list as the
// one before has left it: who presses a key three times means three places.
import type { LocalId } from '../generated/LocalId';
import type { OfferPlace } from '../generated/OfferPlace';
import { command } from '../platform';
import { attempt } from './actions';
import { offers } from './offers.svelte';

export type Direction = 'up' | 'down' | 'first' | 'last';

/** Whether the list shows the order that is moved in. */
export function movable(): boolean {
  return offers.order === 'hotel';
}

/** Where a step leads, seen from a place in the list; null when it leads nowhere. */
export function placeAfter(direction: Direction, index: number, at: (index: number) => LocalId | undefined): OfferPlace | null {
  if (direction === 'first' || direction === 'last') return { at: direction };
  const offer = at(direction === 'up' ? index - 1 : index + 1);
  if (offer === undefined) return null;
  return { at: direction === 'up' ? 'before' : 'after', offer };
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Moves an offer to where `to` says when its turn has come. Gives its new place in the list once the list shows it;
 * null when it was not moved.
 */
export function moveOffer(id: LocalId, to: (index: number) => OfferPlace | null): Promise<number | null> {
  const moving = turn.then(() => carryOut(id, to));
  turn = moving;
  return moving;
}

async function carryOut(id: LocalId, to: (index: number) => OfferPlace | null): Promise<number | null> {
  const place = to(offers.placeOf(id));
  if (!place || !(await attempt(() => command('move_offer', { id, to: place })))) return null;
  await offers.query.fresh();
  if (place.at === 'first') return 0;
  if (place.at === 'last') return offers.total - 1;
  const index = offers.placeOf(id);
  return index < 0 ? null : index;
}

/** Moves an offer one place, or to an end. */
export function stepOffer(id: LocalId, direction: Direction): Promise<number | null> {
  return moveOffer(id, (index) => (index < 0 ? null : placeAfter(direction, index, (other) => offers.at(other)?.local_id)));
}
