// The list of offers, of which only a window of rows is held: what is on the screen and what is about to be.
import type { LocalId, OfferList, OfferOrder, OfferState, OfferView, Place } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { type Deletion, Deletions, KeptPlaces } from '../../lib/deletions.svelte';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { Mover } from '../../lib/moving';
import { Toasts } from '../../lib/toasts.svelte';
import { command } from '../../platform';

/** Fewest rows that are asked for at once. */
const WINDOW = 120;

export type Layout = 'cards' | 'list';

/** Where the layout is remembered. */
const LAYOUT = 'offers.layout';

interface Answer {
  offset: number;
  list: OfferList;
}

export class Offers {
  search = $state('');
  states = $state.raw<OfferState[]>([]);
  order = $state<OfferOrder>('hotel');
  layout = $state<Layout>(localStorage.getItem(LAYOUT) === 'list' ? 'list' : 'cards');
  readonly mover: Mover;

  #deletions: Deletions;
  /** The places of deleted offers, which places on the screen count. */
  #kept: KeptPlaces;
  #offset = 0;
  #limit = WINDOW;

  query = new LiveQuery<Answer>(
    async () => {
      const offset = this.#offset;
      const list = await command('offers', {
        query: { search: this.search, states: this.states, order: this.order, offset, limit: this.#limit },
      });
      return { offset, list };
    },
    (change) => isAbout(change, 'offer'),
  );

  constructor(account: Account) {
    this.#deletions = account.part(Deletions);
    this.#kept = new KeptPlaces(this.#deletions, 'offer', (id) => this.#indexOf(id) >= 0);
    this.mover = new Mover(
      {
        count: () => this.total,
        placeOf: (id) => this.placeOf(id),
        at: (index) => this.at(index)?.local_id,
        move: (id: LocalId, to: Place) => command('move_to', { id, to }),
        fresh: () => this.query.fresh(),
      },
      account.part(Toasts),
    );
  }

  get list(): OfferList | null {
    return this.query.value?.list ?? null;
  }

  /** How many places the list has on the screen. */
  get total(): number {
    return (this.list?.total ?? 0) + this.#kept.count;
  }

  get filtered(): boolean {
    return this.search.trim() !== '' || this.states.length > 0;
  }

  /** The offer in this place on the screen; undefined while it is not held, and for the place of a deleted one. */
  at(place: number): OfferView | undefined {
    const held = this.query.value;
    return held && !this.#kept.at(place) ? held.list.offers[this.#kept.inList(place) - held.offset] : undefined;
  }

  /** The deletion of what stands, or stood, in this place on the screen. */
  deletionAt(place: number): Deletion | undefined {
    return this.#kept.at(place) ?? this.#deletions.of(this.at(place)?.local_id);
  }

  /** The place of an offer on the screen; -1 while it is not held. */
  placeOf(id: LocalId): number {
    const index = this.#indexOf(id);
    return index < 0 ? -1 : this.#kept.onScreen(index);
  }

  #indexOf(id: LocalId): number {
    const held = this.query.value;
    const index = held?.list.offers.findIndex((offer) => offer.local_id === id) ?? -1;
    return held && index >= 0 ? held.offset + index : -1;
  }

  /** Says which places are on the screen, the last one not included. Asks for more when the held rows run out. */
  look(firstPlace: number, endPlace: number): void {
    const first = this.#kept.inList(firstPlace);
    const end = this.#kept.inList(endPlace);
    const seen = end - first;
    const limit = Math.max(WINDOW, seen * 3);
    const held = { from: this.#offset, to: this.#offset + this.#limit };
    const last = Math.min(end, this.list?.total ?? 0);
    if (first >= held.from && last <= held.to && limit <= this.#limit) return;
    this.#limit = limit;
    this.#offset = Math.max(0, Math.floor((first + end - limit) / 2));
    void this.query.refresh();
  }

  /** Changes what is asked for and begins at the top again. */
  filter(intent: { search?: string; states?: OfferState[]; order?: OfferOrder }): void {
    if (intent.search !== undefined) this.search = intent.search;
    if (intent.states !== undefined) this.states = intent.states;
    if (intent.order !== undefined) this.order = intent.order;
    this.#offset = 0;
    this.#deletions.forgetPlaces('offer');
    void this.query.refresh();
  }

  toggle(state: OfferState): void {
    const states = this.states.includes(state)
      ? this.states.filter((other) => other !== state)
      : [...this.states, state];
    this.filter({ states });
  }

  clear(): void {
    this.filter({ search: '', states: [] });
  }

  /** Shows them as cards or as rows, from now on. */
  show(layout: Layout): void {
    this.layout = layout;
    localStorage.setItem(LAYOUT, layout);
  }
}
