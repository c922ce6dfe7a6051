// Hands a draft over to the core: as one new offer, or as the fields that changed and then the picture.
import { command } from '../platform';
import type { OfferDraft } from './draft.svelte';

export type Outcome = 'saved' | 'unchanged' | 'wrong';

/** Rejects with what the core says. What it took before that is not handed over again. */
export async function saveDraft(draft: OfferDraft): Promise<Outcome> {
  draft.attempted = true;
  if ((await draft.preparing) === false) return 'wrong';
  const content = draft.content;
  const edits = draft.edits;
  if (draft.id && !draft.dirty) return 'unchanged';
  // Asked once more: the answer to the last keystroke may still be under way.
  draft.errors = await command('validate_offer', { content });
  if (!draft.sound) return 'wrong';

  if (!draft.id) {
    await command('create_offer', { content, picture: draft.picture?.hash ?? null });
    draft.saved(edits);
    draft.picture = undefined;
    return 'saved';
  }
  if (edits.length > 0) {
    await command('edit_offer', { id: draft.id, edits });
    draft.saved(edits);
  }
  const picture = draft.picture;
  if (picture !== undefined) {
    await command('set_picture', { id: draft.id, picture: picture?.hash ?? null });
    draft.picture = undefined;
  }
  return 'saved';
}
