// Opens the entities of activities.
import { tick } from 'svelte';

import type { Activity } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { Navigation } from '../../lib/navigation.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { command, onOpen } from '../../platform';
import { shownAs } from './groups';

export class Opening {
  #navigation: Navigation;
  #toasts: Toasts;

  constructor(account: Account) {
    this.#navigation = account.part(Navigation);
    this.#toasts = account.part(Toasts);
    account.onEnd(onOpen((activity) => void this.open(activity)));
  }

  /** Opens the entity of an activity, or else its entry in the history. Shows a message if the entity was removed. */
  async open(activity: Activity): Promise<void> {
    const { entity } = activity;
    const about = shownAs(activity);
    if (about === null) {
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

  /** Restores a removed record or picture. */
  async putBack(activity: Activity): Promise<void> {
    const done = await this.#toasts.attempt(() => command('put_back', { activity: activity.id }));
    if (done) this.#toasts.note(t('toast-putting-back', { about: activity.about ?? '' }));
  }

  async #closeHistory(): Promise<void> {
    if (!this.#navigation.history) return;
    this.#navigation.history = null;
    // The list returns the focus before another sheet takes it.
    await tick();
    await tick();
  }
}
