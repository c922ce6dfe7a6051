// What the editor shows, and the draft in it. The draft lives here and not in a component, so that nothing
// typed is lost when a screen is drawn anew.
import { OfferDraft } from './draft.svelte';
import { RecordDraft } from './record-draft.svelte';
import type { EditorTarget } from './view.svelte';

function draftFor(target: EditorTarget): OfferDraft | RecordDraft {
  if (target !== 'new' && 'roomType' in target) return new RecordDraft('room_type', target.roomType);
  return new OfferDraft(target);
}

function isFor(draft: OfferDraft | RecordDraft, target: EditorTarget): boolean {
  if (target !== 'new' && 'roomType' in target) return draft instanceof RecordDraft && draft.id === target.roomType;
  return draft instanceof OfferDraft && draft.id === (target === 'new' ? null : target.id);
}

class Editor {
  draft = $state.raw<OfferDraft | RecordDraft | null>(null);
  /** The person wants to leave for something else while something is unsaved: what they want instead. */
  leaving = $state.raw<{ to: EditorTarget | null } | null>(null);

  open(target: EditorTarget): void {
    if (this.draft && isFor(this.draft, target)) return;
    if (this.draft?.dirty) this.leaving = { to: target };
    else this.#show(target);
  }

  /** Closes, after a question when something is unsaved. */
  close(): void {
    if (this.draft?.dirty) this.leaving = { to: null };
    else this.#show(null);
  }

  stay(): void {
    this.leaving = null;
  }

  leave(): void {
    this.#show(this.leaving?.to ?? null);
  }

  #show(target: EditorTarget | null): void {
    this.leaving = null;
    for (const { chosen } of this.draft?.pictures ?? []) chosen.preparation.cancel();
    this.draft = target ? draftFor(target) : null;
  }
}

export const editor = new Editor();
