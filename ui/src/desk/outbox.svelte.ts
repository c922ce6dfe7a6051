import type { OutboxItem } from '../generated/OutboxItem';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';

/** What has not reached the hotel. */
export const outbox = new LiveQuery(() => command('outbox'), (change) => change.topic === 'outbox');

/** A person must look at it. */
export function needsPerson(item: OutboxItem): boolean {
  return item.state === 'attention' || item.state === 'conflict' || item.is_doubtful;
}
