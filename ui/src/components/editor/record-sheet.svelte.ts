// What is needed to edit a record on any screen: the draft, what the core says about the record, and its clashes.
import type { ConflictView, FieldErrors, PictureView, RecordDetail, RecordView, Slot } from '../../generated';
import { clashKey, refusedBy } from '../../lib/fields';
import type { Draft } from './draft.svelte';
import { Settling } from './settling.svelte';

export class RecordSheet {
  readonly draft: Draft;
  readonly settling: Settling;
  #detail: () => RecordDetail | null;
  #readonly: () => boolean;

  constructor(draft: Draft, detail: () => RecordDetail | null, readonly: () => boolean) {
    this.draft = draft;
    this.settling = new Settling(draft);
    this.#detail = detail;
    this.#readonly = readonly;
  }

  /** Nothing can be changed here. */
  get readonly(): boolean {
    return this.#readonly();
  }

  get record(): RecordView | null {
    return this.#detail()?.record ?? null;
  }

  get refused(): FieldErrors {
    return refusedBy(this.#detail()?.pending ?? []);
  }

  /** The clash of a field or of a picture, by its key. */
  conflictAt(key: string): ConflictView | undefined {
    return this.#detail()?.conflicts.find((conflict) => clashKey(conflict) === key);
  }

  /** What guests see where nothing is written over it; undefined where nothing is said about it. */
  shown(name: string): string | undefined {
    return this.record?.shown[name.replace(/_override$/, '')] || undefined;
  }

  /** What a guest would see in a field now: what is typed, or else the hotel's own. */
  effective(name: string): string {
    return this.draft.text(name).trim() || this.shown(name) || '';
  }

  picture(slot: Slot): PictureView | null {
    return this.record?.pictures[slot] ?? null;
  }

  /** The picture that is sent now, if one is: the core tells of the record, so it is the first one that waits. */
  get sending(): Slot | null {
    const waiting = Object.entries(this.record?.pictures ?? {}).find(([, picture]) => picture?.waiting);
    return (waiting?.[0] as Slot | undefined) ?? null;
  }
}
