// The reception display of the fake desk.
import type { DisplayEditing, DisplayFile, DisplayView, Slide } from '../src/generated';

const SLIDE: Slide = {
  key: 'welcome', part: 'welcome', seconds: 12, title: 'Hotel Killarney', text: 'Welcome', safe_html: '', tag: '',
  from: null, to: null, price: '', currency: '', items: [], picture: null, qr: null,
};

/** Returns a slide; `part` replaces values. */
export function slideOf(part: Partial<Slide> = {}): Slide {
  return { ...SLIDE, ...part };
}

export const displayView: DisplayView = {
  slides: [], dark: false, hotel: 'Hotel Killarney', logo: null,
  theme: { primary: '', secondary: '', accent: '', background: '', text: '' },
  language: 'en', locale: 'en-IE', time_zone: 'Europe/Dublin', clock: true, pinned: '', old_since: null, needs_pin: false, has_data: true,
};

/** Returns an edit of a file without values. */
export function editingOf(part: Partial<DisplayEditing> = {}): DisplayEditing {
  const file: DisplayFile = {
    monitor: null, hours: null, weekdays: null, message: null, seconds: null, clock: null, logo: null, qr: null,
    parts: { welcome: null, offers: null, gallery: null, rooms: null, amenities: null }, offer: [],
  };
  return { file, has_pin: false, seconds: 12, offers: ['Spa day', 'Jazz night'], monitors: null, ...part };
}
