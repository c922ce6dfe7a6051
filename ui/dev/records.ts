// The room types and the branding of the fake desk.
import { blankOf } from '../src/components/editor/draft.svelte';
import type { Fields, RecordView, Rule, Shape, Table } from '../src/generated';

/** The fields in the narrow column, and the shapes that need a whole one, as the core has them. */
const ASIDE = new Set(['code', 'max_occupancy', 'booking_code', 'validity', 'tag', 'book_now_url', 'sort_order', 'is_active']);
const WIDE = new Set<Shape>(['text', 'html', 'list', 'theme', 'days']);

const rule = (name: string, shape: Shape, max = 0, required = false, days: Rule['days'] = null): Rule => ({ name, shape, required, max, days, column: ASIDE.has(name) ? 'side' : 'main', wide: WIDE.has(shape) || name === 'name' });
const colour = (name: string): Rule => rule(`${name}_color`, 'colour', 7, true);

/** Fields of the branding that only the server of 2026 has. */
const OF_2026: Rule[] = [
  rule('name', 'line', 200, true),
  rule('tagline', 'line', 200),
  rule('city', 'line', 120),
  rule('latitude', 'coordinate'),
  rule('phone', 'line', 30),
  rule('email', 'email', 254),
  rule('tags', 'list'),
  colour('main'),
];

/** The rules of the fields, as in the core. */
const RULES = {
  offer: [
    rule('title', 'text', 200, true),
    rule('short_description', 'text', 0, true),
    rule('details_html', 'html'),
    rule('details_text', 'text'),
    rule('validity', 'days', 0, false, ['valid_from', 'valid_to']),
    rule('tag', 'text', 50),
    rule('book_now_url', 'link', 200),
    rule('sort_order', 'number'),
    rule('is_active', 'flag'),
  ],
  room_type: [
    rule('name', 'line', 200, true),
    rule('code', 'line', 50),
    rule('short_description', 'text'),
    rule('max_occupancy', 'number'),
    rule('bed_setup', 'line', 200),
    rule('starting_price_from', 'money', 0, true),
    rule('currency', 'currency', 3, true),
    rule('booking_code', 'line', 50),
    rule('booking_url', 'link', 200),
    rule('availability_message', 'line', 100),
    rule('sort_order', 'number'),
    rule('is_active', 'flag'),
  ],
  branding: [
    rule('name_override', 'line', 255),
    rule('tagline_override', 'line', 200),
    rule('slogan', 'line', 200),
    rule('short_description', 'text'),
    rule('long_description', 'text'),
    rule('welcome_message', 'text'),
    rule('address_line_1_override', 'line', 255),
    rule('address_line_2_override', 'line', 255),
    rule('postal_code_override', 'line', 20),
    rule('city_override', 'line', 120),
    rule('country_override', 'line', 120),
    rule('latitude_override', 'coordinate'),
    rule('longitude_override', 'coordinate'),
    rule('phone_override', 'line', 30),
    rule('email_override', 'email', 254),
    rule('website_url_override', 'link', 200),
    rule('booking_url_override', 'link', 200),
    rule('contact_email', 'email', 254),
    rule('contact_phone', 'line', 50),
    rule('contact_address', 'text'),
    rule('website', 'link', 200),
    rule('google_maps_link', 'link', 200),
    rule('favicon', 'line', 200),
    rule('amenities', 'list'),
    ...['primary', 'secondary', 'accent', 'background', 'button', 'button_text', 'button_hover'].map(colour),
    ...['text', 'border', 'link', 'link_hover'].map(colour),
    rule('theme_mode', 'theme', 0, true),
    ...OF_2026,
  ],
};

/** The fields of the branding at the servers of 2025. */
export const TABLES: { offer: Table; room_type: Table; branding: Table } = {
  offer: { fields: RULES.offer, slots: ['photo'], marks: ['title', 'short_description'], can_be_made: true },
  room_type: { fields: RULES.room_type, slots: ['photo'], marks: ['name', 'code'], can_be_made: true },
  branding: { fields: RULES.branding, slots: ['hero_image', 'landing_page_image', 'logo'], marks: ['name_override', 'tagline_override'], can_be_made: false },
};

const OF_2025 = RULES.branding.filter((rule) => !OF_2026.includes(rule));

/** A place for a picture without one. */
const NONE = { picture: null, url: null, waiting: false };

export function roomOf(part: { local_id: string; fields: Fields } & Partial<RecordView>): RecordView {
  return {
    kind: 'room_type',
    notes: [],
    id: 1,
    pictures: { photo: NONE },
    shown: {},
    created_at: null,
    state: part.fields['is_active'] === false ? 'hidden' : null,
    sync: 'saved',
    ...part,
    fields: {
      name: 'Double room',
      code: '',
      short_description: '',
      max_occupancy: 2,
      bed_setup: '',
      starting_price_from: '119.00',
      currency: 'EUR',
      booking_code: '',
      booking_url: '',
      availability_message: '',
      sort_order: 0,
      is_active: true,
      ...part.fields,
    },
  };
}

export function brandingOf(fields: Fields = {}, part: Partial<RecordView> = {}): RecordView {
  return {
    kind: 'branding',
    notes: [],
    local_id: 'branding',
    id: 0,
    pictures: { hero_image: NONE, landing_page_image: NONE, logo: NONE },
    shown: { name: 'The Killarney Court Hotel', tagline: 'Between the lakes and the mountains', city: 'Killarney' },
    created_at: null,
    state: null,
    sync: 'saved',
    ...part,
    fields: {
      ...blankOf(OF_2025),
      slogan: 'Stay a while',
      short_description: 'A house by the lakes, with a fire in every lounge.',
      amenities: ['Free parking', 'Breakfast', 'Spa'],
      primary_color: '#3498DB',
      secondary_color: '#2ECC71',
      accent_color: '#F59E0B',
      background_color: '#F7F9FC',
      button_color: '#004FAF',
      button_text_color: '#FFFFFF',
      button_hover_color: '#003F8C',
      text_color: '#1A202C',
      border_color: '#868F9F',
      link_color: '#004FAF',
      link_hover_color: '#003F8C',
      theme_mode: 'light',
      ...fields,
    },
  };
}

const ROOMS: Fields[] = [
  { name: 'Classic double', code: 'DBL', max_occupancy: 2, bed_setup: 'One queen bed', starting_price_from: '119.00', short_description: 'Quiet, to the garden.' },
  { name: 'Lake view double', code: 'LKV', max_occupancy: 2, bed_setup: 'One king bed', starting_price_from: '149.50', availability_message: 'Only a few left' },
  { name: 'Twin', code: 'TWN', max_occupancy: 2, bed_setup: 'Two single beds', starting_price_from: '115.00' },
  { name: 'Family room', code: 'FAM', max_occupancy: 5, bed_setup: 'One king bed, two single beds and a cot', starting_price_from: '189.00' },
  { name: 'Junior suite with a fireplace and a long name that has to be cut somewhere', code: 'JSU', max_occupancy: 3, bed_setup: 'One king bed and a sofa bed', starting_price_from: '259.00' },
  { name: 'Attic single', code: 'SGL', max_occupancy: 1, bed_setup: 'One single bed', starting_price_from: '79.00', is_active: false },
];

const hash = (place: number): string => ((place * 531 + 77) % 4096).toString(16).padStart(3, '0') + '0'.repeat(61);

export function killarneyRooms(): RecordView[] {
  return ROOMS.map((fields, place) =>
    roomOf({
      local_id: `room-${place}`,
      id: place + 1,
      fields: { ...fields, sort_order: place, booking_url: 'https://killarney.example/book' },
      pictures: { photo: place === 2 ? NONE : { picture: hash(place), url: 'https://pictures.example/r.jpg', waiting: false } },
    }),
  );
}

export function killarneyBranding(): RecordView {
  const picture = (place: number) => ({ picture: hash(place), url: 'https://pictures.example/b.jpg', waiting: false });
  return brandingOf(
    {
      welcome_message: 'Welcome to Killarney. The kettle is on, and the lakes are ten minutes from the door.',
      address_line_1_override: 'Muckross Road',
      city_override: 'Killarney',
      country_override: 'Ireland',
      latitude_override: '52.043611',
      longitude_override: '-9.504444',
      contact_email: 'stay@killarney.example',
      contact_phone: '+353 64 555 0100',
      website: 'https://killarney.example',
      border_color: '#E5E7EB',
      link_hover_color: '#3498DB',
    },
    { pictures: { hero_image: picture(3), landing_page_image: picture(8), logo: NONE } },
  );
}
