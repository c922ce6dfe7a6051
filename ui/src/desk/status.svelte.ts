import { command } from '../platform';
import { LiveQuery } from './live.svelte';

/** The state of the whole desk: pill, counts, notices. */
export const status = new LiveQuery(() => command('status'), (change) => change.topic === 'status');

/** Intents that have not reached the hotel, whatever the reason. */
export function unsent(): number {
  const now = status.value;
  return now ? now.saving + now.waiting + now.attention : 0;
}
