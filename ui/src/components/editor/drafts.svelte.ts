// Typing that was not saved before the window closed or an editor was reloaded. It is offered until the person
// continues or discards it.
import type { DraftView, Kind, LocalId } from '../../generated';
import type { Account, Offered } from '../../lib/account.svelte';
import { LiveQuery } from '../../lib/live.svelte';
import { roomOf } from '../../lib/rooms';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command, onLeaving } from '../../platform';
import { Keeping } from './keeping.svelte';
import { type Kept, readMemo } from './memo';

/** The time in which a discarded draft can be restored, in milliseconds. */
const UNDO = 10_000;

export class Drafts {
  query = new LiveQuery(() => command('drafts'), (change) => change.topic === 'drafts');

  #account: Account;
  #keeping: Keeping;
  #toasts: Toasts;

  /** Saves the typing whenever the person, or the window, may leave. */
  constructor(account: Account) {
    this.#account = account;
    this.#toasts = account.part(Toasts);
    const listening = new AbortController();
    this.#keeping = account.part(Keeping);
    const keepAll = () => this.#keeping.keepAll();
    const keep = (): void => void keepAll();
    window.addEventListener('blur', keep, listening);
    window.addEventListener('pagehide', keep, listening);
    document.addEventListener('visibilitychange', () => document.hidden && keep(), listening);
    for (const stop of [this.query.start(), onLeaving(keepAll), () => listening.abort()]) account.onEnd(stop);
  }

  /** The drafts that can be continued, newest first. */
  get offered(): Offered[] {
    const all: Offered[] = [];
    for (const draft of this.query.value ?? []) {
      if (this.#keeping.isSettled(draft.id)) continue;
      const together = all.find(([first]) => isOfGallery(first, draft.entity) && draft.about === 'gallery');
      if (together) together.push(draft);
      else all.push([draft]);
    }
    return all;
  }

  /** Returns the drafts that can be continued in an open editor. */
  of(about: Kind, entity: LocalId | null): Offered[] {
    return this.offered.filter(([draft]) => draft.about === about && draft.entity === entity);
  }

  /** Opens the editor or the room of these drafts, with the drafts in it. */
  resume(together: Offered): void {
    this.#account.features[roomOf(together[0].about)].resume?.(this.#account, together);
  }

  /** Returns the content of a draft from an editor of fields. If it is unreadable, an error is shown. */
  read(draft: DraftView): Kept | null {
    const memo = readMemo(draft.content);
    if (!memo) this.#toasts.note(t('drafts-unreadable'));
    return memo && { draft, memo };
  }

  /** Discards drafts, and offers to restore them for a moment. */
  async discard(together: Offered): Promise<void> {
    const done = await this.#toasts.attempt(async () => {
      for (const { id } of together) {
        await command('discard_draft', { id });
        this.#keeping.settle(id, true);
      }
    });
    if (!done) return;
    this.#toasts.undo(t('drafts-discarded'), Date.now() + UNDO, async () => {
      for (const { id, about, entity, title, content, version } of together) {
        await command('save_draft', { draft: { id, about, entity, title, content, version } });
        this.#keeping.settle(id, false);
      }
    });
  }
}

function isOfGallery(draft: DraftView, gallery: LocalId | null): boolean {
  return draft.about === 'gallery' && draft.entity === gallery;
}
