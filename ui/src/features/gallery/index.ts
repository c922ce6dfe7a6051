import { Editor } from '../../components/editor/editor.svelte';
import { readPicture } from '../../components/editor/memo';
import type { LocalId } from '../../generated';
import type { Account, Feature, Offered } from '../../lib/account.svelte';
import { Navigation } from '../../lib/navigation.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command } from '../../platform';
import { Adding } from './adding.svelte';
import { Galleries } from './galleries.svelte';
import Screen from './Gallery.svelte';

/** The room of the hotel's pictures. */
export const gallery: Feature = {
  Screen,
  open: (account, entity) => account.part(Editor).close(() => show(account, entity)),
  isThere: async (entity) => {
    const { galleries } = await command('galleries');
    return galleries.some((one) => one.local_id === entity);
  },
  resume,
};

function show(account: Account, gallery: LocalId | null): void {
  account.part(Galleries).choose(gallery);
  account.part(Navigation).room = 'gallery';
}

/** Continues pictures that were chosen for a gallery, with their captions, in the order of arrival. */
function resume(account: Account, drafts: Offered): void {
  const toasts = account.part(Toasts);
  const [{ entity, there }] = drafts;
  if (!entity || !there) {
    toasts.note(t('drafts-no-gallery'));
    return;
  }
  account.part(Editor).close(() => {
    const pictures = drafts.flatMap(({ id, content }) => {
      const memo = readPicture(content);
      return memo ? [{ id, memo }] : [];
    });
    if (pictures.length < drafts.length) toasts.note(t('drafts-unreadable'));
    pictures.sort((one, other) => one.memo.place - other.memo.place);
    for (const { id, memo } of pictures) account.part(Adding).resume(entity, id, memo);
    show(account, entity);
  });
}
