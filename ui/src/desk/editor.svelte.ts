// Which offer the editor shows, and the draft in it. The draft lives here and not in a component, so that
// nothing typed is lost when a screen is drawn anew.
import { OfferDraft } from './draft.svelte';
import type { EditorTarget } from './view.svelte';

class Editor {
  draft = $state.raw<OfferDraft | null>(null);
  /** The person wants to leave for something else while something is unsaved: what they want instead. */
  leaving = $state.raw<{ to: EditorTarget | null } | null>(null);

  open(target: EditorTarget): void {
    if (this.draft?.isFor(target)) return;
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
    this.draft = target ? new OfferDraft(target) : null;
  }
}

export const editor = new Editor();
