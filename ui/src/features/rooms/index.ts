import { inSheet } from '../../components/editor/editor.svelte';
import type { Feature, Features } from '../../lib/features';
import { ALL_ROOMS, madeIn, type OwnRoom, type Room, type SheetKind } from '../../lib/rooms';
import { Records } from './records.svelte';
import Screen from './Records.svelte';

/** A room that lists what its table describes: room types, and every resource without a screen of its own. */
function listOf(room: Room, kind: SheetKind): Feature {
  return {
    Screen,
    ...inSheet(kind, room),
    beginning: (account) => account.part(Records).of(kind).beginning(),
  };
}

/** All rooms: those with screens of their own, and lists. */
export function withLists(own: Record<OwnRoom, Feature>): Features {
  const lists = ALL_ROOMS.flatMap((room) => {
    const kind = madeIn(room);
    return kind && !(room in own) ? [[room, listOf(room, kind)] as const] : [];
  });
  // A room is one of its own, or it makes something: `OwnRoom` and `madeIn` read the same table.
  return { ...own, ...Object.fromEntries(lists) } as Features;
}
