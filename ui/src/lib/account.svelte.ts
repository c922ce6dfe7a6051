// The window's state for the signed-in account. It is created at sign-in and ends at sign-out with all its parts, so no
// data of one person remains for the next.
//
// A part is a class. Each account has one instance of it, created on first use. A new part needs no registration.
import { getContext, setContext } from 'svelte';

import type { Features } from './features';
import type { Session } from './session.svelte';

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
