// The interface between the window and the rooms of the desk. Rooms never import each other; every connection between
// two rooms goes through this file.
import type { Component } from 'svelte';

import type { DraftView, Fields, LocalId } from '../generated';
import type { Account } from './account.svelte';
import type { Room } from './rooms';

/** Drafts that are continued and discarded together: all pictures for one gallery, or a single draft. */
export type Offered = [DraftView, ...DraftView[]];

/** The number of waiting intents of a room, and of those that need a person. */
export interface Badge {
  needs: number;
  waits: number;
}

export interface Feature {
  /** The screen of the room. `focusSearch` moves the focus to its search field, if it has one. */
  Screen: Component<Record<string, never>, { focusSearch?: () => void }>;
  /** Starts tasks that run for as long as a person is signed in, whatever screen is shown. */
  begin?: (account: Account) => void;
  /** Shows an entity of the room; null shows the room without one. */
  open?: (account: Account, entity: LocalId | null) => void;
  /** Returns true if the entity can still be shown. If omitted, the core is asked for a record. */
  isThere?: (entity: LocalId) => Promise<boolean>;
  /** Continues earlier typing. */
  resume?: (account: Account, drafts: Offered) => void;
  /** Returns the initial values of a new entity. */
  beginning?: (account: Account) => Fields;
  /**
   * Returns the counts of the room's mark on the rail. If omitted, the mark counts the waiting intents of its resource.
   */
  badge?: (account: Account) => Badge;
}

export type Features = Record<Room, Feature>;
