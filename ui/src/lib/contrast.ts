// How well two colours can be told apart, as WCAG 2.2 measures it ("relative luminance", "contrast ratio").

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

type Channels = [red: number, green: number, blue: number];

/** The channels of `#RRGGBB` from 0 to 255; null for anything else. */
export function channelsOf(colour: string): Channels | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  if (!found) return null;
  return [found[1], found[2], found[3]].map((pair) => parseInt(pair ?? '', 16)) as Channels;
}

function luminance(channels: Channels): number {
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black on white); null where one of them is no colour. */
export function contrastRatio(one: string, other: string): number | null {
  const [first, second] = [channelsOf(one), channelsOf(other)];
  if (!first || !second) return null;
  const [a, b] = [luminance(first), luminance(second)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
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
  const [first, second] = [channelsOf(one), channelsOf(other)];
  if (!first || !second) return one;
  const channel = (place: 0 | 1 | 2) =>
    Math.round(first[place] + (second[place] - first[place]) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(0)}${channel(1)}${channel(2)}`;
}
