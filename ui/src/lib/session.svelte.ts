import { command } from '../platform';
import { LiveQuery } from './live.svelte';

/** Who is signed in. */
export class Session {
  /** The person put the password dialog aside; the status pill brings it back. */
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
