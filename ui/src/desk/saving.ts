// Hands a draft over to the core: as one new thing, or as the fields that changed and then the pictures.
import type { Draft } from './draft.svelte';

export type Outcome = 'saved' | 'unchanged' | 'wrong';

/** Rejects with what the core says. What it took before that is not handed over again. */
export async function saveDraft<Content, Name extends string>(draft: Draft<Content, Name>): Promise<Outcome> {
  draft.attempted = true;
  for (const { chosen } of draft.pictures) if ((await chosen.preparing) === false) return 'wrong';
  const content = draft.content;
  const edits = draft.edits;
  if (draft.id && !draft.dirty) return 'unchanged';
  // Asked once more: the answer to the last keystroke may still be under way.
  draft.errors = await draft.examine(content);
  if (!draft.sound) return 'wrong';

  if (!draft.id) {
    await draft.door.create(content, draft.pictureAt('photo').picture?.hash ?? null);
    draft.saved(edits);
    for (const { chosen } of draft.pictures) chosen.forget();
    return 'saved';
  }
  if (edits.length > 0) {
    await draft.door.edit(draft.id, edits);
    draft.saved(edits);
  }
  for (const { slot, chosen } of draft.pictures) {
    const { picture } = chosen;
    if (picture === undefined) continue;
    await draft.door.setPicture(draft.id, slot, picture?.hash ?? null);
    // Another one may have been chosen meanwhile.
    if (chosen.picture === picture) chosen.picture = undefined;
  }
  return 'saved';
}
