// What more than one feature asks the core. Each is followed for as long as somebody is signed in.
import type { Capabilities, Capability, DeskStatus, DutyView, OutboxItem, OutboxView } from '../generated';
import { command } from '../platform';
import type { Account } from './account.svelte';
import { LiveQuery } from './live.svelte';
import { type Room, ROOMS } from './rooms';

/** Shorter interruptions of the live updates are not shown, in milliseconds. */
const BLINK = 3000;

/** The state of the whole desk: pill, counts, notices. */
export class Status extends LiveQuery<DeskStatus> {
  /** The live updates are interrupted, and not only for a moment. */
  delayed = $state(false);

  constructor(account: Account) {
    super(() => command('status'), (change) => change.topic === 'status');
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

  /** The hotel cannot be reached. */
  get offline(): boolean {
    return this.value !== null && !this.value.online;
  }
}

/** The clock button. */
export class Duty extends LiveQuery<DutyView> {
  constructor(account: Account) {
    super(() => command('duty'), (change) => change.topic === 'duty');
    account.onEnd(this.start());
  }
}

/** What has not reached the hotel. */
export class Outbox extends LiveQuery<OutboxView> {
  constructor(account: Account) {
    super(() => command('outbox'), (change) => change.topic === 'outbox');
    account.onEnd(this.start());
  }
}

/** A person must look at it. */
export function needsPerson(item: OutboxItem): boolean {
  return item.state === 'attention' || item.state === 'conflict' || item.is_doubtful;
}

/** How much has not reached the hotel, whatever the reason; an intent about the clock included. */
export function unsent(status: Status, duty: Duty): number {
  const now = status.value;
  return (now ? now.saving + now.waiting + now.attention : 0) + (duty.value?.intent ? 1 : 0);
}

/** What this hotel's server can do. */
export class Server extends LiveQuery<Capabilities> {
  constructor(account: Account) {
    super(() => command('capabilities'), (change) => change.topic === 'capabilities');
    account.onEnd(this.start());
  }

  /** What can be done with the resource that a room of the desk shows; the lists of the desk itself show none. */
  of(room: Room): Capability | null {
    const kind = ROOMS[room].shows;
    return this.value?.known && kind ? (this.value.resources[kind] ?? null) : null;
  }

  /** A room is there unless the server is known not to have it. */
  has(room: Room): boolean {
    return this.of(room)?.read ?? true;
  }

  /** Why nothing can be changed in a room, in words that may be empty; null where it can. */
  readonlyIn(room: Room): string | null {
    const capability = this.of(room);
    return capability && !capability.write ? (capability.reason ?? '') : null;
  }
}
