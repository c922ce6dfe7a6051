// Deletions that can still be undone. Until then the list keeps the place of what was deleted: nothing slides under the
// pointer, and a second press on the same spot deletes nothing else.
import type { Kind, LocalId } from '../generated';
import { t } from '../messages';
import { command } from '../platform';
import type { Account } from './account.svelte';
import { allSettled } from './live.svelte';
import { Toasts } from './toasts.svelte';

/** How long a place is kept where nothing can be undone, in milliseconds. */
const CLOSING = 3000;

/** The commands behind a deletion. */
export interface DeletionWay {
  remove(): Promise<unknown>;
  /** Until when the core keeps the deletion; null where it cannot be undone. */
  until(): Promise<string | null>;
  undo(): Promise<unknown>;
}

export interface Deletion {
  readonly id: LocalId;
  readonly kind: Kind;
  readonly title: string;
  /** Its place in the list on the screen; null where no list shows it. */
  readonly place: number | null;
  /** The focus was on it. */
  readonly focused: boolean;
  /** It can be undone now. */
  readonly undoable: boolean;
  readonly way: DeletionWay;
}

/** The deletion of an entity with fields. */
function ofEntity(id: LocalId): DeletionWay {
  return {
    remove: () => command('delete_entity', { id }),
    until: async () => (await command('record', { id })).undo_until,
    undo: () => command('undo_delete', { id }),
  };
}

/** An entity, or a picture of a gallery, that is to be deleted. */
export interface Deletable {
  readonly id: LocalId;
  readonly kind: Kind;
  readonly title: string;
  /** Its place in the list on the screen; null where no list shows it. */
  readonly place?: number | null;
  /** None for an entity with fields. */
  readonly way?: DeletionWay;
}

export class Deletions {
  all = $state.raw<readonly Deletion[]>([]);

  #toasts: Toasts;
  /** The message about each of them. */
  #messages: Record<LocalId, number> = {};
  #timers: Record<LocalId, ReturnType<typeof setTimeout>> = {};

  constructor(account: Account) {
    this.#toasts = account.part(Toasts);
    account.onEnd(() => {
      for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    });
  }

  /** The deletion of this entity, while its place is kept. */
  of(id: LocalId | undefined): Deletion | undefined {
    return this.all.find((deletion) => deletion.id === id);
  }

  /** Deletes an entity, and offers to undo it for as long as the core keeps the deletion. False where it was not deleted. */
  async delete({ kind, id, title, place = null, way = ofEntity(id) }: Deletable): Promise<boolean> {
    // The second press of a double click.
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

  undo(id: LocalId): void {
    this.#toasts.dismiss(({ key }) => key === this.#messages[id]);
    void this.#toasts.attempt(() => this.#takeBack(id));
  }

  /** The list shows something else now: the places mean nothing in it. */
  forgetPlaces(kind: Kind): void {
    this.all = this.all.map((deletion) => (deletion.kind === kind ? { ...deletion, place: null } : deletion));
  }

  async #takeBack(id: LocalId): Promise<void> {
    try {
      await this.of(id)?.way.undo();
      // It takes its place in the list again before the kept place goes.
      await allSettled();
      this.#close(id, false);
    } catch (thrown) {
      this.#close(id, true);
      throw thrown;
    }
  }

  /** Gives a place up. `gone`: nothing stands there any more, so what is behind it moves up. */
  #close(id: LocalId, gone: boolean): void {
    clearTimeout(this.#timers[id]);
    const place = this.of(id)?.place ?? Infinity;
    this.all = this.all
      .filter((deletion) => deletion.id !== id)
      .map((other) => (gone && other.place !== null && other.place > place ? { ...other, place: other.place - 1 } : other));
  }
}

/** The places that a list keeps for what was deleted from it. Places on the screen count them, places in the list do not. */
export class KeptPlaces {
  #deletions: Deletions;
  #kind: Kind;
  #isListed: (id: LocalId) => boolean;

  /** `isListed`: the list has not been read since the deletion. */
  constructor(deletions: Deletions, kind: Kind, isListed: (id: LocalId) => boolean) {
    this.#deletions = deletions;
    this.#kind = kind;
    this.#isListed = isListed;
  }

  /** From the top. */
  get #all(): { id: LocalId; place: number }[] {
    return this.#deletions.all
      .flatMap(({ id, kind, place }) => (kind === this.#kind && place !== null && !this.#isListed(id) ? [{ id, place }] : []))
      .sort((a, b) => a.place - b.place);
  }

  get count(): number {
    return this.#all.length;
  }

  /** The deletion whose place this is. */
  at(place: number): Deletion | undefined {
    return this.#deletions.of(this.#all.find((kept) => kept.place === place)?.id);
  }

  /** The place in the list of what stands in this place on the screen. */
  inList(place: number): number {
    return place - this.#all.filter((kept) => kept.place < place).length;
  }

  onScreen(index: number): number {
    let place = index;
    for (const kept of this.#all) if (kept.place <= place) place += 1;
    return place;
  }
}
