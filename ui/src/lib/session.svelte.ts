import { command } from '../platform';
import { LiveQuery } from './live.svelte';

/** The signed-in person. */
export class Session {
  /** True if the person dismissed the password dialog. The status pill opens it again. */
  later = $state(false);
  query = new LiveQuery(
    async () => {
      const session = await command('session');
      if (!session?.sign_in_needed) this.later = false;
      return session;
    },
    (change) => change.topic === 'session',
  );

  get current() {
    return this.query.value;
  }

  get passwordNeeded() {
    return this.current?.sign_in_needed === true && !this.later;
  }
}
