import type { Feature } from '../../lib/account.svelte';
import Screen from './Settings.svelte';

/** The room of the settings of this computer. */
export const settings: Feature = { Screen };
