// The answers to changes of several offers at once, and to offers as files.
import type { BulkEffect } from '../../src/generated';
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';

export function bulkAnswers(desk: PretendDesk) {
  const announce = (ids: string[]) => desk.notify({ topic: 'entities', resource: 'offer', ids });
  return {
    offer_ids: () => desk.offers.map(({ local_id }) => local_id),
    change_many: async ({ ids, change }) => {
      const effects: BulkEffect[] = [];
      for (const offer of desk.offers.filter(({ local_id }) => ids.includes(local_id))) {
        const id = offer.local_id;
        if (change.change === 'delete') {
          desk.deleted.set(id, offer);
          effects.push({ id, back: null });
        } else if (change.change === 'set') {
          const { field, value: now } = change.value;
          const was = offer.fields[field];
          if (was === undefined || was === now) continue;
          desk.change(id, { [field]: now });
          effects.push({ id, back: { was: { field, value: now }, now: { field, value: was } } });
        }
      }
      desk.offers = desk.offers.filter(({ local_id }) => !desk.deleted.has(local_id));
      await announce(ids);
      return { effects, undo_until: change.change === 'delete' ? new Date(Date.now() + 6000).toISOString() : null };
    },
    undo_many: async ({ effects }) => {
      for (const { id, back } of effects) {
        const deleted = desk.deleted.get(id);
        desk.deleted.delete(id);
        if (back) desk.change(id, { [back.now.field]: back.now.value });
        else if (deleted) desk.offers = [deleted, ...desk.offers];
      }
      await announce(effects.map(({ id }) => id));
      return 0;
    },
    plan_import: () => desk.plan,
    import_offers: () => ({ ...desk.plan, queued: true }),
    export_offers: ({ form }) => ({ file: `/home/aoife/Downloads/hotelmate-offers.${form}`, entries: desk.offers.length }),
  } satisfies Answers;
}
