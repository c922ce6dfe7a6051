// What the shell tells by itself: one subscription for the whole window, handed on to whoever shows what changed.
import { listen } from '@tauri-apps/api/event';

import type { Change } from '../generated/Change';
import type { Fact } from '../generated/Fact';

type Listener<Told> = (told: Told) => void;

const listeners = new Set<Listener<Change>>();
const openers = new Set<Listener<Fact>>();

/** Starts the feed. To be awaited before the first query, so that no change falls between the two. */
export async function connectChanges(): Promise<void> {
  await listen<Change>('desk-change', (event) => {
    for (const listener of listeners) listener(event.payload);
  });
  await listen<Fact>('desk-open', (event) => {
    for (const opener of openers) opener(event.payload);
  });
}

/** Calls `listener` with every change until the returned function is called. */
export function onChange(listener: Listener<Change>): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls `opener` with each fact whose native notification was clicked, until the returned function is called. */
export function onOpen(opener: Listener<Fact>): () => void {
  openers.add(opener);
  return () => openers.delete(opener);
}
