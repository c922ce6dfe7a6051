// What is on the screen: nothing of the hotel's, only where the person looks.
import type { Kind } from '../generated/Kind';
import type { LocalId } from '../generated/LocalId';

/** The rooms of the desk, from the top of the rail: the resource that each shows, if it does, and the icon of it. */
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

/** The resources whose room is a list of records that its table draws. The others have screens of their own. */
export type ListKind = Exclude<Kind, 'offer' | 'gallery' | 'branding'>;

/** The room in which a resource is shown. */
export function roomOf(kind: Kind): Room {
  return ALL_ROOMS.find((room) => ROOMS[room].shows === kind) ?? 'attention';
}

/** What a room lists by its table; null where it has a screen of its own. */
export function listedIn(room: Room): ListKind | null {
  const kind: Kind | null = ROOMS[room].shows;
  return kind === null || kind === 'offer' || kind === 'gallery' || kind === 'branding' ? null : kind;
}

export type Layout = 'cards' | 'list';

const LAYOUT = 'offers.layout';

class View {
  room = $state<Room>('offers');
  /** What a room shall show of its own when it was opened for one entity: a gallery, a room type. */
  entity = $state.raw<LocalId | null>(null);
  layout = $state<Layout>(localStorage.getItem(LAYOUT) === 'list' ? 'list' : 'cards');
  shortcuts = $state(false);
  /** The list of what colleagues did is open, at one entry or at its top. */
  history = $state.raw<{ entry: number | null } | null>(null);

  show(layout: Layout): void {
    this.layout = layout;
    localStorage.setItem(LAYOUT, layout);
  }
}

export const view = new View();

/** An offer, or a new one. */
export type OfferTarget = { id: LocalId } | 'new';

/** What the editor is open for. A record without an id is a new one. */
export type EditorTarget = OfferTarget | { kind: ListKind; record: LocalId | null };
