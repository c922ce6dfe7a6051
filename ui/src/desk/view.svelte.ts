// What is on the screen: nothing of the hotel's, only where the person looks.
import type { Kind } from '../generated/Kind';
import type { LocalId } from '../generated/LocalId';

/** The rooms of the desk, from the top of the rail, with the resource that each of them shows; some show none. */
export const ROOMS = {
  offers: 'offer',
  gallery: 'gallery',
  branding: 'branding',
  rooms: 'room_type',
  attention: null,
  diagnostics: null,
} as const satisfies Record<string, Kind | null>;

export type Room = keyof typeof ROOMS;
export const ALL_ROOMS = Object.keys(ROOMS) as readonly Room[];

/** The room in which a resource is shown. */
export function roomOf(kind: Kind): Room {
  return ALL_ROOMS.find((room) => ROOMS[room] === kind) ?? 'attention';
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

/** What the editor is open for. A room type that is null is a new one. */
export type EditorTarget = OfferTarget | { roomType: LocalId | null };
