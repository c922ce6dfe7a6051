// The rooms of the desk. Each shows one resource, or none.
import type { Kind } from '../generated';

/** The rooms in the order of the rail, with the resource that each shows (or null) and its icon. */
export const ROOMS = {
  offers: { shows: 'offer', icon: 'offers' },
  gallery: { shows: 'gallery', icon: 'gallery' },
  branding: { shows: 'branding', icon: 'branding' },
  rooms: { shows: 'room_type', icon: 'rooms' },
  chat: { shows: 'conversation', icon: 'chat' },
  // Its resource can only be read. A server that refuses the list still reports the duty of some people by events.
  team: { shows: null, icon: 'team' },
  attention: { shows: null, icon: 'attention' },
  diagnostics: { shows: null, icon: 'diagnostics' },
  settings: { shows: null, icon: 'settings' },
} as const satisfies Record<string, { shows: Kind | null; icon: string }>;

export type Room = keyof typeof ROOMS;
export const ALL_ROOMS = Object.keys(ROOMS) as readonly Room[];

/** The resources whose entities are created, removed and edited in the sheet. */
export type SheetKind = Exclude<Kind, 'gallery' | 'branding' | 'staff' | 'conversation'>;

/** The resources that are edited in a form drawn from their table of fields. */
export type RecordKind = Exclude<Kind, 'gallery' | 'staff' | 'conversation'>;

/** The rooms with their own screens. The other rooms draw lists from the table of their resource. */
export type OwnRoom = {
  [R in Room]: Extract<(typeof ROOMS)[R]['shows'], 'offer' | 'gallery' | 'branding' | 'conversation' | null> extends never ? never : R;
}[Room];

/** Returns the room that shows a resource. */
export function roomOf(kind: Kind): Room {
  return ALL_ROOMS.find((room) => ROOMS[room].shows === kind) ?? 'attention';
}

/** Returns the resource whose entities are created in a room with the sheet, or null if the room has its own screen. */
export function madeIn(room: Room): SheetKind | null {
  const kind = ROOMS[room].shows;
  return kind === null || kind === 'gallery' || kind === 'branding' || kind === 'conversation' ? null : kind;
}
