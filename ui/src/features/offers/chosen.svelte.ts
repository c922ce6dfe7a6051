// The offers that a person has chosen for one change of all of them, and that change with its undo.
import { SvelteSet } from 'svelte/reactivity';

import type { BulkChange, BulkDone, BulkEffect, LocalId } from '../../generated';
import type { Deletable, Deletions } from '../../lib/deletions.svelte';
import type { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command } from '../../platform';

/** The time for which a change can be undone, in milliseconds. */
const UNDO = 15_000;

/** The list from which offers are chosen. */
interface ChosenFrom {
  /** Returns all offers that match the filter, in their order. */
  all(): Promise<LocalId[]>;
  /** Returns the offer as a deletion needs it. */
  shown(id: LocalId): Deletable;
}

export class Chosen {
  #ids = new SvelteSet<LocalId>();
  /** The offer that was chosen last: a range begins here. */
  anchor: LocalId | null = null;
  #from: ChosenFrom;
  #deletions: Deletions;
  #toasts: Toasts;

  constructor(from: ChosenFrom, deletions: Deletions, toasts: Toasts) {
    this.#from = from;
    this.#deletions = deletions;
    this.#toasts = toasts;
  }

  get count(): number {
    return this.#ids.size;
  }

  has(id: LocalId): boolean {
    return this.#ids.has(id);
  }

  toggle(id: LocalId): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.anchor = id;
  }

  /** Chooses every offer from the last chosen one to this one. */
  async extend(id: LocalId): Promise<void> {
    const anchor = this.anchor;
    if (!anchor || anchor === id) return this.toggle(id);
    await this.#toasts.attempt(async () => {
      const all = await this.#from.all();
      const [first, last] = [all.indexOf(anchor), all.indexOf(id)].sort((a, b) => a - b);
      if (first === undefined || last === undefined || first < 0) return this.toggle(id);
      for (const between of all.slice(first, last + 1)) this.#ids.add(between);
      this.anchor = id;
    });
  }

  async all(): Promise<void> {
    await this.#toasts.attempt(async () => {
      for (const id of await this.#from.all()) this.#ids.add(id);
    });
  }

  clear(): void {
    this.#ids.clear();
    this.anchor = null;
  }

  /** Shows the chosen offers to guests, or hides them. */
  async show(on: boolean): Promise<void> {
    const value = { field: 'is_active', value: on };
    await this.#change({ change: 'set', value }, (count) => t(on ? 'offers-shown-many' : 'offers-hidden-many', { count }));
  }

  /** Moves the dates of the chosen offers. */
  async moveDays(days: number): Promise<void> {
    await this.#change({ change: 'move_days', days }, (count) => t('offers-moved-many', { count }));
  }

  async delete(): Promise<void> {
    const ids = [...this.#ids];
    const isDeleted = await this.#deletions.deleteMany(ids.map((id) => this.#from.shown(id)));
    if (isDeleted) this.clear();
  }

  async #change(change: BulkChange, words: (count: number) => string): Promise<void> {
    await this.#toasts.attempt(async () => {
      const done: BulkDone = await command('change_many', { ids: [...this.#ids], change });
      this.clear();
      const count = done.effects.length;
      if (count === 0) return this.#toasts.note(t('offers-same-many'));
      this.#toasts.undo(words(count), Date.now() + UNDO, () => this.#undo(done.effects));
    });
  }

  async #undo(effects: BulkEffect[]): Promise<void> {
    const left = await command('undo_many', { effects });
    if (left > 0) this.#toasts.note(t('offers-undo-left', { count: left }));
  }
}
