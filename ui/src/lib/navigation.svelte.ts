// What is on the screen: nothing of the hotel's, only where the person looks.
import { tick } from 'svelte';

import type { Kind, LocalId } from '../generated';
import { asFailure, command } from '../platform';
import type { Account } from './account.svelte';
import { type Room, roomOf } from './rooms';

export class Navigation {
  room = $state<Room>('offers');
  shortcuts = $state(false);
  /** The list of what colleagues did is open, at one entry or at its top. */
  history = $state.raw<{ entry: number | null } | null>(null);

  #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  /** Shows an entity where its resource is shown or edited. What is typed elsewhere is asked about. */
  open(about: Kind, entity: LocalId): void {
    this.#account.features[roomOf(about)].open?.(this.#account, entity);
  }

  /** False where an entity has gone, or is only kept for as long as its deletion can be undone. */
  async isThere(about: Kind, entity: LocalId): Promise<boolean> {
    const { isThere } = this.#account.features[roomOf(about)];
    if (isThere) return isThere(entity);
    try {
      return (await command('record', { id: entity })).undo_until === null;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure.code === 'not_found') return false;
      throw failure;
    }
  }

  /** Shows why something does not work, and leads the keyboard there. */
  async why(): Promise<void> {
    this.#account.features.diagnostics.open?.(this.#account, null);
    await tick();
    document.querySelector<HTMLElement>('main h1')?.focus();
  }
}
