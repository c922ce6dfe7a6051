// The answers about records: offers, room types and the branding.
import type { FieldErrors, Fields, RecordDetail, RecordView, Rule, Shape } from '../../src/generated';
import { isDays } from '../../src/lib/fields';
import { type Answers, failure } from '../commands';
import type { PretendDesk } from '../desk';
import { putAt } from '../lists';
import { roomOf, TABLES } from '../records';
import { offerRecordAnswers } from './offers';

export function recordAnswers(desk: PretendDesk) {
  const ofOffers = offerRecordAnswers(desk);
  const topic = (id: string) =>
    ({ topic: 'entities', resource: id === desk.branding?.local_id ? 'branding' : 'room_type', ids: null }) as const;

  function detail(record: RecordView | undefined): RecordDetail {
    if (!record) {
      throw failure({ code: 'not_found', message: 'It is no longer there.', way_out: 'Close the editor.' });
    }
    return {
      record,
      conflicts: desk.conflicts.get(record.local_id) ?? [],
      pending: desk.items.filter((item) => item.entity === record.local_id),
      undo_until: desk.deletedRooms.has(record.local_id) || desk.deleted.has(record.local_id) ? new Date(Date.now() + 6000).toISOString() : null,
    };
  }

  const isOffer = (id: unknown): boolean =>
    id !== desk.branding?.local_id && !desk.rooms.some((room) => room.local_id === id);

  return {
    record_table: ({ kind }) => TABLES[kind as keyof typeof TABLES],
    check: ({ kind, fields }) => validate(TABLES[kind as keyof typeof TABLES].fields, fields),
    records: () => ({ records: desk.rooms, as_of: desk.asOf }),
    branding: () => (desk.branding ? detail(desk.branding) : null),
    record: ({ id }) => {
      const offers = [...desk.offers, ...desk.deleted.values()];
      const all = [...desk.rooms, ...desk.deletedRooms.values(), ...(desk.branding ? [desk.branding] : []), ...offers];
      return detail(all.find((record) => record.local_id === id));
    },
    create: async (args) => {
      const { kind, fields, picture } = args;
      if (kind === 'offer') return ofOffers.create(args);
      const id = crypto.randomUUID();
      const photo = { picture, url: null, waiting: picture !== null };
      desk.rooms = [...desk.rooms, roomOf({ local_id: id, id: null, fields, pictures: { photo }, sync: 'waiting' })];
      await desk.notify({ topic: 'entities', resource: 'room_type', ids: null });
      return id;
    },
    edit: async (args) => {
      const { id, edits } = args;
      if (isOffer(id)) return ofOffers.edit(args);
      const fields: Fields = {};
      for (const { now } of edits) fields[now.field] = now.value;
      desk.changeRecord(id, fields, { sync: 'waiting' });
      await desk.notify(topic(id));
      return null;
    },
    set_picture: async (args) => {
      const { id, slot, picture } = args;
      if (isOffer(id)) return ofOffers.set_picture(args);
      desk.changeRecord(id, {}, { sync: 'waiting' }, {
        [slot]: { picture, url: null, waiting: true },
      });
      await desk.notify(topic(id));
      return null;
    },
    move_to: async (args) => {
      const { id, to } = args;
      if (isOffer(id)) return ofOffers.move_to(args);
      const moved = desk.rooms.find((room) => room.local_id === id);
      const rest = desk.rooms.filter((room) => room.local_id !== id);
      if (moved) desk.rooms = putAt(rest, { ...moved, sync: 'waiting' }, to);
      await desk.notify({ topic: 'entities', resource: 'room_type', ids: null });
      return null;
    },
    delete_entity: async ({ id }) => {
      const offer = desk.offers.find((other) => other.local_id === id);
      if (offer) desk.deleted.set(offer.local_id, offer);
      desk.offers = desk.offers.filter((other) => other.local_id !== id);
      const room = desk.rooms.find((other) => other.local_id === id);
      if (room) {
        desk.deletedRooms.set(room.local_id, room);
        desk.rooms = desk.rooms.filter((other) => other.local_id !== id);
        await desk.notify({ topic: 'entities', resource: 'room_type', ids: null });
        return null;
      }
      await desk.notify({ topic: 'entities', resource: 'offer', ids: [id] });
      return null;
    },
    undo_delete: async ({ id }) => {
      const offer = desk.deleted.get(id);
      if (offer) desk.offers = [offer, ...desk.offers];
      desk.deleted.delete(id);
      const room = desk.deletedRooms.get(id);
      if (room) {
        desk.rooms = [room, ...desk.rooms];
        desk.deletedRooms.delete(room.local_id);
        await desk.notify({ topic: 'entities', resource: 'room_type', ids: null });
        return null;
      }
      await desk.notify({ topic: 'entities', resource: 'offer', ids: [id] });
      return null;
    },
    copy_of: ({ id }) => {
      const record = [...desk.offers, ...desk.rooms].find(({ local_id }) => local_id === id);
      return { fields: record?.fields ?? {}, picture: null, lacks_picture: false };
    },
    versions: () => [],
    sanitise_html: ({ html }) => sanitise(html),
  } satisfies Answers;
}

/** Replaces the core's checks. It is sufficient to test that the window shows their errors. */
function validate(rules: Rule[], fields: Fields): FieldErrors {
  const errors: FieldErrors = {};
  const patterns: Partial<Record<Shape, [RegExp, string]>> = {
    money: [/^\d{1,8}(\.\d{0,2})?$/, 'A price is needed, for example 119.00.'],
    link: [/^https?:\/\/\S+$/, 'A web address is needed, for example https://hotel.example/book.'],
    email: [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'An e-mail address is needed, for example stay@hotel.example.'],
    colour: [/^#[0-9a-f]{6}$/i, 'A colour is needed, for example #3498DB.'],
    currency: [/^[a-z]{3}$/i, 'Three letters, for example EUR.'],
    coordinate: [/^-?\d{1,3}(\.\d{1,6})?$/, 'Degrees with at most six decimals, for example 52.043611.'],
  };
  for (const { name, shape, required, max } of rules) {
    const value = fields[name];
    if (value !== undefined && isDays(value) && value.from && value.to && value.to < value.from) {
      errors['valid_to'] = ['The last day is before the first.'];
    }
    if (typeof value !== 'string') continue;
    const [pattern, sentence] = patterns[shape] ?? [/(?:)/, ''];
    if (!value.trim()) {
      if (required) errors[name] = ['This is needed.'];
    } else if (!pattern.test(value.trim())) errors[name] = [sentence];
    else if (max > 0 && value.length > max) errors[name] = [`At most ${max} characters.`];
  }
  return errors;
}

/** Replaces the core's sanitiser. It is sufficient to test that the window shows only sanitised HTML. */
function sanitise(html: string): string {
  return html.replace(/<(script|style)[\s\S]*?<\/\1>/gi, '').replace(/ on\w+="[^"]*"/gi, '');
}
