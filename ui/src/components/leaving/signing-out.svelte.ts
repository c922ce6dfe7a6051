// The sign-out of the shown person. Waiting work and unsaved typing are asked about first.
import type { DeskError, SignOutChoice } from '../../generated';
import type { Account } from '../../lib/account.svelte';
import { Duty, Status, unsent } from '../../lib/desk.svelte';
import type { Session } from '../../lib/session.svelte';
import { Toasts } from '../../lib/toasts.svelte';
import { t } from '../../messages';
import { asFailure, command } from '../../platform';
import { Keeping } from '../editor/keeping.svelte';

export class SigningOut {
  /** True while the person is asked about waiting work. */
  asking = $state(false);
  #duty: Duty;
  #keeping: Keeping;
  #session: Session;
  #status: Status;
  #toasts: Toasts;
  /** The work between the sign-out and the next sign-in. */
  #then: (() => Promise<void>) | null = null;

  constructor(account: Account) {
    this.#duty = account.part(Duty);
    this.#keeping = account.part(Keeping);
    this.#session = account.session;
    this.#status = account.part(Status);
    this.#toasts = account.part(Toasts);
  }

  /** Signs the person out, or asks. `then` runs before the next sign-in is offered, and its failure is shown there. */
  async begin(then: (() => Promise<void>) | null = null): Promise<void> {
    this.#then = then;
    // The core must know of unsaved typing too, because the sign-out would otherwise discard it without a question.
    if (!(await this.#keeping.keepAll())) {
      const [message, way_out] = [t('sign-out-not-kept'), t('sign-out-not-kept-hint')];
      this.#toasts.failure({ code: 'unexpected', message, way_out, fields: {} });
      return;
    }
    this.asking = unsent(this.#status, this.#duty) > 0;
    if (this.asking) return;
    const failure = await this.signOut('if_nothing_waits');
    // An intent was queued in the last moment, or typing is unsaved.
    if (failure?.code === 'still_waiting') this.asking = true;
    else if (failure) this.#toasts.failure(failure);
  }

  /** Signs the person out. Returns the failure if the person stays signed in. */
  async signOut(choice: SignOutChoice): Promise<DeskError | null> {
    this.#session.leaving = this.#then !== null;
    try {
      await command('sign_out', { choice });
      this.asking = false;
    } catch (thrown) {
      this.#session.leaving = false;
      return asFailure(thrown);
    }
    try {
      await this.#then?.();
    } catch (thrown) {
      this.#session.failure = asFailure(thrown);
    }
    this.#session.leaving = false;
    return null;
  }

  /** Ends the question. The person stays signed in. */
  stay(): void {
    this.asking = false;
    this.#then = null;
  }
}
