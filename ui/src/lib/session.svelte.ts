import type { DeskError } from '../generated';
import { command } from '../platform';
import { LiveQuery } from './live.svelte';

/** The signed-in person. */
export class Session {
  /** True if the person dismissed the password dialog. The status pill opens it again. */
  later = $state(false);
  /** True if no person is signed in, and no server is known for a sign-in. */
  needsServer = $state(false);
  /** True while the form for another person's sign-in is open. */
  adding = $state(false);
  /** True while a sign-out is followed by work that the next sign-in needs. */
  leaving = $state(false);
  /** The failure of that work. */
  failure = $state.raw<DeskError | null>(null);
  query = new LiveQuery(
    async () => {
      const session = await command('session');
      this.needsServer = !session && (await command('sign_in_hints')).server === '';
      if (!session?.sign_in_needed) this.later = false;
      return session;
    },
    (change) => change.topic === 'session' || change.topic === 'settings',
  );

  /** The people who are signed in on this computer. */
  people = new LiveQuery(
    () => command('people'),
    ({ topic }) => topic === 'people' || topic === 'session',
  );

  start(): () => void {
    const stops = [this.query.start(), this.people.start()];
    return () => {
      for (const stop of stops) stop();
    };
  }

  get current() {
    return this.query.value;
  }

  get passwordNeeded() {
    return this.current?.sign_in_needed === true && !this.later;
  }
}
