// The rooms of the desk: each shows one resource, or none.
import type { Kind } from '../generated';

/** From the top of the rail: the resource that each room shows, if it does, and its icon. */
export const ROOMS = {
  offers: { shows: 'offer', icon: 'offers' },
  gallery: { shows: 'gallery', icon: 'gallery' },
  branding: { shows: 'branding', icon: 'branding' },
  rooms: { shows: 'room_type', icon: 'rooms' },
  attention: { shows: null, icon: 'attention' },
  diagnostics: { shows: null, icon: 'diagnostics' },
} as const satisfies Record<string, { shows: Kind | null; icon: string }>;

export type Room = keyof typeof ROOMS;
export const ALL_ROOMS = Object.keys(ROOMS) as readonly Room[];

/** The resources whose entities are made, removed and edited in the sheet. */
export type SheetKind = Exclude<Kind, 'gallery' | 'branding'>;

/** What is edited in a form that its table of fields draws. */
export type RecordKind = Exclude<Kind, 'gallery'>;

/** The rooms with screens of their own; the others list what the table of their resource describes. */
export type OwnRoom = {
  [R in Room]: Extract<(typeof ROOMS)[R]['shows'], 'offer' | 'gallery' | 'branding' | null> extends never ? never : R;
}[Room];

/** The room in which a resource is shown. */
export function roomOf(kind: Kind): Room {
  return ALL_ROOMS.find((room) => ROOMS[room].shows === kind) ?? 'attention';
}

/** What is made in a room in the sheet; null for what has a screen of its own. */
export function madeIn(room: Room): SheetKind | null {
  const kind: Kind | null = ROOMS[room].shows;
  return kind === null || kind === 'gallery' || kind === 'branding' ? null : kind;
}
