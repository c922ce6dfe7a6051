// Opens the screen on which something is shown or can be changed.
import { tick } from 'svelte';

import type { Activity } from '../generated/Activity';
import type { Kind } from '../generated/Kind';
import type { LocalId } from '../generated/LocalId';
import { t } from '../messages';
import { asFailure, command } from '../platform';
import { diagnostics } from './diagnostics.svelte';
import { editor } from './editor.svelte';
import { toasts } from './toasts.svelte';
import { roomOf, view } from './view.svelte';

/** The id of the heading that a person comes to. */
export const DIAGNOSTICS_TITLE = 'diagnostics-title';

/** Opens a gallery and the branding in their room, and anything else in the editor. What is typed elsewhere is asked about. */
export function openEntity(about: Kind, entity: LocalId): void {
  if (about === 'offer') {
    editor.open({ id: entity });
  } else if (about === 'gallery' || about === 'branding') {
    editor.away(() => {
      view.entity = entity;
      view.room = roomOf(about);
    });
  } else {
    editor.open({ kind: about, record: entity }, () => (view.room = roomOf(about)));
  }
}

/** Shows why something does not work, and leads the keyboard there. */
export async function openDiagnostics(): Promise<void> {
  diagnostics.tab = 'checks';
  view.room = 'diagnostics';
  await tick();
  document.getElementById(DIAGNOSTICS_TITLE)?.focus();
}

/** It is about something that can be opened by itself. The rest stands in the history only. */
export function hasEntity(activity: Activity): boolean {
  return activity.about !== null && !activity.kind.endsWith('_deleted');
}

/** Opens what an activity tells of, or its entry in the history; says so when the entity has gone. */
export async function openActivity(activity: Activity): Promise<void> {
  const { about } = activity;
  if (about === null || !hasEntity(activity)) {
    view.history = { entry: activity.id };
    return;
  }
  try {
    const { entity } = activity;
    if (entity === null || !(await isThere(about, entity))) {
      toasts.note(t(`entity-gone-${about}`));
      return;
    }
    await closeHistory();
    openEntity(about, entity);
  } catch (thrown) {
    toasts.failure(asFailure(thrown));
  }
}

async function closeHistory(): Promise<void> {
  if (!view.history) return;
  view.history = null;
  // The list gives the focus back before another sheet takes it.
  await tick();
  await tick();
}

async function isThere(about: Kind, entity: LocalId): Promise<boolean> {
  // There is one branding, and a hotel always has it.
  if (about === 'branding') return true;
  if (about === 'gallery') {
    const { galleries } = await command('galleries');
    return galleries.some((gallery) => gallery.local_id === entity);
  }
  try {
    const { undo_until } = await (about === 'offer' ? command('offer', { id: entity }) : command('record', { id: entity }));
    // Deleted here, and only kept for as long as that can be undone.
    return undo_until === null;
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code === 'not_found') return false;
    throw failure;
  }
}
