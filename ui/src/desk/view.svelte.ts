// What is on the screen: nothing of the hotel's, only where the person looks.
import type { LocalId } from '../generated/LocalId';

export type Room = 'offers' | 'gallery' | 'branding' | 'rooms' | 'attention' | 'diagnostics';
export type Layout = 'cards' | 'list';

const LAYOUT = 'offers.layout';

class View {
  room = $state<Room>('offers');
  /** What a room shall show of its own when it was opened for one thing: a gallery, a room type. */
  thing = $state.raw<LocalId | null>(null);
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
