import type { Feature } from '../../lib/account.svelte';
import { Navigation } from '../../lib/navigation.svelte';
import { Diagnostics } from './diagnostics.svelte';
import Screen from './Diagnostics.svelte';
import { Shown } from './shown';

/** The room of the diagnostics. */
export const diagnostics: Feature = {
  Screen,
  begin: (account) => {
    account.part(Diagnostics);
    account.part(Shown);
  },
  open: (account) => {
    account.part(Diagnostics).tab = 'checks';
    account.part(Navigation).room = 'diagnostics';
  },
  badge: (account) => ({ needs: account.part(Diagnostics).failed, waits: 0 }),
};
