import type { Capability } from '../generated/Capability';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';
import { type Room, ROOMS } from './view.svelte';

/** What this hotel's server can do. */
export const capabilities = new LiveQuery(() => command('capabilities'), (change) => change.topic === 'capabilities');

/** What can be done with the resource that a room of the desk shows; the lists of the desk itself show none. */
export function capabilityOf(room: Room): Capability | null {
  const all = capabilities.value;
  const kind = ROOMS[room].shows;
  return all?.known && kind ? (all.resources[kind] ?? null) : null;
}

/** A room is there unless the server is known not to have it. */
export function isThere(room: Room): boolean {
  return capabilityOf(room)?.read ?? true;
}
