// Hands a draft over to the core: as one new offer, or as the fields that changed and then the picture.
import type { OfferContent } from '../generated/OfferContent';
import { command } from '../platform';
import type { OfferDraft } from './draft.svelte';

export type Outcome = 'saved' | 'unchanged' | 'wrong';

/** Rejects with what the core says. What it took before that is not handed over again. */
export async function saveDraft(draft: OfferDraft): Promise<Outcome> {
  draft.attempted = true;
  if ((await draft.preparing) === false) return 'wrong';
  const content = contentOnly(draft.content);
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

/** An offer as the screen holds it carries more than what staff write; the core wants exactly that. */
function contentOnly(content: OfferContent): OfferContent {
  return {
    title: content.title,
    short_description: content.short_description,
    details_text: content.details_text,
    details_html: content.details_html,
    valid_from: content.valid_from,
    valid_to: content.valid_to,
    tag: content.tag,
    book_now_url: content.book_now_url,
    sort_order: content.sort_order,
    is_active: content.is_active,
  };
}
