// The answers about the reception display.
import type { DisplayFile, DisplayPreview } from '../../src/generated';
import type { Answers } from '../commands';
import { displayView, editingOf, slideOf } from '../display';

/** Checks the seconds only, as the core does for every value. */
function previewOf(file: DisplayFile): DisplayPreview {
  if (file.seconds !== null && file.seconds < 3) {
    return { faults: { seconds: ['Enter a whole number from 3 to 3600.'] }, view: null };
  }
  const slides = file.parts.welcome?.on === false ? [] : [slideOf()];
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
