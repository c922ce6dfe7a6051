// Keeps what is typed in one editor in the core until it is saved or discarded, so that a crash, a power cut or a
// logoff costs less than a second of it.
//
// The first change starts a timer that no later one puts off: typing without end is kept as well. Each state has a
// version, so it is known whether the core has the latest, and an older one never replaces a newer one there. Before a
// save the keeper comes to rest: nothing may arrive after the command that takes the draft away.
import { untrack } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

import type { DraftId, Kind, LocalId } from '../../generated';
import { command } from '../../platform';

/** So long after the first keystroke it is handed over, in milliseconds; the rest of the second is the disk's. */
export const KEPT_WITHIN = 500;
/** So long after a failure it is tried again. */
const AGAIN = 5000;

/** What is typed, with what names it. The content can be written as JSON. */
export interface Typed {
  about: Kind;
  entity: LocalId | null;
  title: string;
  content: unknown;
}

/** The drafts of an account that are open or done with, as far as this window knows. */
export class Keeping {
  /** The drafts that somebody types in now. */
  readonly held = new SvelteMap<DraftId, Keeper>();
  /** The drafts that were saved or discarded, and may still stand in an answer that is under way. */
  #past = new SvelteSet<DraftId>();

  /** This draft is open, or it was settled here: it is not offered again. */
  isSettled(id: DraftId): boolean {
    return this.held.has(id) || this.#past.has(id);
  }

  /** A draft that is offered again after all, or not at all. */
  settle(id: DraftId, settled: boolean): void {
    if (settled) this.#past.add(id);
    else this.#past.delete(id);
  }

  /** Hands over everything that the core does not have yet. Never rejects; false where the core did not take all of it. */
  async keepAll(): Promise<boolean> {
    const all = [...this.held.values()];
    await Promise.all(all.map((keeper) => keeper.keep()));
    return all.every((keeper) => keeper.isKept);
  }
}

/** 16 random bytes in the form of a UUID of version 4. */
function newId(): DraftId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'.charAt((bytes[8] ?? 0) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export class Keeper {
  readonly id: DraftId = newId();
  #keeping: Keeping;
  #typed: () => Typed | null | undefined;
  #title = '';
  /** What was seen last, as it would be handed over; empty where nothing is unsaved. */
  #seen = '';
  /** Grows with each change that is seen; and the one that the core has. */
  #version = 0;
  #kept = 0;
  /** The core may hold a row of it. */
  #stored = false;
  /** Drafts that were taken up here: they go once this one is kept. */
  #taken: DraftId[] = [];
  #resting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #handing: Promise<void> | null = null;
  #deaf: () => void;

  /** `typed` is watched: null while nothing is unsaved, undefined while that is not known yet. */
  constructor(keeping: Keeping, typed: () => Typed | null | undefined) {
    this.#keeping = keeping;
    this.#typed = typed;
    keeping.held.set(this.id, this);
    this.#deaf = $effect.root(() => {
      $effect(() => this.#look());
    });
  }

  /** The core has what is typed. */
  get isKept(): boolean {
    return this.#kept === this.#version;
  }

  /** What stands in this draft comes into what is typed here. */
  take(id: DraftId): void {
    this.#taken.push(id);
    this.#keeping.held.set(id, this);
    // Also where nothing of it is new.
    this.#version += 1;
    this.#schedule(0);
  }

  /** Hands the latest state over now. Never rejects: what does not go is tried again. */
  async keep(): Promise<void> {
    untrack(() => this.#look());
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#handing) await this.#handing;
    if (this.#resting || this.isKept || this.#typed() === undefined) return;
    this.#handing = this.#hand();
    await this.#handing;
  }

  /** Nothing is handed over until `wake`. Gives the draft's id where the core may have it. */
  async rest(): Promise<DraftId | null> {
    if (this.#taken.length > 0) await this.keep();
    this.#resting = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#handing;
    return this.#stored ? this.id : null;
  }

  /** Goes on; `saved`: the core has taken the draft away with what it became. */
  wake(saved: boolean): void {
    this.#resting = false;
    if (saved) this.#stored = false;
    // What was typed meanwhile, or what was not taken.
    if (!saved || this.#kept !== this.#version) this.#schedule(KEPT_WITHIN);
  }

  /** Ends, and leaves the draft where it is. */
  end(): void {
    this.#resting = true;
    clearTimeout(this.#timer);
    this.#deaf();
    for (const id of [this.id, ...this.#taken]) this.#keeping.held.delete(id);
  }

  /** Ends, and takes the draft away: it was saved or given up. */
  async discard(): Promise<void> {
    const taken = this.#taken;
    for (const id of [this.id, ...taken]) this.#keeping.settle(id, true);
    this.end();
    await this.#handing;
    // What cannot be removed now is offered once more, which loses nothing.
    for (const id of this.#stored ? [this.id, ...taken] : taken) await command('discard_draft', { id }).catch(() => null);
  }

  #look(): void {
    const typed = this.#typed();
    if (typed === undefined) return;
    const seen = typed ? JSON.stringify([typed.about, typed.entity, typed.content]) : '';
    if (typed) this.#title = typed.title;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#version += 1;
    this.#schedule(KEPT_WITHIN);
  }

  #schedule(wait: number): void {
    if (this.#resting) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.keep();
    }, wait);
  }

  async #hand(): Promise<void> {
    const version = this.#version;
    try {
      if (this.#seen) {
        const [about, entity, content] = JSON.parse(this.#seen) as [Kind, LocalId | null, unknown];
        const draft = { id: this.id, about, entity, title: this.#title, content: JSON.stringify(content), version };
        this.#stored = true;
        await command('save_draft', { draft });
      } else if (this.#stored) {
        await command('discard_draft', { id: this.id });
        this.#stored = false;
      }
      for (let id = this.#taken[0]; id; id = this.#taken[0]) {
        await command('discard_draft', { id });
        this.#keeping.settle(id, true);
        this.#keeping.held.delete(id);
        this.#taken = this.#taken.slice(1);
      }
      this.#kept = version;
      // What was typed meanwhile.
      if (version !== this.#version) this.#schedule(KEPT_WITHIN);
    } catch {
      // A full disk, most likely: saving would tell it.
      this.#schedule(AGAIN);
    } finally {
      this.#handing = null;
    }
  }
}
