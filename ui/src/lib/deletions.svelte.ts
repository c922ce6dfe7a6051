// Deletions that can still be undone. The list keeps the place of the deleted entity until then, so nothing slides
// under the pointer and a second press on the same spot deletes nothing else.
import type { BulkDone, BulkEffect, Kind, LocalId } from '../generated';
import { t } from '../messages';
import { command } from '../platform';
import type { Account } from './account.svelte';
import { allSettled } from './live.svelte';
import { Toasts } from './toasts.svelte';

/** The time for which a place is kept if the deletion cannot be undone, in milliseconds. */
const CLOSING = 3000;

/** The commands of a deletion. */
export interface DeletionWay {
  remove(): Promise<unknown>;
  /** Returns the moment until which the core keeps the deletion, or null if it cannot be undone. */
  until(): Promise<string | null>;
  undo(): Promise<unknown>;
}

export interface Deletion {
  readonly id: LocalId;
  readonly kind: Kind;
  readonly title: string;
  /** The place in the list on the screen; null if no list shows it. */
  readonly place: number | null;
  /** True if the deleted element had the focus. */
  readonly focused: boolean;
  /** True while the deletion can be undone. */
  readonly undoable: boolean;
  readonly way: DeletionWay;
}

/** Returns the commands that delete an entity with fields. */
function ofEntity(id: LocalId): DeletionWay {
  return {
    remove: () => command('delete_entity', { id }),
    until: async () => (await command('record', { id })).undo_until,
    undo: () => command('undo_delete', { id }),
  };
}

/** An entity or a picture of a gallery that the person wants to delete. */
export interface Deletable {
  readonly id: LocalId;
  readonly kind: Kind;
  readonly title: string;
  /** The place in the list on the screen; null if no list shows it. */
  readonly place?: number | null;
  /** The commands; omitted for an entity with fields. */
  readonly way?: DeletionWay;
}

export class Deletions {
  all = $state.raw<readonly Deletion[]>([]);

  #toasts: Toasts;
  /** The message key of each deletion. */
  #messages: Record<LocalId, number> = {};
  #timers: Record<LocalId, ReturnType<typeof setTimeout>> = {};

  constructor(account: Account) {
    this.#toasts = account.part(Toasts);
    account.onEnd(() => {
      for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    });
  }

  /** Returns the deletion of this entity while its place is kept. */
  of(id: LocalId | undefined): Deletion | undefined {
    return this.all.find((deletion) => deletion.id === id);
  }

  /**
   * Deletes an entity and offers an undo for as long as the core keeps the deletion. Returns false if it was not
   * deleted.
   */
  async delete({ kind, id, title, place = null, way = ofEntity(id) }: Deletable): Promise<boolean> {
    // This is the second press of a double click.
    if (this.of(id)) return false;
    const focused = document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset['id'] === id;
    this.all = [...this.all, { id, kind, title, place, focused, undoable: false, way }];
    if (!(await this.#toasts.attempt(() => way.remove()))) {
      this.#close(id, false);
      return false;
    }
    const until = await way.until().catch(() => null);
    const text = t('toast-deleted', { title });
    if (until) {
      this.all = this.all.map((deletion) => (deletion.id === id ? { ...deletion, undoable: true } : deletion));
      this.#messages[id] = this.#toasts.undo(text, Date.parse(until), () => this.#takeBack(id));
    } else this.#toasts.note(text);
    this.#timers[id] = setTimeout(() => this.#close(id, true), until ? Date.parse(until) - Date.now() : CLOSING);
    return true;
  }

  /** Deletes several entities at once, and offers one undo for all of them. Returns false if nothing was deleted. */
  async deleteMany(entities: readonly Deletable[]): Promise<boolean> {
    const added = entities
      .filter(({ id }) => !this.of(id))
      .map(({ kind, id, title, place = null, way = ofEntity(id) }) => ({ id, kind, title, place, focused: false, undoable: false, way }));
    this.all = [...this.all, ...added];
    const ids = added.map(({ id }) => id);
    if (ids.length === 0) return false;
    let done: BulkDone | undefined;
    await this.#toasts.attempt(async () => (done = await command('change_many', { ids, change: { change: 'delete' } })));
    const deleted = done?.effects.map(({ id }) => id) ?? [];
    for (const id of ids) if (!deleted.includes(id)) this.#close(id, false);
    if (!done || deleted.length === 0) return false;
    const { effects, undo_until: until } = done;
    const text = t('toast-deleted-many', { count: deleted.length });
    if (until) this.all = this.all.map((deletion) => (deleted.includes(deletion.id) ? { ...deletion, undoable: true } : deletion));
    if (until) this.#toasts.undo(text, Date.parse(until), () => this.#takeBackMany(effects));
    else this.#toasts.note(text);
    const stay = until ? Date.parse(until) - Date.now() : CLOSING;
    for (const id of deleted) this.#timers[id] = setTimeout(() => this.#close(id, true), stay);
    return true;
  }

  undo(id: LocalId): void {
    this.#toasts.dismiss(({ key }) => key === this.#messages[id]);
    void this.#toasts.attempt(() => this.#takeBack(id));
  }

  /** Removes the places, because the list now shows other entities. */
  forgetPlaces(kind: Kind): void {
    this.all = this.all.map((deletion) => (deletion.kind === kind ? { ...deletion, place: null } : deletion));
  }

  async #takeBack(id: LocalId): Promise<void> {
    try {
      await this.of(id)?.way.undo();
      // The entity returns to its place in the list before the kept place is removed.
      await allSettled();
      this.#close(id, false);
    } catch (thrown) {
      this.#close(id, true);
      throw thrown;
    }
  }

  async #takeBackMany(effects: readonly BulkEffect[]): Promise<void> {
    // Some may have been taken back one by one.
    const open = effects.filter(({ id }) => this.of(id));
    const left = await command('undo_many', { effects: open });
    await allSettled();
    for (const { id } of open) this.#close(id, left > 0);
    if (left > 0) this.#toasts.note(t('toast-deleted-left', { count: left }));
  }

  /** Removes a kept place. `gone`: the place stays empty, so the entities behind it move up. */
  #close(id: LocalId, gone: boolean): void {
    clearTimeout(this.#timers[id]);
    const place = this.of(id)?.place ?? Infinity;
    this.all = this.all
      .filter((deletion) => deletion.id !== id)
      .map((other) => (gone && other.place !== null && other.place > place ? { ...other, place: other.place - 1 } : other));
  }
}

/**
 * The places that a list keeps for deleted entities. Positions on the screen count them; positions in the list do not.
 */
export class KeptPlaces {
  #deletions: Deletions;
  #kind: Kind;
  #isListed: (id: LocalId) => boolean;

  /** `isListed` returns true while the list still contains the entity, because it was not read since the deletion. */
  constructor(deletions: Deletions, kind: Kind, isListed: (id: LocalId) => boolean) {
    this.#deletions = deletions;
    this.#kind = kind;
    this.#isListed = isListed;
  }

  /** The kept places, from the top. */
  get #all(): { id: LocalId; place: number }[] {
    return this.#deletions.all
      .flatMap(({ id, kind, place }) => (kind === this.#kind && place !== null && !this.#isListed(id) ? [{ id, place }] : []))
      .sort((a, b) => a.place - b.place);
  }

  get count(): number {
    return this.#all.length;
  }

  /** Returns the deletion at this place. */
  at(place: number): Deletion | undefined {
    return this.#deletions.of(this.#all.find((kept) => kept.place === place)?.id);
  }

  /** Converts a place on the screen to a place in the list. */
  inList(place: number): number {
    return place - this.#all.filter((kept) => kept.place < place).length;
  }

  onScreen(index: number): number {
    let place = index;
    for (const kept of this.#all) if (kept.place <= place) place += 1;
    return place;
  }
}
