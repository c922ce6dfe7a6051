// Hands a draft over to the core: as one new entity, or as the fields that changed and then the pictures. What is kept
// of it goes with the last of these, in the same transaction.
import type { DraftId } from '../generated/DraftId';
import type { FieldEdit } from '../generated/FieldEdit';
import type { Fields } from '../generated/Fields';
import type { Draft } from './draft.svelte';

export type Outcome = 'saved' | 'unchanged' | 'wrong';

/** Rejects with what the core says. What it took before that is not handed over again. */
export async function saveDraft<Name extends string>(draft: Draft<Name>): Promise<Outcome> {
  draft.attempted = true;
  for (const { chosen } of draft.pictures) if ((await chosen.preparing) === false) return 'wrong';
  if (draft.id && !draft.dirty) return 'unchanged';
  const content = draft.content;
  const edits = draft.edits;
  // Asked once more: the answer to the last keystroke may still be under way.
  draft.errors = await draft.examine(content);
  if (!draft.sound) return 'wrong';

  const { keeper } = draft;
  // Nothing may be kept after the command that takes what is kept away.
  const kept = (await keeper?.rest()) ?? null;
  try {
    await handOver(draft, content, edits, kept);
  } catch (thrown) {
    keeper?.wake(false);
    throw thrown;
  }
  keeper?.wake(true);
  return 'saved';
}

async function handOver<Name extends string>(
  draft: Draft<Name>,
  content: Fields,
  edits: FieldEdit[],
  kept: DraftId | null,
): Promise<void> {
  if (!draft.id) {
    await draft.door.create(content, draft.pictureAt('photo').picture?.hash ?? null, kept);
    draft.saved(edits);
    for (const { chosen } of draft.pictures) chosen.forget();
    return;
  }
  const pictures = draft.pictures.filter(({ chosen }) => chosen.picture !== undefined);
  if (edits.length > 0) {
    await draft.door.edit(draft.id, edits, pictures.length === 0 ? kept : null);
    draft.saved(edits);
  }
  for (const { slot, chosen } of pictures) {
    const { picture } = chosen;
    const last = chosen === pictures.at(-1)?.chosen;
    await draft.door.setPicture(draft.id, slot, picture?.hash ?? null, last ? kept : null);
    // Another one may have been chosen meanwhile.
    if (chosen.picture === picture) chosen.picture = undefined;
  }
}
