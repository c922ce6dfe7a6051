// The texts about what colleagues do and guests write: messages, the list of them, and how one is told.
import type { Kind } from '../../generated/Kind';

/** The kinds of facts as a person speaks of them. */
export type FactGroup = 'guests' | 'offers' | 'pictures' | 'rooms' | 'branding' | 'team';

const changes = (n: number): string => `${n} ${n === 1 ? 'change' : 'changes'} by colleagues`;

const counted: Record<FactGroup, (n: number) => string> = {
  guests: (n) => `${n} guest ${n === 1 ? 'message' : 'messages'}`,
  offers: (n) => `${n} ${n === 1 ? 'offer' : 'offers'}`,
  pictures: (n) => `${n} picture ${n === 1 ? 'change' : 'changes'}`,
  rooms: (n) => `${n} room ${n === 1 ? 'type' : 'types'}`,
  branding: (n) => (n === 1 ? 'branding' : `branding ${n} times`),
  team: (n) => `${n} duty ${n === 1 ? 'change' : 'changes'}`,
};

type Counts = { group: FactGroup; count: number }[];

const parts = (counts: Counts): string => counts.map(({ group, count }) => counted[group](count)).join(', ');

/** What guests wrote first, and then what `n` changes by colleagues were about. */
const both = (guests: number, n: number, counts: Counts): string => {
  const colleagues = n > 0 ? [`${changes(n)}: ${parts(counts)}`] : [];
  return [...(guests > 0 ? [counted.guests(guests)] : []), ...colleagues].join(', and ');
};

const gone: Record<Kind, string> = {
  offer: 'This offer is no longer there.',
  room_type: 'This room type is no longer there.',
  branding: 'The branding is no longer there.',
  gallery: 'This gallery is no longer there.',
};

const groups: Record<FactGroup, string> = {
  guests: 'Guests',
  offers: 'Offers',
  pictures: 'Pictures',
  rooms: 'Room types',
  branding: 'Branding',
  team: 'Team',
};

export const bell = {
  open: 'What happened',
  openNew: (n: number) => `What happened, ${n} new`,
  quiet: (time: string) => `Do not disturb until ${time}`,
};

export const toast = {
  region: 'Messages',
  group: (n: number, counts: Counts) => `${changes(n)}: ${parts(counts)}`,
  guests: (n: number, newest: string) => `${counted.guests(n)}, the newest: ${newest}`,
  meanwhile: (guests: number, n: number, counts: Counts) => `Do not disturb has ended. Meanwhile ${both(guests, n, counts)}`,
  times: (text: string, n: number) => `${text} (${n} times)`,
  open: 'Open',
  show: 'Show',
  showAll: 'Show all',
  putBack: 'Put it back',
  puttingBack: 'The picture goes back into the gallery.',
  deleted: (title: string) => `“${title}” is deleted.`,
  gone,
};

export const history = {
  title: 'What happened',
  search: 'Search what happened',
  searchHint: 'Search',
  filter: 'Show only',
  all: 'All',
  groups,
  fresh: 'New',
  today: 'Today',
  yesterday: 'Yesterday',
  older: 'Load older',
  loadingOlder: 'Loading older…',
  count: (n: number, more: boolean) => `${n}${more ? ' or more' : ''} ${n === 1 ? 'entry' : 'entries'}`,
  empty: 'Nothing yet',
  emptyLead: 'What colleagues change and guests write shows here.',
  nothing: 'Nothing matches',
  nothingLead: 'No entry has these words and kinds.',
  showAll: 'Show all entries',
  failed: 'The list cannot be shown',
};

export const quiet = {
  title: 'Do not disturb',
  off: 'Messages about colleagues and guests are shown.',
  until: 'Do not disturb until',
  lead: 'No messages about colleagues or guests and no sounds until then. This list goes on.',
  halfHour: '30 minutes',
  hour: '1 hour',
  untilMorning: (time: string) => `Until ${time}`,
  untilTomorrow: (time: string) => `Until tomorrow, ${time}`,
  end: 'End now',
};

export const sounds = {
  title: 'Sounds',
  lead: 'A short sound when a guest writes or colleagues change something.',
  guestLead: 'Guests have a sound of their own.',
  tryThem: 'Hear the sounds',
  tryColleague: 'Colleagues',
  tryGuest: 'Guest message',
  silent: 'This computer let no sound be heard. Look at its volume and its loudspeaker.',
};
