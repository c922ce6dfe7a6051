import type { Account } from '../../lib/account.svelte';
import { Notifier } from './notifier.svelte';
import { Opening } from './opening';

export { default as Bell } from './Bell.svelte';
export { default as ActivityLayer } from './ActivityLayer.svelte';

/** Announces activities for as long as a person is signed in. */
export function beginActivity(account: Account): void {
  account.part(Notifier);
  account.part(Opening);
}
