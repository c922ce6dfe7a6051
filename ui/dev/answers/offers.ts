// The answers about offers.
import type { OfferList, OfferQuery } from '../../src/generated';
import { textOf } from '../../src/lib/fields';
import { hasWords } from '../../src/lib/matching';
import type { Answers } from '../commands';
import type { PretendDesk } from '../desk';
import { putAt } from '../lists';
import { offerOf, withFields } from '../offers';

/** Returns the offers that match a query, as the core does. */
function listOf(desk: PretendDesk, query: OfferQuery): OfferList {
  const found = desk.offers.filter((offer) => hasWords(Object.values(offer.fields).map(textOf).join(' '), query.search));
  const counts = { live: 0, scheduled: 0, expired: 0, hidden: 0 };
  for (const { state } of found) if (state) counts[state] += 1;
  const note_counts = { ends_soon: 0, starts_soon: 0, no_picture: 0, changed: 0 };
  for (const { notes } of found) for (const { kind } of notes) note_counts[kind] += 1;
  const shown = found.filter(({ state, notes }) => {
    const hasState = query.states.length === 0 || (state !== null && query.states.includes(state));
    return hasState && (query.notes.length === 0 || notes.some(({ kind }) => query.notes.includes(kind)));
  });
  if (query.order === 'title') shown.sort((a, b) => textOf(a.fields['title']).localeCompare(textOf(b.fields['title'])));
  const end = query.limit === null ? undefined : query.offset + query.limit;
  return { offers: shown.slice(query.offset, end), total: shown.length, counts, note_counts, as_of: desk.asOf };
}

export function offerAnswers(desk: PretendDesk) {
  return { offers: ({ query }) => listOf(desk, query) } satisfies Answers;
}

/** The answers to the commands of all records, for offers only. */
export function offerRecordAnswers(desk: PretendDesk) {
  return {
    create: async ({ fields, picture }) => {
      const id = crypto.randomUUID();
      const made = offerOf({ local_id: id, id: null, picture, sync: 'waiting' });
      desk.offers = [withFields(made, fields), ...desk.offers];
      await desk.notify({ topic: 'entities', resource: 'offer', ids: [id] });
      return id;
    },
    edit: async ({ id, edits }) => {
      const fields = Object.fromEntries(edits.map(({ now }) => [now.field, now.value]));
      desk.offers = desk.offers.map((offer) => (offer.local_id === id ? withFields(offer, fields) : offer));
      await desk.colleague(id, { sync: 'waiting' });
      return null;
    },
    set_picture: async ({ id, picture }) => {
      await desk.colleague(id, { picture, sync: 'waiting' });
      return null;
    },
    move_to: async ({ id, to }) => {
      const moved = desk.offers.find((offer) => offer.local_id === id);
      const rest = desk.offers.filter((offer) => offer.local_id !== id);
      if (moved) desk.offers = putAt(rest, { ...moved, sync: 'waiting' }, to);
      await desk.notify({ topic: 'entities', resource: 'offer', ids: [id] });
      return null;
    },
  } satisfies Answers;
}
