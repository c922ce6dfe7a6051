import type { Ability } from '../generated/Ability';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';
import { type Room, ROOMS } from './view.svelte';

/** What this hotel's server can do. */
export const abilities = new LiveQuery(() => command('abilities'), (change) => change.topic === 'abilities');

/** What can be done with the resource that a room of the desk shows; the lists of the desk itself show none. */
export function abilityOf(room: Room): Ability | null {
  const all = abilities.value;
  const kind = ROOMS[room];
  return all?.known && kind ? (all.resources[kind] ?? null) : null;
}

/** A room is there unless the server is known not to have it. */
export function isThere(room: Room): boolean {
  return abilityOf(room)?.read ?? true;
}
