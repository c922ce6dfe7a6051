// The position of the person on the screen. It contains no data of the hotel.
import { tick } from 'svelte';

import type { Kind, LocalId } from '../generated';
import { asFailure, command } from '../platform';
import type { Account } from './account.svelte';
import { type Room, roomOf } from './rooms';

export class Navigation {
  room = $state<Room>('offers');
  shortcuts = $state(false);
  palette = $state(false);
  /** The open list of activities, at one entry or at its top; null if it is closed. */
  history = $state.raw<{ entry: number | null } | null>(null);

  #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  /** Shows an entity where its resource is shown or edited. Unsaved typing in another editor is asked about first. */
  open(about: Kind, entity: LocalId): void {
    this.#account.features[roomOf(about)].open?.(this.#account, entity);
  }

  /** Returns false if an entity was removed, or is kept only while its deletion can be undone. */
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

  /** Shows the reason why an action is not possible, and moves the focus to it. */
  async why(): Promise<void> {
    this.#account.features.diagnostics.open?.(this.#account, null);
    await this.goTo('diagnostics');
  }

  /** Shows a room, and moves the focus to its title, because the pressed element may disappear. */
  async goTo(room: Room): Promise<void> {
    this.room = room;
    await tick();
    document.querySelector<HTMLElement>('main h1')?.focus();
  }
}
