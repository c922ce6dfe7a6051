// The reception display of the fake desk.
import type { DisplayEditing, DisplayFile, DisplayPreview, DisplayView, Slide } from '../src/generated';
import type { Answers } from './desk';

const SLIDE: Slide = {
  key: 'welcome', part: 'welcome', seconds: 12, title: 'Hotel Killarney', text: 'Welcome', safe_html: '', tag: '',
  from: null, to: null, price: '', currency: '', items: [], picture: null, qr: null,
};

/** Returns a slide; `part` replaces values. */
export function slideOf(part: Partial<Slide>): Slide {
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

/** Checks the seconds only, as the core does for every value. */
function previewOf(file: DisplayFile): DisplayPreview {
  if (file.seconds !== null && file.seconds < 3) {
    return { faults: { seconds: ['Enter a whole number from 3 to 3600.'] }, view: null };
  }
  const slides = file.parts.welcome?.on === false ? [] : [SLIDE];
  return { faults: {}, view: { ...displayView, slides, pinned: file.message ?? '' } };
}

export const displayAnswers = {
  display_view: () => displayView,
  display_shown: () => null,
  display_broken: () => null,
  leave_display: () => true,
  open_display: () => null,
  display_editing: () => editingOf({ monitors: ['HDMI-1'] }),
  display_preview: ({ file }) => previewOf(file),
  save_display: () => null,
  display_file_editing: () => editingOf(),
  display_file_preview: ({ file }) => previewOf(file),
  write_display_file: () => ({ file: '/home/aoife/Downloads/display.toml', entries: 1 }),
} satisfies Answers;
