import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const ticking = setInterval(update, 1000);
  return () => clearInterval(ticking);
});

/** The moment, in milliseconds; what reads it in a template is drawn again each second while it is shown. */
export function now(): number {
  subscribe();
  return Date.now();
}
