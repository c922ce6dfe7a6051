// The connection of the reception display to the shell. The display may only read, and report what it shows.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

interface Callbacks {
  /** The view has changed. */
  onchange: () => void;
  /** A person wants to close the window. */
  onleave: () => void;
  /** Returns false if the rotation stands still, so that the shell loads the page again. */
  isAlive: () => boolean;
}

/** Starts to listen. Await it before the first query, so that no change is lost between the two. */
export async function connectDisplay({ onchange, onleave, isAlive }: Callbacks): Promise<void> {
  await listen('display-change', onchange);
  await listen('display-leave', onleave);
  await listen<{ number: number }>('shell-asks', ({ payload }) => {
    if (isAlive()) void invoke('answer_shell', { number: payload.number }).catch(() => undefined);
  });
}
