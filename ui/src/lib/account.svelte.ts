// What the window holds for the account that is signed in. It is made at sign-in and ended at sign-out, and all that
// the parts of the window hold goes with it: nothing of one person is left for the next.
//
// A part is a class. Each account has one of it, made when it is first asked for; a new part needs no line elsewhere.
import { getContext, setContext } from 'svelte';

import type { Features } from './features';
import type { Session } from './session.svelte';

type Part<State> = new (account: Account) => State;

const KEY = Symbol('account');

export class Account {
  readonly session: Session;
  /** What each room of the desk does. */
  readonly features: Features;

  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- which parts there are is shown nowhere
  #parts = new Map<Part<unknown>, unknown>();
  #ends: (() => void)[] = [];

  constructor(session: Session, features: Features) {
    this.session = session;
    this.features = features;
  }

  /** The account's one part of this class. Its effects last as long as the account. */
  part<State>(Part: Part<State>): State {
    if (!this.#parts.has(Part)) this.onEnd($effect.root(() => void this.#parts.set(Part, new Part(this))));
    return this.#parts.get(Part) as State;
  }

  /** `end` is called when the account is left. */
  onEnd(end: () => void): void {
    this.#ends.push(end);
  }

  end(): void {
    for (const end of this.#ends) end();
  }
}

/** Gives the account to every component beneath the one that is being made. */
export function provide(account: Account): void {
  setContext(KEY, account);
}

/** The account. To be called while a component is made, as `part` is. */
export function theAccount(): Account {
  return getContext<Account>(KEY);
}

/** The account's part of this class. */
export function part<State>(Part: Part<State>): State {
  return theAccount().part(Part);
}
