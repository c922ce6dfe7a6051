// Queries that more than one feature uses. Each runs for as long as a person is signed in.
import type { Capabilities, Capability, DeskStatus, DutyView, OutboxItem, OutboxView } from '../generated';
import { command } from '../platform';
import type { Account } from './account.svelte';
import { LiveQuery } from './live.svelte';
import { type Room, ROOMS } from './rooms';

/** The longest interruption of live updates that is not shown, in milliseconds. */
const BLINK = 3000;

/** The state of the whole desk: pill, counts, notices. */
export class Status extends LiveQuery<DeskStatus> {
  /** True if the live updates are interrupted for longer than a moment. */
  delayed = $state(false);

  constructor(account: Account) {
    super(() => command('status'), ({ topic }) => topic === 'status' || topic === 'people');
    account.onEnd(this.start());
    $effect(() => {
      if (this.value?.live !== 'connecting') {
        this.delayed = false;
        return;
      }
      const timer = setTimeout(() => (this.delayed = true), BLINK);
      return () => clearTimeout(timer);
    });
  }

  /** True if the hotel cannot be reached. */
  get offline(): boolean {
    return this.value?.online === false;
  }
}

/** The state of the clock button. */
export class Duty extends LiveQuery<DutyView> {
  constructor(account: Account) {
    super(() => command('duty'), (change) => change.topic === 'duty');
    account.onEnd(this.start());
  }
}

/** The intents that have not reached the hotel. */
export class Outbox extends LiveQuery<OutboxView> {
  constructor(account: Account) {
    super(() => command('outbox'), (change) => change.topic === 'outbox');
    account.onEnd(this.start());
  }
}

/** Returns true if the entry needs a person. */
export function needsPerson(item: OutboxItem): boolean {
  return item.state === 'attention' || item.state === 'conflict' || item.is_doubtful;
}

/** Returns the number of intents that have not reached the hotel, for any reason, including one about the clock. */
export function unsent(status: Status, duty: Duty): number {
  const now = status.value;
  return (now ? now.saving + now.waiting + now.attention : 0) + (duty.value?.intent ? 1 : 0);
}

/** The capabilities of this hotel's server. */
export class Server extends LiveQuery<Capabilities> {
  constructor(account: Account) {
    super(() => command('capabilities'), (change) => change.topic === 'capabilities');
    account.onEnd(this.start());
  }

  /** Returns the capability for the resource of a room, or null for the desk's own lists, which have none. */
  of(room: Room): Capability | null {
    const kind = ROOMS[room].shows;
    return kind ? (this.value?.resources[kind] ?? null) : null;
  }

  /** Returns true unless the server is known not to have the resource of this room. */
  has(room: Room): boolean {
    return this.of(room)?.read ?? true;
  }

  /** Returns the reason why a room is read-only, which may be empty, or null if it can be changed. */
  readonlyIn(room: Room): string | null {
    const capability = this.of(room);
    return capability && !capability.write ? (capability.reason ?? '') : null;
  }
}
