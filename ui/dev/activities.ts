// The activities of the fake desk.
import type { Activity } from '../src/generated';
import { ROOMS } from '../src/lib/rooms';

export function activityOf(part: Partial<Activity> & { id: number }): Activity {
  const { id, kind = 'offer_updated' } = part;
  const about = Object.values(ROOMS).map(({ shows }) => shows).find((shows) => shows !== null && kind.startsWith(`${shows}_`)) ?? null;
  return { kind, about, text: `Offer ${id} was changed.`, entity: `offer-${id}`, at: new Date().toISOString(), put_back: false, own: false, ...part };
}

/** Returns the activity of a guest's message. */
export function guestWrote(id: number, conversation: string | null = null): Activity {
  return activityOf({ id, kind: 'guest_message', about: conversation === null ? null : 'conversation', entity: conversation, text: `Guest in room 101: “Towels ${id}, please”` });
}
