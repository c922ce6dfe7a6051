// The window's state for the signed-in account. It is created at sign-in and ends at sign-out with all its parts, so no
// data of one person remains for the next.
//
// A part is a class. Each account has one instance of it, created on first use. A new part needs no registration.
//
// A feature is the interface between the window and a room of the desk. Rooms never import each other; every connection
// between two rooms goes through it. Its functions take the account, which holds all features, so both are in one file.
import { type Component, getContext, setContext } from 'svelte';

import type { DraftView, Fields, LocalId } from '../generated';
import type { Room } from './rooms';
import type { Session } from './session.svelte';

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

type Part<State> = new (account: Account) => State;

const KEY = Symbol('account');

export class Account {
  readonly session: Session;
  /** The functions of each room of the desk. */
  readonly features: Features;

  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- no screen shows the list of parts
  #parts = new Map<Part<unknown>, unknown>();
  #ends: (() => void)[] = [];

  constructor(session: Session, features: Features) {
    this.session = session;
    this.features = features;
  }

  /** Returns the account's only instance of this class. Its effects last as long as the account. */
  part<State>(Part: Part<State>): State {
    if (!this.#parts.has(Part)) this.onEnd($effect.root(() => void this.#parts.set(Part, new Part(this))));
    return this.#parts.get(Part) as State;
  }

  /** Registers a callback for the end of the account. */
  onEnd(end: () => void): void {
    this.#ends.push(end);
  }

  end(): void {
    for (const end of this.#ends) end();
  }
}

/** Provides the account to every component below the one that is being created. */
export function provide(account: Account): void {
  setContext(KEY, account);
}

/** Returns the account. Like `part`, it works only while a component is being created. */
export function theAccount(): Account {
  return getContext<Account>(KEY);
}

/** Returns the account's instance of this class. */
export function part<State>(Part: Part<State>): State {
  return theAccount().part(Part);
}
