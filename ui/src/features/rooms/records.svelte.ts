// The records of a list in the hotel's order. A hotel has a few dozen at most: all of them are held.
import type { Fields, LocalId, Place, RecordView } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { textOf as plainText } from '../../lib/fields';
import { isAbout, LiveQuery } from '../../lib/live.svelte';
import { Mover } from '../../lib/moving';
import type { SheetKind } from '../../lib/rooms';
import { tableOf } from '../../lib/tables.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { command } from '../../platform';

/** The text of a field; empty where it is none. */
export function textOf(record: RecordView, name: string): string {
  return plainText(record.fields[name]);
}

export class RecordList {
  readonly kind: SheetKind;
  readonly mover: Mover;
  search = $state('');
  query;

  constructor(kind: SheetKind, toasts: Toasts) {
    this.kind = kind;
    this.query = new LiveQuery(
      () => command('records', { kind }),
      (change) => isAbout(change, kind),
    );
    this.mover = new Mover(this, toasts);
  }

  get all(): readonly RecordView[] {
    return this.query.value?.records ?? [];
  }

  /** What a person calls one of them; empty while nothing is written there. */
  nameOf(record: RecordView): string {
    const field = tableOf(this.kind).value?.marks[0];
    return field === undefined ? '' : textOf(record, field);
  }

  /** What is searched for, in the hotel's order: all words stand in the texts of a record. */
  get found(): readonly RecordView[] {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return this.all;
    const texts = (tableOf(this.kind).value?.fields ?? []).filter(({ shape }) => shape === 'line' || shape === 'text');
    return this.all.filter((record) => {
      const text = texts.map(({ name }) => textOf(record, name)).join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  /** A place in the list is a place in the hotel's order: it has one, and all of them are on the screen. */
  get movable(): boolean {
    return this.ordered && this.search.trim() === '';
  }

  /** The hotel lets staff say the order. */
  get ordered(): boolean {
    return tableOf(this.kind).value?.fields.some(({ name }) => name === 'sort_order') ?? false;
  }

  count(): number {
    return this.all.length;
  }

  at(index: number): LocalId | undefined {
    return this.all[index]?.local_id;
  }

  placeOf(id: LocalId): number {
    return this.all.findIndex((record) => record.local_id === id);
  }

  move(id: LocalId, to: Place): Promise<unknown> {
    return command('move_to', { id, to });
  }

  fresh(): Promise<void> {
    return this.query.fresh();
  }

  /** A new one stands behind the others, and is paid for as they are. */
  beginning(): Fields {
    const orders = this.all.map(({ fields }) => fields['sort_order']).filter((order) => typeof order === 'number');
    const last = this.all.at(-1);
    const fields: Fields = { currency: last ? textOf(last, 'currency') : '', sort_order: Math.max(-1, ...orders) + 1 };
    const has = (name: string) => tableOf(this.kind).value?.fields.some((rule) => rule.name === name);
    return Object.fromEntries(Object.entries(fields).filter(([name]) => has(name)));
  }
}

/** The lists of an account, each of which is drawn by its table. */
export class Records {
  #lists: Partial<Record<SheetKind, RecordList>> = {};
  #toasts: Toasts;

  constructor(account: Account) {
    this.#toasts = account.part(Toasts);
  }

  of(kind: SheetKind): RecordList {
    return (this.#lists[kind] ??= new RecordList(kind, this.#toasts));
  }
}
