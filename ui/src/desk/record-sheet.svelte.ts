// What is needed to edit a record on any screen: the draft, what the core says about the record, and its clashes.
import type { ConflictView } from '../generated/ConflictView';
import type { FieldErrors } from '../generated/FieldErrors';
import type { PictureView } from '../generated/PictureView';
import type { RecordDetail } from '../generated/RecordDetail';
import type { RecordView } from '../generated/RecordView';
import type { Slot } from '../generated/Slot';
import { clashKey, refusedBy } from './fields';
import type { RecordDraft } from './record-draft.svelte';
import { Settling } from './settling.svelte';
import { uploadShare } from './uploads.svelte';

export class RecordSheet {
  readonly draft: RecordDraft;
  readonly settling: Settling;
  #detail: () => RecordDetail | null;
  #readonly: () => boolean;

  constructor(draft: RecordDraft, detail: () => RecordDetail | null, readonly: () => boolean) {
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

  /** How much of a picture is sent: the core tells it of the record, so it is shown at the one that waits. */
  uploadShare(slot: Slot): number | null {
    const record = this.record;
    if (!record || !this.picture(slot)?.waiting) return null;
    const first = Object.entries(record.pictures).find(([, picture]) => picture?.waiting)?.[0];
    return first === slot ? uploadShare(record.local_id) : null;
  }
}
