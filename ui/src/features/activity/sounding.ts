// Decides when a sound is due.
import type { Activity } from '../../generated';
import { isOfGuest } from './groups';
import type { Sound } from '../../lib/sounds';

/** The longest pause within a burst of colleagues' changes, in milliseconds. A burst makes one sound. */
const BURST = 10_000;
/** The shortest time between two sounds of one conversation, in milliseconds. */
const BETWEEN = 5_000;
/** The time after which the sound of an unread message is repeated, in milliseconds. */
const REPEAT = 30_000;

export class Sounding {
  /** The time of the last activity, in milliseconds since 1970. */
  #last = 0;
  /** The times of the last sounds of conversations. The key is empty for a message without a conversation. */
  #guests = new Map<string, number>();
  /** The time of the last sound of any guest. */
  #lastGuest = 0;

  /** Returns the sound of new activities, or null if none is due. */
  of(fresh: readonly Activity[], now: number): Sound | null {
    const silent = now - this.#last > BURST;
    this.#last = now;
    const guests = fresh.filter(isOfGuest).map(({ entity }) => entity ?? '');
    const due = guests.filter((conversation) => now - (this.#guests.get(conversation) ?? 0) >= BETWEEN);
    if (due.length > 0) {
      for (const conversation of due) this.#guests.set(conversation, now);
      this.#lastGuest = now;
      return 'guest';
    }
    return silent && guests.length === 0 ? 'colleague' : null;
  }

  /** Returns true if the sound of an unread message is due again, and notes it. */
  repeats(now: number): boolean {
    if (now - this.#lastGuest < REPEAT) return false;
    this.#lastGuest = now;
    return true;
  }
}
