// The colours of the display, from those of the hotel. White text stands on all of them, so they are darkened until its
// contrast is enough.
import type { DisplayTheme } from '../../generated';
import { colourOf, contrastRatio, mixed } from '../../lib/contrast';

const WHITE = '#ffffff';
const NIGHT = '#0b1016';
/** The hotel's main colour, if its page names none. */
const MAIN = '#1f4e79';
const ACCENT = '#f5b545';
/** The contrast of large text that is read from five metres. */
const ENOUGH = 7;
/** The steps in which a colour is changed. */
const STEP = 0.05;

export interface Palette {
  /** Behind the text. */
  panel: string;
  /** Behind the pinned message. */
  band: string;
  /** Of small marks on the panel. */
  accent: string;
  /** Of text on the accent. */
  onAccent: string;
}

/** Returns the colour, moved towards `goal` until its contrast with `other` is enough. */
export function moved(colour: string, goal: string, other: string, needs: number): string {
  for (let share = 0; share <= 1; share += STEP) {
    const tried = mixed(colour, goal, share);
    if ((contrastRatio(tried, other) ?? 0) >= needs) return tried;
  }
  return goal;
}

export function paletteOf(theme: DisplayTheme): Palette {
  const main = colourOf(theme.primary) ?? MAIN;
  const panel = moved(mixed(main, NIGHT, 0.62), NIGHT, WHITE, ENOUGH * 1.6);
  const accent = moved(colourOf(theme.accent) ?? ACCENT, WHITE, panel, ENOUGH);
  return {
    panel,
    band: moved(main, NIGHT, WHITE, ENOUGH),
    accent,
    onAccent: moved(panel, '#000000', accent, ENOUGH),
  };
}
