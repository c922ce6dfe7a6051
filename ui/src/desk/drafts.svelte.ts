// What was typed and not saved before the window ended, or before an editor was reloaded: offered again, until it is
// continued or discarded.
import type { DraftView } from '../generated/DraftView';
import type { Kind } from '../generated/Kind';
import type { LocalId } from '../generated/LocalId';
import { t } from '../messages';
import { command, onLeaving } from '../platform';
import { attempt } from './actions';
import { forgetSettled, isSettled, keepAll, settle } from './keeping.svelte';
import { LiveQuery } from './live.svelte';
import { toasts } from './toasts.svelte';

/** So long a draft that was discarded can be brought back, in milliseconds. */
const UNDO = 10_000;

/** Drafts that are continued and discarded together: the pictures for one gallery, else a single one. */
export type Offered = [DraftView, ...DraftView[]];

class Drafts {
  query = new LiveQuery(() => command('drafts'), (change) => change.topic === 'drafts');

  /** What can be continued, the newest first. */
  get offered(): Offered[] {
    const all: Offered[] = [];
    for (const draft of this.query.value ?? []) {
      if (isSettled(draft.id)) continue;
      const together = all.find(([first]) => isOfGallery(first, draft.entity) && draft.about === 'gallery');
      if (together) together.push(draft);
      else all.push([draft]);
    }
    return all;
  }

  /** What can be continued in an editor that is open. */
  of(about: Kind, entity: LocalId | null): Offered[] {
    return this.offered.filter(([draft]) => draft.about === about && draft.entity === entity);
  }

  /** Reads them, and hands over what is typed whenever the person, or the window, may leave. */
  start(): () => void {
    const stop = this.query.start();
    const keep = (): void => void keepAll();
    const hidden = (): void => {
      if (document.hidden) keep();
    };
    window.addEventListener('blur', keep);
    window.addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', hidden);
    const deaf = onLeaving(keepAll);
    return () => {
      stop();
      deaf();
      window.removeEventListener('blur', keep);
      window.removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', hidden);
    };
  }

  /** Throws drafts away, and offers to bring them back for a moment. */
  async discard(together: Offered): Promise<void> {
    const done = await attempt(async () => {
      for (const { id } of together) {
        await command('discard_draft', { id });
        settle(id, true);
      }
    });
    if (!done) return;
    toasts.undo(t('drafts-discarded'), new Date(Date.now() + UNDO).toISOString(), async () => {
      for (const { id, about, entity, title, content, version } of together) {
        await command('save_draft', { draft: { id, about, entity, title, content, version } });
        settle(id, false);
      }
    });
  }

  /** Forgets the answer, for the next person who signs in. */
  forget(): void {
    this.query.forget();
    forgetSettled();
  }
}

function isOfGallery(draft: DraftView, gallery: LocalId | null): boolean {
  return draft.about === 'gallery' && draft.entity === gallery;
}

export const drafts = new Drafts();
