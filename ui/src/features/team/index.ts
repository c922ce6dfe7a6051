import type { Feature } from '../../lib/account.svelte';
import { Team } from './team.svelte';
import Screen from './Team.svelte';

/** The room of the people of the hotel. */
export const team: Feature = {
  Screen,
  badge: () => ({ needs: 0, waits: 0 }),
  open: (account) => account.part(Team).filter(null),
};
