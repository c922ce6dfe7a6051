// Changes of the fake desk, with their announcements to the window.
import type { EventEntry, MessageView } from '../src/generated';
import type { PretendDesk } from './desk';
import { entryOf } from './diagnostics';

/** The number of entries that the core stores. */
const KEPT = 500;

/** Adds an event of the live connection. */
export async function arrive(desk: PretendDesk, part: Partial<EventEntry> = {}): Promise<number> {
  const seq = (desk.events.at(-1)?.seq ?? 0) + 1;
  desk.events = [...desk.events, entryOf({ seq, ...part })].slice(-KEPT);
  await desk.notify({ topic: 'live', seq });
  return seq;
}

/** Announces a change of a conversation. */
export async function chatChanged(desk: PretendDesk, id: string): Promise<void> {
  await desk.notify({ topic: 'entities', resource: 'conversation', ids: [id] });
}

/** Adds a message of the other side, or of a colleague. */
export async function wrote(desk: PretendDesk, id: string, message: MessageView): Promise<void> {
  desk.chat.messages.set(id, [...desk.chat.of(id), message]);
  desk.chat.change(id, { last_text: message.text, last_sender: message.sender, last_at: message.at });
  await chatChanged(desk, id);
}
