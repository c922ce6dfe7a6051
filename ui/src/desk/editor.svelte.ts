// What the editor shows, and the draft in it. The draft lives here and not in a component, so that nothing
// typed is lost when a screen is drawn anew.
import { OfferDraft } from './draft.svelte';
import type { Kept } from './memo';
import { RecordDraft } from './record-draft.svelte';
import type { EditorTarget } from './view.svelte';

function draftFor(target: EditorTarget): OfferDraft | RecordDraft {
  if (target !== 'new' && 'kind' in target) return new RecordDraft(target.kind, target.record);
  return new OfferDraft(target);
}

function isFor(draft: OfferDraft | RecordDraft, target: EditorTarget): boolean {
  if (target !== 'new' && 'kind' in target) return draft.about === target.kind && draft.id === target.record;
  return draft instanceof OfferDraft && draft.id === (target === 'new' ? null : target.id);
}

function chained(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}

class Editor {
  draft = $state.raw<OfferDraft | RecordDraft | null>(null);
  /** The person wants to leave for something else while something is unsaved: what follows if they do. */
  leaving = $state.raw<{ then: () => void } | null>(null);

  /** Opens it, after a question when something is unsaved. `arrive` is called when it is opened. */
  open(target: EditorTarget, arrive: () => void = () => undefined): void {
    if (this.draft && isFor(this.draft, target)) return;
    this.#leaveFor(() => {
      this.#show(target);
      arrive();
    });
  }

  /** Opens it with what was typed before. Where it is open for the same already, what is typed there now stays. */
  resume(target: EditorTarget, before: Kept, arrive: () => void): void {
    this.open(target, arrive);
    const resume = (): void => this.draft?.resume(before);
    if (this.leaving) this.leaving = { then: chained(this.leaving.then, resume) };
    else resume();
  }

  /** Closes, after a question when something is unsaved. */
  close(): void {
    this.away(() => undefined);
  }

  /** Closes as `close` does; `arrive` is called when it is closed. */
  away(arrive: () => void): void {
    this.#leaveFor(() => {
      this.#show(null);
      arrive();
    });
  }

  stay(): void {
    this.leaving = null;
  }

  /** Leaves without saving. */
  leave(): void {
    this.draft?.forget();
    const then = this.leaving?.then;
    if (then) then();
    else this.#show(null);
  }

  #leaveFor(then: () => void): void {
    if (this.draft?.dirty) this.leaving = { then };
    else then();
  }

  /** Forgets what is open, for the next person who signs in; what is kept of it stays. */
  forget(): void {
    this.leaving = null;
    this.draft?.part();
    this.draft = null;
  }

  #show(target: EditorTarget | null): void {
    this.leaving = null;
    this.draft?.close();
    this.draft = target ? draftFor(target) : null;
    this.draft?.begin();
  }
}

export const editor = new Editor();
