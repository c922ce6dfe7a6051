// A believable hotel to look at, and the scenes in which the window is worth looking at.
import type { OfferView } from '../src/generated/OfferView';
import type { OutboxItem } from '../src/generated/OutboxItem';
import { offerOf, type PretendDesk } from './desk';

const SEED: Partial<OfferView>[] = [
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

export function killarney(count: number): OfferView[] {
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

function item(part: Partial<OutboxItem> & { id: string }): OutboxItem {
  return {
    kind: 'edit',
    about: 'offer',
    thing: 'offer-0',
    title: 'Winter weekend by the lakes',
    summary: 'Changes the title and the tag.',
    state: 'waiting',
    reason: '',
    fields: {},
    attempts: 0,
    next_try: null,
    created_at: '2026-11-21T13:40:00Z',
    can_retry: true,
    removed_there: false,
    discard_loses: 'The new title “Winter weekend by the lakes”.',
    ...part,
  };
}

export function scene(desk: PretendDesk, name: string): void {
  const soon = new Date(Date.now() + 42_000).toISOString();
  desk.facts = [
    { id: 1, kind: 'offer_updated', text: 'Spa day was changed.', offer: 'offer-5', at: '2026-11-21T12:10:00Z' },
    { id: 2, kind: 'offer_created', text: 'Midweek saver is new.', offer: 'offer-7', at: '2026-11-21T13:05:00Z' },
  ];
  if (name === 'offline') {
    desk.status = { ...desk.status, pill: 'offline', online: false, live: 'connecting', live_cause: 'the server does not answer', waiting: 2, next_try: soon };
    desk.items = [item({ id: 'i1' }), item({ id: 'i2', thing: 'offer-2', title: 'Afternoon tea for two', kind: 'set_picture', summary: 'Puts a new picture on it.' })];
    desk.change('offer-0', { sync: 'waiting' });
    desk.change('offer-2', { sync: 'waiting' });
    desk.duty = { ...desk.duty, wish: { on_duty: true, until: soon, running: false } };
  }
  if (name === 'attention' || name === 'conflict') {
    desk.status = { ...desk.status, pill: 'attention', attention: 2, waiting: 1 };
    desk.items = [
      item({ id: 'i1', state: 'conflict', reason: 'A colleague changed the title too.' }),
      item({ id: 'i2', state: 'attention', thing: 'offer-7', title: 'Midweek saver', kind: 'create', summary: 'Creates the offer.', reason: 'The hotel did not accept some fields.', fields: { tag: ['At most 50 characters.'] }, attempts: 1 }),
      item({ id: 'i3', thing: 'offer-2', title: 'Afternoon tea for two', attempts: 3, next_try: soon, reason: 'The hotel’s server has trouble.' }),
    ];
    desk.change('offer-0', { sync: 'conflict' });
    desk.change('offer-7', { sync: 'attention' });
    desk.change('offer-2', { sync: 'waiting' });
    desk.conflicts.set('offer-0', [
      { intent: 'i1', field: 'title', slot: null, mine: { field: 'title', value: 'Winter weekend by the lakes' }, theirs: { field: 'title', value: 'Winter weekend at the lakes of Killarney' }, my_picture: null, their_picture_url: null, their_picture: null, mine_at: '2026-11-21T13:40:00Z', theirs_at: '2026-11-21T13:52:00Z' },
    ]);
  }
  if (name === 'password' && desk.session) desk.session = { ...desk.session, sign_in_needed: true };
  if (name === 'empty') desk.offers = [];
  if (name === 'loading') {
    desk.offers = [];
    desk.asOf = null;
  }
  if (name === 'signed-out') desk.session = null;
  if (name === 'on-duty') {
    desk.duty = { ...desk.duty, is_on_duty: true, since: '2026-11-20T09:05:00Z', notice: 'You are on duty since yesterday. Was Clock Out forgotten?' };
  }
}
