// The data of a realistic hotel, and scenes of the window.
import type { Activity, ActivityKind, GalleryView, OutboxItem, RecordView } from '../src/generated';
import { activityOf } from './activities';
import { longChat, messageOf } from './chat';
import { failure } from './commands';
import type { PretendDesk } from './desk';
import { galleryOf, imageOf } from './galleries';
import { offerOf, type OfferPart } from './offers';
import { killarneyTeam } from './team';

const SEED: OfferPart[] = [
  { title: 'Winter weekend by the lakes', short_description: 'Two nights with full Irish breakfast and one dinner in the Muckross Room.', tag: 'Winter', valid_from: '2026-11-01', valid_to: '2027-02-28' },
  { title: 'Christmas market break', short_description: 'One night, mulled wine on arrival and a late check-out on Sunday.', tag: 'Christmas', valid_from: '2026-12-01', valid_to: '2026-12-23' },
  { title: 'Afternoon tea for two', short_description: 'Warm scones, finger sandwiches and a view of the garden.', tag: 'Food', valid_to: '2026-12-31' },
  { title: 'Family adventure', short_description: 'Jaunting car ride through the national park, children eat free.', tag: 'Family' },
  { title: 'Golf and stay', short_description: 'A round at Killarney Golf Club, club storage and an early breakfast.', tag: 'Sport', valid_from: '2027-03-01', valid_to: '2027-09-30' },
  { title: 'Spa day', short_description: 'Ninety minutes of treatment and the thermal suite for a whole day.', tag: 'Wellness', valid_to: '2026-11-30' },
  { title: 'Halloween house party', short_description: 'Costumes, a bonfire and a ghost walk for brave guests.', tag: 'Autumn', valid_to: '2026-11-02' },
  { title: 'Midweek saver', short_description: 'Three nights for the price of two, Monday to Thursday.', tag: '3 for 2' },
  { title: 'Ring of Kerry by bike', short_description: 'Bike, map, packed lunch and a pick-up wherever you stop.', tag: 'Sport', valid_from: '2027-04-01' },
  { title: 'New Year’s gala', short_description: 'Five courses, live band, fireworks over Lough Leane.', tag: 'Gala', valid_from: '2026-12-31', valid_to: '2027-01-01' },
  { title: 'Romantic escape', short_description: 'Prosecco, rose petals, dinner by candlelight.', is_active: false, tag: 'For two' },
  { title: 'Summer garden concert', short_description: 'An evening of strings among the roses.', valid_to: '2026-08-31', tag: 'Music' },
  { title: 'Bank holiday brunch', short_description: 'Until two o’clock, with bottomless coffee.', is_active: false },
  { title: 'Anniversary dinner with a very long title that has to be cut somewhere sensible', short_description: 'A long description too, which says a good deal more than a card can show at once and so ends in dots.', tag: 'A rather long tag on this one' },
];

export function killarney(count: number): RecordView[] {
  return Array.from({ length: count }, (_, place) => {
    const seed = SEED[place % SEED.length] ?? {};
    const title = place < SEED.length ? seed.title : `${seed.title} ${place}`;
    return offerOf({
      ...seed,
      title,
      local_id: `offer-${place}`,
      id: place + 1,
      picture: place % 7 === 5 ? null : ((place * 531) % 4096).toString(16).padStart(3, '0') + '0'.repeat(61),
      details_html: '<p>Arrive from <strong>three o’clock</strong>.</p><ul><li>Breakfast</li><li>Dinner on one evening</li></ul>',
      book_now_url: 'https://killarney.example/book',
      sort_order: place,
    });
  });
}

const CAPTIONS = [
  'The lake from the terrace on a still morning',
  'Muckross Room, set for dinner',
  '',
  'Superior double with a view of the mountains',
  'The indoor pool',
  '',
  'Afternoon tea by the fire in the library, with the dog of the house asleep on the rug',
  'The rose garden in June',
  'Jaunting cars wait at the gate',
];

function hash(seed: number): string {
  return (seed % 4096).toString(16).padStart(3, '0') + '0'.repeat(61);
}

/** Returns two galleries, the first with `count` pictures. */
export function killarneyGalleries(count: number): GalleryView[] {
  const images = Array.from({ length: count }, (_, place) =>
    imageOf({
      local_id: `image-${place}`,
      caption: CAPTIONS[place % CAPTIONS.length] ?? '',
      picture: place % 11 === 9 ? null : hash(place * 377 + 40),
      sync: place % 13 === 4 ? 'waiting' : 'saved',
    }),
  );
  const rooms = Array.from({ length: 5 }, (_, place) =>
    imageOf({ local_id: `room-${place}`, picture: hash(place * 613 + 900), caption: place === 0 ? 'Family suite' : '' }),
  );
  return [
    galleryOf({ local_id: 'gallery-house', name: 'The house', images }),
    galleryOf({ local_id: 'gallery-rooms', name: 'Rooms', images: rooms }),
  ];
}

/** Makes preparations slow. A file named `broken` fails, and a small one has a warning. */
function prepareSlowly(desk: PretendDesk): void {
  let made = 0;
  desk.answers['prepare_picture'] = async (bytes) => {
    await new Promise((done) => setTimeout(done, 1200));
    const size = (bytes as unknown as Uint8Array).byteLength ?? 0;
    if (size < 100) throw failure({ code: 'bad_picture', message: 'This is not a picture.', way_out: 'Choose another file.' });
    const warning = size < 20_000 ? 'The picture is small for a big display: 800 × 600.' : null;
    return { ...desk.picture, hash: hash(size + 517 * ++made), warning };
  };
}

function item(part: Partial<OutboxItem> & { id: string }): OutboxItem {
  return {
    kind: 'edit',
    about: 'offer',
    entity: 'offer-0',
    title: 'Winter weekend by the lakes',
    summary: 'Changes the title and the tag.',
    state: 'waiting',
    code: null,
    reason: '',
    fields: {},
    attempts: 0,
    next_try: null,
    created_at: '2026-11-21T13:40:00Z',
    can_retry: true,
    removed_there: false,
    question: null,
    like: [],
    is_doubtful: false,
    discard_loses: 'The new title “Winter weekend by the lakes”.',
    ...part,
  };
}

const DEEDS: { kind: ActivityKind; text: string; entity: string | null }[] = [
  { kind: 'offer_updated', text: 'A colleague changed “Spa day”.', entity: 'offer-5' },
  { kind: 'guest_message', text: 'Guest in room 101: “Could we have two more towels?”', entity: null },
  { kind: 'colleague_on_duty', text: 'Niamh Kelly came on duty.', entity: null },
  { kind: 'gallery_changed', text: 'A colleague changed the gallery “The house”.', entity: 'gallery-house' },
  { kind: 'offer_picture_updated', text: 'A colleague changed the picture of “Afternoon tea for two”.', entity: 'offer-2' },
  { kind: 'room_type_changed', text: 'A colleague changed the room type “Lake view double”.', entity: 'room-1' },
  { kind: 'offer_deleted', text: 'A colleague removed “Easter egg hunt with a breakfast for the whole family in the rose garden”.', entity: null },
  { kind: 'branding_changed', text: 'A colleague changed the branding.', entity: 'branding' },
  { kind: 'own_duty_changed', text: 'You were clocked out elsewhere.', entity: null },
  { kind: 'offer_created', text: 'A colleague added “Midweek saver”.', entity: 'offer-7' },
];

/** Returns colleagues' activities, one every three hours until now. */
function colleagues(count: number): Activity[] {
  return Array.from({ length: count }, (_, place) =>
    activityOf({
      ...(DEEDS[(count - place) % DEEDS.length] ?? {}),
      id: place + 1,
      at: new Date(Date.now() - (count - 1 - place) * 3 * 3_600_000).toISOString(),
    }),
  );
}

export function scene(desk: PretendDesk, name: string): void {
  const soon = new Date(Date.now() + 42_000).toISOString();
  desk.team = killarneyTeam();
  if (name === 'team-limited') desk.team = { ...desk.team, people: desk.team.people.slice(0, 2), limited: 'You are not allowed to see the team of this hotel.' };
  desk.activities = colleagues(name === 'busy' ? 140 : 12);
  desk.seen = desk.activities.length - (name === 'busy' ? 23 : 2);
  if (name === 'quiet') desk.notifications = { quiet_until: new Date(Date.now() + 42 * 60_000).toISOString(), sounds: true, repeats: false };
  if (name === 'offline') {
    desk.status = { ...desk.status, pill: 'offline', online: false, live: 'connecting', live_cause: 'the server does not answer', waiting: 2, next_try: soon };
    desk.items = [item({ id: 'i1' }), item({ id: 'i2', entity: 'offer-2', title: 'Afternoon tea for two', kind: 'set_picture', summary: 'Puts a new picture on it.' })];
    desk.change('offer-0', { sync: 'waiting' });
    desk.change('offer-2', { sync: 'waiting' });
    desk.duty = { ...desk.duty, intent: { on_duty: true, until: soon, running: false } };
  }
  if (name === 'live-down') desk.status = { ...desk.status, live: 'connecting', live_cause: 'the server did not answer in 10 seconds' };
  if (name === 'attention' || name === 'conflict') {
    desk.status = { ...desk.status, pill: 'attention', attention: 2, waiting: 1 };
    desk.items = [
      item({ id: 'i1', state: 'conflict', reason: 'A colleague changed the title too.' }),
      item({ id: 'i2', state: 'attention', entity: 'offer-7', title: 'Midweek saver', kind: 'create', summary: 'Creates the offer.', reason: 'The hotel did not accept some fields.', fields: { tag: ['At most 50 characters.'] }, attempts: 1 }),
      item({ id: 'i3', entity: 'offer-2', title: 'Afternoon tea for two', attempts: 3, next_try: soon, reason: 'The hotel’s server has trouble.' }),
    ];
    desk.change('offer-0', { sync: 'conflict' });
    desk.change('offer-7', { sync: 'attention' });
    desk.change('offer-2', { sync: 'waiting' });
    desk.conflicts.set('offer-0', [
      { intent: 'i1', about: 'offer', field: 'title', slot: null, mine: { field: 'title', value: 'Winter weekend by the lakes' }, theirs: { field: 'title', value: 'Winter weekend at the lakes of Killarney' }, my_picture: null, their_picture_url: null, their_picture: null, mine_at: '2026-11-21T13:40:00Z', theirs_at: '2026-11-21T13:52:00Z' },
    ]);
  }
  prepareSlowly(desk);
  if (name === 'read-only') {
    const not = { read: true, write: false };
    desk.capabilities = {
      ...desk.capabilities,
      resources: {
        ...desk.capabilities.resources,
        gallery: { ...not, reason: 'This hotel’s server takes no pictures.' },
        branding: { ...not, reason: 'Your account may not change this. A manager can.' },
        room_type: { ...not, reason: 'Your account may not change this. A manager can.' },
      },
      gallery_removal: { ...not, reason: 'This hotel’s server takes no pictures.' },
    };
  }
  if (name === 'no-removal') {
    const reason = 'This hotel’s server refuses to remove single pictures.';
    desk.capabilities = { ...desk.capabilities, gallery_removal: { read: true, write: false, reason } };
  }
  if (name === 'no-captions') {
    desk.capabilities = { ...desk.capabilities, captions: { read: false, write: false, reason: 'There are no captions.' } };
  }
  if (name === 'password' && desk.session) desk.session = { ...desk.session, sign_in_needed: true };
  if (name === 'record-conflict') {
    const text = (field: string, value: string) => ({ field, value }) as const;
    const sides = { my_picture: null, their_picture_url: null, their_picture: null, mine_at: '2026-11-21T13:40:00Z', theirs_at: '2026-11-21T13:52:00Z' };
    desk.changeRecord('branding', {}, { sync: 'conflict' });
    desk.changeRecord('room-1', {}, { sync: 'conflict' });
    desk.conflicts.set('branding', [
      { intent: 'r1', about: 'branding', field: 'slogan', slot: null, mine: text('slogan', 'Stay a while longer'), theirs: text('slogan', 'Stay, and come back'), ...sides },
      { ...sides, intent: 'r2', about: 'branding', field: null, slot: 'hero_image', mine: null, theirs: null, my_picture: 'a'.repeat(64), their_picture_url: 'https://pictures.example/x.jpg', their_picture: '3'.repeat(64) },
    ]);
    desk.conflicts.set('room-1', [
      { intent: 'r3', about: 'room_type', field: 'starting_price_from', slot: null, mine: text('starting_price_from', '155.00'), theirs: text('starting_price_from', '159.50'), ...sides },
    ]);
  }
  if (name === 'empty') {
    desk.offers = [];
    desk.rooms = [];
    desk.galleries = [galleryOf({ local_id: 'gallery-house' })];
  }
  if (name === 'loading') {
    desk.offers = [];
    desk.galleries = [];
    desk.rooms = [];
    desk.branding = null;
    desk.asOf = null;
  }
  if (name === 'signed-out') desk.session = null;
  if (name === 'on-duty') {
    desk.duty = { ...desk.duty, status: 'on_duty', since: '2026-11-20T09:05:00Z', notice: 'On duty since 09:05 yesterday. Was the clock-out forgotten?' };
  }
}

/** The chat of an afternoon: an unanswered guest, a long conversation, and messages in every state. */
export function killarneyChat({ chat }: PretendDesk, count: number): void {
  const before = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  const emma = 'Emma Murphy';
  chat.add({ id: 'chat-101', room: '101', guest: emma, unread: 2, unanswered_since: before(7) }, [
    messageOf({ key: 1, name: emma, text: 'Good afternoon, is the pool open today?', at: before(1500) }),
    messageOf({ key: 2, sender: 'staff', name: 'Rory Brosnan', text: 'Good afternoon! It is open until 21:00.', at: before(1490), state: 'read' }),
    messageOf({ key: 3, sender: 'system', text: 'Aoife Byrne has joined the conversation.', at: before(60) }),
    messageOf({
      key: 4, sender: 'staff', is_mine: true, name: 'Aoife Byrne', text: 'The towels are on the way.', at: before(59), state: 'at_hotel', is_edited: true,
      reply_to: { id: 1, name: emma, text: 'Good afternoon, is the pool open today?' },
    }),
    messageOf({ key: 5, name: emma, text: 'Thank you 🙂', at: before(8), attachments: [{ name: 'view-from-the-room.jpg', bytes: 1_400_000, is_picture: true, preview: null, can_open: true }] }),
    messageOf({ key: 6, name: emma, text: 'Could we have breakfast in the room tomorrow?\nTwo people, at eight.', at: before(7) }),
    messageOf({ key: 7, id: null, sender: 'staff', is_mine: true, text: 'Of course.', at: before(2), state: 'attention', intent: 'i7', reason: 'The hotel refused the message: it is too long.' }),
    messageOf({ key: 8, id: null, sender: 'staff', is_mine: true, text: 'Tea or coffee?', at: before(1), state: 'sending', intent: 'i8' }),
    messageOf({ key: 9, id: null, sender: 'staff', is_mine: true, text: 'And which newspaper?', at: before(0), state: 'waiting', intent: 'i9' }),
  ]);
  chat.add({ id: 'chat-214', room: '214', guest: 'Liam Walsh' }, longChat(count));
  for (let room = 301; room < 340; room += 1) {
    chat.add({ id: `chat-${room}`, room: String(room) }, [messageOf({ key: 1, text: `We leave at ${room % 12}.`, at: before(room * 5), is_deleted: room === 303 })]);
  }
  chat.change('chat-101', { waiting: 2 });
  chat.replies = [
    { title: 'Welcome', text: 'Dear {guest}, welcome to The Killarney Court Hotel! How can we help you?' },
    { title: 'Breakfast', text: 'Breakfast is from 7:00 to 10:30, also in your room {room}.' },
    { title: 'Towels', text: 'Fresh towels are on the way to room {room}.' },
  ];
}
