// The records of a list in the hotel's order. A hotel has a few dozen at most: all of them are held.
import type { LocalId } from '../generated/LocalId';
import type { Place } from '../generated/Place';
import type { RecordView } from '../generated/RecordView';
import { command } from '../platform';
import { textOf as plainText } from './fields';
import { isAbout, LiveQuery } from './live.svelte';
import { Mover } from './moving';
import { tableOf } from './tables.svelte';
import type { ListKind } from './view.svelte';

/** The text of a field; empty where it is none. */
export function textOf(record: RecordView, name: string): string {
  return plainText(record.fields[name]);
}

export class RecordList {
  readonly kind: ListKind;
  readonly mover: Mover;
  search = $state('');
  query;

  constructor(kind: ListKind) {
    this.kind = kind;
    this.query = new LiveQuery(
      () => command('records', { kind }),
      (change) => isAbout(change, kind),
    );
    this.mover = new Mover(this);
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

  get total(): number {
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

  /** Forgets everything, for the next person who signs in. */
  forget(): void {
    this.query.forget();
    this.search = '';
  }
}

const lists: Partial<Record<ListKind, RecordList>> = {};

export function listOf(kind: ListKind): RecordList {
  return (lists[kind] ??= new RecordList(kind));
}

/** Forgets all lists, for the next person who signs in. */
export const records = {
  forget(): void {
    for (const list of Object.values(lists)) list.forget();
  },
};
