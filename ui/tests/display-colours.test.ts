// White text is readable on the display, whatever colours a hotel has.
import { expect, test } from 'vitest';

import { paletteOf } from '../src/components/display/colours';
import { contrastRatio } from '../src/lib/contrast';

const COLOURS = ['#FFFFFF', '#000000', '#FFFF00', '#3498DB', '#FF00FF', '#7F7F7F', '', 'red'];

test('Each text of the display has a contrast of at least 7 with its ground', () => {
  for (const primary of COLOURS) {
    for (const accent of COLOURS) {
      const palette = paletteOf({ primary, secondary: '', accent, background: '', text: '' });
      const ratios = [
        contrastRatio(palette.panel, '#ffffff'),
        contrastRatio(palette.band, '#ffffff'),
        contrastRatio(palette.accent, palette.panel),
        contrastRatio(palette.onAccent, palette.accent),
      ];
      for (const ratio of ratios) expect(ratio, `${primary} ${accent}`).toBeGreaterThanOrEqual(7);
    }
  }
});
