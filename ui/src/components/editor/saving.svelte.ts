import { tick } from 'svelte';

import type { DeskError } from '../../generated';
import { asFailure } from '../../platform';
import type { Draft } from './draft.svelte';

/** Returns the answers of the first open conflict with a colleague in a form. */
export function conflictIn(form: HTMLElement): HTMLElement | null {
  return form.querySelector<HTMLElement>('[data-conflict] button');
}

/** The pause in typing before a check, in milliseconds. */
const REST = 180;

/** Checks a draft during typing, and saves it. Create it while a component is being created. */
export class Saving {
  busy = $state(false);
  error = $state.raw<DeskError | null>(null);

  #draft: Draft;
  #form: () => HTMLElement;
  /** True after a try to save invalid values. */
  #refused = $state(false);
  /** True after a try to save while a conflict was open. */
  conflicting = $state(false);
  #asked = 0;

  /** `form` returns the element that contains the fields. */
  constructor(draft: Draft, form: () => HTMLElement) {
    this.#draft = draft;
    this.#form = form;
    // The core checks the hotel's rules.
    $effect(() => {
      if (draft.live === null) return;
      const { content } = draft;
      const mine = ++this.#asked;
      const timer = setTimeout(() => void this.#examine(content, mine), REST);
      return () => clearTimeout(timer);
    });
  }

  /** True if some fields must be corrected before a save. */
  get fixFirst(): boolean {
    return this.#refused && !this.#draft.sound;
  }

  /** Saves. Returns true after a save, or if there was nothing to save. */
  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.error = null;
    this.#refused = false;
    // The person answers the conflict here, where both sides are visible. Otherwise Attention would ask about it again.
    const conflict = conflictIn(this.#form());
    this.conflicting = conflict !== null;
    if (conflict) {
      conflict.focus();
      return false;
    }
    this.busy = true;
    try {
      if ((await this.#draft.save()) !== 'wrong') return true;
      this.#refused = true;
      await tick();
      this.#form().querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    } catch (thrown) {
      this.error = asFailure(thrown);
    } finally {
      this.busy = false;
    }
    return false;
  }

  /** Removes the messages of the last try. */
  clear(): void {
    this.error = null;
    this.#refused = false;
    this.conflicting = false;
  }

  async #examine(content: Draft['content'], mine: number): Promise<void> {
    try {
      const errors = await this.#draft.examine(content);
      if (mine === this.#asked) this.#draft.errors = errors;
    } catch (thrown) {
      this.error = asFailure(thrown);
    }
  }
}
