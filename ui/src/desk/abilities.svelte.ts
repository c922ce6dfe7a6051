import type { Ability } from '../generated/Ability';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';
import type { Room } from './view.svelte';

/** What this hotel's server can do. */
export const abilities = new LiveQuery(() => command('abilities'), (change) => change.topic === 'abilities');

/** The part of the hotel that a room of the desk shows; the lists of the desk itself show none. */
export function abilityOf(room: Room): Ability | null {
  const all = abilities.value;
  if (!all?.known) return null;
  const parts: Record<Room, Ability | null> = {
    offers: all.offers,
    gallery: all.gallery,
    branding: all.branding,
    rooms: all.room_types,
    attention: null,
    diagnostics: null,
  };
  return parts[room];
}

/** A room is there unless the server is known not to have it. */
export function isThere(room: Room): boolean {
  return abilityOf(room)?.read ?? true;
}
