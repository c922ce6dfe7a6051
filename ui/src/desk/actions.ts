// Actions that begin on more than one screen. What goes wrong is told in a message.
import type { Kind } from '../generated/Kind';
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

/** Deletes an entity and offers to take it back for as long as the core keeps the deletion. */
export async function deleteEntity(about: Exclude<Kind, 'gallery' | 'branding'>, id: LocalId, title: string): Promise<boolean> {
  return attempt(async () => {
    await command('delete_entity', { id });
    const detail = about === 'offer' ? command('offer', { id }) : command('record', { id });
    const until = await detail.then(
      ({ undo_until }) => undo_until,
      () => null,
    );
    const text = t('toast-deleted', { title });
    if (until) toasts.undo(text, until, () => command('undo_delete', { id }));
    else toasts.note(text);
  });
}
