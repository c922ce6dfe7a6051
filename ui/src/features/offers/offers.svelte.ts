// The list of offers, of which only a window of rows is held: what is on the screen and what is about to be.
import type { LocalId, OfferList, OfferOrder, OfferState, OfferView, Place } from '../../generated';
import type { Account } from '../../lib/account.svelte';
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

  get total(): number {
    return this.list?.total ?? 0;
  }

  get filtered(): boolean {
    return this.search.trim() !== '' || this.states.length > 0;
  }

  /** The offer in this place of the list; undefined while it is not held. */
  at(index: number): OfferView | undefined {
    const held = this.query.value;
    return held?.list.offers[index - held.offset];
  }

  /** The place of an offer in the list; -1 while it is not held. */
  placeOf(id: LocalId): number {
    const held = this.query.value;
    const place = held?.list.offers.findIndex((offer) => offer.local_id === id) ?? -1;
    return held && place >= 0 ? held.offset + place : -1;
  }

  /** Says which rows are on the screen, `end` not included. Asks for more when the held rows run out. */
  look(first: number, end: number): void {
    const seen = end - first;
    const limit = Math.max(WINDOW, seen * 3);
    const held = { from: this.#offset, to: this.#offset + this.#limit };
    const last = Math.min(end, this.total);
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
