// Goes on with what was typed before: opens the editor, or the room, in which it was typed, with the draft in it.
import { t } from '../messages';
import { adding } from './adding.svelte';
import { branding } from './branding.svelte';
import type { Offered } from './drafts.svelte';
import { editor } from './editor.svelte';
import { galleries } from './gallery.svelte';
import { readMemo, readPicture } from './memo';
import { toasts } from './toasts.svelte';
import { roomOf, view } from './view.svelte';

export function continueDraft(together: Offered): void {
  const [draft] = together;
  if (draft.about === 'gallery') {
    continueGallery(together);
    return;
  }
  const memo = readMemo(draft.content);
  if (!memo) {
    toasts.note(t('drafts-unreadable'));
    return;
  }
  // What it was about has gone: what was typed can become a new one.
  const entity = draft.there ? draft.entity : null;
  switch (draft.about) {
    case 'offer':
      editor.resume(entity ? { id: entity } : 'new', { draft, memo }, () => undefined);
      return;
    case 'branding':
      editor.away(() => {
        branding.resume({ draft, memo });
        view.room = 'branding';
      });
      return;
    default: {
      const { about: kind } = draft;
      editor.resume({ kind, record: entity }, { draft, memo }, () => (view.room = roomOf(kind)));
    }
  }
}

function continueGallery(together: Offered): void {
  const [{ entity, there }] = together;
  if (!entity || !there) {
    toasts.note(t('drafts-no-gallery'));
    return;
  }
  editor.away(() => {
    const pictures = together.flatMap(({ id, content }) => {
      const memo = readPicture(content);
      return memo ? [{ id, memo }] : [];
    });
    if (pictures.length < together.length) toasts.note(t('drafts-unreadable'));
    pictures.sort((one, other) => one.memo.place - other.memo.place);
    for (const { id, memo } of pictures) adding.resume(entity, id, memo);
    galleries.chosen = entity;
    view.entity = null;
    view.room = 'gallery';
  });
}
