// The change feed: one subscription for the whole window, handed on to whoever shows what changed.
import { listen } from '@tauri-apps/api/event';

import type { Change } from '../generated/Change';

type Listener = (change: Change) => void;

const listeners = new Set<Listener>();

/** Starts the feed. To be awaited before the first query, so that no change falls between the two. */
export async function connectChanges(): Promise<void> {
  await listen<Change>('desk-change', (event) => {
    for (const listener of listeners) listener(event.payload);
  });
}

/** Calls `listener` with every change until the returned function is called. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
