// How well two colours can be told apart, as WCAG 2.2 measures it ("relative luminance", "contrast ratio").
import { formatHex, interpolate, modeLrgb, modeRgb, useMode, wcagContrast } from 'culori/fn';

// Only these of the library's colour spaces become a part of the window.
useMode(modeRgb);
useMode(modeLrgb);

/** The colours of the hotel's page that people read, or see, on each other. */
export interface Pair {
  /** The server's names of both colours. */
  front: string;
  back: string;
  /** The smallest ratio that is enough: 4.5 for text (1.4.3), 3 for what is no text (1.4.11). */
  needs: number;
}

const TEXT = 4.5;
const NO_TEXT = 3;

export const PAIRS: readonly Pair[] = [
  { front: 'text_color', back: 'background_color', needs: TEXT },
  { front: 'button_text_color', back: 'button_color', needs: TEXT },
  { front: 'button_text_color', back: 'button_hover_color', needs: TEXT },
  { front: 'link_color', back: 'background_color', needs: TEXT },
  { front: 'link_hover_color', back: 'background_color', needs: TEXT },
  { front: 'border_color', back: 'background_color', needs: NO_TEXT },
];

export interface Measured extends Pair {
  /** From 1 to 21. */
  ratio: number;
  enough: boolean;
}

/** A colour as the hotel's server takes one, `#RRGGBB`; null for anything else. */
export function colourOf(text: string): string | null {
  const colour = text.trim();
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour : null;
}

/** From 1 (the same) to 21 (black on white); null where one of them is no colour. */
export function contrastRatio(one: string, other: string): number | null {
  const [first, second] = [colourOf(one), colourOf(other)];
  return first && second ? wcagContrast(first, second) : null;
}

/** Every pair of which both are colours. */
export function measure(colour: (name: string) => string): Measured[] {
  return PAIRS.flatMap((pair) => {
    const ratio = contrastRatio(colour(pair.front), colour(pair.back));
    return ratio === null ? [] : [{ ...pair, ratio, enough: ratio >= pair.needs }];
  });
}

/** `4.47:1`. Cut and never rounded up: what misses the mark must not look as if it met it. */
export function ratioText(ratio: number): string {
  return `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;
}

/** The colour between two, `share` of the way to the second one; the first one where either is no colour. */
export function mixed(one: string, other: string, share: number): string {
  return colourOf(one) && colourOf(other) ? formatHex(interpolate([one, other])(share)) : one;
}
