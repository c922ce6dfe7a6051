// The texts of what was typed before and not saved.
import type { Kind } from '../../generated/Kind';

const begun: Record<Kind, string> = {
  offer: 'New offer',
  room_type: 'New room type',
  branding: 'Branding',
  gallery: 'Gallery',
};

export const drafts = {
  title: 'Not saved yet',
  named: (about: Kind, title: string) => (title.trim() ? `${begun[about]}: ${title.trim()}` : begun[about]),
  begun,
  untitled: { offer: 'Offer', room_type: 'Room type', branding: 'Branding', gallery: 'Gallery' } satisfies Record<Kind, string>,
  pictures: (n: number) => (n === 1 ? '1 picture for the gallery' : `${n} pictures for the gallery`),
  lead: 'You typed here and did not save.',
  leadHere: 'You typed here before and did not save.',
  leadNew: 'You began this and did not save it.',
  leadPictures: 'You chose this and did not add it.',
  gone: 'It has been deleted. What you typed can become a new one.',
  goneGallery: 'The gallery has been deleted.',
  resume: (time: string) => `Continue where you were, ${time}`,
  resumeOf: (name: string, time: string) => `Continue where you were, ${time}: ${name}`,
  discard: 'Discard',
  discardOf: (name: string) => `Discard: ${name}`,
  discarded: 'What you typed is discarded.',
  more: (n: number) => `${n} more`,
  unreadable: 'This was typed in another version of the program and cannot be continued.',
  noGallery: 'The gallery is not there any more, so the pictures cannot be added.',
  signOutTyped: (time: string) => `Typed ${time} and not saved.`,
  signOutLoses: 'What you typed is lost.',
};
