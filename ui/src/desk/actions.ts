// Actions that begin on more than one screen. What goes wrong is told in a message.
import type { LocalId } from '../generated/LocalId';
import { t } from '../messages';
import { asFailure, command } from '../platform';
import { toasts } from './toasts.svelte';

/** Runs an action whose failure has no place of its own on the screen. True when it worked. */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (thrown) {
    toasts.failure(asFailure(thrown));
    return false;
  }
}

/** Deletes an offer and offers to take it back for as long as the core keeps the deletion. */
export async function deleteOffer(id: LocalId, title: string): Promise<boolean> {
  return attempt(async () => {
    await command('delete_offer', { id });
    const until = await command('offer', { id }).then(
      (detail) => detail.undo_until,
      () => null,
    );
    if (until) toasts.undo(id, title, until);
    else toasts.note(t.toast.deleted(title));
  });
}

export async function undoDelete(id: LocalId): Promise<void> {
  await attempt(() => command('undo_delete', { id }));
}
