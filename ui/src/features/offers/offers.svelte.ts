// The list of offers. Only a range of rows is loaded: the visible ones and those near them.
import type { LocalId, NoteKind, OfferList, OfferOrder, OfferQuery, OfferState, Place, RecordView } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { type Deletable, type Deletion, Deletions, KeptPlaces } from '../../lib/deletions.svelte';
import { textOf } from '../../lib/fields';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { Mover } from '../../lib/moving';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command } from '../../platform';
import { Chosen } from './chosen.svelte';

/** The smallest number of rows in one request. */
const WINDOW = 120;

export type Layout = 'cards' | 'list';

/** The key of the stored layout. */
const LAYOUT = 'offers.layout';

interface Answer {
  offset: number;
  list: OfferList;
}

export class Offers {
  search = $state('');
  states = $state.raw<OfferState[]>([]);
  notes = $state.raw<NoteKind[]>([]);
  order = $state<OfferOrder>('hotel');
  layout = $state<Layout>(localStorage.getItem(LAYOUT) === 'list' ? 'list' : 'cards');
  readonly mover: Mover;
  readonly chosen: Chosen;

  #deletions: Deletions;
  /** The places of deleted offers, which count as places on the screen. */
  #kept: KeptPlaces;
  #offset = 0;
  #limit = WINDOW;

  query = new LiveQuery<Answer>(
    async () => {
      const offset = this.#offset;
      const list = await command('offers', { query: this.#asked(offset, this.#limit) });
      return { offset, list };
    },
    // Seen activities change the notes.
    (change) => isAbout(change, 'offer') || change.topic === 'history',
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
    this.chosen = new Chosen(
      {
        all: () => command('offer_ids', { query: this.#asked(0, null) }),
        shown: (id) => this.#deletable(id),
      },
      this.#deletions,
      account.part(Toasts),
    );
  }

  /** Returns the query with the present filter. */
  #asked(offset: number, limit: number | null): OfferQuery {
    const { search, states, notes, order } = this;
    return { search, states, notes, order, offset, limit };
  }

  #deletable(id: LocalId): Deletable {
    const place = this.placeOf(id);
    const title = textOf(this.at(place)?.fields['title']) || t('list-untitled', { kind: 'offer' });
    return { kind: 'offer', id, title, place: place < 0 ? null : place };
  }

  get list(): OfferList | null {
    return this.query.value?.list ?? null;
  }

  /** The number of places on the screen. */
  get total(): number {
    return (this.list?.total ?? 0) + this.#kept.count;
  }

  get filtered(): boolean {
    return this.search.trim() !== '' || this.states.length > 0 || this.notes.length > 0;
  }

  /** Returns the offer at this place on the screen, or undefined if it is not loaded or deleted. */
  at(place: number): RecordView | undefined {
    const held = this.query.value;
    return held && !this.#kept.at(place) ? held.list.offers[this.#kept.inList(place) - held.offset] : undefined;
  }

  /** Returns the deletion of the offer at this place on the screen. */
  deletionAt(place: number): Deletion | undefined {
    return this.#kept.at(place) ?? this.#deletions.of(this.at(place)?.local_id);
  }

  /** Returns the place of an offer on the screen, or -1 if it is not loaded. */
  placeOf(id: LocalId): number {
    const index = this.#indexOf(id);
    return index < 0 ? -1 : this.#kept.onScreen(index);
  }

  #indexOf(id: LocalId): number {
    const held = this.query.value;
    const index = held?.list.offers.findIndex((offer) => offer.local_id === id) ?? -1;
    return held && index >= 0 ? held.offset + index : -1;
  }

  /** Sets the range of visible places, without the last one. Loads more rows when necessary. */
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

  /** Changes the filter and begins at the top again. */
  filter(intent: { search?: string; states?: OfferState[]; notes?: NoteKind[]; order?: OfferOrder }): void {
    if (intent.search !== undefined) this.search = intent.search;
    if (intent.states !== undefined) this.states = intent.states;
    if (intent.notes !== undefined) this.notes = intent.notes;
    if (intent.order !== undefined) this.order = intent.order;
    this.#offset = 0;
    // A change must not reach offers that the person does not see any more.
    if (intent.order === undefined) this.chosen.clear();
    this.#deletions.forgetPlaces('offer');
    void this.query.refresh();
  }

  toggle(state: OfferState): void {
    const states = this.states.includes(state)
      ? this.states.filter((other) => other !== state)
      : [...this.states, state];
    this.filter({ states });
  }

  toggleNote(note: NoteKind): void {
    const notes = this.notes.includes(note) ? this.notes.filter((other) => other !== note) : [...this.notes, note];
    this.filter({ notes });
  }

  clear(): void {
    this.filter({ search: '', states: [], notes: [] });
  }

  /** Sets and stores the layout: cards or rows. */
  show(layout: Layout): void {
    this.layout = layout;
    localStorage.setItem(LAYOUT, layout);
  }
}
