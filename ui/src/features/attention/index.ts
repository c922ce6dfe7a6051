import type { Feature } from '../../lib/account.svelte';
import { Status } from '../../lib/desk.svelte';
import Screen from './Attention.svelte';

/** The room of waiting intents and of those that need a person. */
export const attention: Feature = {
  Screen,
  badge: (account) => {
    const { attention = 0, waiting = 0, saving = 0 } = account.part(Status).value ?? {};
    return { needs: attention, waits: waiting + saving };
  },
};
