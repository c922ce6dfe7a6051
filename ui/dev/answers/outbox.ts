// The answers about the outbox.
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';

export function outboxAnswers(desk: PretendDesk) {
  /** Removes a settled entry of the outbox. */
  async function forget(id: string): Promise<null> {
    desk.items = desk.items.filter((item) => item.id !== id);
    await desk.notify({ topic: 'outbox' });
    return null;
  }

  return {
    outbox: () => ({ items: desk.items }),
    export_outbox: ({ id }) => ({ file: '/home/aoife/Downloads/hotelmate-changes.json', entries: id ? 1 : desk.items.length }),
    retry_intent: () => null,
    discard_intent: ({ id }) => forget(id),
    discard_doubtful: ({ id }) => forget(id),
    adopt_intent: ({ id }) => forget(id),
    send_again: () => null,
    send_restored: () => null,
    resolve_conflict: async ({ id }) => {
      for (const [offer, all] of desk.conflicts) {
        desk.conflicts.set(
          offer,
          all.filter((conflict) => conflict.intent !== id),
        );
        await desk.colleague(offer, { sync: 'waiting' });
      }
      for (const resource of ['branding', 'room_type'] as const) await desk.notify({ topic: 'entities', resource, ids: null });
      return null;
    },
  } satisfies Answers;
}
