// Opens the screen on which something is shown or can be changed.
import type { Fact } from '../generated/Fact';
import type { FactKind } from '../generated/FactKind';
import type { Kind } from '../generated/Kind';
import type { LocalId } from '../generated/LocalId';
import { editor } from './editor.svelte';
import { type Room, view } from './view.svelte';

/** The room in which things of a kind are shown. */
export const ROOMS: Record<Kind, Room> = {
  offer: 'offers',
  room_type: 'rooms',
  branding: 'branding',
  gallery: 'gallery',
};

const FACTS: Partial<Record<FactKind, Room>> = {
  room_types_changed: 'rooms',
  branding_changed: 'branding',
  gallery_changed: 'gallery',
};

/** Opens an offer or a room type in its editor, and anything else in its room. */
export function openThing(about: Kind, thing: LocalId): void {
  if (about === 'offer') {
    editor.open({ id: thing });
    return;
  }
  if (about === 'room_type') {
    view.room = ROOMS[about];
    editor.open({ roomType: thing });
    return;
  }
  view.thing = thing;
  view.room = ROOMS[about];
}

/** How to open what a fact tells of; null where there is nothing to look at. */
export function opening(fact: Fact): (() => void) | null {
  const room = FACTS[fact.kind];
  if (room) return () => (view.room = room);
  const offer = fact.kind === 'offer_deleted' ? null : fact.offer;
  return offer === null ? null : () => openThing('offer', offer);
}
