// What the shell tells by itself: one subscription for the whole window, handed on to whoever shows what changed.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Activity, Change } from '../generated';

type Listener<Payload> = (announced: Payload) => void;

const listeners = new Set<Listener<Change>>();
const openers = new Set<Listener<Activity>>();
const leavers = new Set<() => Promise<unknown>>();

/** Starts the feed. To be awaited before the first query, so that no change falls between the two. */
export async function connectChanges(): Promise<void> {
  await listen<Change>('desk-change', (event) => {
    for (const listener of listeners) listener(event.payload);
  });
  await listen<Activity>('desk-open', (event) => {
    for (const opener of openers) opener(event.payload);
  });
  await listen<Question>('shell-asks', (event) => void answer(event.payload));
}

/** The shell asks whether the page still works; `leaving`: it is about to go, with all that is not handed over. */
interface Question {
  number: number;
  leaving: boolean;
}

async function answer({ number, leaving }: Question): Promise<void> {
  try {
    if (leaving) await Promise.all([...leavers].map((leave) => leave()));
  } finally {
    // A page that cannot answer is not one that works.
    await invoke('answer_shell', { number }).catch(() => undefined);
  }
}

/** Calls `listener` with every change until the returned function is called. */
export function onChange(listener: Listener<Change>): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls `opener` with each activity whose native notification was clicked, until the returned function is called. */
export function onOpen(opener: Listener<Activity>): () => void {
  openers.add(opener);
  return () => openers.delete(opener);
}

/** Calls `leave` when the window is about to go, which waits for it a moment, until the returned function is called. */
export function onLeaving(leave: () => Promise<unknown>): () => void {
  leavers.add(leave);
  return () => leavers.delete(leave);
}
