import { command } from '../platform';
import { duty } from './duty.svelte';
import { LiveQuery } from './live.svelte';

/** The state of the whole desk: pill, counts, notices. */
export const status = new LiveQuery(() => command('status'), (change) => change.topic === 'status');

/** What has not reached the hotel, whatever the reason; an intent about the clock included. */
export function unsent(): number {
  const now = status.value;
  return (now ? now.saving + now.waiting + now.attention : 0) + (duty.value?.intent ? 1 : 0);
}
