// What the window asks of each room of the desk. The rooms do not know each other: what leads from one to another goes
// through here.
import type { Component } from 'svelte';

import type { DraftView, Fields, LocalId } from '../generated';
import type { Account } from './account.svelte';
import type { Room } from './rooms';

/** Drafts that are continued and discarded together: the pictures for one gallery, else a single one. */
export type Offered = [DraftView, ...DraftView[]];

/** What of a room waits, and what needs a person. */
export interface Badge {
  needs: number;
  waits: number;
}

export interface Feature {
  /** What its room shows. `focusSearch` puts the keyboard into its search, where it has one. */
  Screen: Component<Record<string, never>, { focusSearch?: () => void }>;
  /** What has to run while somebody is signed in, whatever is on the screen. */
  begin?: (account: Account) => void;
  /** Shows one of its entities; null shows what the room is opened for without any. */
  open?: (account: Account, entity: LocalId | null) => void;
  /** An entity of it can still be shown. Without this the core is asked for a record. */
  isThere?: (entity: LocalId) => Promise<boolean>;
  /** Goes on with what was typed before. */
  resume?: (account: Account, drafts: Offered) => void;
  /** What a new entity of it begins with. */
  beginning?: (account: Account) => Fields;
  /** What its mark on the rail counts. Without this it counts what waits of its resource. */
  badge?: (account: Account) => Badge;
}

export type Features = Record<Room, Feature>;
