import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const ticking = setInterval(update, 1000);
  return () => clearInterval(ticking);
});

/**
 * Returns the current time in milliseconds. A template that reads it is drawn again each second while it is visible.
 */
export function now(): number {
  subscribe();
  return Date.now();
}
