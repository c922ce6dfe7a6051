// The state for the editor of a record on any screen: the draft, the core's view of the record, and its conflicts.
import type { ConflictView, FieldErrors, PictureView, RecordDetail, RecordView, Slot } from '../../generated';
import { conflictKey, refusedBy } from '../../lib/fields';
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

  /** True if the record is read-only. */
  get readonly(): boolean {
    return this.#readonly();
  }

  get record(): RecordView | null {
    return this.#detail()?.record ?? null;
  }

  get refused(): FieldErrors {
    return refusedBy(this.#detail()?.pending ?? []);
  }

  /** Returns the conflict of a field or of a picture, by its key. */
  conflictAt(key: string): ConflictView | undefined {
    return this.#detail()?.conflicts.find((conflict) => conflictKey(conflict) === key);
  }

  /** Returns the default that guests see for an empty field, or undefined if none is known. */
  shown(name: string): string | undefined {
    return this.record?.shown[name.replace(/_override$/, '')] || undefined;
  }

  /** Returns the text that guests see in a field now: the typed one, or else the hotel's default. */
  effective(name: string): string {
    return this.draft.text(name).trim() || this.shown(name) || '';
  }

  picture(slot: Slot): PictureView | null {
    return this.record?.pictures[slot] ?? null;
  }

  /**
   * The picture that is being sent, or null. The core reports uploads by record, so it is the first waiting picture.
   */
  get sending(): Slot | null {
    const waiting = Object.entries(this.record?.pictures ?? {}).find(([, picture]) => picture?.waiting);
    return (waiting?.[0] as Slot | undefined) ?? null;
  }
}
