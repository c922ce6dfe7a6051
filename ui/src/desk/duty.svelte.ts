import { command } from '../platform';
import { LiveQuery } from './live.svelte';

/** The clock button. */
export const duty = new LiveQuery(() => command('duty'), (change) => change.topic === 'duty');
