// The records of a list in the hotel's order. A hotel has a few dozen at most, so all of them are loaded.
import type { Fields, LocalId, Place, RecordView } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { textOf as plainText } from '../../lib/fields';
import { Deletions, KeptPlaces } from '../../lib/deletions.svelte';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { Mover } from '../../lib/moving';
import type { SheetKind } from '../../lib/rooms';
import { tableOf } from '../../lib/tables.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { command } from '../../platform';

/** Returns the text of a field, or an empty text if the value is not a text. */
export function textOf(record: RecordView, name: string): string {
  return plainText(record.fields[name]);
}

export class RecordList {
  readonly kind: SheetKind;
  readonly mover: Mover;
  /** The places of deleted records, which count as places on the screen. */
  readonly kept: KeptPlaces;
  #search = $state('');
  #deletions: Deletions;
  query;

  constructor(kind: SheetKind, account: Account) {
    this.kind = kind;
    this.#deletions = account.part(Deletions);
    this.kept = new KeptPlaces(this.#deletions, kind, (id) => this.all.some((record) => record.local_id === id));
    this.query = new LiveQuery(
      () => command('records', { kind }),
      (change) => isAbout(change, kind),
    );
    this.mover = new Mover(this, account.part(Toasts));
  }

  get search(): string {
    return this.#search;
  }

  set search(text: string) {
    this.#search = text;
    this.#deletions.forgetPlaces(this.kind);
  }

  get all(): readonly RecordView[] {
    return this.query.value?.records ?? [];
  }

  /** Returns the name of a record for people; empty if its field is empty. */
  nameOf(record: RecordView): string {
    const field = tableOf(this.kind).value?.marks[0];
    return field === undefined ? '' : textOf(record, field);
  }

  /** The records that match the search, in the hotel's order: a record's texts contain all words. */
  get found(): readonly RecordView[] {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return this.all;
    const texts = (tableOf(this.kind).value?.fields ?? []).filter(({ shape }) => shape === 'line' || shape === 'text');
    return this.all.filter((record) => {
      const text = texts.map(({ name }) => textOf(record, name)).join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  /** True if places in the list are places in the hotel's order: the list has an order, and all records are shown. */
  get movable(): boolean {
    return this.ordered && this.search.trim() === '';
  }

  /** True if staff may change the order. */
  get ordered(): boolean {
    return tableOf(this.kind).value?.fields.some(({ name }) => name === 'sort_order') ?? false;
  }

  count(): number {
    return this.all.length + this.kept.count;
  }

  at(place: number): LocalId | undefined {
    return this.kept.at(place) ? undefined : this.all[this.kept.inList(place)]?.local_id;
  }

  placeOf(id: LocalId): number {
    const index = this.all.findIndex((record) => record.local_id === id);
    return index < 0 ? -1 : this.kept.onScreen(index);
  }

  move(id: LocalId, to: Place): Promise<unknown> {
    return command('move_to', { id, to });
  }

  fresh(): Promise<void> {
    return this.query.fresh();
  }

  /** Returns the values of a new record: the place after all others, and the currency of the last one. */
  beginning(): Fields {
    const orders = this.all.map(({ fields }) => fields['sort_order']).filter((order) => typeof order === 'number');
    const last = this.all.at(-1);
    const fields: Fields = { currency: last ? textOf(last, 'currency') : '', sort_order: Math.max(-1, ...orders) + 1 };
    const has = (name: string) => tableOf(this.kind).value?.fields.some((rule) => rule.name === name);
    return Object.fromEntries(Object.entries(fields).filter(([name]) => has(name)));
  }
}

/** The lists of an account. Each is drawn from its table. */
export class Records {
  #lists: Partial<Record<SheetKind, RecordList>> = {};
  #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  of(kind: SheetKind): RecordList {
    return (this.#lists[kind] ??= new RecordList(kind, this.#account));
  }
}
