// Where an activity leads to.
import { tick } from 'svelte';

import type { Activity } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { Navigation } from '../../lib/navigation.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command, onOpen } from '../../platform';

/** It is about something that can be opened by itself. The rest stands in the history only. */
export function hasEntity(activity: Activity): boolean {
  return activity.about !== null && !activity.kind.endsWith('_deleted');
}

export class Opening {
  #navigation: Navigation;
  #toasts: Toasts;

  constructor(account: Account) {
    this.#navigation = account.part(Navigation);
    this.#toasts = account.part(Toasts);
    account.onEnd(onOpen((activity) => void this.open(activity)));
  }

  /** Opens what an activity tells of, or its entry in the history; says so when the entity has gone. */
  async open(activity: Activity): Promise<void> {
    const { about, entity } = activity;
    if (about === null || !hasEntity(activity)) {
      this.#navigation.history = { entry: activity.id };
      return;
    }
    await this.#toasts.attempt(async () => {
      if (entity === null || !(await this.#navigation.isThere(about, entity))) {
        this.#toasts.note(t(`entity-gone-${about}`));
        return;
      }
      await this.#closeHistory();
      this.#navigation.open(about, entity);
    });
  }

  /** Makes a removal good. */
  async putBack(activity: Activity): Promise<void> {
    const done = await this.#toasts.attempt(() => command('put_back', { activity: activity.id }));
    if (done) this.#toasts.note(t('toast-putting-back', { about: activity.about ?? '' }));
  }

  async #closeHistory(): Promise<void> {
    if (!this.#navigation.history) return;
    this.#navigation.history = null;
    // The list gives the focus back before another sheet takes it.
    await tick();
    await tick();
  }
}
