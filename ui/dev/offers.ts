// The offers of the fake desk.
import type { Fields, OfferState, RecordView } from '../src/generated';
import { daysOf } from '../src/lib/fields';
import { TODAY } from './now';

/** The properties of an offer: its fields by the server's names, its picture, and the desk's own data. */
export type OfferPart = Partial<Pick<RecordView, 'local_id' | 'id' | 'sync' | 'created_at'>> & {
  title?: string | undefined;
  short_description?: string | undefined;
  details_text?: string;
  details_html?: string;
  valid_from?: string | null;
  valid_to?: string | null;
  tag?: string;
  book_now_url?: string;
  sort_order?: number;
  is_active?: boolean;
  picture?: string | null;
  photo_url?: string | null;
};

const OFFER: RecordView = {
  kind: 'offer',
  local_id: '',
  id: 1,
  fields: {
    title: 'Winter weekend',
    short_description: 'Two nights with breakfast',
    details_text: '',
    details_html: '',
    validity: { from: null, to: null },
    tag: '',
    book_now_url: '',
    sort_order: 0,
    is_active: true,
  },
  pictures: { photo: { picture: null, url: null, waiting: false } },
  shown: {},
  created_at: '2026-10-01T09:00:00Z',
  state: 'live',
  sync: 'saved',
  notes: [],
};

export function offerOf(part: OfferPart & { local_id: string }): RecordView {
  return changedBy(OFFER, part);
}

/** Returns the offer with these properties replaced. */
export function changedBy(offer: RecordView, { valid_from, valid_to, picture, photo_url, local_id, id, sync, created_at, ...fields }: OfferPart): RecordView {
  const days = daysOf(offer.fields['validity']);
  const photo = offer.pictures.photo ?? { picture: null, url: null, waiting: false };
  const or = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value);
  const now = or(sync, offer.sync);
  return withFields(
    {
      ...offer,
      local_id: or(local_id, offer.local_id),
      id: or(id, offer.id),
      created_at: or(created_at, offer.created_at),
      sync: now,
      pictures: { photo: { picture: or(picture, photo.picture), url: or(photo_url, photo.url), waiting: now !== 'saved' } },
    },
    { ...(fields as Fields), validity: { from: or(valid_from, days.from), to: or(valid_to, days.to) } },
  );
}

/** Returns the offer with these fields, and with the state that follows from them. */
export function withFields(offer: RecordView, fields: Fields): RecordView {
  const all = { ...offer.fields, ...fields };
  return { ...offer, fields: all, state: stateOf(all) };
}

function stateOf(fields: Fields): OfferState {
  const { from, to } = daysOf(fields['validity']);
  if (fields['is_active'] === false) return 'hidden';
  if (to && to < TODAY) return 'expired';
  if (from && TODAY < from) return 'scheduled';
  return 'live';
}
