import { inSheet } from '../../components/editor/editor.svelte';
import type { Feature } from '../../lib/account.svelte';
import Screen from './Offers.svelte';

export const offers: Feature = { Screen, ...inSheet('offer') };
