import { Drafts } from '../../components/editor/drafts.svelte';
import { Editor } from '../../components/editor/editor.svelte';
import type { Account, Feature } from '../../lib/account.svelte';
import { Navigation } from '../../lib/navigation.svelte';
import { Branding } from './branding.svelte';
import Screen from './Branding.svelte';

/** The room of the hotel's branding. */
export const branding: Feature = {
  Screen,
  open: (account) => account.part(Editor).close(() => show(account)),
  resume: (account, [draft]) => {
    const before = account.part(Drafts).read(draft);
    if (!before) return;
    account.part(Editor).close(() => {
      account.part(Branding).resume(before);
      show(account);
    });
  },
};

function show(account: Account): void {
  account.part(Navigation).room = 'branding';
}
