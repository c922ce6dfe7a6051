// What a person types into an offer, kept apart from what the offer is.
//
// A field that was not touched shows the offer as it is now, colleagues' changes included. With the first
// keystroke it becomes theirs: the value that stood there is kept as `was`, and nothing that arrives later
// replaces what is typed. Only touched fields that differ from `was` are sent, so that a save never
// overwrites a colleague's work in another field, and the core can tell when both changed the same one.
import { SvelteMap } from 'svelte/reactivity';

import type { FieldErrors } from '../generated/FieldErrors';
import type { LocalId } from '../generated/LocalId';
import type { OfferContent } from '../generated/OfferContent';
import type { OfferField } from '../generated/OfferField';
import type { PreparedPicture } from '../generated/PreparedPicture';
import { BLANK, contentOf, errorNames, FIELDS, getField, type OfferEdit, type OfferValue, sameValue, withField } from './fields';
import type { EditorTarget } from './view.svelte';

/** A text that cannot be a value yet: half a date, a number with letters. By the server's field name. */
export interface Unfinished {
  text: string;
  sentence: string;
}

export class OfferDraft {
  /** The offer; null for a new one. */
  readonly id: LocalId | null;
  /** The offer as it is now; for a new one it stays blank. Null until it was read. */
  live = $state.raw<OfferContent | null>(null);
  /** What is wrong with what is typed. */
  errors = $state.raw<FieldErrors>({});
  /** The person tried to save: from now on empty fields are errors too. */
  attempted = $state(false);
  /** A new picture, or null to remove it; undefined leaves it as it is. */
  picture = $state.raw<PreparedPicture | null | undefined>(undefined);
  /** A picture that is being prepared: true when it came out well. Saving waits for it. */
  preparing = $state.raw<Promise<boolean> | null>(null);

  #edits = new SvelteMap<OfferField, OfferEdit>();
  #unfinished = new SvelteMap<string, Unfinished>();

  constructor(target: EditorTarget) {
    this.id = target === 'new' ? null : target.id;
    if (target === 'new') this.live = BLANK;
  }

  isFor(target: EditorTarget): boolean {
    return this.id === (target === 'new' ? null : target.id);
  }

  /** The offer changed, here or at a colleague's desk. */
  follow(live: OfferContent): void {
    this.live = contentOf(live);
  }

  /** The offer with what is typed in its place. */
  get content(): OfferContent {
    let content = this.live ?? BLANK;
    for (const edit of this.#edits.values()) content = withField(content, edit.now);
    return content;
  }

  touched(field: OfferField): boolean {
    return this.#edits.has(field);
  }

  /** The person typed. */
  type(now: OfferValue): void {
    if (!this.live) return;
    const was = this.#edits.get(now.field)?.was ?? getField(this.live, now.field);
    this.#edits.set(now.field, { was, now });
  }

  /** The person left the field: what equals its beginning is not an edit, and follows the offer again. */
  settle(field: OfferField): void {
    const edit = this.#edits.get(field);
    if (edit && sameValue(edit.was, edit.now)) this.#edits.delete(field);
  }

  /** What a colleague put into a field that the person is editing; null when they did not. */
  theirs(field: OfferField): OfferValue | null {
    const edit = this.#edits.get(field);
    if (!edit || !this.live) return null;
    const live = getField(this.live, field);
    return sameValue(live, edit.was) || sameValue(live, edit.now) ? null : live;
  }

  /** Gives the own text of a field up. */
  takeTheirs(field: OfferField): void {
    this.#edits.delete(field);
    for (const name of errorNames(field)) this.#unfinished.delete(name);
  }

  /** The person saw the colleague's value and wants the own one: from now on that is where they began. */
  keepMine(field: OfferField): void {
    const edit = this.#edits.get(field);
    if (edit && this.live) this.#edits.set(field, { was: getField(this.live, field), now: edit.now });
  }

  /** What is to be sent: only what the person changed. */
  get edits(): OfferEdit[] {
    return FIELDS.flatMap((field) => {
      const edit = this.#edits.get(field);
      return edit && !sameValue(edit.was, edit.now) ? [edit] : [];
    });
  }

  /** These edits are in the core now. What was typed since stays. */
  saved(edits: OfferEdit[]): void {
    for (const edit of edits) {
      const held = this.#edits.get(edit.now.field);
      if (held && sameValue(held.now, edit.now)) this.#edits.delete(edit.now.field);
    }
  }

  unfinished(name: string): Unfinished | null {
    return this.#unfinished.get(name) ?? null;
  }

  setUnfinished(name: string, unfinished: Unfinished | null): void {
    if (unfinished) this.#unfinished.set(name, unfinished);
    else this.#unfinished.delete(name);
  }

  /** Something would be lost by closing. */
  get dirty(): boolean {
    return this.edits.length > 0 || this.#unfinished.size > 0 || this.picture !== undefined || this.preparing !== null;
  }

  /** The sentences to show at a field: about what was typed there, or about everything after a try to save. */
  errorsAt(name: string): string[] {
    const unfinished = this.#unfinished.get(name);
    if (unfinished) return [unfinished.sentence];
    const field: OfferField = name === 'valid_from' || name === 'valid_to' ? 'validity' : (name as OfferField);
    return this.attempted || this.touched(field) ? (this.errors[name] ?? []) : [];
  }

  /** Nothing stands against saving. */
  get sound(): boolean {
    return this.#unfinished.size === 0 && Object.keys(this.errors).length === 0;
  }
}
