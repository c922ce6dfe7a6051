// Saves the typing of one editor in the core until the person saves or discards it. A crash, a power cut or a logoff
// then loses less than a second of it.
//
// The first change starts a timer that later changes do not delay, so continuous typing is saved too. Each state has a
// version. It shows whether the core has the latest state, and an older one never replaces a newer one there. Before
// the person's save the keeper pauses, because no draft may arrive after the command that removes it.
import { untrack } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

import type { DraftId, Kind, LocalId } from '../../generated';
import { command } from '../../platform';

/** The time from the first keystroke to the save, in milliseconds. The rest of the second is for the disk. */
export const KEPT_WITHIN = 500;
/** The time until the next try after a failure, in milliseconds. */
const AGAIN = 5000;

/** The typing and its title. The content can be written as JSON. */
export interface Typed {
  about: Kind;
  entity: LocalId | null;
  title: string;
  content: unknown;
}

/** The open and finished drafts of an account, as far as this window knows them. */
export class Keeping {
  /** The drafts that are open in an editor. */
  readonly held = new SvelteMap<DraftId, Keeper>();
  /** Saved or discarded drafts, which an earlier answer of the core may still contain. */
  #past = new SvelteSet<DraftId>();

  /** Returns true if the draft is open or was settled here, so that it is not offered. */
  isSettled(id: DraftId): boolean {
    return this.held.has(id) || this.#past.has(id);
  }

  /** Marks a draft as settled, or as offered again. */
  settle(id: DraftId, settled: boolean): void {
    if (settled) this.#past.add(id);
    else this.#past.delete(id);
  }

  /**
   * Saves everything that the core does not have yet. Never rejects; returns false if the core did not take all of it.
   */
  async keepAll(): Promise<boolean> {
    const all = [...this.held.values()];
    await Promise.all(all.map((keeper) => keeper.keep()));
    return all.every((keeper) => keeper.isKept);
  }
}

/** Returns 16 random bytes in the form of a UUID of version 4. */
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
  /** The last seen state, as it would be saved; empty if nothing is unsaved. */
  #seen = '';
  /** The number of the latest state, and that of the state in the core. */
  #version = 0;
  #kept = 0;
  /** True if the core may have a row of this draft. */
  #stored = false;
  /** Drafts that were continued here. They are removed once this draft is saved. */
  #taken: DraftId[] = [];
  #resting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #handing: Promise<void> | null = null;
  #deaf: () => void;

  /** `typed` is watched: it returns null if nothing is unsaved, and undefined while that is not known yet. */
  constructor(keeping: Keeping, typed: () => Typed | null | undefined) {
    this.#keeping = keeping;
    this.#typed = typed;
    keeping.held.set(this.id, this);
    this.#deaf = $effect.root(() => {
      $effect(() => this.#look());
    });
  }

  /** True if the core has the latest state. */
  get isKept(): boolean {
    return this.#kept === this.#version;
  }

  /** Continues another draft in this one. */
  take(id: DraftId): void {
    this.#taken.push(id);
    this.#keeping.held.set(id, this);
    // Necessary even if the draft has no new value.
    this.#version += 1;
    this.#schedule(0);
  }

  /** Saves the latest state now. Never rejects: a failed save is tried again. */
  async keep(): Promise<void> {
    untrack(() => this.#look());
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#handing) await this.#handing;
    if (this.#resting || this.isKept || this.#typed() === undefined) return;
    this.#handing = this.#hand();
    await this.#handing;
  }

  /** Pauses until `wake`. Returns the draft's id if the core may have it. */
  async rest(): Promise<DraftId | null> {
    if (this.#taken.length > 0) await this.keep();
    this.#resting = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#handing;
    return this.#stored ? this.id : null;
  }

  /** Continues after `rest`. `saved`: the core has removed the draft. */
  wake(saved: boolean): void {
    this.#resting = false;
    if (saved) this.#stored = false;
    // Schedules a save of later typing, or of the typing that the core did not take.
    if (!saved || this.#kept !== this.#version) this.#schedule(KEPT_WITHIN);
  }

  /** Ends, and leaves the draft in the core. */
  end(): void {
    this.#resting = true;
    clearTimeout(this.#timer);
    this.#deaf();
    for (const id of [this.id, ...this.#taken]) this.#keeping.held.delete(id);
  }

  /** Ends, and removes the draft after a save or a discard. */
  async discard(): Promise<void> {
    const taken = this.#taken;
    for (const id of [this.id, ...taken]) this.#keeping.settle(id, true);
    this.end();
    await this.#handing;
    // A draft that cannot be removed now is offered once more, which loses nothing.
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
      // Schedules a save of the typing during this one.
      if (version !== this.#version) this.#schedule(KEPT_WITHIN);
    } catch {
      // The usual cause is a full disk, which the person's save will report.
      this.#schedule(AGAIN);
    } finally {
      this.#handing = null;
    }
  }
}
