// The state of the editor, with its draft. The draft is here and not in a component, so no typing is lost when a screen
// is drawn again.
import type { LocalId } from '../../generated';
import type { Account, Feature } from '../../lib/account.svelte';
import { Navigation } from '../../lib/navigation.svelte';
import { type Room, type SheetKind } from '../../lib/rooms';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command } from '../../platform';
import { Draft } from './draft.svelte';
import { Drafts } from './drafts.svelte';
import { Keeping } from './keeping.svelte';
import type { Kept } from './memo';

/** A draft in the sheet. */
export type SheetDraft = Draft & { readonly about: SheetKind };

export class Editor {
  draft = $state.raw<SheetDraft | null>(null);
  /** The pending action that would discard unsaved typing; null if the person is not asked. */
  leaving = $state.raw<{ then: () => void } | null>(null);

  #keeping: Keeping;
  #toasts: Toasts;

  constructor(account: Account) {
    this.#toasts = account.part(Toasts);
    this.#keeping = account.part(Keeping);
    // One person's typing is never kept for another.
    account.onEnd(() => this.draft?.part());
  }

  /**
   * Opens an entity, or a new one for null, after a question about unsaved typing. `arrive` is called when it is open.
   */
  open(kind: SheetKind, id: LocalId | null, arrive: () => void = () => undefined): void {
    if (this.draft?.about === kind && this.draft.id === id) arrive();
    else {
      this.#leaveFor(() => {
        this.#show(new Draft(kind, id) as SheetDraft);
        arrive();
      });
    }
  }

  /** Opens an entity with a saved draft. If the entity is open already, its current typing stays. */
  resume(kind: SheetKind, id: LocalId | null, before: Kept, arrive: () => void): void {
    this.open(kind, id, () => {
      arrive();
      this.draft?.resume(before);
    });
  }

  /** Opens a new entity that begins as a copy of another one. */
  async duplicate(kind: SheetKind, id: LocalId): Promise<void> {
    const copy = await command('copy_of', { id });
    this.open(kind, null, () => this.draft?.fill(copy));
    if (copy.lacks_picture) this.#toasts.note(t('editor-copy-lacks-picture'));
  }

  /** Closes, after a question about unsaved typing. `arrive` is called when it is closed. */
  close(arrive: () => void = () => undefined): void {
    this.#leaveFor(() => {
      this.#show(null);
      arrive();
    });
  }

  stay(): void {
    this.leaving = null;
  }

  /** Closes without saving. */
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

  #show(draft: SheetDraft | null): void {
    this.leaving = null;
    this.draft?.close();
    this.draft = draft;
    this.draft?.begin(this.#keeping);
  }
}

/** Returns the functions of a room that edits its entities in the sheet. They also show `room`, if it is given. */
export function inSheet(kind: SheetKind, room?: Room): Pick<Feature, 'open' | 'resume'> {
  const arrive = (account: Account): void => {
    if (room) account.part(Navigation).room = room;
  };
  return {
    open: (account, entity) => account.part(Editor).open(kind, entity, () => arrive(account)),
    resume: (account, [draft]) => {
      const before = account.part(Drafts).read(draft);
      // If the entity was removed, the typing can become a new one.
      const entity = draft.there ? draft.entity : null;
      if (before) account.part(Editor).resume(kind, entity, before, () => arrive(account));
    },
  };
}
