// The messages that the shell sends: one subscription for the whole window, distributed to its listeners.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Activity, Change } from '../generated';

type Listener<Payload> = (announced: Payload) => void;

const listeners = new Set<Listener<Change>>();
const openers = new Set<Listener<Activity>>();
const quitters = new Set<Listener<number>>();
const leavers = new Set<() => Promise<unknown>>();

/** Starts the feed. Await it before the first query, so that no change is lost between the two. */
export async function connectChanges(): Promise<void> {
  await listen<Change[]>('desk-change', (event) => {
    for (const change of event.payload) for (const listener of listeners) listener(change);
  });
  await listen<Activity>('desk-open', (event) => {
    for (const opener of openers) opener(event.payload);
  });
  await listen<number>('desk-quit', (event) => {
    for (const quitter of quitters) quitter(event.payload);
  });
  await listen<Question>('shell-asks', (event) => void answer(event.payload));
}

/**
 * The shell asks whether the page still works. `leaving`: the page is about to close or to be locked, and must save its
 * unsaved typing.
 */
interface Question {
  number: number;
  leaving: boolean;
}

async function answer({ number, leaving }: Question): Promise<void> {
  try {
    if (leaving) await Promise.all([...leavers].map((leave) => leave()));
  } finally {
    // If the page cannot answer, the shell treats it as broken.
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

/**
 * Calls `quitter` with the number of texts that the end of the program would lose, if a person asks for the end, until the
 * returned function is called.
 */
export function onQuit(quitter: Listener<number>): () => void {
  quitters.add(quitter);
  return () => quitters.delete(quitter);
}

/** Calls `leave` before the window closes, until the returned function is called. The window waits a moment for it. */
export function onLeaving(leave: () => Promise<unknown>): () => void {
  leavers.add(leave);
  return () => leavers.delete(leave);
}
