import { tick } from 'svelte';

import type { DeskError } from '../../generated';
import { asFailure } from '../../platform';
import type { Draft } from './draft.svelte';

/** The answers to the first clash with a colleague that is open in a form. */
export function clashIn(form: HTMLElement): HTMLElement | null {
  return form.querySelector<HTMLElement>('[data-clash] button');
}

/** Validation waits until the fingers rest, in milliseconds. */
const REST = 180;

/** Checks a draft while it is typed, and saves it. To be made while a component is made. */
export class Saving {
  busy = $state(false);
  error = $state.raw<DeskError | null>(null);

  #draft: Draft;
  #form: () => HTMLElement;
  /** The person tried to save what cannot be saved. */
  #refused = $state(false);
  /** The person tried to save while a clash was open. */
  clashing = $state(false);
  #asked = 0;

  /** `form`: where the fields are. */
  constructor(draft: Draft, form: () => HTMLElement) {
    this.#draft = draft;
    this.#form = form;
    // The core knows the hotel's rules.
    $effect(() => {
      if (draft.live === null) return;
      const { content } = draft;
      const mine = ++this.#asked;
      const timer = setTimeout(() => void this.#examine(content, mine), REST);
      return () => clearTimeout(timer);
    });
  }

  /** Some fields need a second look before it can be saved. */
  get fixFirst(): boolean {
    return this.#refused && !this.#draft.sound;
  }

  /** True when it is saved, or when there was nothing to save. */
  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.error = null;
    this.#refused = false;
    // It is answered here, where both sides are seen. Saved as it is, it would be asked again under Attention.
    const clash = clashIn(this.#form());
    this.clashing = clash !== null;
    if (clash) {
      clash.focus();
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

  /** Nothing is said any more of what was tried. */
  clear(): void {
    this.error = null;
    this.#refused = false;
    this.clashing = false;
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
