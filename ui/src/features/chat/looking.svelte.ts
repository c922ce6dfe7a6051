// Reports to the core which conversation a person looks at. The core reads it again, and marks the guest's messages as
// read. A window in the background shows no conversation to a person.
import { onDestroy } from 'svelte';

import type { LocalId } from '../../generated';
import { command } from '../../platform';

/** Reports the conversation for as long as the component exists. `onlook`: a person looks at it now. */
export function reportLooking(shown: () => LocalId | null, onlook: (conversation: LocalId) => void): void {
  const isInFront = (): boolean => document.hasFocus() && !document.hidden;
  let inFront = $state(isInFront());
  let reported: LocalId | null = null;

  const report = (conversation: LocalId | null): void => {
    if (conversation === reported) return;
    reported = conversation;
    // Without the report the messages stay unread, and the next look reports again.
    command('show_conversation', { conversation }).catch(() => (reported = null));
  };

  $effect(() => {
    const listening = new AbortController();
    window.addEventListener('focus', () => (inFront = !document.hidden), listening);
    window.addEventListener('blur', () => (inFront = false), listening);
    document.addEventListener('visibilitychange', () => (inFront = isInFront()), listening);
    return () => listening.abort();
  });
  $effect(() => {
    const conversation = inFront ? shown() : null;
    report(conversation);
    if (conversation !== null) onlook(conversation);
  });
  onDestroy(() => report(null));
}
