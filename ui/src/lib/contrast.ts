// The contrast of two colours by WCAG 2.2 ("relative luminance", "contrast ratio").
import { formatHex, interpolate, modeLrgb, modeRgb, useMode, wcagContrast } from 'culori/fn';

// Only these colour spaces of the library are bundled.
useMode(modeRgb);
useMode(modeLrgb);

/** Two colours of the hotel's page that appear as text, or as a graphic, on each other. */
export interface Pair {
  /** The server's names of both colours. */
  front: string;
  back: string;
  /** The smallest sufficient ratio: 4.5 for text (1.4.3), 3 for graphics (1.4.11). */
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

/** Returns the colour in the server's form, `#RRGGBB`, or null for any other text. */
export function colourOf(text: string): string | null {
  const colour = text.trim();
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour : null;
}

/** Returns the ratio, from 1 (equal) to 21 (black on white), or null if a text is not a colour. */
export function contrastRatio(one: string, other: string): number | null {
  const [first, second] = [colourOf(one), colourOf(other)];
  return first && second ? wcagContrast(first, second) : null;
}

/** Measures every pair in which both texts are colours. */
export function measure(colour: (name: string) => string): Measured[] {
  return PAIRS.flatMap((pair) => {
    const ratio = contrastRatio(colour(pair.front), colour(pair.back));
    return ratio === null ? [] : [{ ...pair, ratio, enough: ratio >= pair.needs }];
  });
}

/** Formats a ratio, such as `4.47:1`. It rounds down, so a ratio below the limit never appears to reach it. */
export function ratioText(ratio: number): string {
  return `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;
}

/**
 * Returns the colour between two, `share` of the way to the second one. Returns the first text if either is not a
 * colour.
 */
export function mixed(one: string, other: string, share: number): string {
  return colourOf(one) && colourOf(other) ? formatHex(interpolate([one, other])(share)) : one;
}
