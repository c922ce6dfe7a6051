import { inSheet } from '../../components/editor/editor.svelte';
import type { Feature, Features } from '../../lib/account.svelte';
import { ALL_ROOMS, madeIn, type OwnRoom, type Room, type SheetKind } from '../../lib/rooms';
import { Records } from './records.svelte';
import Screen from './Records.svelte';

/** Returns the room that lists the records of a table: room types, and every resource without its own screen. */
function listOf(room: Room, kind: SheetKind): Feature {
  return {
    Screen,
    ...inSheet(kind, room),
    beginning: (account) => account.part(Records).of(kind).beginning(),
  };
}

/** Returns all rooms: those with their own screens, and lists. */
export function withLists(own: Record<OwnRoom, Feature>): Features {
  const lists = ALL_ROOMS.flatMap((room) => {
    const kind = madeIn(room);
    return kind && !(room in own) ? [[room, listOf(room, kind)] as const] : [];
  });
  // Each room is in `own` or has a sheet, because `OwnRoom` and `madeIn` read the same table.
  return { ...own, ...Object.fromEntries(lists) } as Features;
}
