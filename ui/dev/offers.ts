// The list of offers of the fake desk.
import type { OfferList, OfferQuery } from '../src/generated';
import { textOf } from '../src/lib/fields';
import { hasWords } from '../src/lib/matching';
import type { PretendDesk } from './desk';

/** Returns the offers that match a query, as the core does. */
export function listOf(desk: PretendDesk, query: OfferQuery): OfferList {
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
